import fc from "fast-check";

/** One argument of a kernel call. Pointers are made by the suite, which also chooses their alignment and puts canaries around every piece. */
export type Argument =
  /** A scalar or a count, passed as it is. */
  | { readonly kind: "number"; readonly value: number }
  /** f64[] that the kernel reads and must leave as it is. */
  | { readonly kind: "input"; readonly values: Float64Array }
  /** f64[length] that the kernel overwrites; holds canaries before the call, so that an entry that was read or left out shows. */
  | { readonly kind: "output"; readonly length: number }
  /** f64[] that the kernel reads and overwrites. */
  | { readonly kind: "inout"; readonly values: Float64Array }
  /** The pointer of an earlier argument, which must be an `inout`: an aliasing case that the contract permits. */
  | { readonly kind: "alias"; readonly of: number }
  /** Bytes whose contents after the call do not count. */
  | { readonly kind: "scratch"; readonly bytes: number }
  /** Pointer to uint32[3]: pointers to start int32[], index int32[] and value f64[]; all read only. */
  | { readonly kind: "sparse"; readonly start: Int32Array; readonly index: Int32Array; readonly values: Float64Array };

/** Calls of one kernel: arguments of "size" `length`, which runs through 0..35 and random larger values. */
export type Recipe = (length: number) => fc.Arbitrary<readonly Argument[]>;

export const number = (value: number): Argument => ({ kind: "number", value });
export const input = (values: Float64Array): Argument => ({ kind: "input", values });
export const output = (length: number): Argument => ({ kind: "output", length });
export const inout = (values: Float64Array): Argument => ({ kind: "inout", values });
export const alias = (of: number): Argument => ({ kind: "alias", of });
export const scratch = (bytes: number): Argument => ({ kind: "scratch", bytes });

const specials = [0, -0, 1, -1, 5e-324, -5e-324, 2.2e-308, 2 ** -1022, 1e-300, -1e-300, 1e300, -1e300, Number.MAX_VALUE, -Number.MAX_VALUE];

const plain = fc.double({ min: -100, max: 100, noNaN: true });

/** A finite double: mostly of moderate size, sometimes any bit pattern or an extreme. */
export const finite: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: plain },
  { weight: 1, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(...specials) },
);

/** Any double. */
export const anyDouble: fc.Arbitrary<number> = fc.oneof(
  { weight: 12, arbitrary: finite },
  { weight: 1, arbitrary: fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN) },
);

const vectorOf = (element: fc.Arbitrary<number>, length: number): fc.Arbitrary<Float64Array> =>
  fc.array(element, { minLength: length, maxLength: length, size: "max" }).map((values) => Float64Array.from(values));

/** f64[length] of moderate numbers, where sums round and nothing overflows. */
export const plainVector = (length: number): fc.Arbitrary<Float64Array> => vectorOf(plain, length);

/** f64[length] without NaN or infinity; includes extremes, so products may overflow. */
export const finiteVector = (length: number): fc.Arbitrary<Float64Array> => vectorOf(finite, length);

/** f64[length] of anything: half of the draws are moderate throughout, so that one special value does not always swallow the rest. */
export const anyVector = (length: number): fc.Arbitrary<Float64Array> =>
  fc.oneof(plainVector(length), finiteVector(length), vectorOf(anyDouble, length));
