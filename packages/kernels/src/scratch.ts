/** Blocking of the dense products; must equal the constants of `assembly/matrix/blocking.ts` (a test compares them). */
export const blocking: { readonly rows: 5; readonly columns: 4; readonly depth: 392; readonly rowBlock: 100; readonly columnBlock: 4096 } =
  {
    rows: 5,
    columns: 4,
    depth: 392,
    rowBlock: 100,
    columnBlock: 4096,
  };

/** Hidden units per panel of the sparse products: 128 bytes of f64. */
export const sparsePanel = 16;

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

function gemmBytes(m: number, n: number, k: number): number {
  const depth = Math.min(k, blocking.depth);
  const packedA = Math.min(roundUp(m, blocking.rows), blocking.rowBlock) * depth;
  const packedB = Math.min(roundUp(n, blocking.columns), blocking.columnBlock) * depth;
  const edgeTile = blocking.rows * blocking.columns;
  return 8 * (roundUp(packedA, 8) + roundUp(packedB, 8) + roundUp(edgeTile, 8));
}

/**
 * Bytes that `denseForward`, `denseInputGradient` and `denseWeightGradient` need at `scratch` for these sizes.
 *
 * @param n        samples
 * @param inputs   columns of x
 * @param outputs  columns of z
 * @returns a number of bytes
 */
export function denseScratchBytes(n: number, inputs: number, outputs: number): number {
  return Math.max(gemmBytes(n, outputs, inputs), gemmBytes(n, inputs, outputs), gemmBytes(outputs, inputs, n));
}

/**
 * Bytes that `sparseForward` and `sparseWeightGradient` need at `scratch` for these sizes: a packed operand, a panel of results, cursors.
 *
 * @param n         samples
 * @param inputs    columns of x
 * @param _outputs  columns of z, which do not matter
 * @returns a number of bytes
 */
export function sparseScratchBytes(n: number, inputs: number, _outputs: number): number {
  const panels = (inputs + n) * sparsePanel;
  const cursors = Math.ceil(Math.max(inputs, n) / 2);
  return 8 * (panels + cursors);
}

/** Scores per pass of `multiclassMargins`; must equal that of `assembly/head/classShares.ts` (a test compares them). */
const shareBlock = 128;

/**
 * Bytes that `multiclassMargins` and `smoothedMargins` need at `scratch` for these sizes: two parts of a block of exponentials, and a row of them.
 *
 * @param classes  columns of the scores
 * @returns a number of bytes
 */
export function classScratchBytes(classes: number): number {
  return 8 * (2 * shareBlock + classes);
}

/**
 * Bytes that `thinSvd` and `singularValues` need at `scratch` for these sizes.
 *
 * @param rows     rows of the matrix
 * @param columns  columns of the matrix
 * @returns a number of bytes
 */
export function svdScratchBytes(rows: number, columns: number): number {
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const matrices = count * length + 5 * count * count;
  const vectors = 7 * count + 2 * length;
  return 8 * (matrices + vectors) + denseScratchBytes(count, length, count);
}
