import { bytes, denseScratchBytes, entryOf, largestOf, type Pointer, type Sized } from "@steepest/kernels";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireBoolean, requireNonNegative, requireOneOf } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import type { MatrixBlock, NormShape } from "../norm/norm.js";
import { spectral } from "../norm/spectralAndNuclear.js";
import { recorded } from "../recipe/recipe.js";
import { type InverseExponent, inverseRoot, inverseRootScratch } from "./inverseRoot.js";
import { lossFrame } from "./lossFrame.js";
import type { OptimizerMember } from "./member.js";
import { none } from "./memory/none.js";
import { normedDescent } from "./normedDescent.js";
import type { BoundOptimizer, Optimizer, OptimizerContext } from "./optimizer.js";
import { sumOfLogs } from "./sumOfLogs.js";

export type ShampooExponent = "quarter" | "half" | "sequentialHalf";

export interface ShampooOptions {
  /** "quarter": a = 1/4 on each side, as published. "half": a = 1/2. "sequentialHalf": a = 1/2, and R sums what L has left of the gradients. */
  readonly exponent: ShampooExponent;
  /** false: the factors are those of the current gradient alone; exponent "quarter" and epsilon 0 only. */
  readonly accumulate: boolean;
  /**
   * L and R start at ε I; it is added once. In units of the square of the gradient of the risk that the optimiser sees; for the R of "sequentialHalf",
   * whose sums have no unit, the bare number. 0 is allowed.
   */
  readonly epsilon: number;
}

interface Variant {
  readonly power: InverseExponent;
  /** true: R sums Hᵀ H of H = L^-a G, which has no unit; false: Gᵀ G. */
  readonly isSequential: boolean;
  /** Number of factors e^s by which a step is divided: L^-a and R^-a contribute 2a each, R only where it has the unit of a squared gradient. */
  readonly framesInStep: 1 | 2;
}

const variants: Readonly<Record<ShampooExponent, Variant>> = {
  quarter: { power: "quarter", isSequential: false, framesInStep: 1 },
  half: { power: "half", isSequential: false, framesInStep: 2 },
  sequentialHalf: { power: "half", isSequential: true, framesInStep: 1 },
};

/**
 * Shampoo without momentum, matrix by matrix.
 *
 *   L ← L + G Gᵀ,  R ← R + Gᵀ G,  both ε I at first      W ← W - η L^-a G R^-a      G = e^logRisk Ghat
 *   "sequentialHalf": L ← L + G Gᵀ,  H = L^-1/2 G,  R ← R + Hᵀ H      W ← W - η H R^-1/2
 *
 * The sums of gradients are kept divided by e^2s in the loss frame s, which never sinks: s = max over all steps, and over ½ log ε; those of H, whose
 * singular values are at most 1, as they are. What is left of the scale, e^(logRisk - s) for "quarter" and "sequentialHalf" and e^(logRisk - 2s) for
 * "half", stays a logarithm until it meets the step size. Null directions of the sums give 0,
 * see `inverseRoot`: in binary64 that is a gradient below about 1e-8 of the earlier ones in a direction of its own. Entries of Ghat between
 * 1e-150 and 1e150 are squared without loss. Cost per matrix: the decompositions of L and R.
 *
 * Without accumulation L^-1/4 G R^-1/4 = U Vᵀ: that is spectral descent, and computed as such.
 * Source: Gupta, Koren & Singer, ICML 2018, for "quarter". "sequentialHalf" with ε = 1e-4 is what Tsilivis et al., JMLR 27 (2026), ran for figure 3, the
 * Shampoo of the package torch-optimizer; "half" is another algorithm: on that figure's task it ends below gradient descent, not above.
 *
 * @param options  the exponent, whether the factors accumulate, and epsilon >= 0 in units of the squared gradient
 * @returns an optimiser with own norm spectral
 * @throws DefinitionError  also for another exponent than "quarter" or epsilon > 0 without accumulation
 */
export function shampoo(options: ShampooOptions): Optimizer {
  refuseUnknownKeys("shampoo", options, { exponent: true, accumulate: true, epsilon: true });
  const exponent = requireOneOf("exponent", options.exponent, Object.keys(variants) as ShampooExponent[]);
  const epsilon = requireNonNegative("epsilon", options.epsilon);
  if (!requireBoolean("accumulate", options.accumulate)) return recorded("shampoo", [options], withoutAccumulation(exponent, epsilon));
  return recorded("shampoo", [options], {
    id: "shampoo",
    ownNorm: spectral,
    expectation: {
      margin: undefined,
      source:
        "known without accumulation only: spectral, Tsilivis et al., JMLR 27 (2026); their figure 3 measures that the accumulating sequentialHalf raises it too",
    },
    decompositions: ["roots"],
    conventions: ["ε I at the start of the sums L and R, added once, as in the package torch-optimizer"],
    lengthUnit: "gradient",
    plan: (plan, shape) => {
      plan
        .spans(spans(shape))
        .region(inverseRootScratch(largestSide(shape)))
        .region(productScratch(shape));
    },
    bind: (context) => bind(context, variants[exponent], epsilon),
  });
}

