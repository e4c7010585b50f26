import { type ColumnReport, type Label, writtenColumn } from "./columnReport.js";
import type { Survey } from "./survey.js";
import type { Target } from "./target.js";

/** The coordinates of samples, and what was decided about them. */
export interface Coordinates {
  /** Number of coordinates, without those of one value. */
  readonly width: number;
  /** Columns that are left out, with the reason; `isCodable`: texts of few values, each of which may be a coordinate. */
  readonly ignored: readonly { readonly column: Label; readonly why: string; readonly text?: string; readonly isCodable: boolean }[];
  /** Columns of one value, which tell no samples apart. */
  readonly constants: readonly { readonly column: Label; readonly value: number }[];
  /** Samples that lack a value of a coordinate or of the label. */
  readonly lacking: number;
  /** The least and the largest value. */
  readonly range: readonly [number, number];
  /** true: bytes, as pixels are. */
  readonly isImage: boolean;
}

/**
 * The coordinates that a table has beside what is learnt.
 *
 * @throws DataError  if a column that is one holds something else than numbers
 */
export async function coordinatesOf({ table, reports }: Survey, target: Target): Promise<Coordinates> {
  const wanted = new Set<Label>(target.kind === "targets" ? target.columns : target.label === undefined ? [] : [target.label]);
  const learnt = Array.from({ length: table.columns }, (_, column) => column).filter(
    (column) => wanted.has(writtenColumn(table, column)) || column === table.label,
  );
  const candidates = table.inputs.filter((column) => !learnt.includes(column));
  const ignored = candidates.flatMap((column) => {
    const { unfit, written, text }: Partial<ColumnReport> = reports.get(column) ?? {};
    return unfit === undefined || written === undefined ? [] : [{ column: written, why: unfit, ...(text && { text }), index: column }];
  });
  const left = new Set(ignored.map(({ index }) => index));
  const columns = candidates.filter((column) => !left.has(column));
  const lacking = new Set(await table.incomplete([...columns, ...learnt]));
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) => !lacking.has(row));
  const numbers = await table.numbers(columns, lacking.size > 0 ? rows : undefined);
  const isImage = table.image !== undefined;
  const constant = isImage ? [] : [...columns.keys()].filter((k) => isConstant(numbers, k, columns.length)); // the margins of images are so
  const constants = constant.map((k) => ({ column: writtenColumn(table, columns[k]!), value: numbers[k]! }));
  const isLeftOut = new Set(constant);
  let [least, most] = [Infinity, -Infinity];
  for (const [i, number] of numbers.entries()) {
    if (isLeftOut.has(i % columns.length)) continue;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return {
    width: columns.length - constants.length,
    constants,
    ignored: ignored.map(({ index, ...one }) => ({ ...one, isCodable: isCodable(reports.get(index)?.counts, table.rows) })),
    lacking: lacking.size,
    range: [least, most],
    isImage,
  };
}

/** Most values of a column that are proposed to be coded. */
const mostCoded = 20;

/** True for texts that stand in several samples each. */
function isCodable(counts: ColumnReport["counts"], rows: number): boolean {
  if (!counts || counts.size < 2 || counts.size > mostCoded || 2 * counts.size > rows) return false;
  return [...counts.keys()].every((value) => typeof value === "string");
}

/** True if a column of a matrix of rows holds one value. */
function isConstant(values: Float64Array, column: number, width: number): boolean {
  for (let i = column; i < values.length; i += width) if (values[i] !== values[column]) return false;
  return values.length > 0;
}
