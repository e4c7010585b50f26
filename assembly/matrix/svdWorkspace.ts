/** Addresses in the scratch space of a decomposition with `k` strands of `m` entries, k ≤ m; `svdScratchBytes` is its size. */
export class Workspace {
  /** f64[k][m]: the strands of G, then the reflectors. */
  @inline static strands(scratch: usize): usize {
    return scratch;
  }

  /** f64[k][k]: the rows of R. */
  @inline static x(scratch: usize, k: usize, m: usize): usize {
    return Workspace.strands(scratch) + ((k * m) << 3);
  }

  /** f64[k][k]: the product of the rotations. */
  @inline static basis(scratch: usize, k: usize, m: usize): usize {
    return Workspace.x(scratch, k, m) + ((k * k) << 3);
  }

  /** f64[3][k][k]. */
  @inline static work(scratch: usize, k: usize, m: usize): usize {
    return Workspace.basis(scratch, k, m) + ((k * k) << 3);
  }

  /** f64[k]: the diagonal of R. */
  @inline static diagonal(scratch: usize, k: usize, m: usize): usize {
    return Workspace.work(scratch, k, m) + ((3 * k * k) << 3);
  }

  /** f64[k]. */
  @inline static tau(scratch: usize, k: usize, m: usize): usize {
    return Workspace.diagonal(scratch, k, m) + (k << 3);
  }

  /** f64[2][k]: norms while R is found; then the squared norms of the rows of X, and scratch. */
  @inline static norms(scratch: usize, k: usize, m: usize): usize {
    return Workspace.tau(scratch, k, m) + (k << 3);
  }

  /** f64[m]: magnitudes of entries; then singular values, in the order of the rows of X; then one vector. */
  @inline static keys(scratch: usize, k: usize, m: usize): usize {
    return Workspace.norms(scratch, k, m) + (k << 4);
  }

  /** i32[m]: index, in the strands of G, of each sorted entry. */
  @inline static entryOrder(scratch: usize, k: usize, m: usize): usize {
    return Workspace.keys(scratch, k, m) + (m << 3);
  }

  /** i32[k]: index of the strand of G that is each column of R. */
  @inline static strandOrder(scratch: usize, k: usize, m: usize): usize {
    return Workspace.entryOrder(scratch, k, m) + (m << 3);
  }

  /** i32[k]: binary exponents of the rows of X. */
  @inline static exponents(scratch: usize, k: usize, m: usize): usize {
    return Workspace.strandOrder(scratch, k, m) + (k << 3);
  }

  /** i32[k]: index of the row of X of each singular value. */
  @inline static ranking(scratch: usize, k: usize, m: usize): usize {
    return Workspace.exponents(scratch, k, m) + (k << 3);
  }

  /** Scratch of the products; its first f64[4] serve as scratch elsewhere. */
  @inline static gemm(scratch: usize, k: usize, m: usize): usize {
    return Workspace.ranking(scratch, k, m) + (k << 3);
  }
}
