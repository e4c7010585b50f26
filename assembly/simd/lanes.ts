/** Reductions over the two lanes of an f64x2. */
export class Lanes {
  @inline static sum(v: v128): f64 {
    return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
  }

  @inline static max(v: v128): f64 {
    return max(f64x2.extract_lane(v, 0), f64x2.extract_lane(v, 1));
  }

  @inline static min(v: v128): f64 {
    return min(f64x2.extract_lane(v, 0), f64x2.extract_lane(v, 1));
  }
}
