/** A place in cells, from the centre of the lower left one. */
export type Place = readonly [number, number];

const places: readonly Place[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** A value as good as 0 beside any score, with the sign of a side. */
const hair = 1e-30;

/**
 * Scores in which exact zeros have a side. Where every unit is off the score is exactly 0; in a strip of that between both signs, the mean of the neighbours
 * decides, and where neither is, the boundary goes right through; inside a region it stays 0.
 */
function sided(size: number, scores: Float32Array): Float32Array {
  return scores.map((score, at) => {
    if (score !== 0) return score;
    let [sum, least, most] = [0, 0, 0];
    for (const row of [-1, 0, 1]) {
      for (const column of [-1, 0, 1]) {
        const isInside = (at % size) + column >= 0 && (at % size) + column < size;
        const neighbour = (isInside && scores[at + row * size + column]) || 0;
        [sum, least, most] = [sum + neighbour, Math.min(least, neighbour), Math.max(most, neighbour)];
      }
    }
    return sum === 0 && least < 0 && most > 0 ? hair : sum / 9;
  });
}

/**
 * The level line 0 in pieces, by marching squares between the centres of cells that have scores of both signs: the rim of a region of exact zeros is no
 * boundary.
 *
 * @param given  f32[size · size], row by row
 */
export function zeroLine(size: number, given: Float32Array): (readonly [Place, Place])[] {
  const scores = sided(size, given);
  const pieces: (readonly [Place, Place])[] = [];
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const at = row * size + column;
      const [a, b, c, d] = [scores[at]!, scores[at + 1]!, scores[at + size + 1]!, scores[at + size]!];
      if (!(Math.max(a, b, c, d) > 0 && Math.min(a, b, c, d) < 0)) continue;
      const crossings = crossingsOf([a, b, c, d]).map(([x, y]): Place => [column + x, row + y]);
      for (let k = 0; k + 1 < crossings.length; k += 2) pieces.push([crossings[k]!, crossings[k + 1]!]);
    }
  }
  return pieces;
}

/** Crossings of the level 0 with the edges of a cell, from its lower left corner. */
function crossingsOf(corners: readonly number[]): Place[] {
  return corners.flatMap((a, from) => {
    const to = (from + 1) % 4;
    const b = corners[to]!;
    if (a > 0 === b > 0) return [];
    const share = a / (a - b);
    const [[ax, ay], [bx, by]] = [places[from]!, places[to]!];
    return [[ax + share * (bx - ax), ay + share * (by - ay)] as const];
  });
}
