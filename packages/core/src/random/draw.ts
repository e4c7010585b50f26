import { ArenaPlan, type KernelFactory, type Kernels, requireFactory, type Span } from "@steepest/kernels";
import { type KnownKeys, knownOptions } from "../check/knownKeys.js";
import { requireInteger, requireList, requireWord } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";

/** Numbers of the independent streams of a seed (of 2³²), by consumer, so that no two consumers share random numbers. */
export const streams = {
  /** Selection of samples from a data set. */
  selection: 1,
  /** Generated inputs, by part: training 2, test 3. */
  trainInputs: 2,
  testInputs: 3,
  /** The teacher's weights. */
  teacher: 4,
  /** Noise of training labels, or of training targets. */
  labelNoise: 5,
  /** The cluster of each generated sample, by part. */
  trainClusters: 6,
  testClusters: 7,
  /** Agreement of a planted feature with the label. */
  agreement: 8,
  /** Samples of a file that are held out for the test. */
  heldOut: 9,
  /** Initial parameters: 256 + layer. */
  initialisation: 256,
  /** Positions of the nonzero weights of a teacher neuron: 65536 + neuron. */
  teacherSupport: 65_536,
  /** Mini-batches: 2²⁴ + epoch. */
  batches: 16_777_216,
  /** Random singular values of a direction: 2³¹ + step. */
  spectra: 2_147_483_648,
  /** Fresh samples: 3 · 2³⁰ + 4 step + part, of inputs 0, clusters 1, label noise 2; there is room for 2²⁸ steps. */
  fresh: 3_221_225_472,
} as const;

export interface Draw {
  /** Non-negative safe integer. */
  readonly seed: number;
  /** Integer in [0, 2³²). */
  readonly stream: number;
  /** Non-negative integer. */
  readonly count: number;
}

const drawKeys: KnownKeys<Draw> = { seed: true, stream: true, count: true };

/** The 64-bit Philox key of a seed. */
function seedWords(seed: number): { low: number; high: number } {
  requireInteger("seed", seed, 0);
  return { low: seed | 0, high: Math.floor(seed / 2 ** 32) | 0 };
}

/** Writes the first `out.length` uniforms in [0, 1) of a stream. */
export function fillUniform(kernels: Kernels, out: Span, seed: number, stream: number): void {
  const { low, high } = seedWords(seed);
  kernels.randomUniform(out.ptr, out.length, low, high, stream);
}

/** Writes the first `out.length` standard normals of a stream. */
export function fillNormal(kernels: Kernels, out: Span, seed: number, stream: number): void {
  const { low, high } = seedWords(seed);
  kernels.randomNormal(out.ptr, out.length, low, high, stream);
}

/**
 * `count` uniforms in [0, 1), counter-based: number i of a stream does not depend on how many are drawn.
 *
 * @param factory  makes the kernels
 * @param draw     seed, stream and count
 * @returns f64[count]
 * @throws DefinitionError  on an unknown option, or a number out of its range
 */
export function drawUniform(factory: KernelFactory, draw: Draw): Float64Array {
  return drawn("drawUniform", factory, draw, fillUniform);
}

/**
 * `count` standard normals.
 *
 * @param factory  makes the kernels
 * @param draw     seed, stream and count
 * @returns f64[count], by inversion of the uniforms' distribution
 * @throws DefinitionError  on an unknown option, or a number out of its range
 */
export function drawNormal(factory: KernelFactory, draw: Draw): Float64Array {
  return drawn("drawNormal", factory, draw, fillNormal);
}

function drawn(who: string, factory: KernelFactory, draw: Draw, fill: typeof fillUniform): Float64Array {
  const { seed, stream, count } = checkDraw(who, draw);
  const arena = new ArenaPlan().span(count).allocate(requireFactory(`${who}.factory`, factory));
  const numbers = arena.span(count);
  fill(arena.kernels, numbers, seed, stream);
  return numbers.view.slice();
}

function checkDraw(who: string, draw: Draw): Draw {
  const { seed, stream, count } = knownOptions(who, draw, drawKeys);
  requireInteger(`${who}.seed`, seed, 0);
  requireWord(`${who}.stream`, stream);
  requireInteger(`${who}.count`, count, 0);
  return draw;
}

/**
 * `count` different elements of `population`, every subset equally likely up to 2⁻⁵³, in the order drawn (the first steps of Fisher and Yates).
 *
 * @param factory     makes the kernels
 * @param population  not modified
 * @param draw        seed, stream and count
 * @returns `count` elements
 * @throws DefinitionError  if there are fewer elements than `count`
 */
export function drawSubset<T>(factory: KernelFactory, population: readonly T[], draw: Draw): T[] {
  const { count } = checkDraw("drawSubset", draw);
  const pool = [...requireList("drawSubset.population", population, "elements")];
  if (count > pool.length) {
    throw new DefinitionError(`drawSubset: ${count} elements wanted, the population has ${pool.length}`, {
      path: "drawSubset.count",
      value: count,
    });
  }
  const uniforms = drawUniform(factory, draw);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(uniforms[i]! * (pool.length - i));
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
  }
  return pool.slice(0, count);
}
