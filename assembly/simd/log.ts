// As in scalar/log.ts and scalar/logReduced.ts; in memory, as the constants of simd/exp.ts.
const ln2Hi = memory.data<f64>([6.9314718036912381649e-1]);
const ln2Lo = memory.data<f64>([1.90821492927058770002e-10]);
const L1 = memory.data<f64>([6.66666666666673513e-1]);
const L2 = memory.data<f64>([3.999999999940941908e-1]);
const L3 = memory.data<f64>([2.857142874366239149e-1]);
const L4 = memory.data<f64>([2.222219843214978396e-1]);
const L5 = memory.data<f64>([1.818357216161805012e-1]);
const L6 = memory.data<f64>([1.531383769920937332e-1]);
const L7 = memory.data<f64>([1.479819860511658591e-1]);
const fromSqrtHalf = memory.data<i64>([0x00095f6200000000]); // upper words of 1 and √½, their difference
const sqrtHalf = memory.data<i64>([0x3fe6a09e00000000]); // upper word of √½
const mantissaBits = memory.data<i64>([0x000fffffffffffff]);
const integers = memory.data<i64>([0x4330000000000000]); // 2^52
const integersBias = memory.data<f64>([4503599627371519]); // 2^52 + 1023
const half = memory.data<f64>([0.5]);
const one = memory.data<f64>([1]);
const two = memory.data<f64>([2]);
const manyBits = memory.data<f64>([54]);
const straightBelow = memory.data<f64>([0.41]);
const epsilonHalf = memory.data<f64>([1.1102230246251565e-16]); // 2^-53

/** The natural logarithm of two doubles at once. */
export class Log {
  /** log of both lanes, normal and positive: operation for operation that of scalar/log.ts, so the same bits. */
  @inline static pair(x: v128): v128 {
    const shifted = i64x2.add(x, v128.load64_splat(fromSqrtHalf));
    const k = Log.exponent(shifted);
    return Log.reduced(k, Log.fraction(shifted), f64x2.mul(k, v128.load64_splat(ln2Lo)));
  }

  /** k of x = 2^k (1 + f), as a double, from x in which 1 stands in place of √½. */
  @inline static exponent(shifted: v128): v128 {
    return f64x2.sub(v128.or(i64x2.shr_u(shifted, 52), v128.load64_splat(integers)), v128.load64_splat(integersBias));
  }

  /** f of x = 2^k (1 + f), √½ ≤ 1 + f < √2, from x in which 1 stands in place of √½. */
  @inline static fraction(shifted: v128): v128 {
    const mantissa = v128.and(shifted, v128.load64_splat(mantissaBits));
    return f64x2.sub(i64x2.add(mantissa, v128.load64_splat(sqrtHalf)), v128.load64_splat(one));
  }

  /** logReduced of both lanes, `low` its k ln2Lo + correction: operation for operation that of scalar/logReduced.ts, so the same bits. */
  @inline static reduced(k: v128, f: v128, low: v128): v128 {
    const s = f64x2.div(f, f64x2.add(v128.load64_splat(two), f));
    const z = f64x2.mul(s, s);
    const w = f64x2.mul(z, z);
    let odd = f64x2.add(v128.load64_splat(L5), f64x2.mul(w, v128.load64_splat(L7)));
    odd = f64x2.add(v128.load64_splat(L3), f64x2.mul(w, odd));
    odd = f64x2.mul(z, f64x2.add(v128.load64_splat(L1), f64x2.mul(w, odd)));
    let even = f64x2.add(v128.load64_splat(L4), f64x2.mul(w, v128.load64_splat(L6)));
    even = f64x2.mul(w, f64x2.add(v128.load64_splat(L2), f64x2.mul(w, even)));
    const halfSquare = f64x2.mul(f64x2.mul(v128.load64_splat(half), f), f);

    const whole = f64x2.mul(k, v128.load64_splat(ln2Hi));
    const sum = f64x2.add(whole, f);
    const lost = v128.andnot(f64x2.sub(f, f64x2.sub(sum, whole)), f64x2.eq(k, f64x2.splat(0)));
    const series = f64x2.mul(s, f64x2.add(halfSquare, f64x2.add(odd, even)));
    const small = f64x2.sub(halfSquare, f64x2.add(series, low));
    return f64x2.add(sum, f64x2.sub(lost, small));
  }
  /** log(1 + x) of both lanes, 2^-1022 ≤ x ≤ 2^60: operation for operation that of scalar/log1p.ts, so the same bits. */
  @inline static onePlusPair(x: v128): v128 {
    const unit = v128.load64_splat(one);
    const u = f64x2.add(unit, x);
    const shifted = i64x2.add(u, v128.load64_splat(fromSqrtHalf));
    const k = Log.exponent(shifted);
    const isLarge = f64x2.ge(k, v128.load64_splat(two));
    const lost = v128.bitselect(f64x2.sub(unit, f64x2.sub(u, x)), f64x2.sub(x, f64x2.sub(u, unit)), isLarge);
    const correction = v128.andnot(f64x2.div(lost, u), f64x2.ge(k, v128.load64_splat(manyBits)));

    const isStraight = f64x2.lt(x, v128.load64_splat(straightBelow)); // x is f there
    const whole = v128.andnot(k, isStraight);
    const low = f64x2.add(f64x2.mul(whole, v128.load64_splat(ln2Lo)), v128.andnot(correction, isStraight));
    const value = Log.reduced(whole, v128.bitselect(x, Log.fraction(shifted), isStraight), low);
    return v128.bitselect(x, value, f64x2.lt(x, v128.load64_splat(epsilonHalf)));
  }
}
