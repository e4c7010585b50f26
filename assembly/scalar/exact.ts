/** Rounding errors of products, exactly. */
export class Exact {
  /** a b − product for product = fl(a b), barring overflow and underflow. Source: Dekker, Numer. Math. 18 (1971), with Veltkamp's splitting. */
  @inline static productLow(a: f64, b: f64, product: f64): f64 {
    const aScaled = 134217729 * a; // 2^27 + 1
    const aHigh = aScaled - (aScaled - a);
    const aLow = a - aHigh;
    const bScaled = 134217729 * b;
    const bHigh = bScaled - (bScaled - b);
    const bLow = b - bHigh;
    return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  }
}
