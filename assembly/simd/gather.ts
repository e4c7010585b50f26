/** Vectors from entries that are not neighbours. */
export class Gather {
  /** The doubles at `first` and `second`. */
  @inline static pair(first: usize, second: usize): v128 {
    return v128.load_lane<f64>(second, v128.load64_zero(first), 1);
  }
}
