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

  /** ⌊log₂ x⌋ of a positive finite `x`. */
  @inline static exponent(x: f64): i32 {
    const biased = <i32>(reinterpret<u64>(x) >> 52);
    return biased == 0 ? <i32>(reinterpret<u64>(x * 18014398509481984.0) >> 52) - 1077 : biased - 1023; // 2^54
  }

  /** x · 2^k, rounded once unless the result is subnormal; k is taken as at least −2044. */
  @inline static scaleBinary(x: f64, k: i32): f64 {
    const bounded = max(k, -2044);
    const half = bounded >> 1;
    return x * Bits.powerOfTwo(half) * Bits.powerOfTwo(bounded - half);
  }
}
