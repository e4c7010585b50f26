/** In cells from the lower left one's centre. */
export type Place = readonly [number, number];

const places: readonly Place[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/**
 * The level line 0 in pieces, by marching squares between the centres of cells that have scores of both signs: the rim of a region in which every unit is
 * off, and the score exactly 0, is no boundary.
 *
 * @param scores  f32[size · size], row by row
 */
export function zeroLine(size: number, scores: Float32Array): (readonly [Place, Place])[] {
  const pieces: (readonly [Place, Place])[] = [];
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const at = row * size + column;
      const corners = [scores[at]!, scores[at + 1]!, scores[at + size + 1]!, scores[at + size]!];
      if (!(Math.max(...corners) > 0 && Math.min(...corners) < 0)) continue;
      const crossings = crossingsOf(corners).map(([x, y]): Place => [column + x, row + y]);
      for (let k = 0; k + 1 < crossings.length; k += 2) pieces.push([crossings[k]!, crossings[k + 1]!]);
    }
  }
  return pieces;
}

/** Where the level 0 crosses the edges of a cell, from its lower left corner. */
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
