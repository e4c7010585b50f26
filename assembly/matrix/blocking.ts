/**
 * Blocking of the dense products and panel width of the sparse ones. `packages/kernels/src/scratch.ts` repeats these numbers to size the scratch
 * space, and a test compares the two.
 *
 * A micro-tile is 5 x 4 f64: ten 128-bit accumulators, two rows of B, a splat and a product make 14 of the 15 registers that V8 can allocate; a
 * sixth row would spill and halve the speed. One packed panel of A and one of B (15 KB + 12 KB) stay in a first-level cache, a block of A in the second.
 */
export const tileRows: i32 = 5;
export const tileColumns: i32 = 4;
export const depthBlock: i32 = 392;
export const rowBlock: i32 = 100;
export const columnBlock: i32 = 4096;
/** Outputs per block of the weight gradient of a convolution: 16 KB of a panel of four filters. */
export const pixelBlock: i32 = 512;

/** Output columns per panel of the sparse products: 128 bytes, eight accumulators. */
export const sparsePanel: i32 = 16;
/** Panel rows per pass of the sparse products: 196 KB, which a second-level cache holds. Passes that fit the first level were slower: rows get short. */
export const sparseDepthBlock: i32 = 1568;

/** Length of the equal blocks of at most `limit` that `depth` is cut into; equal, so that 800 does not end in a block of 16. */
export function balancedDepth(depth: i32, limit: i32): i32 {
  const blocks = (depth + limit - 1) / limit;
  return blocks > 1 ? (depth + blocks - 1) / blocks : depth;
}

/** The most of `count` that tiles of five can take so that tiles of four take all others; 0 where there is no such number. */
export function inFives(count: i32): i32 {
  let taken = count - (count % 5);
  while (taken > 0 && ((count - taken) & 3) != 0) taken -= 5;
  return taken;
}
