import { type Kernels, largestOf, partOf, Scratch, type Sized, type Span } from "@steepest/kernels";
import { requireList, requirePositive } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { DefinitionError } from "../error/errors.js";
import { hasItsDigits } from "../number/binaryScale.js";
import { upward } from "../number/upward.js";
import { recorded } from "../recipe/recipe.js";
import { boundByCones } from "./boundByCones.js";
import { bindNorm, normScratch } from "./boundNorm.js";
import {
  derivativeOnEuclideanCombination,
  derivativeOnMaxBall,
  derivativeOnSumBall,
  type WeightedPart as Part,
} from "./combinedDerivative.js";
import type { ConeProgram } from "./cones.js";
import { dualPair } from "./dualPair.js";
import { comparableScale } from "./euclidean.js";
import { type Norm, type NormFunctions, type NormShape, normPart, type RankOneNorm } from "./norm.js";
import type { Limit, PolytopeProgram, ScaledEntry } from "./polytope.js";
import { joined } from "./rankOne.js";
import { bracketBelow, bracketOf, rootOf } from "./rootOf.js";

type Rule = "max" | "sum" | "l2";

const dualRule: Readonly<Record<Rule, Rule>> = { max: "sum", sum: "max", l2: "l2" };

/**
 * maxₗ wₗ ||θₗ||ₗ over the blocks θₗ, one norm each. Dual: Σₗ ||gₗ||ₗ* / wₗ. Every block moves: lmo(g)ₗ = lmoₗ(gₗ) / wₗ.
 *
 * @param norms    one norm per trainable layer, in layer order
 * @param weights  wₗ > 0, one per norm; by default 1
 * @returns a norm for networks of as many trainable layers
 * @throws DefinitionError  if a weight is not positive, or the numbers of norms and weights differ
 * @example
 * maxOf([norms.spectral, norms.spectral, norms.linf], [1, 1, 0.5])
 */
export function maxOf(norms: readonly Norm[], weights?: readonly number[]): Norm {
  return recorded("maxOf", [norms, weights], combination("max", norms, weights));
}

/**
 * Σₗ wₗ ||θₗ||ₗ. Dual: maxₗ ||gₗ||ₗ* / wₗ. Only the block of the largest ||gₗ||ₗ* / wₗ moves, the lowest index of tied ones.
 *
 * @param norms    one norm per trainable layer, in layer order
 * @param weights  wₗ > 0, one per norm; by default 1
 * @returns a norm for networks of as many trainable layers
 * @throws DefinitionError  if a weight is not positive, or the numbers of norms and weights differ
 */
export function sumOf(norms: readonly Norm[], weights?: readonly number[]): Norm {
  return recorded("sumOf", [norms, weights], combination("sum", norms, weights));
}

/**
 * √Σₗ (wₗ ||θₗ||ₗ)². Dual: the same with 1/wₗ and the dual norms. Block l moves by its share of the dual norm.
 *
 * @param norms    one norm per trainable layer, in layer order
 * @param weights  wₗ > 0, one per norm; by default 1
 * @returns a norm for networks of as many trainable layers
 * @throws DefinitionError  if a weight is not positive, or the numbers of norms and weights differ
 */
export function l2Of(norms: readonly Norm[], weights?: readonly number[]): Norm {
  return recorded("l2Of", [norms, weights], combination("l2", norms, weights));
}

function combination(rule: Rule, given: readonly Norm[], givenWeights?: readonly number[]): Norm {
  const norms = [...requireList(rule, given, "norms")];
  for (const [i, norm] of norms.entries()) requirePart(`${rule}[${i}]`, norm, normPart);
  const weights = givenWeights === undefined ? norms.map(() => 1) : [...requireList(`${rule}.weights`, givenWeights, "numbers")];
  if (norms.length === 0) throw DefinitionError.at(rule, "must hold at least one norm", { value: norms });
  if (weights.length !== norms.length) {
    throw DefinitionError.at(`${rule}.weights`, `must hold ${norms.length} numbers, one per norm, got ${weights.length}`, {
      value: weights.length,
    });
  }
  for (const [i, weight] of weights.entries()) requirePositive(`${rule}.weights[${i}]`, weight);
  const inverses = weights.map((weight) => 1 / weight);
  const duals = norms.map((norm) => norm.dual);
  return dualPair(make(rule, norms, weights), make(dualRule[rule], duals, inverses));
}

