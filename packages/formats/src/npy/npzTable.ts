import { isSteepestError } from "@steepest/core";
import { quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import type { FileTable } from "../table/fileTable.js";
import type { NamedBytes } from "../table/format.js";
import { flagged } from "../table/rows.js";
import { type Member, members } from "../zip/archive.js";
import { npyHeader } from "./header.js";
import { type NpyArray, npyArray } from "./npyArray.js";

/** The arrays of an archive as a table, as `npz` says. @throws DataError */
export function npzTable({ name, bytes }: NamedBytes, most: number, array: string | undefined): FileTable {
  const all = members(name, bytes);
  const kept = all.filter((member) => member.name.endsWith(".npy"));
  if (kept.length === 0) {
    const shown = all.slice(0, 5).map((member) => quoted(member.name));
    refuse(
      name,
      `is a zip archive without arrays, of ${shown.join(", ") || "nothing"}`,
      "an archive that numpy.savez wrote; spreadsheets are saved as CSV",
    );
  }
  return new Archive(name, kept, most).table(array);
}

const arrayName = (member: Member): string => member.name.slice(0, -".npy".length);

/** Archives of more arrays are not looked through for columns. */
const mostArrays = 1000;

class Archive {
  readonly #name: string;
  readonly #members: readonly Member[];
  readonly #most: number;
  readonly #read = new Map<Member, NpyArray>();

  constructor(name: string, all: readonly Member[], most: number) {
    this.#name = name;
    this.#most = most;
    if (all.length > mostArrays) refuse(name, `holds ${all.length} arrays, at most ${mostArrays} are read`, "fewer arrays", all.length);
    this.#members = all;
  }

  /** The arrays as samples. @param wanted  the name of the array that holds them */
  table(wanted: string | undefined): FileTable {
    const samples = wanted === undefined ? this.#onlyMatrix() : this.#array(this.#named(wanted));
    const others = this.#members.filter((member) => this.#isColumn(member, samples));
    const { rows, columns, image } = samples;
    const columnOf = (column: number): NpyArray => this.#array(others[column - columns]!);
    return {
      format: "npz",
      rows,
      columns: columns + others.length,
      inputs: Array.from({ length: columns }, (_, column) => column),
      ...(image && { image }),
      remarks: [],
      nameOf: (column) => (column < columns ? "" : arrayName(others[column - columns]!)),
      kindOf: (column) => (column < columns ? samples.kind : columnOf(column).kind),
      numbers: async (wantedColumns, chosen) => {
        if (wantedColumns.every((column) => column < columns)) return samples.numbers(wantedColumns, chosen);
        const parts = wantedColumns.map((column) =>
          column < columns ? samples.numbers([column], chosen) : columnOf(column).numbers([0], chosen),
        );
        const count = chosen?.length ?? rows;
        return Float64Array.from({ length: count * parts.length }, (_, i) => parts[i % parts.length]![Math.floor(i / parts.length)]!);
      },
      values: async (column, chosen) => (column < columns ? samples.values(column, chosen) : columnOf(column).values(0, chosen)),
      incomplete: async (wantedColumns) => {
        const flags = new Uint8Array(rows);
        for (const column of wantedColumns) {
          if (column < columns) samples.flagIncomplete(column, flags);
          else columnOf(column).flagIncomplete(0, flags);
        }
        return flagged(flags);
      },
      placeOf: (row) => `row ${row} (counted from 0)`,
    };
  }

  #named(wanted: string): Member {
    const found = this.#members.find((member) => arrayName(member) === wanted);
    return found ?? refuse(this.#name, `holds no array ${quoted(wanted)}`, `one of ${this.#names()}`, wanted);
  }

  #names(): string {
    const names = this.#members.map((member) => quoted(arrayName(member)));
    return names.slice(0, 10).join(", ") + (names.length > 10 ? ", ..." : "");
  }

  #array(member: Member): NpyArray {
    const known = this.#read.get(member);
    if (known) return known;
    const taken = [...this.#read.keys()].reduce((sum, { size }) => sum + size, 0);
    const array = npyArray(`${this.#name}/${member.name}`, member.read(this.#most - taken), this.#most);
    this.#read.set(member, array);
    return array;
  }

  /** The only array of two or more dimensions, of several the only one that has more than a number per row. */
  #onlyMatrix(): NpyArray {
    const matrices = this.#members.filter((member) => (this.#shapeOf(member)?.length ?? 0) > 1);
    const wide = matrices.filter((member) =>
      this.#shapeOf(member)!
        .slice(1)
        .some((length) => length !== 1),
    ); // others may be labels
    const [first, second] = wide.length > 0 ? wide : matrices;
    if (first && !second) return this.#array(first);
    const broken = first ? undefined : this.#members.find((member) => !this.#shapeOf(member));
    if (broken) return this.#array(broken); // which says what is wrong with it
    const hint = `"array" names the one of the samples: the archive holds ${this.#names()}`;
    return refuse(this.#name, first ? "holds several arrays that may be the samples" : "holds no array of samples", hint);
  }

  /** The shape of an array; undefined for one that is refused. */
  #shapeOf(member: Member): readonly number[] | undefined {
    const known = this.#read.get(member);
    if (known) return known.shape;
    try {
      return npyHeader(`${this.#name}/${member.name}`, member.read(this.#most)).shape;
    } catch (error) {
      if (isSteepestError(error)) return undefined;
      throw error;
    }
  }

  /** True for an array of one value per sample. */
  #isColumn(member: Member, samples: NpyArray): boolean {
    const isSmall = member.size <= largestItem * samples.rows + 65_536;
    if (!isSmall || this.#read.get(member) === samples) return false;
    const shape = this.#shapeOf(member);
    if (!shape) return true; // what is wrong with it is told when the column is asked for
    return shape[0] === samples.rows && shape.slice(1).every((length) => length === 1);
  }
}

/** Bytes of the largest element of a column of labels, a text of 64 characters. */
const largestItem = 256;