function withoutAccumulation(exponent: ShampooExponent, epsilon: number): Optimizer {
  if (exponent !== "quarter") {
    throw DefinitionError.at("exponent", `must be "quarter" without accumulation, got "${exponent}"`, { value: exponent });
  }
  if (epsilon !== 0) {
    throw DefinitionError.at("epsilon", `must be 0 without accumulation, got ${epsilon}`, { value: epsilon });
  }
  const source = "Tsilivis et al., JMLR 27 (2026), theorem 1, for the flow: without accumulation it is spectral descent";
  return normedDescent({
    id: "shampoo",
    norm: spectral,
    memory: none,
    normalized: true,
    expectation: { margin: spectral, source, grows: true },
  });
}

const largest = ({ blocks }: NormShape, size: (block: MatrixBlock) => number): number => Math.max(0, ...blocks.map(size));
const largestSide = (shape: NormShape): number => largest(shape, ({ rows, columns }) => Math.max(rows, columns));

function spans(shape: NormShape) {
  const { blocks } = shape;
  return {
    left: blocks.reduce((sum, { rows }) => sum + rows * rows, 0),
    right: blocks.reduce((sum, { columns }) => sum + columns * columns, 0),
    square: largestSide(shape) ** 2,
    product: largest(shape, ({ rows, columns }) => rows * columns),
  };
}

function productScratch({ blocks }: NormShape): Sized {
  return largestOf(
    blocks.flatMap(({ rows, columns }) => [
      bytes(denseScratchBytes(rows, columns, rows)),
      bytes(denseScratchBytes(rows, columns, columns)),
    ]),
  );
}

/** Factors of one step in the loss frame: of the new squares, of the kept sums, and ε. */
interface FrameFactors {
  readonly gain: number;
  readonly memory: number;
  readonly shift: number;
}

function bind(
  { kernels, arena, shape, theta, ghat, direction }: OptimizerContext,
  { power, isSequential, framesInStep }: Variant,
  epsilon: number,
): BoundOptimizer {
  const { left, right, square, product } = arena.spans(spans(shape));
  const invert = inverseRoot(kernels, largestSide(shape), power, arena.region(inverseRootScratch(largestSide(shape))));
  const work = arena.region(productScratch(shape)).ptr;
  const moveFrame = lossFrame(kernels, 1);
  const logEpsilon = kernels.log(epsilon);
  moveFrame(0.5 * logEpsilon); // so that ε e^-2s <= 1
  let logRiskTaken = Number.NaN;
  let logUnit = Number.NaN;

  /** out ← L^-a G R^-a, negated, the sums at `l` and `r` with this step's gradient in them. */
  const aimBlock = ({ offset, rows, columns }: MatrixBlock, l: number, r: number, { gain, memory, shift }: FrameFactors): void => {
    const [g, out] = [entryOf(ghat, offset), entryOf(direction, offset)];
    const addToRight = (summand: Pointer, kept: number): void => {
      kernels.denseWeightGradient(summand, summand, square.ptr, rows, columns, columns, work);
      kernels.axpby(square.ptr, r, columns * columns, gain, kept);
    };
    kernels.denseForward(g, g, square.ptr, rows, columns, rows, work);
    kernels.axpby(square.ptr, l, rows * rows, gain, memory);
    if (!isSequential) addToRight(g, memory);
    invert(l, square.ptr, rows, shift);
    kernels.denseInputGradient(square.ptr, g, product.ptr, rows, columns, rows, work);
    if (isSequential) addToRight(product.ptr, 1);
    invert(r, square.ptr, columns, isSequential ? epsilon : shift);
    kernels.denseForward(product.ptr, square.ptr, out, rows, columns, columns, work);
    kernels.scale(out, out, rows * columns, -1);
  };

  return {
    carry: (carrier) => {
      moveFrame.carry(carrier);
      carrier.numbers("left", left.view);
      carrier.numbers("right", right.view);
    },
    aim: (logRisk) => {
      const { frame, logMemory, logGain } = moveFrame(logRisk);
      const factors = { gain: kernels.exp(2 * logGain), memory: kernels.exp(2 * logMemory), shift: kernels.exp(logEpsilon - 2 * frame) };
      logRiskTaken = logRisk;
      logUnit = framesInStep * frame;
      let [l, r] = [left.ptr, right.ptr];
      for (const block of shape.blocks) {
        aimBlock(block, l, r, factors);
        l += 8 * block.rows ** 2;
        r += 8 * block.columns ** 2;
      }
    },
    move: ({ size, logScale }) => {
      const length = size * kernels.exp(sumOfLogs(logScale, logRiskTaken, -logUnit));
      kernels.axpy(direction.ptr, theta.ptr, theta.length, length);
      return length;
    },
  };
}

export const shampooMember: OptimizerMember = {
  factory: "shampoo",
  make: shampoo,
  title: "Shampoo",
  examples: () => ({
    shampoo: shampoo({ exponent: "quarter", accumulate: true, epsilon: 0 }),
    "shampoo, sequential half": shampoo({ exponent: "sequentialHalf", accumulate: true, epsilon: 0 }),
    "shampoo without accumulation": shampoo({ exponent: "quarter", accumulate: false, epsilon: 0 }),
  }),
};
