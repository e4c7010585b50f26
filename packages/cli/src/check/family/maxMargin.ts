import type { LabelledData } from "@steepest/core";

const golden = (Math.sqrt(5) - 1) / 2;

/** A direction of the plane by a turn in [0, 4): on the square |u| + |v| = 1, counterclockwise from (1, 0). */
function direction(turn: number): readonly [number, number] {
  const t = ((turn % 4) + 4) % 4;
  return t < 1 ? [1 - t, t] : t < 2 ? [1 - t, 2 - t] : t < 3 ? [t - 3, 2 - t] : [t - 3, t - 4];
}

/**
 * max minᵢ yᵢ <xᵢ, θ> over ||θ|| <= 1 in the plane, to rounding: where it is positive the quotient of minimum and norm is quasiconcave along the turn of
 * θ, so a golden-section search around the best of 400 turns finds its top.
 */
export function maxMargin({ inputs, labels }: LabelledData, norm: (theta: Float64Array) => number): number {
  const margin = (turn: number): number => {
    const [u, v] = direction(turn);
    return Math.min(...Array.from(labels, (y, i) => y * (inputs[2 * i]! * u + inputs[2 * i + 1]! * v))) / norm(Float64Array.of(u, v));
  };
  const best = Array.from({ length: 400 }, (_, k) => k / 100).reduce((top, turn) => (margin(turn) > margin(top) ? turn : top));
  let [low, high] = [best - 0.01, best + 0.01];
  for (let k = 0; k < 70; k++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (margin(a) > margin(b)) high = b;
    else low = a;
  }
  return margin((low + high) / 2);
}
