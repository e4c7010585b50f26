import { expect, test } from "vitest";
import { readWeights, safetensorsBytes } from "../../src/index.js";
import { integers, mutant } from "../support/mutants.js";
import { npyFile, types } from "../support/npyFile.js";
import { refused } from "../support/refused.js";
import { zipOf } from "../support/zipOf.js";

/** An .npy file of 2 x 3 numbers of a type. */
function matrix(
  type: string,
  values: readonly number[],
  options: { little?: boolean; isFortran?: boolean; shape?: string } = {},
): Uint8Array {
  const { little = true, isFortran = false, shape = "(2, 3)" } = options;
  const { size, write } = types[type]!;
  const body = new Uint8Array(size * values.length);
  values.forEach((value, i) => {
    write(new DataView(body.buffer), i * size, value, little);
  });
  return npyFile({ descr: `'${little ? "<" : ">"}${type}'`, shape, isFortran, body });
}

const six = [1, 2, 3, 4, 5, 6];

test("arrays of an archive come in its order, by name and shape, in C order", () => {
  const bytes = zipOf({
    "2.weight.npy": matrix("f8", [1.5, -0, Number.NaN, 4, 5, 6]),
    "0.weight.npy": matrix("f4", [1, 4, 2, 5, 3, 6], { isFortran: true, little: false }),
    "bias.npy": matrix("f8", [7, 8], { shape: "(2,)" }),
  });
  const { format, tensors } = readWeights("w.npz", bytes);
  expect(format).toBe("npz");
  expect([...tensors]).toEqual([
    ["2.weight", { shape: [2, 3], values: Float64Array.of(1.5, -0, Number.NaN, 4, 5, 6) }],
    ["0.weight", { shape: [2, 3], values: Float64Array.from(six) }],
    ["bias", { shape: [2], values: Float64Array.of(7, 8) }],
  ]);
});

test("a safetensors file is told by its header", () => {
  const content = { metadata: {}, tensors: { w: { shape: [2, 3], values: Float64Array.from(six) } } };
  const { format, tensors } = readWeights("w", safetensorsBytes(content));
  expect([format, Object.fromEntries(tensors)]).toEqual(["safetensors", content.tensors]);
});

test.each<[string, Uint8Array, RegExp]>([
  ["a pickle of torch.save", zipOf({ "model/data.pkl": Uint8Array.of(1) }), /is what torch\.save writes, a pickle/],
  ["another archive", zipOf({ "a.txt": Uint8Array.of(1) }), /a zip archive with "a\.txt" in it/],
  ["nothing", new Uint8Array(0), /has 0 bytes/],
  ["another file", Uint8Array.from({ length: 40 }, () => 65), /is neither a safetensors file nor an archive/],
  [
    "texts",
    zipOf({ "a.npy": npyFile({ descr: "'<U2'", shape: "(1,)", body: new Uint8Array(8) }) }),
    /a\.npy: holds elements of type '<U2'/,
  ],
  ["a truncated array", zipOf({ "a.npy": matrix("f8", [1, 2], { shape: "(3,)" }) }), /a\.npy: holds 16 bytes of elements/],
])("%s is refused", async (_, bytes, message) => {
  const { message: told, hint } = await refused(() => readWeights("w", bytes));
  expect(told).toMatch(message);
  expect(hint).not.toBe("");
});

test("what is larger than allowed is refused before it is made", async () => {
  const bytes = zipOf({ "a.npy": matrix("u1", new Array(3000).fill(1), { shape: "(3000,)" }) });
  expect(readWeights("w", bytes, 24_000).tensors.get("a")!.values).toHaveLength(3000);
  expect((await refused(() => readWeights("w", bytes, 23_999))).message).toMatch(/take 24000 bytes, at most 23999/);
});

test("mutants are read or refused by name", () => {
  const originals = [
    zipOf({ "0.weight.npy": matrix("f8", six), "2.weight.npy": matrix("f4", six) }),
    safetensorsBytes({ metadata: { a: "b" }, tensors: { w: { shape: [2, 3], values: Float64Array.from(six) } } }),
  ];
  const seed = Number(process.env.STEEPEST_SEED ?? 20_260_101);
  const pick = integers(seed);
  const told = { read: 0, refused: 0 };
  for (let i = 0; i < 2000; i++) {
    try {
      readWeights("w", mutant(originals[i % 2]!, pick), 2 ** 20);
      told.read++;
    } catch (error) {
      const { code, message } = error as { code?: unknown; message: string };
      expect([code, message.startsWith("w")], `mutant ${i}, seed ${seed}: ${(error as Error).stack}`).toEqual(["DATA", true]);
      told.refused++;
    }
  }
  expect(told.refused).toBeGreaterThan(200);
});
