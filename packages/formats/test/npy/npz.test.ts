import { expect, test } from "vitest";
import { npz } from "../../src/npy/npz.js";
import { golden } from "../support/golden.js";
import { npyFile } from "../support/npyFile.js";
import { refused } from "../support/refused.js";
import { zipOf } from "../support/zipOf.js";

const u1 = (shape: string, ...values: number[]): Uint8Array => npyFile({ descr: "'|u1'", shape, body: Uint8Array.from(values) });
const archive = (members: Readonly<Record<string, Uint8Array>>) => ({ name: "a.npz", bytes: zipOf(members) });

test("the array of the samples is named where there are several, and others of one value per sample are columns", async () => {
  const file = archive({ "x_train.npy": u1("(2, 2)", 1, 2, 3, 4), "y_train.npy": u1("(2,)", 5, 6), "x_test.npy": u1("(1, 2)", 7, 8) });
  const { message, hint } = await refused(() => npz.read(file, {}));
  expect(message).toBe("a.npz: holds several arrays that may be the samples");
  expect(hint).toBe('"array" names the one of the samples: the archive holds "x_train", "y_train", "x_test"');
  const table = await npz.read(file, { array: "x_train" });
  expect([...(await table.numbers(table.inputs))]).toEqual([1, 2, 3, 4]);
  expect([table.nameOf(2), [...(await table.values(2))], table.columns]).toEqual(["y_train", [5, 6], 3]);
  expect((await refused(() => npz.read(file, { array: "X" }))).message).toBe('a.npz: holds no array "X"');
});

test("labels in an array of one column are no samples beside an array of several", async () => {
  const table = await npz.read(archive({ "y.npy": u1("(2, 1)", 5, 6), "X.npy": u1("(2, 2)", 1, 2, 3, 4) }), {});
  expect([...(await table.numbers(table.inputs))]).toEqual([1, 2, 3, 4]);
  expect([table.nameOf(2), [...(await table.values(2))]]).toEqual(["y", [5, 6]]);
  expect((await npz.read(archive({ "X.npy": u1("(2, 1)", 1, 2) }), {})).columns).toBe(1);
  await refused(() => npz.read(archive({ "X.npy": u1("(2, 1)", 1, 2), "y.npy": u1("(2, 1)", 5, 6) }), {}));
});

test("objects in an archive are refused when they are asked for", async () => {
  const file = archive({ "X.npy": u1("(2, 2)", 1, 2, 3, 4), "who.npy": golden("objects.npy").bytes });
  const table = await npz.read(file, {});
  expect([...(await table.numbers([0, 1]))]).toEqual([1, 2, 3, 4]);
  expect((await refused(() => table.values(2))).message).toBe("a.npz/who.npy: the elements are of type '|O'");
});

test("an archive of something else is named as that", async () => {
  expect((await refused(() => npz.read(archive({ "xl/workbook.xml": Uint8Array.of(1) }), {}))).message).toBe(
    'a.npz: is a zip archive without arrays, of "xl/workbook.xml"',
  );
});

test("an array whose header promises more than its member holds is refused", async () => {
  const file = archive({ "X.npy": u1("(200, 2)", 1, 2, 3, 4) });
  expect((await refused(() => npz.read(file, {}))).message).toContain(
    "a.npz/X.npy: holds 4 bytes of elements from byte 128 on, its header promises 400",
  );
});
