import { refusedMemory } from "@steepest/kernels";

/** The memory of the twin: views of one buffer. Pointers are 8-byte aligned, so an index is `pointer >>> 3` (f64) or `pointer >>> 2` (32 bit). */
export interface Memory {
  readonly buffer: ArrayBuffer;
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
}

/** First byte that belongs to the caller: 64, so that pointer 0 is never handed out. */
export const arenaBase = 64;

/** A zeroed memory with at least `byteLength` bytes from `arenaBase` on. @throws ArenaFullError  if the engine does not give it */
export function createMemory(byteLength: number): Memory {
  const buffer = allocate(arenaBase + Math.ceil(byteLength / 8) * 8);
  return { buffer, f64: new Float64Array(buffer), i32: new Int32Array(buffer), u32: new Uint32Array(buffer) };
}

function allocate(byteLength: number): ArrayBuffer {
  try {
    return new ArrayBuffer(byteLength);
  } catch (cause) {
    throw refusedMemory(byteLength, cause);
  }
}
