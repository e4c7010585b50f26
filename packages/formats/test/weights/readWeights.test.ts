import { expect, test } from "vitest";
import { parseSafetensors, readWeights, safetensorsBytes } from "../../src/index.js";
import { golden } from "../support/golden.js";
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

test("arrays of an archive come in its order, by name and shape, in C order", async () => {
  const bytes = zipOf({
    "2.weight.npy": matrix("f8", [1.5, -0, Number.NaN, 4, 5, 6]),
    "0.weight.npy": matrix("f4", [1, 4, 2, 5, 3, 6], { isFortran: true, little: false }),
    "bias.npy": matrix("f8", [7, 8], { shape: "(2,)" }),
  });
  const { format, tensors } = await readWeights("w.npz", bytes);
  expect(format).toBe("npz");
  expect([...tensors]).toEqual([
    ["2.weight", { shape: [2, 3], values: Float64Array.of(1.5, -0, Number.NaN, 4, 5, 6) }],
    ["0.weight", { shape: [2, 3], values: Float64Array.from(six) }],
    ["bias", { shape: [2], values: Float64Array.of(7, 8) }],
  ]);
});

test("a safetensors file is told by its header", async () => {
  const content = { metadata: {}, tensors: { w: { shape: [2, 3], values: Float64Array.from(six) } } };
  const { format, tensors } = await readWeights("w", safetensorsBytes(content));
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
  expect((await readWeights("w", bytes, 24_000)).tensors.get("a")!.values).toHaveLength(3000);
  expect((await refused(() => readWeights("w", bytes, 23_999))).message).toMatch(/take 24000 bytes, at most 23999/);
});

/** Numbers of the golden files, which their writer computes as well. */
const cells = (count: number): number[] => Array.from({ length: count }, (_, i) => (i - 2.5) / 3);
/** Numbers with so many bits behind the first, to the nearest, ties to even: two sums of doubles round them. */
const rounded = (values: readonly number[], bits: number): number[] =>
  values.map((value) => {
    const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) + 52 - bits) * 1.5;
    return value + unit - unit;
  });
const read = async (name: string): Promise<object> => Object.fromEntries((await readWeights(name, golden(name).bytes)).tensors);
const tensor = (shape: readonly number[], values: readonly number[]): object => ({ shape, values: Float64Array.from(values) });

const shared = { half: tensor([5], rounded(cells(5), 10)), scale: tensor([], [-0]), none: tensor([0, 3], []) };
const special = [Number.NaN, Infinity, -Infinity, 5e-324];

test("what the package safetensors writes is read bit for bit", async () => {
  expect(await read("reference.safetensors")).toEqual({
    "layers.2.weight": tensor([2, 3], cells(6)),
    "layers.0.weight": tensor([3, 4], cells(12).map(Math.fround)),
    brain: tensor([5], rounded(cells(5), 7)),
    special: tensor([5], [...special, -Number.MAX_VALUE]),
    "ünï.gewicht": tensor([1], cells(1)),
    ...shared,
  });
  expect(parseSafetensors("a", golden("reference.safetensors").bytes, 2 ** 20).metadata).toEqual({
    format: "np",
    Größe: 'with "quotes"\n',
  });
  expect(await read("reference-empty.safetensors")).toEqual({});
});

test("what the specification allows beyond that is read: any order, numbers at odd bytes, blanks behind the header", async () => {
  expect(await read("allowed-order.safetensors")).toEqual({ a: tensor([3], [0, 1, 2]), b: tensor([2], cells(2)), z: tensor([0], []) });
  expect(await read("allowed-odd.safetensors")).toEqual({ a: tensor([], [1.5]), b: tensor([2], cells(2)) });
});

test("integers are refused by their name", async () => {
  const { message } = await refused(() => read("reference-counter.safetensors"));
  expect(message).toBe('reference-counter.safetensors: the tensor "num_batches_tracked" is of type "I64"');
});

test.each(["weights-stored.npz", "weights-deflated.npz"])("%s of NumPy is read bit for bit, in C order", async (name) => {
  expect(await read(name)).toEqual({
    "2.weight": tensor([2, 3], cells(6)),
    "0.weight": tensor([3, 4], cells(12).map(Math.fround)),
    counts: tensor([4], [0, 1, 2, 3]),
    flags: tensor([3], [1, 0, 1]),
    special: tensor([4], special),
    ...shared,
  });
});
