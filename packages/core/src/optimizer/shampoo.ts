import { denseScratchBytes } from "@steepest/kernels";
import { DefinitionError } from "../errors.js";
import type { MatrixBlock, NormShape } from "../norm/norm.js";
import { spectral } from "../norm/spectral.js";
import { recorded } from "../recipe.js";
import { requireBoolean, requireNonNegative, requireOneOf } from "../require.js";
import { type InverseExponent, inverseRoot, inverseRootScratchBytes } from "./inverseRoot.js";
import { lossFrame } from "./lossFrame.js";
import { none } from "./memory/none.js";
import { normedDescent } from "./normedDescent.js";
import type { BoundOptimizer, Optimizer, OptimizerContext } from "./optimizer.js";
import { sumOfLogs } from "./sumOfLogs.js";

export interface ShampooOptions {
  /** a = 1/4 on each side as published, or a = 1/2. */
  readonly exponent: InverseExponent;
  /** false: the factors are those of the current gradient alone; exponent "quarter" and epsilon 0 only. */
  readonly accumulate: boolean;
  /** L and R start at ε I; in units of the square of the gradient of the risk that the optimiser sees. 0 is allowed. */
  readonly epsilon: number;
}

/**
 * Shampoo without momentum, matrix by matrix.
 *
 *   L ← L + G Gᵀ,  R ← R + Gᵀ G,  both ε I at first      W ← W - η L^-a G R^-a      G = e^logRisk Ghat
 *
 * The sums are kept divided by e^2s in the loss frame s, which never sinks: s = max over all steps, and over ½ log ε. What is left of the scale,
 * e^(logRisk - s) for a = 1/4 and e^(logRisk - 2s) for a = 1/2, stays a logarithm until it meets the step size. Null directions of the sums give 0,
 * see `inverseRoot`: in binary64 that is a gradient below about 1e-8 of the earlier ones in a direction of its own. Entries of Ghat between
 * 1e-150 and 1e150 are squared without loss. Cost per matrix: the decompositions of L and R.
 *
 * Without accumulation L^-1/4 G R^-1/4 = U Vᵀ: that is spectral descent, and computed as such.
 * Source: Gupta, Koren & Singer, ICML 2018; a = 1/2 with ε = 1e-4 are the runs of Tsilivis et al., JMLR 27 (2026), figure 3.
 *
 * @throws DefinitionError  also for exponent "half" or epsilon > 0 without accumulation
 */
export function shampoo(options: ShampooOptions): Optimizer {
  const exponent = requireOneOf("exponent", options.exponent, ["quarter", "half"]);
  const epsilon = requireNonNegative("epsilon", options.epsilon);
  if (!requireBoolean("accumulate", options.accumulate)) return recorded("shampoo", [options], withoutAccumulation(exponent, epsilon));
  return recorded("shampoo", [options], {
    id: "shampoo",
    ownNorm: spectral,
    expectation: {
      margin: undefined,
      source: "known without accumulation only: spectral, Tsilivis et al., JMLR 27 (2026), whose figure 3 runs the accumulating a = 1/2",
    },
    lengthUnit: "gradient",
    plan: (plan, shape) => {
      plan
        .spans(spans(shape))
        .scratch(inverseRootScratchBytes(largestSide(shape)))
        .scratch(productScratchBytes(shape));
    },
    bind: (context) => bind(context, exponent, epsilon),
  });
}

function withoutAccumulation(exponent: InverseExponent, epsilon: number): Optimizer {
  if (exponent !== "quarter") {
    throw new DefinitionError(`exponent: must be "quarter" without accumulation, got "${exponent}"`, { path: "exponent", value: exponent });
  }
  if (epsilon !== 0) {
    throw new DefinitionError(`epsilon: must be 0 without accumulation, got ${epsilon}`, { path: "epsilon", value: epsilon });
  }
  const source = "Tsilivis et al., JMLR 27 (2026), theorem 1, for the flow: without accumulation it is spectral descent";
  return normedDescent({ id: "shampoo", norm: spectral, memory: none, normalized: true, expectation: { margin: spectral, source } });
}

const largestOf = ({ blocks }: NormShape, size: (block: MatrixBlock) => number): number => Math.max(0, ...blocks.map(size));
const largestSide = (shape: NormShape): number => largestOf(shape, ({ rows, columns }) => Math.max(rows, columns));

function spans(shape: NormShape) {
  const { blocks } = shape;
  return {
    left: blocks.reduce((sum, { rows }) => sum + rows * rows, 0),
    right: blocks.reduce((sum, { columns }) => sum + columns * columns, 0),
    square: largestSide(shape) ** 2,
    product: largestOf(shape, ({ rows, columns }) => rows * columns),
  };
}

function productScratchBytes(shape: NormShape): number {
  return largestOf(shape, ({ rows, columns }) =>
    Math.max(denseScratchBytes(rows, columns, rows), denseScratchBytes(rows, columns, columns)),
  );
}

function bind(
  { kernels, arena, shape, theta, ghat, direction }: OptimizerContext,
  exponent: InverseExponent,
  epsilon: number,
): BoundOptimizer {
  const { left, right, square, product } = arena.spans(spans(shape));
  const invert = inverseRoot(kernels, largestSide(shape), exponent, arena.scratch(inverseRootScratchBytes(largestSide(shape))));
  const work = arena.scratch(productScratchBytes(shape));
  const moveFrame = lossFrame(kernels, 1);
  const logEpsilon = kernels.log(epsilon);
  moveFrame(0.5 * logEpsilon); // so that ε e^-2s <= 1
  let logRiskTaken = Number.NaN;
  let logUnit = Number.NaN;

  const aimBlock = ({ offset, rows, columns }: MatrixBlock, l: number, r: number, gain: number, memory: number, shift: number): void => {
    const [g, out] = [ghat.ptr + 8 * offset, direction.ptr + 8 * offset];
    kernels.denseForward(g, g, square.ptr, rows, columns, rows, work);
    kernels.axpby(square.ptr, l, rows * rows, gain, memory);
    kernels.denseWeightGradient(g, g, square.ptr, rows, columns, columns, work);
    kernels.axpby(square.ptr, r, columns * columns, gain, memory);
    invert(l, square.ptr, rows, shift);
    kernels.denseInputGradient(square.ptr, g, product.ptr, rows, columns, rows, work);
    invert(r, square.ptr, columns, shift);
    kernels.denseForward(product.ptr, square.ptr, out, rows, columns, columns, work);
    kernels.scale(out, out, rows * columns, -1);
  };

  return {
    aim: (logRisk) => {
      const { frame, logMemory, logGain } = moveFrame(logRisk);
      const [gain, memory, shift] = [kernels.exp(2 * logGain), kernels.exp(2 * logMemory), kernels.exp(logEpsilon - 2 * frame)];
      logRiskTaken = logRisk;
      logUnit = exponent === "quarter" ? frame : 2 * frame;
      let [l, r] = [left.ptr, right.ptr];
      for (const block of shape.blocks) {
        aimBlock(block, l, r, gain, memory, shift);
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
