import { DefinitionError } from "../error/errors.js";
import type { PlainNorm } from "./plainFunctions.js";

/** Probes longer than this add time and find nothing more. */
const longestProbe = 4096;
const roundingFactor = 64; // for a sum of n terms written in any order, and a root

/** Random pairs beside the fixed probes. */
const randomPairs = 8;

interface Violation {
  readonly law: string;
  readonly found: string;
}

/**
 * Asks a norm a fixed set of deterministic probes: unit vectors, ties, zeros, alternating signs, several magnitudes, and pairs of random vectors.
 *
 * @throws DefinitionError  naming the violated law and a small counterexample
 */
export function admit(norm: PlainNorm, length: number): void {
  const n = Math.min(length, longestProbe);
  const whole = (probe: Float64Array): Float64Array => {
    const vector = new Float64Array(length);
    vector.set(probe);
    return vector;
  };
  const ask = (law: () => Violation | undefined, probe: Float64Array): void => {
    const violation = withoutThrowing(law);
    if (!violation) return;
    throw new DefinitionError(`norm ${norm.id}: violates ${violation.law}: ${violation.found}`, {
      path: norm.id,
      value: [...probe.subarray(0, 8)],
      hint: "a norm needs norm, its dual norm max {<g, u> : norm(u) <= 1}, and lmo, a minimiser of <g, u> over the unit ball",
    });
  };
  // the smallest counterexample is the most telling: entries beyond the first few are zero in the first probes
  for (const probe of probes(n)) ask(() => check(norm, whole(probe)), probe);
  for (const [x, y] of pairs(n)) {
    ask(() => check(norm, whole(x)), x);
    ask(() => checkPair(norm, whole(x), whole(y)), x);
  }
}

/** The violation that `law` finds; a throw is one too. */
function withoutThrowing(law: () => Violation | undefined): Violation | undefined {
  try {
    return law();
  } catch (cause) {
    return { law: "it answers", found: `it threw ${String(cause)}` };
  }
}

/** Two unit vectors, and pairs of random vectors, the first of them of few entries: numbers of a linear congruential generator, in [-1, 1). */
function* pairs(n: number): Generator<readonly [Float64Array, Float64Array]> {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes, section 7.1
    return state / 2 ** 31 - 1;
  };
  const unit = (at: number): Float64Array => Float64Array.from({ length: n }, (_, i) => Number(i === at));
  if (n > 1) yield [unit(0), unit(1)]; // where a sum of powers below 1 is no norm
  for (let k = 0; k < randomPairs && n > 0; k++) {
    const count = Math.min(n, 2 ** (k + 1));
    const vector = (): Float64Array => Float64Array.from({ length: n }, (_, i) => (i < count ? next() : 0));
    yield [vector(), vector()];
  }
}

/** The laws of two vectors. */
function checkPair(norm: PlainNorm, x: Float64Array, y: Float64Array): Violation | undefined {
  const slack = 1 + roundingFactor * x.length * 2 ** -52;
  const sum = norm.norm(x.map((entry, i) => entry + y[i]!));
  const parts = norm.norm(x) + norm.norm(y);
  if (!(sum <= parts * slack))
    return { law: "the triangle inequality ||x + y|| <= ||x|| + ||y||", found: `x = ${show(x)}, y = ${show(y)}: ${sum} against ${parts}` };
  const inner = Math.abs(x.reduce((total, entry, i) => total + entry * y[i]!, 0));
  const bound = norm.norm(x) * norm.dualNorm(y);
  // the sum of products that cancel is as uncertain as their magnitudes
  const magnitude = x.reduce((total, entry, i) => total + Math.abs(entry * y[i]!), 0);
  if (!(inner <= bound * slack + magnitude * (slack - 1)))
    return { law: "|<x, y>| <= ||x|| ||y||_*", found: `x = ${show(x)}, y = ${show(y)}: ${inner} against ${bound}` };
  return undefined;
}

const show = (x: Float64Array): string => `[${[...x.subarray(0, 4)].join(", ")}${x.length > 4 ? ", ..." : ""}]`;

function* probes(n: number): Generator<Float64Array> {
  if (n === 0) return;
  const of = (entry: (i: number) => number, count = n): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => (i < count ? entry(i) : 0));
  yield of(() => 0);
  yield of(() => 1, 1);
  yield of(() => -2, 1);
  yield of((i) => [3, -4][i] ?? 0, 2);
  yield of((i) => [1, -1, 2][i] ?? 0, 3);
  yield of((i) => (i % 2 ? -1 : 1));
  yield of((i) => ((i * 7) % 11) - 5);
  yield of((i) => (((i * 5) % 7) - 3) * 1e-30);
  yield of((i) => (((i * 3) % 13) - 6) * 1e30);
}

function check(norm: PlainNorm, g: Float64Array): Violation | undefined {
  const n = g.length;
  const tolerance = roundingFactor * n * 2 ** -52;
  const before = g.slice();
  const value = norm.norm(g);
  const dual = norm.dualNorm(g);
  const direction = norm.lmo(g);
  const isZero = g.every((entry) => entry === 0);

  if (!(direction instanceof Float64Array) || direction.length !== n)
    return { law: "shape", found: `lmo(${show(g)}) is not a Float64Array of length ${n}` };
  if (g.some((entry, i) => entry !== before[i])) return { law: "purity", found: `the argument ${show(before)} was changed` };
  if (isZero ? value !== 0 || dual !== 0 : !(value > 0 && dual > 0)) {
    return { law: "definiteness", found: `norm(${show(g)}) = ${value}, dualNorm = ${dual}` };
  }
  if (isZero)
    return direction.some((entry) => entry !== 0) ? { law: "lmo(0) = 0", found: `lmo(${show(g)}) = ${show(direction)}` } : undefined;

  const tripled = norm.norm(g.map((entry) => -4 * entry));
  if (!(Math.abs(tripled - 4 * value) <= tolerance * tripled))
    return { law: "homogeneity ||-4x|| = 4 ||x||", found: `x = ${show(g)}: ${tripled} against ${4 * value}` };
  const inner = direction.reduce((sum, entry, i) => sum + entry * g[i]!, 0);
  if (!(Math.abs(inner + dual) <= tolerance * dual))
    return { law: "<g, lmo(g)> = -||g||_*", found: `g = ${show(g)}: ${inner} against ${-dual}` };
  const length = norm.norm(direction);
  if (!(length <= 1 + tolerance)) return { law: "||lmo(g)|| <= 1", found: `g = ${show(g)}: ${length}` };
  const square = g.reduce((sum, entry) => sum + entry * entry, 0);
  if (!(square <= value * dual * (1 + tolerance)))
    return { law: "<g, u> <= ||g||_* ||u||", found: `u = g = ${show(g)}: ${square} against ${value * dual}` };
  return undefined;
}
