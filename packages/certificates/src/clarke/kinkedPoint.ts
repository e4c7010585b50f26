/** A gradient g = δ ⊗ x in one block and `rest` elsewhere, where some entries of δ may be anything between two numbers. */
export interface KinkedRow {
  readonly x: Float64Array;
  /** δ, f64[units]. */
  readonly delta: Float64Array;
  readonly rest: Float64Array;
  /** Units whose δ may change, and by how much at most. */
  readonly units: readonly number[];
  readonly changes: readonly number[];
}

/** Multipliers λ on the simplex, and the share of its change that every unit near its kink takes, by row and in the order of its units. */
export interface Mixture {
  readonly lambda: Float64Array;
  readonly shares: readonly Float64Array[];
}

/** The entries of a row at a unit: between which numbers e / λ lies, and where it is. */
export interface Entry {
  readonly row: number;
  readonly low: number;
  readonly high: number;
}

/** By unit: the rows that are near its kink. */
export type Entries = readonly (readonly Entry[])[];

/** The least combination of a face; units inside may be beyond their ends. */
export interface Face {
  readonly lambda: Float64Array;
  /** By unit: e, f64[rows]. */
  readonly e: readonly Float64Array[];
  /** By unit and entry: (K e_u)_k. */
  readonly pulls: readonly Float64Array[];
}

/** Multipliers and e / λ, with the square that the search makes small. */
export interface Point {
  readonly lambda: Float64Array;
  /** By unit: e / λ, f64[rows]. */
  readonly slopes: readonly Float64Array[];
  readonly square: number;
}
