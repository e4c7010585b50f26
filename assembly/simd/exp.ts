// As in scalar/exp.ts and scalar/expReduced.ts. In memory, since a constant in the code is built anew, by three or four instructions, wherever it is used.
const ln2Hi = memory.data<f64>([6.9314718036912381649e-1]);
const ln2Lo = memory.data<f64>([1.90821492927058770002e-10]);
const inverseLn2 = memory.data<f64>([1.442695040888963387]);
const overflow = memory.data<f64>([709.782712893383973096]);
const underflow = memory.data<f64>([-745.13321910194110842]);
const P1 = memory.data<f64>([1.66666666666666019037e-1]);
const P2 = memory.data<f64>([-2.77777777770155933842e-3]);
const P3 = memory.data<f64>([6.61375632143793436117e-5]);
const P4 = memory.data<f64>([-1.6533902205465251539e-6]);
const P5 = memory.data<f64>([4.13813679705723846039e-8]);
const exponentShifter = memory.data<f64>([6755399441056767]); // 1.5 · 2^52 + 1023: a small integer added to it stands in the lowest bits, biased as exponents are
const integerShifter = memory.data<f64>([6755399441055744]); // 1.5 · 2^52: a small integer added to it stands in the lowest bits
const moderateLimit = memory.data<f64>([700]);
const half = memory.data<f64>([0.5]);
const one = memory.data<f64>([1]);
const two = memory.data<f64>([2]);
const infinity = memory.data<f64>([Infinity]);

/** Elementary functions of two doubles at once. */
export class Exp {
  /** exp of both lanes: operation for operation that of scalar/exp.ts, so the same bits for every argument. */
  @inline static pair(x: v128): v128 {
    const k = Exp.multiple(x);
    const halved = f64x2.floor(f64x2.mul(k, v128.load64_splat(half)));
    const power = f64x2.mul(f64x2.mul(Exp.mantissa(x, k), Exp.powerOfTwo(halved)), Exp.powerOfTwo(f64x2.sub(k, halved)));

    const inRange = f64x2.le(x, v128.load64_splat(overflow)); // not so for NaN
    const kept = v128.andnot(power, f64x2.lt(x, v128.load64_splat(underflow)));
    return v128.bitselect(kept, f64x2.add(x, v128.load64_splat(infinity)), inRange);
  }

  /** A mask of the lanes with |x| ≤ 700: there neither e^x nor a factor of it is out of the range of normal numbers. */
  @inline static moderate(x: v128): v128 {
    return f64x2.le(f64x2.abs(x), v128.load64_splat(moderateLimit));
  }

  /** `pair` of lanes that are all `moderate`, the same bits: multiplication by powers of two is exact there, an addition of k to the exponent. */
  @inline static moderatePair(x: v128): v128 {
    const k = Exp.multiple(x);
    return Exp.raised(Exp.mantissa(x, k), k);
  }

  /** m 2^k of both lanes, where that is a normal number. */
  @inline static raised(m: v128, k: v128): v128 {
    return i64x2.add(m, i64x2.shl(f64x2.add(k, v128.load64_splat(integerShifter)), 52));
  }

  /** k = ⌊x / ln 2 + ½⌋. */
  @inline static multiple(x: v128): v128 {
    return f64x2.floor(f64x2.add(f64x2.mul(x, v128.load64_splat(inverseLn2)), v128.load64_splat(half)));
  }

  /** e^x / 2^k, k the multiple. */
  @inline static mantissa(x: v128, k: v128): v128 {
    const hi = Exp.upper(x, k);
    const r = Exp.reduced(hi, k);
    return Exp.mantissaFrom(hi, k, r, Exp.curve(r));
  }

  /** x − k ln2Hi. */
  @inline static upper(x: v128, k: v128): v128 {
    return f64x2.sub(x, f64x2.mul(k, v128.load64_splat(ln2Hi)));
  }

  /** r = upper − k ln2Lo. */
  @inline static reduced(hi: v128, k: v128): v128 {
    return f64x2.sub(hi, f64x2.mul(k, v128.load64_splat(ln2Lo)));
  }

  /** r − r² (P1 + r² (P2 + ...)). */
  @inline static curve(r: v128): v128 {
    const t = f64x2.mul(r, r);
    let series = f64x2.add(v128.load64_splat(P4), f64x2.mul(t, v128.load64_splat(P5)));
    series = f64x2.add(v128.load64_splat(P3), f64x2.mul(t, series));
    series = f64x2.add(v128.load64_splat(P2), f64x2.mul(t, series));
    series = f64x2.add(v128.load64_splat(P1), f64x2.mul(t, series));
    return f64x2.sub(r, f64x2.mul(t, series));
  }

  /** e^x / 2^k from the multiple, upper, reduced and curve. */
  @inline static mantissaFrom(hi: v128, k: v128, r: v128, c: v128): v128 {
    const unit = v128.load64_splat(one);
    const sum = f64x2.add(unit, hi);
    const lost = f64x2.sub(hi, f64x2.sub(sum, unit));
    const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(v128.load64_splat(two), c));
    return f64x2.add(sum, f64x2.add(lost, f64x2.sub(quotient, f64x2.mul(k, v128.load64_splat(ln2Lo)))));
  }

  /** 2^k of both lanes, k integers from −1022 to 1023. */
  @inline static powerOfTwo(k: v128): v128 {
    return i64x2.shl(f64x2.add(k, v128.load64_splat(exponentShifter)), 52);
  }
}
