import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { npzWriter } from "../../src/npy/npzWriter.js";
import { valuesOf } from "../support/readBack.js";
import { refused } from "../support/refused.js";
import { written, writtenEmpty } from "../support/written.js";

const script = `
import io, json, sys, numpy as np
file = np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False)
show = lambda a: [x.hex() if isinstance(x, float) else x for x in a.tolist()]
print(json.dumps({name: [file[name].dtype.str, list(file[name].shape), show(file[name])] for name in file.files}))
`;
type Arrays = Record<string, [string, number[], unknown[]]>;
const numpyReads = (bytes: Uint8Array): Arrays =>
  JSON.parse(execFileSync(python!, ["-c", script], { input: bytes, stdio: ["pipe", "pipe", "ignore"] }).toString()) as Arrays;

const python = ["python3", "/usr/bin/python3"].find((command) => {
  try {
    execFileSync(command, ["-c", "import numpy"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

test.skipIf(!python)(python ? "NumPy reads numbers and texts" : "SKIPPED: python3 with numpy is not here", async () => {
  const arrays = numpyReads(await npzWriter.write(written));
  expect(Object.keys(arrays)).toEqual(["arm", "margin.l2", "gap", "gap.missing", "words", "words.missing"]);
  expect(arrays.arm).toEqual(["<U24", [9], valuesOf(written[0]!)]);
  // float.hex of Python, by hand
  const [tenth, least, most, large] = [
    "0x1.999999999999ap-4",
    "0x0.0000000000001p-1022",
    "-0x1.fffffffffffffp+1023",
    "0x1.b1ae4d6e2ef50p+69",
  ];
  const hex = [tenth, "-0x0.0p+0", "0x0.0p+0", "nan", "inf", "-inf", least, most, large];
  expect(arrays["margin.l2"]).toEqual(["<f8", [9], hex]);
  expect(arrays.gap).toEqual(["<f8", [9], hex.map((value, row) => (row === 1 || row === 5 ? "nan" : value))]);
  const mask = Array.from({ length: 9 }, (_, row) => row === 1 || row === 5);
  expect(arrays["gap.missing"]).toEqual(["|b1", [9], mask]);
  expect(arrays.words).toEqual(["<U24", [9], valuesOf(written[3]!).map((value) => value ?? "")]);
  expect(numpyReads(await npzWriter.write(writtenEmpty))).toEqual({ arm: ["<U1", [0], []], x: ["<f8", [0], []] });
});

test("texts that fill up to more than there may be are refused before they are allocated", async () => {
  const values = Array.from({ length: 300 }, (_, row) => (row === 7 ? "x".repeat(2 ** 20) : "y"));
  const { message } = await refused(() => npzWriter.write([{ name: "words", values }]));
  expect(message).toBe('column "words": takes 1258291200 bytes as 300 texts of 1048576 characters each, at most 1073741824 are written');
});
