import { expect, test } from "vitest";
import { projectOntoCone } from "../../src/global/coneProjection.js";
import { randomNumbers } from "../support/randomNumbers.js";

const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number => Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0);

test.each([2, 3])("the projection is in the cone, orthogonal to what is taken away, which the facets make up, in %i dimensions", (d) => {
  const next = randomNumbers(d);
  const normal = () => next() + next() + next() - 1.5;
  for (let trial = 0; trial < 2000; trial++) {
    const inside = Array.from({ length: d }, normal);
    const normals = Array.from({ length: 1 + Math.floor(next() * 8) }, () => {
      const n = Float64Array.from({ length: d }, normal);
      const size = Math.sqrt(dot(n, n)) * (dot(n, inside) < 0 ? -1 : 1);
      return n.map((value) => value / size);
    });
    const h = Float64Array.from({ length: d }, normal);
    const { point, active, multipliers } = projectOntoCone(h, normals);
    // all within a small multiple of ε over the sine of the smallest angle of two normals, of which the worst of so many is 1e-4
    for (const n of normals) expect(dot(point, n)).toBeGreaterThan(-1e-10);
    expect(Math.abs(dot(point, point) - dot(point, h))).toBeLessThan(1e-10);
    for (const value of multipliers) expect(value).toBeGreaterThan(0);
    const made = h.map((value, j) => value + active.reduce((sum, k, i) => sum + multipliers[i]! * normals[k]![j]!, 0));
    for (let j = 0; j < d; j++) expect(Math.abs(made[j]! - point[j]!)).toBeLessThan(1e-12);
  }
});

test("by hand: within, onto a facet, onto an edge, and onto the tip", () => {
  const quadrant = [Float64Array.of(1, 0, 0), Float64Array.of(0, 1, 0), Float64Array.of(0, 0, 1)];
  const at = (...h: number[]) => Array.from(projectOntoCone(Float64Array.from(h), quadrant).point, (value) => value + 0);
  expect(at(1, 2, 3)).toEqual([1, 2, 3]);
  expect(at(-1, 2, 3)).toEqual([0, 2, 3]);
  expect(at(-1, 2, -3)).toEqual([0, 2, 0]);
  expect(at(-1, -2, -3)).toEqual([0, 0, 0]);
  expect(projectOntoCone(Float64Array.of(-1, 2, -3), quadrant)).toMatchObject({ active: [2, 0], multipliers: [3, 1] });
});
