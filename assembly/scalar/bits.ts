/** Access to the sign, exponent and upper mantissa bits of a double. */
export class Bits {
  @inline static high(x: f64): i32 {
    return <i32>(reinterpret<u64>(x) >> 32);
  }

  /** `x` with its upper 32 bits replaced. */
  @inline static withHigh(x: f64, high: i32): f64 {
    return reinterpret<f64>(((<u64>(<u32>high)) << 32) | (reinterpret<u64>(x) & 0xffffffff));
  }

  /** 2^k for −1022 ≤ k ≤ 1023. */
  @inline static powerOfTwo(k: i32): f64 {
    return reinterpret<f64>((<u64>(1023 + k)) << 52);
  }
}
