import type { LinearMap } from "./norm.js";

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
  return (z, out) => {
    for (let j = 0; j < z.length; j++) out[j] = isInside[j] === 1 ? z[j]! : 0;
  };
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
  return (z, out) => {
    let total = 0;
    for (let j = 0; j < z.length; j++) total += signs[j]! * z[j]!;
    const mean = count > 0 ? total / count : 0;
    for (let j = 0; j < z.length; j++) out[j] = signs[j] === 0 ? 0 : z[j]! - signs[j]! * mean;
  };
}
