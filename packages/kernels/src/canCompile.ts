/** A module with one function that returns i8x16.popcnt of a splat: the smallest that needs SIMD. */
const simdModule: Uint8Array<ArrayBuffer> = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/**
 * True if this engine can compile a binary with SIMD: not where WebAssembly is missing (`node --jitless`), forbidden by a content security policy, or
 * without SIMD. Asked by compiling: `WebAssembly.validate` says yes where a policy forbids it.
 *
 * @returns false where the kernels have to be those of @steepest/reference
 */
export function canCompile(): boolean {
  try {
    new WebAssembly.Module(simdModule);
    return true;
  } catch {
    return false;
  }
}