function make(rule: Rule, norms: readonly Norm[], weights: readonly number[]): Omit<Norm, "dual"> {
  const weighted = weights.some((weight) => weight !== 1);
  const checkBlocks = (count: number): void => {
    if (norms.length === count) return;
    throw DefinitionError.at(rule, `must hold one norm per trainable layer, ${count}, got ${norms.length}`, { value: norms.length });
  };
  return {
    id: `${rule}(${norms.map((norm, i) => (weighted ? `${weights[i]}*${norm.id}` : norm.id)).join(",")})`,
    dependsOnPosition: norms.some((norm) => norm.dependsOnPosition),
    decomposes: norms.some((norm) => norm.decomposes),
    strictlyConvex: isEuclidean[rule] && norms.every((norm) => norm.strictlyConvex),
    scratch: (shape) => pieces(norms, shape),
    checkBlocks,
    ...(isEuclidean[rule] && {
      euclideanDiagonal: (shape: NormShape) => {
        const diagonals = norms.map((norm, i) => norm.euclideanDiagonal?.(blockShape(shape, i))?.map((value) => value * weights[i]!));
        if (diagonals.some((one) => one === undefined)) return undefined;
        return Float64Array.from(diagonals.flatMap((one) => [...one!]));
      },
    }),
    ...(linearRules[rule] && {
      boundLinearly: (program: PolytopeProgram, entries: readonly ScaledEntry[], shape: NormShape, limit: Limit) => {
        if (!norms.every((norm) => norm.boundLinearly)) return false;
        const within = linearRules[rule]!(program, weights, limit);
        return norms.every((norm, i) => norm.boundLinearly!(program, blockEntries(entries, shape, i), blockShape(shape, i), within[i]!));
      },
    }),
    boundByCones: (program, entries, shape, limit) => {
      const within = limitsOfParts[rule](program, weights, limit);
      return norms.every((norm, i) => boundByCones(norm, program, blockEntries(entries, shape, i), blockShape(shape, i), within[i]!));
    },
    bind: (kernels, shape, region) => {
      checkBlocks(shape.blocks.length);
      const { lifted, inner } = pieces(norms, shape).cut(kernels, region);
      const parts = norms.map((norm, i): Part => {
        const { offset } = shape.blocks[i]!;
        const own = blockShape(shape, i);
        return { norm: bindNorm(kernels, norm, own, inner), weight: weights[i]!, offset, length: own.length };
      });
      return boundTo(kernels, rule, parts, lifted);
    },
  };
}

/** The functions of a combination of bound parts; `lifted` is memory of theirs for one vector. */
function boundTo(kernels: Kernels, rule: Rule, parts: readonly Part[], lifted: Span): NormFunctions {
  const own = functions[rule](kernels, parts);
  // subnormal norms are too coarse to weigh, add and compare: those of 2ᵏ x are not
  const lift = (x: Span): { readonly x: Span; readonly scale: number } => {
    const scale = comparableScale(kernels, x);
    if (scale === 1) return { x, scale };
    kernels.scale(x.ptr, lifted.ptr, x.length, scale);
    return { x: lifted, scale };
  };
  return {
    ...own,
    ...upperBoundOf(rule, parts),
    norm: (x) => {
      const value = own.norm(x);
      if (!(value < 2 ** -900)) return value;
      const { x: comparable, scale } = lift(x);
      return scale === 1 ? value : own.norm(comparable) / scale;
    },
    lmo: (g, out) => own.lmo(lift(g).x, out),
    projectionDerivative: (x, radius) => {
      if (rule === "max") return derivativeOnMaxBall(parts, x, radius);
      if (own.norm(x) <= radius) return (z, out) => out.set(z);
      own.projectBall(x, lifted, radius);
      return (rule === "sum" ? derivativeOnSumBall : derivativeOnEuclideanCombination)({ kernels, parts, x, projection: lifted });
    },
  };
}

/** true: the combination of Euclidean norms is one. */
const isEuclidean: Readonly<Record<Rule, boolean>> = { max: false, sum: false, l2: true };

type LimitsOfParts = (program: PolytopeProgram, weights: readonly number[], limit: Limit) => readonly Limit[];

/** The limits of the parts' norms under a limit of the combined one, for the rules that are linear in them. */
const linearRules: Readonly<Partial<Record<Rule, LimitsOfParts>>> = {
  max: (_program, weights, { variable, factor }) => weights.map((weight) => ({ variable, factor: factor / weight })),
  sum: (program, weights, limit) => {
    const parts = weights.map(() => program.limit());
    program.limitsWithin(
      parts.map((part, i) => ({ ...part, factor: weights[i]! })),
      limit,
    );
    return parts;
  },
};

