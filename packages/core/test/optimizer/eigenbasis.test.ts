import { ArenaPlan } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { eigenbasis, eigenbasisScratch } from "../../src/optimizer/eigenbasis.js";
import { hosts } from "../support/hosts.js";

describe.each(hosts)("complete eigenbases on the $host", ({ kernels: factory }) => {
  /** The basis after each of these matrices Σ vᵀv, from the coordinates on, and where its places come from. */
  function after(side: number, ...sums: readonly (readonly (readonly number[])[])[]) {
    const scratch = eigenbasisScratch(side);
    const arena = new ArenaPlan()
      .spans({ m: side * side, basis: side * side })
      .region(scratch)
      .allocate(factory);
    const { m, basis } = arena.spans({ m: side * side, basis: side * side });
    const moveOn = eigenbasis(arena.kernels, side, arena.region(scratch));
    for (let i = 0; i < side; i++) basis.view[i * (side + 1)] = 1;
    let order: readonly number[] = [];
    for (const rows of sums) {
      for (let i = 0; i < side; i++)
        for (let j = 0; j < side; j++) m.view[i * side + j] = rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
      order = moveOn(m.ptr, basis.ptr, side);
    }
    const rows = Array.from({ length: side }, (_, i) => [...basis.view.subarray(i * side, (i + 1) * side)]);
    return { rows, order };
  }
  const inner = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const vectors = (side: number, count: number) =>
    Array.from({ length: count }, (_, k) => Array.from({ length: side }, (_, j) => Math.cos(1 + 3 * k + 1.7 * j * j)));

  test.each([0, 1, 3, 7, 12])("of a 12 x 12 matrix of rank %i is orthonormal, to rounding", (rank) => {
    for (const { rows } of [after(12, vectors(12, rank)), after(12, vectors(12, 2), vectors(12, rank))]) {
      for (const [i, row] of rows.entries())
        for (const [j, other] of rows.entries()) expect(Math.abs(inner(row, other) - (i === j ? 1 : 0))).toBeLessThan(12 * 2 ** -50);
      for (const vector of vectors(12, rank)) {
        for (const row of rows.slice(rank)) expect(Math.abs(inner(row, vector))).toBeLessThan(1e-14 * Math.hypot(...vector) * 10);
      }
    }
  });

  test("of zero are the coordinates, and a coordinate that the matrix does not know stays one", () => {
    expect(after(3, []).rows).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    const { rows } = after(4, [[3, 0, 4, 0]]);
    expect(rows.slice(1, 3)).toEqual([
      [0, 1, 0, 0],
      [0, 0, 0, 1],
    ]);
    // what is left of e₁ and e₃ is (16, -12) / 25 and (-12, 9) / 25: e₁ has more
    expect(rows[3]!.map((value) => Math.round(value * 1e14) / 1e14)).toEqual([0.8, 0, -0.6, 0]);
  });

  test("places go on from the direction that has as great a length", () => {
    // the coordinates by their lengths 1, 16, 9; then the first by far
    expect(
      after(3, [
        [1, 0, 0],
        [0, 4, 0],
        [0, 0, 3],
      ]).order,
    ).toEqual([1, 2, 0]);
    expect(
      after(
        3,
        [
          [1, 0, 0],
          [0, 4, 0],
          [0, 0, 3],
        ],
        [
          [9, 0, 0],
          [0, 4, 0],
          [0, 0, 3],
        ],
      ).order,
    ).toEqual([2, 0, 1]);
  });
});
