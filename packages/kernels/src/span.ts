import type { Pointer } from "./abi.js";

/** A piece of kernel memory: the pointer for kernels, the view for the frame. Views never leave the package that owns the arena. */
export interface Span {
  readonly ptr: Pointer;
  readonly length: number;
  readonly view: Float64Array;
}

/** A piece of kernel memory that holds int32. */
export interface IndexSpan {
  readonly ptr: Pointer;
  readonly length: number;
  readonly view: Int32Array;
}
