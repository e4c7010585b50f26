import type { BoundedNorm } from "../bound/boundedNorm.js";
import { MarginProgram } from "../solver/marginProgram.js";

/**
 * The vertices of the unit ball of the dual of a norm, so that ||θ|| = max ⟨g, θ⟩ over them: ± eⱼ / rⱼ where the norm bounds every entry by itself, (± wⱼ)ⱼ where it is a
 * sum Σ wⱼ |θⱼ|.
 *
 * @param norm  the norm
 * @param most  most vertices that are of use
 * @returns the vertices; undefined where the ball is another one, or there are more
 */
export function dualVertices({ norm, size, blocks }: BoundedNorm, most: number): Float64Array[] | undefined {
  const program = MarginProgram.of(norm, { length: size, blocks });
  if (!program) return undefined;
  const weights = program.weightsOfSum;
  if (weights) {
    if (2 ** size > most) return undefined;
    return Array.from({ length: 2 ** size }, (_, bits) =>
      weights.map((value, j) => (Math.floor(bits / 2 ** j) % 2 === 1 ? -value : value)),
    );
  }
  const radii = program.upper.slice(0, size);
  if (program.normRows.length > 0 || 2 * size > most || !radii.every((radius) => radius < Infinity)) return undefined;
  return radii.flatMap((radius, j) =>
    [1, -1].map((sign) => {
      const vertex = new Float64Array(size);
      vertex[j] = sign / radius;
      return vertex;
    }),
  );
}
