import type { Highs, Model } from "highs";
import type { MarginProgram } from "./marginProgram.js";
import type { Basis } from "./vertex.js";

/** The status of HiGHS for what is optimal within its tolerances. */
const optimal = 7;

let loading: Promise<Highs> | undefined;

/** Ends of HiGHS without an answer, such as a file that is not there. */
class UnavailableError extends Error {
  override readonly name = "HighsError";
}

/**
 * HiGHS, loaded when the first linear programme is asked for.
 *
 * @throws Error  one that `isHighsError` knows, where it cannot be loaded
 */
export function loadHighs(): Promise<Highs> {
  // the types describe the CommonJS build, under Node and bundlers the default of the module is the loader itself
  loading ??= import("highs")
    .then(({ default: loader }) => (loader as unknown as typeof loader.default)())
    .catch((cause: unknown) => {
      throw new UnavailableError("HiGHS could not be loaded", { cause });
    });
  return loading;
}

/** true where HiGHS gave up on a programme, or is not there: others can look for an answer. */
export function isHighsError(error: unknown): boolean {
  return error instanceof Error && error.name === "HighsError";
}

/** A proposal of HiGHS, which calls optimal what it finds so within its tolerances. */
export interface SimplexAnswer {
  readonly basis: Basis;
  readonly values: Float64Array;
  readonly rowDuals: Float64Array;
  readonly isOptimal: boolean;
}

/** Options of every model. */
export const simplexOptions = {
  output_flag: false,
  solver: "simplex",
  presolve: "off",
  primal_feasibility_tolerance: 1e-10,
  dual_feasibility_tolerance: 1e-10,
  small_matrix_value: 1e-12,
} as const;

/** The answer of HiGHS to a model from its last basis. */
export function solved(model: Model): SimplexAnswer {
  const { modelStatus } = runOf(model);
  const { colValue, rowDual } = model.getSolution();
  return { basis: model.getBasis(), values: colValue, rowDuals: rowDual, isOptimal: modelStatus === optimal };
}

/** A run of HiGHS; where its last basis leads it into numerical trouble, an error to it, another from the start, first with these tolerances, then with its own. */
function runOf(model: Model): ReturnType<Model["run"]> {
  try {
    return model.run();
  } catch {
    model.clearSolver();
  }
  try {
    return model.run();
  } catch {
    model.clearSolver();
    model.options.set({ primal_feasibility_tolerance: 1e-7, dual_feasibility_tolerance: 1e-7 });
    return model.run();
  }
}

/** A margin programme in the memory of HiGHS. Rows may be added between solves, which then start from the last basis. */
export class SimplexModel {
  readonly #model: Model;
  readonly #program: MarginProgram;
  #rowsWithin = 0;

  constructor(highs: Highs, program: MarginProgram) {
    const { lower, upper, cost, normRows, columnCount } = program;
    this.#program = program;
    this.#model = highs.createModel({
      numCols: columnCount,
      numRows: normRows.length,
      colCost: cost,
      colLower: lower,
      colUpper: upper,
      rowLower: normRows.map(() => -Infinity),
      rowUpper: normRows.map((row) => row.upper),
      matrix: { ...compressed(normRows), format: "csr", numRows: normRows.length, numCols: columnCount },
    });
    this.#model.options.set(simplexOptions);
  }

  /** Adds the atoms of the programme that are not yet within, and solves. */
  solve(): SimplexAnswer {
    const program = this.#program;
    const added = program.atomRows.slice(this.#rowsWithin).map((row) => program.entriesOf(row));
    if (added.length > 0) {
      this.#model.addRows({
        lower: new Float64Array(added.length),
        upper: new Float64Array(added.length).fill(Infinity),
        matrix: { ...compressed(added), format: "csr", numRows: added.length, numCols: program.columnCount },
      });
    }
    this.#rowsWithin = program.atomRows.length;
    return solved(this.#model);
  }

  dispose(): void {
    this.#model.dispose();
  }
}

/** Entries of a row that are not 0. */
export interface SparseRow {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/** Rows one behind the other; columns likewise. */
export function compressed(rows: readonly SparseRow[]): { starts: Int32Array; indices: Int32Array; values: Float64Array } {
  const starts = new Int32Array(rows.length + 1);
  for (const [i, { indices }] of rows.entries()) starts[i + 1] = starts[i]! + indices.length;
  const total = starts[rows.length]!;
  const [indices, values] = [new Int32Array(total), new Float64Array(total)];
  for (const [i, row] of rows.entries()) {
    indices.set(row.indices, starts[i]!);
    values.set(row.values, starts[i]!);
  }
  return { starts, indices, values };
}
