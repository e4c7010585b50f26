import { expect, test } from "vitest";
import { minimumOnSimplex } from "../../src/solver/simplexQuadratic.js";
import { randomNumbers } from "../support/randomNumbers.js";

test("by hand: the point of the simplex nearest to (1, 0.2, -1), and one with weights", () => {
  const identity = [0, 1, 2].map((i) => Float64Array.from([0, 1, 2], (j) => (i === j ? 1 : 0)));
  const nearest = minimumOnSimplex({
    matrix: identity,
    linear: Float64Array.of(-1, -0.2, 1),
    shares: Float64Array.of(1, 1, 1),
    start: Float64Array.of(0, 0, 1),
  });
  for (const [i, value] of [0.9, 0.1, 0].entries()) expect(nearest[i]).toBeCloseTo(value, 12);
  // ½ μ₁² + ½ μ₂² on 2 μ₁ + μ₂ = 1: μ = (2, 1) / 5
  const weighted = minimumOnSimplex({
    matrix: identity.slice(0, 2).map((row) => row.slice(0, 2)),
    linear: new Float64Array(2),
    shares: Float64Array.of(2, 1),
    start: Float64Array.of(0.5, 0),
  });
  for (const [i, value] of [0.4, 0.2].entries()) expect(weighted[i]).toBeCloseTo(value, 12);
});

test("in 200 random programmes, singular ones too, no derivative points inwards from the minimiser", () => {
  const next = randomNumbers(3);
  for (let round = 0; round < 200; round++) {
    const [count, rank] = [1 + Math.floor(12 * next()), 1 + Math.floor(6 * next())];
    const factors = Array.from({ length: count }, () => Float64Array.from({ length: rank }, () => next() - 0.5));
    const matrix = factors.map((a) => Float64Array.from(factors, (b) => a.reduce((sum, v, i) => sum + v * b[i]!, 0)));
    const linear = Float64Array.from({ length: count }, () => 0.2 * (next() - 0.5));
    const shares = Float64Array.from({ length: count }, () => 0.5 + next());
    const start = new Float64Array(count);
    start[round % count] = 1 / shares[round % count]!;
    const mu = minimumOnSimplex({ matrix, linear, shares, start });
    const gradient = matrix.map((row, k) => row.reduce((sum, v, i) => sum + v * mu[i]!, linear[k]!));
    const total = mu.reduce((sum, v, k) => sum + v * shares[k]!, 0);
    expect(Math.abs(total - 1), `round ${round}`).toBeLessThan(1e-10);
    expect(Math.min(...mu)).toBeGreaterThanOrEqual(0);
    const mean = mu.reduce((sum, v, k) => sum + v * gradient[k]!, 0);
    for (const [k, slope] of gradient.entries()) expect(slope / shares[k]!, `round ${round}, ${k}`).toBeGreaterThan(mean - 1e-9);
  }
});
