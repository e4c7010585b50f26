import { accumulate } from "../arithmetic/compensated.js";
import { Lu } from "./lu.js";
import type { MarginProgram } from "./marginProgram.js";

/** The status of every column and row of a programme: 0 at the lower bound, 1 basic, 2 at the upper bound, else at zero. */
export interface Basis {
  readonly colStatus: ArrayLike<number>;
  readonly rowStatus: ArrayLike<number>;
}

/** Parameters and multipliers of a basis; multipliers in the order of the atoms of the programme. */
export interface Vertex {
  readonly theta: Float64Array;
  readonly multipliers: Float64Array;
  /** The remainders of both in doubles. */
  readonly thetaRest: Float64Array;
  readonly multipliersRest: Float64Array;
}

const basic = 1;
const atUpper = 2;
const mostRounds = 6;

/**
 * The vertex of a basis in our own arithmetic: the rows at a bound and the basic columns make a square system A_RC, solved with residuals in twice the
 * precision, for the parameters and for the multipliers. undefined where the basis is none, or singular.
 */
export function vertexOf(program: MarginProgram, basis: Basis): Vertex | undefined {
  const { size, normRows, atomRows } = program;
  const rows = indicesWhere(basis.rowStatus, (status) => status !== basic);
  const columns = indicesWhere(basis.colStatus, (status) => status === basic);
  if (rows.length !== columns.length) return undefined;
  const owners = program.owners();
  const matrix = rows.map((r) => program.coefficients(r, columns, owners));
  const lu = Lu.of(matrix.map((row) => row.slice()));
  if (!lu) return undefined;

  const x = new Doubled(program.columnCount);
  for (const [c, status] of Array.from(basis.colStatus).entries()) {
    const at = status === basic ? 0 : status === atUpper ? program.upper[c]! : program.lower[c]!;
    x.high[c] = Number.isFinite(at) ? at : 0;
  }
  const theta = new Doubled(size);
  x.refine(
    () => {
      for (let j = 0; j < size; j++) theta.setDifference(j, x, j, program.negative[j]!);
      return rows.map((r) => {
        const normRow = normRows[r];
        if (normRow) return normRow.upper - productOf(normRow.values, normRow.indices, x);
        const { row, share } = atomRows[r - normRows.length]!;
        const { high, low } = accumulate(row, theta.high, theta.low);
        return residualOf(share, x.high[size]!, x.low[size]!, high, low);
      });
    },
    (residuals) => lu.solve(residuals),
    columns,
  );

  const y = new Doubled(rows.length);
  const transposed = columns.map((_, i) => Float64Array.from(matrix, (row) => row[i]!));
  y.refine(
    () =>
      columns.map((c, i) => {
        const { high, low } = accumulate(transposed[i]!, y.high, y.low);
        return (c === size ? 1 : 0) - high - low;
      }),
    (residuals) => lu.solveTransposed(residuals),
    rows.map((_, i) => i),
  );
  const [multipliers, multipliersRest] = [new Float64Array(atomRows.length), new Float64Array(atomRows.length)];
  rows.forEach((r, i) => {
    if (r < normRows.length || !(y.high[i]! < 0)) return;
    multipliers[r - normRows.length] = -y.high[i]!;
    multipliersRest[r - normRows.length] = -y.low[i]!;
  });
  for (let j = 0; j < size; j++) theta.setDifference(j, x, j, program.negative[j]!);
  return { theta: theta.high, multipliers, thetaRest: theta.low, multipliersRest };
}

/** share γ - ⟨ẑ, θ⟩, the product given as high + low. */
function residualOf(share: number, gamma: number, rest: number, high: number, low: number): number {
  const both = accumulate(Float64Array.of(share, -1), Float64Array.of(gamma, high), Float64Array.of(rest, low));
  return both.high + both.low;
}

function productOf(values: readonly number[], indices: readonly number[], x: Doubled): number {
  const pick = (from: Float64Array): Float64Array => Float64Array.from(indices, (index) => from[index]!);
  const { high, low } = accumulate(Float64Array.from(values), pick(x.high), pick(x.low));
  return high + low;
}

function indicesWhere(statuses: ArrayLike<number>, holds: (status: number) => boolean): number[] {
  return Array.from(statuses).flatMap((status, i) => (holds(status) ? [i] : []));
}

/** A vector in twice the precision, high + low. */
class Doubled {
  readonly high: Float64Array;
  readonly low: Float64Array;

  constructor(length: number) {
    this.high = new Float64Array(length);
    this.low = new Float64Array(length);
  }

  /** this[j] ← x[plus] - x[minus], with nothing subtracted for minus = -1. */
  setDifference(j: number, x: Doubled, plus: number, minus: number): void {
    const [a, b] = [x.high[plus]!, minus < 0 ? 0 : x.high[minus]!];
    const difference = a - b;
    const back = difference - a;
    this.high[j] = difference;
    this.low[j] = a - (difference - back) - (b + back) + x.low[plus]! - (minus < 0 ? 0 : x.low[minus]!);
  }

  /** Adds solutions of the residuals to the entries at `places`, until the residuals no longer shrink. */
  refine(residualsNow: () => readonly number[], solve: (residuals: readonly number[]) => Float64Array, places: readonly number[]): void {
    let before = Infinity;
    for (let round = 0; round < mostRounds; round++) {
      const residuals = residualsNow();
      const worst = residuals.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (!(worst < before / 2) || worst === 0) return;
      before = worst;
      const change = solve(residuals);
      places.forEach((place, i) => {
        const added = change[i]! + this.low[place]!;
        const sum = this.high[place]! + added;
        this.low[place] = added - (sum - this.high[place]!);
        this.high[place] = sum;
      });
    }
  }
}
