// Norms of the parameters: theta and gradients as vectors, or as the matrices of the trained blocks one after another.
import { dot, largest, list, must, sum } from "./rules.mjs";

/** A norm, taken where the largest entry is 1, so that no square underflows. */
const scaled = (norm) => (v) => {
  const most = largest(v);
  return most === 0 ? 0 : most * norm(v.map((entry) => entry / most));
};

const lp = (p) => scaled((v) => sum(v.map((entry) => Math.abs(entry) ** p)) ** (1 / p));

/** One rotation that makes two rows orthogonal; false where they are. */
function rotate(rows, i, j) {
  const [x, y] = [rows[i], rows[j]];
  const [a, b, product] = [dot(x, x), dot(y, y), dot(x, y)];
  if (!(Math.abs(product) > 1e-16 * Math.sqrt(a * b))) return false;
  const angle = Math.atan2(2 * product, a - b) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  rows[i] = x.map((entry, k) => cos * entry + sin * y[k]);
  rows[j] = y.map((entry, k) => cos * entry - sin * x[k]);
  return true;
}

/** The singular values of a matrix: lengths of its rows once they are orthogonal (one-sided Jacobi rotations). */
function singularValues(rows) {
  const below = rows.flatMap((_, i) => list(i, (j) => [i, j]));
  for (let sweep = 0, rotations = 1; sweep < 40 && rotations > 0; sweep++) {
    rotations = below.filter(([i, j]) => rotate(rows, i, j)).length;
  }
  return rows.map((row) => Math.sqrt(dot(row, row)));
}

/** The rows of every matrix of a vector. */
function matricesOf(v, blocks) {
  let next = 0;
  return blocks.map(({ rows, columns }) => {
    const first = next;
    next += rows * columns;
    return list(rows, (i) => v.slice(first + i * columns, first + (i + 1) * columns));
  });
}

/**
 * The norm and its dual; `growth`: what the dual norm of bounds of entries has to be multiplied by to bound that of the entries;
 * `power`: the steepest ascent of z is sign(z) (abs(z) / dual(z)) ** power, left out where certificates name it by its entries.
 */
export function normOf(id, blocks) {
  const schatten = (ofValues) => scaled((v) => ofValues(matricesOf(v, blocks).flatMap(singularValues)));
  const growth = Math.sqrt(Math.max(...blocks.map(({ rows, columns }) => Math.min(rows, columns)))); // of the largest rank
  const known = {
    l1: { norm: lp(1), dual: largest, growth: 1 },
    l2: { norm: lp(2), dual: lp(2), growth: 1, power: 1 },
    linf: { norm: largest, dual: lp(1), growth: 1, power: 0 },
    spectral: { norm: schatten(largest), dual: schatten(sum), growth },
    nuclear: { norm: schatten(sum), dual: schatten(largest), growth },
  };
  if (Object.hasOwn(known, id)) return known[id];
  const p = Number(/^lp\((.+)\)$/.exec(id)?.[1]);
  must(p > 1 && p < Infinity, `the norm ${id} is not known`);
  return { norm: lp(p), dual: lp(p / (p - 1)), growth: 1, power: 1 / (p - 1) };
}
