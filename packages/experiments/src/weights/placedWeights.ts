import { type Block, DataError, type Network } from "@steepest/core";
import type { Tensor } from "@steepest/formats";

/** A block of a network, and the array of a file that holds it. */
export interface PlacedTensor {
  readonly block: string;
  readonly tensor: string;
  readonly shape: readonly number[];
}

/** Weights of a network, with the arrays that they came from. */
export interface PlacedWeights {
  /** f64[totalCount]: blocks in layer order, row-major w[outputs][inputs], as `Training.parameters` has them. */
  readonly weights: Float64Array;
  /** In layer order. */
  readonly places: readonly PlacedTensor[];
}

/**
 * The weights of a network from arrays that have names, each block of the network from one array.
 *
 * Arrays that are called like the blocks ("layer1", "bias1") are taken by name. Others are taken in their order, if their names differ only in numbers and in
 * "weight" or "bias" at the end: "0.weight", "0.bias", "2.weight" or "fc1.weight", "fc2.weight"; numbers count as numbers, and a weight comes before its bias.
 * Arrays of any other names are taken by their shapes, if no two blocks have the same.
 *
 * A block w[outputs][inputs] takes an array of the shape outputs x inputs; of a convolution outputs x channels x height x width; where it is one row or one
 * column, also an array of one dimension.
 *
 * @param path     the name of the file, for messages
 * @param network  its layout has the blocks
 * @param tensors  arrays by name; not modified
 * @returns the weights, a copy, and where they came from
 * @throws DataError  naming the array or the block: one too few or too many, another shape, a bias in the place of a weight or a weight in that of a bias, names
 *   that leave open which is which, numbers that are not finite
 */
export function placedWeights(path: string, network: Network, tensors: ReadonlyMap<string, Tensor>): PlacedWeights {
  const { blocks, totalCount } = network.layout;
  const names = namesFor(path, blocks, tensors);
  const weights = new Float64Array(totalCount);
  let next = 0;
  const places = blocks.map((block, k) => {
    const tensor = names[k]!;
    const { shape, values } = tensors.get(tensor)!;
    requireKind(path, block, tensor, names);
    requireFit(path, block, tensor, shape);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw DataError.at(
        path,
        `the array "${tensor}" holds ${values[bad]} at [${indexOf(bad, shape).join(", ")}], expected finite weights`,
        {
          value: values[bad],
          hint: "the training that made them has diverged, or the file is not what it should be",
        },
      );
    }
    weights.set(values, next);
    next += values.length;
    return { block: block.name, tensor, shape };
  });
  return { weights, places };
}