/** The limits of the parts' norms under a limit of the combined one, by inequalities of cones. */
const limitsOfParts: Readonly<Record<Rule, (program: ConeProgram, weights: readonly number[], limit: Limit) => readonly Limit[]>> = {
  max: linearRules.max!,
  sum: linearRules.sum!,
  l2: (program, weights, limit) => {
    const parts = weights.map(() => program.limit());
    program.rootOfLimitsWithin(
      parts.map((part, i) => ({ ...part, factor: weights[i]! })),
      limit,
    );
    return parts;
  },
};

function pieces(norms: readonly Norm[], shape: NormShape): Scratch<{ lifted: number; inner: Sized }> {
  return new Scratch({ lifted: shape.length, inner: largestOf(norms.map((norm, i) => normScratch(norm, blockShape(shape, i)))) });
}

/** The space of one block alone. */
function blockShape({ blocks }: NormShape, i: number): NormShape {
  const { rows, columns } = blocks[i] ?? { rows: 0, columns: 0 };
  return { length: rows * columns, blocks: [{ offset: 0, rows, columns }] };
}

/** The entries of one block. */
function blockEntries(entries: readonly ScaledEntry[], { blocks }: NormShape, i: number): readonly ScaledEntry[] {
  const { offset, rows, columns } = blocks[i]!;
  return entries.slice(offset, offset + rows * columns);
}

function inside(span: Span, { offset, length }: Part): Span {
  return partOf(span, offset, length);
}

/** √Σ vᵢ² without overflow. */
function rootSumSquares(values: readonly number[]): number {
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0 || !(largest < Infinity)) return largest;
  return largest * Math.sqrt(values.reduce((sum, value) => sum + (value / largest) * (value / largest), 0));
}

/** The combination of upper bounds of the blocks, as one of the vector; none unless every block has one. */
function upperBoundOf(rule: Rule, parts: readonly Part[]): Pick<NormFunctions, "upperBound"> {
  if (parts.some(({ norm }) => norm.upperBound === undefined)) return {};
  const join = joins[rule];
  return {
    upperBound: (x) => {
      const bounds = parts.map((part) => upward(part.weight * (part.norm.upperBound?.(inside(x, part)) ?? Number.NaN), 4)); // weights of duals are rounded
      return upward(join(bounds), 2 * parts.length + 4);
    },
  };
}

const joins: Readonly<Record<Rule, (values: readonly number[]) => number>> = {
  max: (values) => values.reduce((a, b) => Math.max(a, b), 0),
  sum: (values) => values.reduce((a, b) => a + b, 0),
  l2: rootSumSquares,
};

type Build = (kernels: Kernels, parts: readonly Part[]) => NormFunctions;

const functions: Readonly<Record<Rule, Build>> = { max: maxFunctions, sum: sumFunctions, l2: l2Functions };

/** The projections that need no search: of a point inside the ball, onto {0}, and of what is not finite. Writes `out` and tells. */
function settled(kernels: Kernels, norm: number, x: Span, out: Span, radius: number): boolean {
  if (norm > radius && radius > 0 && norm < Infinity) return false;
  kernels.scale(x.ptr, out.ptr, x.length, norm <= radius ? 1 : norm < Infinity ? 0 : Number.NaN);
  return true;
}

/** out ← -radius lmo(x), what projections tend to as the radius goes to 0: for radii below the rounding of x. */
function toExtremePoint(kernels: Kernels, lmo: NormFunctions["lmo"], x: Span, out: Span, radius: number): void {
  lmo(x, out);
  kernels.scale(out.ptr, out.ptr, out.length, -radius);
}

function maxFunctions(kernels: Kernels, parts: readonly Part[]): NormFunctions {
  return {
    norm: (x) => parts.reduce((largest, part) => Math.max(largest, part.weight * part.norm.norm(inside(x, part))), 0),
    lmo: (g, out) => {
      for (const part of parts) {
        const own = inside(out, part);
        part.norm.lmo(inside(g, part), own);
        kernels.scale(own.ptr, own.ptr, own.length, 1 / part.weight);
      }
    },
    projectBall: (x, out, radius) => {
      for (const part of parts) part.norm.projectBall(inside(x, part), inside(out, part), radius / part.weight);
    },
    ...rankOneOf(
      parts,
      (total, value) => Math.max(total, value),
      (total) => total,
      (values) => values.reduce((a, b) => Math.max(a, b), 0),
    ),
  };
}

