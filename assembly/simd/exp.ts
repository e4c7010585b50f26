// as in scalar/exp.ts and scalar/expReduced.ts
const ln2Hi: f64 = 6.9314718036912381649e-1;
const ln2Lo: f64 = 1.90821492927058770002e-10;
const inverseLn2: f64 = 1.442695040888963387;
const overflow: f64 = 709.782712893383973096;
const underflow: f64 = -745.13321910194110842;
const P1: f64 = 1.66666666666666019037e-1;
const P2: f64 = -2.77777777770155933842e-3;
const P3: f64 = 6.61375632143793436117e-5;
const P4: f64 = -1.6533902205465251539e-6;
const P5: f64 = 4.13813679705723846039e-8;

const exponentShifter: f64 = 6755399441056767; // 1.5 · 2^52 + 1023: a small integer added to it stands in the lowest bits, biased as exponents are

/** Elementary functions of two doubles at once. */
export class Exp {
  /** exp of both lanes: operation for operation that of scalar/exp.ts, so the same bits for every argument. */
  @inline static pair(x: v128): v128 {
    const one = f64x2.splat(1);
    const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(inverseLn2)), f64x2.splat(0.5)));
    const hi = f64x2.sub(x, f64x2.mul(k, f64x2.splat(ln2Hi)));
    const lo = f64x2.mul(k, f64x2.splat(ln2Lo));

    const r = f64x2.sub(hi, lo);
    const t = f64x2.mul(r, r);
    let series = f64x2.add(f64x2.splat(P4), f64x2.mul(t, f64x2.splat(P5)));
    series = f64x2.add(f64x2.splat(P3), f64x2.mul(t, series));
    series = f64x2.add(f64x2.splat(P2), f64x2.mul(t, series));
    series = f64x2.add(f64x2.splat(P1), f64x2.mul(t, series));
    const c = f64x2.sub(r, f64x2.mul(t, series));

    const sum = f64x2.add(one, hi);
    const lost = f64x2.sub(hi, f64x2.sub(sum, one));
    const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
    const mantissa = f64x2.add(sum, f64x2.add(lost, f64x2.sub(quotient, lo)));
    const half = f64x2.floor(f64x2.mul(k, f64x2.splat(0.5)));
    const power = f64x2.mul(f64x2.mul(mantissa, Exp.powerOfTwo(half)), Exp.powerOfTwo(f64x2.sub(k, half)));

    const inRange = f64x2.le(x, f64x2.splat(overflow)); // not so for NaN
    const kept = v128.andnot(power, f64x2.lt(x, f64x2.splat(underflow)));
    return v128.bitselect(kept, f64x2.add(x, f64x2.splat(Infinity)), inRange);
  }

  /** 2^k of both lanes, k integers from −1022 to 1023. */
  @inline static powerOfTwo(k: v128): v128 {
    return i64x2.shl(f64x2.add(k, f64x2.splat(exponentShifter)), 52);
  }
}
