import { mostBytes, requireBytes } from "../check/bound.js";
import { decimalReaders, noDoubleText, quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import type { FileTable } from "../table/fileTable.js";
import type { NamedBytes, ReadOptions } from "../table/format.js";
import { allRows } from "../table/rows.js";
import { decoded } from "../text/decoded.js";

const grammar = "label index:value index:value ..., with indices that grow; what stands behind # is a comment";

/** Largest number of a feature. */
const mostFeatures = 2 ** 31 - 1;

/** The entries of a file, row by row: those of row i are numbers starts[i] to starts[i + 1]. */
class Entries {
  readonly labels: number[] = [];
  readonly lines: number[] = [];
  readonly starts: number[] = [0];
  readonly features: number[] = [];
  readonly values: number[] = [];
  largest = -1;
}

/** The samples of a file of LIBSVM. @throws DataError */
export function libsvmTable({ name, bytes }: NamedBytes, { indexBase, dimension, mostBytes: most = mostBytes }: ReadOptions): FileTable {
  if (indexBase === undefined) {
    const hint = '"indexBase": 1 for files of LIBSVM and SVMlight, 0 for those that scikit-learn writes by default';
    refuse(name, "is a LIBSVM file, and nothing says which number its first feature has", hint);
  }
  const entries = entriesOf(name, decoded(name, bytes, grammar), indexBase);
  const rows = entries.labels.length;
  if (rows === 0) refuse(name, "holds no sample", grammar);
  const width = dimension ?? entries.largest + 1;
  if (entries.largest >= width) {
    refuse(
      name,
      `holds the feature ${entries.largest + indexBase}, and there are ${width} from ${indexBase} on`,
      `"dimension": ${entries.largest + 1}`,
      entries.largest,
    );
  }
  const numbers = async (columns: readonly number[], chosen: readonly number[] = allRows(rows)): Promise<Float64Array> => {
    requireBytes(name, 8 * chosen.length * columns.length, most, `${chosen.length} x ${columns.length} numbers, most of them 0,`);
    const places = new Map(columns.map((column, k) => [column, k]));
    if (places.size < columns.length) refuse(name, "a column is wanted twice", "each column once");
    const values = new Float64Array(chosen.length * columns.length);
    const label = places.get(width);
    for (const [i, row] of chosen.entries()) {
      const base = i * columns.length;
      if (label !== undefined) values[base + label] = entries.labels[row]!;
      for (let k = entries.starts[row]!; k < entries.starts[row + 1]!; k++) {
        const place = places.get(entries.features[k]!);
        if (place !== undefined) values[base + place] = entries.values[k]!;
      }
    }
    return values;
  };
  requireBytes(name, 8 * rows * width, most, `${rows} x ${width} numbers, most of them 0,`);
  return {
    format: "libsvm",
    rows,
    columns: width + 1,
    inputs: Array.from({ length: width }, (_, column) => column),
    label: width,
    remarks: [],
    nameOf: (column) => (column === width ? "label" : ""),
    kindOf: () => "numbers",
    numbers,
    values: (column, chosen) => numbers([column], chosen),
    incomplete: async () => [],
    placeOf: (row) => `line ${entries.lines[row]}`,
  };
}

function entriesOf(name: string, text: string, base: 0 | 1): Entries {
  const entries = new Entries();
  let line = 0;
  let at = 0;
  while (at < text.length) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    line++;
    const content = text.slice(at, end);
    const comment = content.indexOf("#");
    addLine(name, entries, { line, text: (comment < 0 ? content : content.slice(0, comment)).trim() }, base);
    at = end + 1;
  }
  return entries;
}

function addLine(name: string, entries: Entries, { line, text }: { readonly line: number; readonly text: string }, base: 0 | 1): void {
  if (text === "") return;
  const [label, ...pairs] = text.split(/\s+/) as [string, ...string[]];
  entries.labels.push(numberOf(name, line, label, "label"));
  entries.lines.push(line);
  let before = -1;
  for (const pair of pairs) {
    const colon = pair.indexOf(":");
    if (colon < 1) refuse(name, `line ${line}: ${quoted(pair)} is no entry`, grammar, pair);
    if (pair.startsWith("qid:")) refuse(name, `line ${line}: ${quoted(pair)} is of data for ranking`, "data with a class per sample", pair);
    const index = pair.slice(0, colon);
    const feature = Number(index) - base;
    if (!/^\d{1,10}$/.test(index) || feature > mostFeatures)
      refuse(name, `line ${line}: ${quoted(index)} is no number of a feature`, grammar, index);
    if (feature < 0) refuse(name, `line ${line}: the feature 0, and features count from 1`, '"indexBase": 0', feature);
    if (feature <= before) refuse(name, `line ${line}: the feature ${index} stands behind ${before + base}`, grammar, feature);
    before = feature;
    entries.features.push(feature);
    entries.values.push(numberOf(name, line, pair.slice(colon + 1), `value of feature ${index}`));
  }
  entries.largest = Math.max(entries.largest, before);
  entries.starts.push(entries.features.length);
}

function numberOf(name: string, line: number, text: string, what: string): number {
  const value = decimalReaders["."](text);
  if (typeof value === "number") return value;
  const hint = text.includes(",") && what === "label" ? "one label per sample: data of several labels are not read" : grammar;
  return refuse(name, `line ${line}: the ${what}, ${quoted(text)}, ${noDoubleText[value]}`, hint, text);
}
