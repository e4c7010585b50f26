import { accumulate } from "../arithmetic/compensated.js";
import type { Atoms } from "../atoms/atoms.js";
import type { CentralPoint } from "../barrier/centralPath.js";
import type { ScaledRow, ScaledRows } from "./scaledRows.js";
import type { WorkingRows } from "./workingRows.js";

/** Most rows that a round adds. */
export const addedRows = 100;
/** The weight, as a share of that of all rows, from which on a row outside makes a path end, and from which on it is then taken in. */
const [heavy, noticed] = [1 / 8, 1 / 64];

/** Tells that a row has no slack sₖ = ⟨ẑₖ, x⟩ - cₖ t, or one so small that its weight cₖ μ / sₖ is at least so much. */
function weighs({ row, share }: ScaledRow, { x, mu }: Pick<CentralPoint, "x" | "mu">, weight: number): boolean {
  const size = row.length;
  const { high, low } = accumulate(row, x.high.subarray(0, size), x.low.subarray(0, size));
  return !(high - share * x.high[size]! + (low - share * x.low[size]!) > (share * mu) / weight);
}

/** The rows that a path does not look at. */
export class OutsideRows {
  readonly #atoms: Atoms;
  readonly #rows: ScaledRows;
  readonly #working: WorkingRows;
  readonly #products: Float64Array;

  constructor(atoms: Atoms, rows: ScaledRows, working: WorkingRows) {
    [this.#atoms, this.#rows, this.#working] = [atoms, rows, working];
    this.#products = new Float64Array(atoms.count);
  }

  /** Rows outside that weigh at a point, if one of them is heavy. */
  near(point: Pick<CentralPoint, "x" | "mu">): number[] {
    const { count, size } = this.#atoms;
    const within = new Set(this.#working.indices);
    if (within.size === count) return [];
    const parameters = point.x.high.subarray(0, size);
    const t = point.x.high[size]!;
    this.#atoms.times(parameters, this.#products);
    const rounding = (size + 8) * 2 ** -50 * Math.sqrt(parameters.reduce((sum, value) => sum + value * value, 0)); // rows are no longer than 2
    const slacks = this.#products.map((value, k) => value / this.#rows.scales[k]! - this.#rows.share(k) * t);
    const all = [...slacks.keys()].filter((k) => !within.has(k));
    const perhaps = (weight: number): number[] => all.filter((k) => !(slacks[k]! > (this.#rows.share(k) * point.mu) / weight + rounding));
    if (!perhaps(heavy).some((k) => weighs(this.#rows.take(k), point, heavy))) return [];
    const order = perhaps(noticed).sort((a, b) => slacks[a]! / this.#rows.share(a) - slacks[b]! / this.#rows.share(b) || a - b);
    return order.filter((k) => weighs(this.#rows.take(k), point, noticed)).slice(0, addedRows);
  }
}

/** Tells that one of some rows is heavy at a point. */
export const isSpoilt = (point: Pick<CentralPoint, "x" | "mu">, rows: readonly ScaledRow[]): boolean =>
  rows.some((row) => weighs(row, point, heavy));