function sumFunctions(kernels: Kernels, parts: readonly Part[]): NormFunctions {
  const norm = (x: Span): number => parts.reduce((sum, part) => sum + part.weight * part.norm.norm(inside(x, part)), 0);
  const lmo = (g: Span, out: Span): void => {
    const duals = parts.map((part) => part.norm.dualNorm(inside(g, part)) / part.weight);
    const top = duals.reduce((best, value, i) => (value > duals[best]! || Number.isNaN(value) ? i : best), 0);
    kernels.scale(g.ptr, out.ptr, g.length, 0);
    const part = parts[top]!;
    const own = inside(out, part);
    part.norm.lmo(inside(g, part), own);
    kernels.scale(own.ptr, own.ptr, own.length, 1 / part.weight);
  };
  return {
    norm,
    lmo,
    projectBall: (x, out, radius) => {
      if (settled(kernels, norm(x), x, out, radius)) return;
      // the projection is prox of μ w ||·|| in every block, with the μ at which the constraint is met; the norm falls as μ grows
      const shrunk = parts.map((part) => part.norm.shrunkNorm(inside(x, part), inside(out, part)));
      const excess = (mu: number): number => parts.reduce((sum, { weight }, i) => sum + weight * shrunk[i]!(mu * weight), 0) - radius;
      const { low, high } = bracketBelow(excess, Math.max(...parts.map((part) => part.norm.dualNorm(inside(x, part)) / part.weight)));
      const mu = rootOf(excess, low, high);
      for (const part of parts) part.norm.prox(inside(x, part), inside(out, part), mu * part.weight);
      const reached = norm(out);
      if (reached > 0) kernels.scale(out.ptr, out.ptr, out.length, radius / reached);
      else toExtremePoint(kernels, lmo, x, out, radius);
    },
    ...rankOneOf(
      parts,
      (total, value) => total + value,
      (total) => total,
      (values) => values.reduce((a, b) => a + b, 0),
    ),
  };
}

function l2Functions(kernels: Kernels, parts: readonly Part[]): NormFunctions {
  const norm = (x: Span): number => rootSumSquares(parts.map((part) => part.weight * part.norm.norm(inside(x, part))));
  return {
    norm,
    lmo: (g, out) => {
      const duals = parts.map((part) => part.norm.dualNorm(inside(g, part)) / part.weight);
      const total = rootSumSquares(duals);
      for (const [i, part] of parts.entries()) {
        const own = inside(out, part);
        part.norm.lmo(inside(g, part), own);
        kernels.scale(own.ptr, own.ptr, own.length, total === 0 ? 0 : duals[i]! / total / part.weight);
      }
    },
    projectBall: (x, out, radius) => {
      if (settled(kernels, norm(x), x, out, radius)) return;
      // block l minimises ½||u - x||² + μ/2 (w ||u||)²: prox of s ||·|| with s = μ w² ||u||
      const shrunk = parts.map((part) => part.norm.shrunkBySquare(inside(x, part), inside(out, part)));
      const factor = (mu: number, { weight }: Part): number => mu * weight * weight;
      const lengthsAt = (mu: number): number[] => parts.map((part, i) => shrunk[i]!(factor(mu, part)));
      const excess = (mu: number): number => rootSumSquares(lengthsAt(mu).map((length, i) => parts[i]!.weight * length)) - radius;
      const { low, high } = bracketOf(excess);
      const mu = rootOf(excess, low, high);
      const lengths = lengthsAt(mu);
      for (const [i, part] of parts.entries()) {
        const length = lengths[i]!;
        const [from, to] = [inside(x, part), inside(out, part)];
        part.norm.prox(from, to, factor(mu, part) * length);
        const reached = part.norm.norm(to);
        if (reached > 0) kernels.scale(to.ptr, to.ptr, to.length, length / reached);
        else if (length > 0) toExtremePoint(kernels, part.norm.lmo, from, to, length);
      }
      kernels.scale(out.ptr, out.ptr, out.length, radius / norm(out));
    },
    ...rankOneOf(
      parts,
      (total, value) => total + value * value,
      Math.sqrt,
      (values) => {
        const total = values.reduce((sum, value) => sum + value * value, 0);
        return hasItsDigits(total) ? Math.sqrt(total) : rootSumSquares(values);
      },
    ),
  };
}

/** The rank-one form of a combined norm; none unless every block has one. */
function rankOneOf(
  parts: readonly Part[],
  join: (total: number, value: number) => number,
  finish: (total: number) => number,
  joinAll: (values: readonly number[]) => number,
): { readonly rankOne?: RankOneNorm } {
  const inner = parts.map(({ norm }) => norm.rankOne).filter((rankOne) => rankOne !== undefined);
  if (inner.length < parts.length) return {};
  return {
    rankOne: {
      rowValue: (block, side, x, out, rows, columns) => inner[block]!.rowValue(0, side, x, out, rows, columns),
      combine: (total, value, block) => join(total, parts[block]!.weight * inner[block]!.finish(inner[block]!.combine(0, value, 0))),
      finish,
      join: (values) => joinAll(values.map((value, block) => parts[block]!.weight * joined(inner[block]!, [value]))),
    },
  };
}
