import { largestOf } from "../solver/largestOf.js";
import type { TangentProblem } from "../tangent/tangentProblem.js";

/** Pairs with margins up to so many times the smallest one begin. */
const nearSupport = 1.05;

/** The pairs with the smallest margins and those with the largest multipliers of training, as many of each as are added at once. */
export function firstPairs({ pairs, margins }: TangentProblem, sampleWeights: ArrayLike<number> | undefined, most: number): Set<number> {
  const order = [...margins.keys()].sort((a, b) => margins[a]!.value - margins[b]!.value || a - b);
  const near = order.filter((k) => margins[k]!.value <= nearSupport * margins[order[0]!]!.value).slice(0, most);
  const weights = sampleWeights && Float64Array.from(pairs, ({ sample }) => sampleWeights[sample] ?? 0);
  return new Set([...near, ...(weights ? largestOf(weights, most) : [])]);
}
