/** First byte above the static data: everything from here on belongs to the caller. */
export function arenaBase(): usize {
  return __heap_base;
}

/** Grows by one whenever a signature or a contract changes; `@steepest/kernels` refuses a binary with another number. */
export function abiVersion(): i32 {
  return 7;
}
