import { DefinitionError } from "../error/errors.js";
import type { PlainNorm } from "./plainFunctions.js";

/** Probes longer than this add time and find nothing more. */
const longestProbe = 4096;
const roundingFactor = 64; // for a sum of n terms written in any order, and a root

interface Violation {
  readonly law: string;
  readonly found: string;
}

/**
 * Asks a norm a fixed set of deterministic probes: unit vectors, ties, zeros, alternating signs, several magnitudes.
 *
 * @throws DefinitionError  naming the violated law and a small counterexample
 */
export function admit(norm: PlainNorm, length: number): void {
  const n = Math.min(length, longestProbe);
  // the smallest counterexample is the most telling: entries beyond the first few are zero in the first probes
  for (const probe of probes(n)) {
    const vector = new Float64Array(length);
    vector.set(probe);
    const violation = check(norm, vector);
    if (violation) {
      throw new DefinitionError(`norm ${norm.id}: violates ${violation.law}: ${violation.found}`, {
        path: norm.id,
        value: [...probe.subarray(0, 8)],
        hint: "a norm needs norm, its dual norm max {<g, u> : norm(u) <= 1}, and lmo, a minimiser of <g, u> over the unit ball",
      });
    }
  }
}

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
  const show = (x: Float64Array): string => `[${[...x.subarray(0, 4)].join(", ")}${n > 4 ? ", ..." : ""}]`;

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
