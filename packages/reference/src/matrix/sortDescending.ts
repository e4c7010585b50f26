import type { Memory } from "../memory.js";

/** The twin of `assembly/matrix/sortDescending.ts`: positions in elements, `keys` of f64, `index` of i32. */
export function sortDescending({ f64, i32 }: Memory, keys: number, index: number, n: number): void {
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => f64[keys + b]! - f64[keys + a]!);
  i32.set(order, index);
}
