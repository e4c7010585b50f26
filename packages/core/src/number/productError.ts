/** Veltkamp's constant, 2^27 + 1, which splits a double into two halves of 26 bits. */
export const splitter = 134217729;

/** a b - product for product = fl(a b), exactly unless it under- or overflows. Source: Dekker, Numer. Math. 18 (1971), with Veltkamp's splitting. */
export function productError(a: number, b: number, product: number): number {
  const [sa, sb] = [splitter * a, splitter * b];
  const [ah, bh] = [sa - (sa - a), sb - (sb - b)];
  const [al, bl] = [a - ah, b - bh];
  return al * bl - (product - ah * bh - al * bh - ah * bl);
}
