import { dot } from "./dot.js";
import type { LinearMap } from "./norm.js";
import { symmetricProducts } from "./symmetricProducts.js";

/** The derivative of the projection onto {||u||₂ <= radius} at x. */
export function derivativeOnEuclideanBall(x: Float64Array, radius: number): LinearMap {
  const largest = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const unit = x.map((value) => value / largest);
  const square = unit.reduce((sum, value) => sum + value * value, 0);
  const length = largest * Math.sqrt(square);
  if (!(length > radius)) return (z, out) => out.set(z);
  return (z, out) => {
    let along = 0;
    for (let j = 0; j < z.length; j++) along += unit[j]! * z[j]!;
    for (let j = 0; j < z.length; j++) out[j] = (radius / length) * (z[j]! - (along / square) * unit[j]!);
  };
}

/** The derivative of the projection onto {|uⱼ| <= radius} at x. */
export function derivativeOnBox(x: Float64Array, radius: number): LinearMap {
  const isInside = Uint8Array.from(x, (value) => (Math.abs(value) < radius ? 1 : 0));
  const map: LinearMap = (z, out) => {
    for (let j = 0; j < z.length; j++) out[j] = isInside[j] === 1 ? z[j]! : 0;
  };
  map.products = (vectors) => productsWithin(placesOf(isInside), vectors).products;
  return map;
}

/** Places of the entries that are not 0. */
function placesOf(isWithin: ArrayLike<number>): number[] {
  const places: number[] = [];
  for (let j = 0; j < isWithin.length; j++) if (isWithin[j] !== 0) places.push(j);
  return places;
}

/** The products of some vectors at some places, and their entries there. */
function productsWithin(
  places: readonly number[],
  vectors: readonly Float64Array[],
): { readonly products: Float64Array[]; readonly entries: readonly Float64Array[] } {
  const entries = vectors.map((z) => Float64Array.from(places, (j) => z[j]!));
  const products = symmetricProducts(entries);
  return { products, entries };
}

/** The derivative of the projection onto {||u||₁ <= radius} at x: the threshold moves by the mean change of the entries above it. */
export function derivativeOnL1Ball(x: Float64Array, radius: number): LinearMap {
  const sizes = x.map(Math.abs).sort().reverse();
  let [sum, threshold] = [0, 0];
  for (const [i, size] of sizes.entries()) {
    sum += size;
    const next = (sum - radius) / (i + 1);
    if (!(next < size)) break;
    threshold = next;
  }
  if (!(sum > radius)) return (z, out) => out.set(z);
  const signs = Int8Array.from(x, (value) => (Math.abs(value) > threshold ? Math.sign(value) : 0));
  const count = signs.reduce((total, sign) => total + Math.abs(sign), 0);
  const map: LinearMap = (z, out) => {
    let total = 0;
    for (let j = 0; j < z.length; j++) total += signs[j]! * z[j]!;
    const mean = count > 0 ? total / count : 0;
    for (let j = 0; j < z.length; j++) out[j] = signs[j] === 0 ? 0 : z[j]! - signs[j]! * mean;
  };
  map.products = (vectors) => {
    const places = placesOf(signs);
    const { products, entries } = productsWithin(places, vectors);
    const own = Float64Array.from(places, (j) => signs[j]!);
    const totals = entries.map((z) => dot(own, z));
    for (const [m, row] of products.entries())
      for (let n = 0; n < row.length; n++) row[n]! -= (totals[m]! * totals[n]!) / Math.max(count, 1);
    return products;
  };
  return map;
}