/** The names of the arrays in the order of the blocks. */
function namesFor(path: string, blocks: readonly Block[], tensors: ReadonlyMap<string, Tensor>): readonly string[] {
  const own = blocks.map(({ name }) => name);
  const given = [...tensors.keys()];
  if (own.some((name) => tensors.has(name))) {
    const missing = own.find((name) => !tensors.has(name));
    if (missing !== undefined) refuseNames(path, `holds no array "${missing}", a block of the network`, blocks, tensors);
    const extra = given.find((name) => !own.includes(name));
    if (extra !== undefined) refuseNames(path, `holds the array "${extra}", which is no block of the network`, blocks, tensors);
    return own;
  }
  if (given.length !== blocks.length) {
    const hasUnplaced = given.some((name) => kindOf(name) === "bias") && !blocks.some(isBias);
    const why = hasUnplaced ? ', none of them a bias: train with bias=False, or name "layers" that have "bias": true' : "";
    const what = `holds ${counted(given.length, "array")}, the network has ${counted(blocks.length, "block")}${why}`;
    refuseNames(path, what, blocks, tensors);
  }
  return areNumbered(given) ? given.sort(byNumbers) : byShapes(path, blocks, tensors);
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** Names of a message at most. */
const mostShown = 12;

function refuseNames(path: string, what: string, blocks: readonly Block[], tensors: ReadonlyMap<string, Tensor>): never {
  const list = (texts: readonly string[]): string => texts.slice(0, mostShown).join(", ") + (texts.length > mostShown ? ", ..." : "");
  const wanted = list(blocks.map(({ name, outputs, inputs }) => `${name} (${outputs} x ${inputs})`));
  const held = list([...tensors].map(([name, { shape }]) => `${name} (${shape.join(" x ")})`));
  throw DataError.at(path, what, { value: [...tensors.keys()], hint: `blocks: ${wanted}; arrays: ${held || "none"}` });
}

/** True for names that differ only in numbers and in what they end with. */
function areNumbered(names: readonly string[]): boolean {
  const stems = new Set(names.map((name) => name.replace(/(^|\.)(weight|bias)$/, "").replace(/\d+(\.\d+)*/g, "#")));
  return stems.size === 1 && [...stems][0]!.includes("#");
}

/** Names in the order of the numbers in them, a weight before its bias. */
function byNumbers(a: string, b: string): number {
  const [first, second] = [a, b].map((name) => (name.match(/\d+/g) ?? []).map(Number)) as [number[], number[]];
  for (const [k, number] of first.entries()) {
    const other = second[k];
    if (other === undefined) return 1;
    if (number !== other) return number - other;
  }
  if (second.length > first.length) return -1;
  const isBias = (name: string): number => Number(name.endsWith("bias"));
  return isBias(a) - isBias(b) || (a < b ? -1 : 1);
}

function byShapes(path: string, blocks: readonly Block[], tensors: ReadonlyMap<string, Tensor>): readonly string[] {
  const chosen = blocks.map((block) => {
    const fitting = [...tensors].filter(([, { shape }]) => fits(block, shape)).map(([name]) => name);
    const [only, another] = fitting;
    if (only === undefined) return refuseNames(path, `holds no array of the shape of the block ${block.name}`, blocks, tensors);
    if (another !== undefined) {
      const what = `holds "${only}" and "${another}", either of which may be the block ${block.name}: call arrays as blocks, or number them`;
      return refuseNames(path, what, blocks, tensors);
    }
    return only;
  });
  const twice = chosen.find((name, k) => chosen.indexOf(name) !== k);
  if (twice !== undefined)
    refuseNames(path, `holds "${twice}", which may be several blocks: call arrays as blocks, or number them`, blocks, tensors);
  return chosen;
}

function fits({ outputs, inputs }: Block, shape: readonly number[]): boolean {
  const [first, ...rest] = shape;
  if (first === undefined) return false;
  if (rest.length === 0) return first === outputs * inputs && (outputs === 1 || inputs === 1);
  return first === outputs && rest.reduce((product, length) => product * length, 1) === inputs;
}

/** The kind of an array by the end of its name, where that says it. */
const kindOf = (name: string): string | undefined => /(?:^|[._])(weight|bias)$/.exec(name)?.[1];

const isBias = ({ name, inputs }: Block): boolean => inputs === 1 && name.startsWith("bias");

/** @throws DataError  if an array that is called a bias stands where a weight does, or a weight where a bias does */
function requireKind(path: string, block: Block, tensor: string, tensors: readonly string[]): void {
  const kind = kindOf(tensor);
  const wanted = isBias(block);
  if (kind === undefined || (kind === "bias") === wanted) return;
  const { name, outputs, inputs } = block;
  throw DataError.at(
    path,
    `the array "${tensor}" would be the block ${name} (${outputs} x ${inputs}), which is ${wanted ? "a" : "no"} bias`,
    {
      value: tensors,
      hint: wanted
        ? "the layers of the definition have biases where the trained network has none, or not as many layers"
        : 'layers have biases where they say "bias": true; an mlp has none, and "layers" end in a layer of scores of their own, without a bias',
    },
  );
}

function requireFit(path: string, block: Block, tensor: string, shape: readonly number[]): void {
  if (fits(block, shape)) return;
  const { name, outputs, inputs } = block;
  const hint = fits(block, [...shape].reverse())
    ? "transpose it: rows are outputs, as in torch.nn.Linear"
    : "is it the network that was trained? Arrays are [outputs][inputs], filters [outputs][channels][height][width]";
  const what = `the array "${tensor}" has the shape ${shape.join(" x ") || "of a single number"}, the block ${name} is ${outputs} x ${inputs}`;
  throw DataError.at(path, what, { value: shape, hint });
}

/** The indices of an element that is counted in C order. */
function indexOf(place: number, shape: readonly number[]): number[] {
  let rest = place;
  return [...shape]
    .reverse()
    .map((length) => {
      const index = rest % length;
      rest = Math.floor(rest / length);
      return index;
    })
    .reverse();
}
