/** A byte offset into `Kernels.buffer`, 8-byte aligned. */
export type Pointer = number;
