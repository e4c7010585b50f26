import { micro } from "../matrix/micro";

/**
 * Yardstick of the benchmarks, no part of the library: the micro-kernel `repeat` times on the same panels, which stay in the first-level cache.
 *
 * What it reaches is the 128-bit peak of the machine at this moment; whole products are reported as a share of it.
 */
export function peak(a: usize, b: usize, c: usize, depth: i32, repeat: i32): void {
  for (; repeat > 1; repeat -= 2) {
    micro(a, b, c, 32, depth, false);
    micro(a, b, c, 32, depth, false); // a second call site: Binaryen would inline a function that is called once
  }
}
