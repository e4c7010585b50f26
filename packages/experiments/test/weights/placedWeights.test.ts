import { DataError, dense, layers, mlp } from "@steepest/core";
import type { Tensor } from "@steepest/formats";
import { expect, test } from "vitest";
import { placedWeights } from "../../src/index.js";

const network = mlp({ widths: [3, 2, 1], activation: "relu" });
const filled = (first: number, ...shape: number[]): Tensor => ({
  shape,
  values: Float64Array.from({ length: shape.reduce((product, length) => product * length, 1) }, (_, i) => first + i),
});
const hidden = filled(1, 2, 3);
const output = filled(10, 1, 2);
const place = (tensors: Readonly<Record<string, Tensor>>, of = network) => placedWeights("w", of, new Map(Object.entries(tensors)));

test("blocks are taken by their names, in any order of the file", () => {
  const { weights, places } = place({ layer2: output, layer1: hidden });
  expect(weights).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6, 10, 11));
  expect(places).toEqual([
    { block: "layer1", tensor: "layer1", shape: [2, 3] },
    { block: "layer2", tensor: "layer2", shape: [1, 2] },
  ]);
});

test("numbered names are taken in the order of their numbers, weights before biases", () => {
  const square = layers({
    input: 2,
    homogeneity: "measured",
    layers: [...Array.from({ length: 3 }, () => [dense({ units: 2, bias: true }), "relu"] as const).flat(), dense({ units: 1 })],
  });
  const tensors = {
    "10.weight": filled(300, 2, 2),
    "10.bias": filled(400, 2),
    "11.weight": filled(500, 1, 2),
    "2.bias": filled(200, 2),
    "2.weight": filled(100, 2, 2),
    "0.bias": filled(20, 2),
    "0.weight": filled(10, 2, 2),
  };
  const { weights, places } = place(tensors, square);
  expect(places.map(({ tensor }) => tensor)).toEqual(["0.weight", "0.bias", "2.weight", "2.bias", "10.weight", "10.bias", "11.weight"]);
  expect([...weights.subarray(0, 6)]).toEqual([10, 11, 12, 13, 20, 21]);
  const named = place({ "net.fc2.weight": output, "net.fc1.weight": hidden });
  expect(named.places.map(({ tensor }) => tensor)).toEqual(["net.fc1.weight", "net.fc2.weight"]);
});

test("other names are taken by shapes that leave no choice", () => {
  expect(place({ readout: output, body: hidden }).places.map(({ tensor }) => tensor)).toEqual(["body", "readout"]);
  expect(place({ readout: filled(1, 2), body: hidden }).weights[6]).toBe(1); // one row as a vector
});

test("an array that is called a bias is never taken for weights, nor weights for a bias", () => {
  const biased = layers({ input: 3, layers: [dense({ units: 2, bias: true }), "relu", dense({ units: 1 }), dense({ units: 1 })] });
  const arrays = { "fc1.weight": hidden, "fc1.bias": filled(7, 2), "fc2.weight": output, "fc2.bias": filled(9, 1) };
  expect(() => place(arrays, biased)).toThrow(/"fc2\.bias" would be the block layer3 \(1 x 1\), which is no bias$/);
  const plain = { "0.weight": hidden, "1.weight": filled(0, 2), "2.weight": output };
  const first = layers({ input: 3, layers: [dense({ units: 2, bias: true }), "relu", dense({ units: 1 })] });
  expect(() => place(plain, first)).toThrow(/"1\.weight" would be the block bias1 \(2 x 1\), which is a bias$/);
  expect(() => place(arrays)).toThrow(/holds 4 arrays, the network has 2 blocks, none of them a bias: train with bias=False/);
});

const transposed = { hint: expect.stringMatching(/^transpose it/) };
test.each<[string, Readonly<Record<string, Tensor>>, RegExp, object?]>([
  ["a missing block", { layer1: hidden }, /holds no array "layer2", a block of the network/],
  ["an extra array", { layer1: hidden, layer2: output, step: filled(0, 1) }, /holds the array "step", which is no block/],
  ["too few", { "0.weight": hidden }, /holds 1 array, the network has 2 blocks/],
  ["too many", { "0.weight": hidden, "1.weight": hidden, "2.weight": output }, /holds 3 arrays, the network has 2 blocks/],
  ["nothing", {}, /holds 0 arrays/],
  ["another shape", { "0.weight": filled(0, 4, 3), "2.weight": output }, /"0\.weight" has the shape 4 x 3, the block layer1 is 2 x 3/],
  ["a transposed array", { layer1: filled(0, 3, 2), layer2: output }, /"layer1" has the shape 3 x 2/, transposed],
  ["an array without dimensions", { layer1: hidden, layer2: filled(0) }, /"layer2" has the shape of a single number/],
  ["names that say nothing", { a: filled(0, 1, 2), b: filled(0, 1, 2) }, /holds no array of the shape of the block layer1/],
  [
    "NaN",
    { layer1: { shape: [2, 3], values: Float64Array.of(1, 2, 3, 4, Number.NaN, 6) }, layer2: output },
    /"layer1" holds NaN at \[1, 1\]/,
  ],
  [
    "infinity",
    { layer1: hidden, layer2: { shape: [1, 2], values: Float64Array.of(1, -Infinity) } },
    /"layer2" holds -Infinity at \[0, 1\]/,
  ],
])("%s is refused by name", (_, tensors, message, more = {}) => {
  try {
    place(tensors);
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toMatch(message);
    expect(error).toMatchObject({ hint: expect.stringMatching(/./), ...more });
    return;
  }
  throw new Error("it was accepted");
});

test("equal shapes under names that do not number them are refused", () => {
  const square = mlp({ widths: [2, 2, 2, 1], activation: "relu" });
  expect(() => place({ first: filled(0, 2, 2), second: filled(4, 2, 2), last: output }, square)).toThrow(
    /holds "first" and "second", either of which may be the block layer1/,
  );
});
