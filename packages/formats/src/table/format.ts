import type { DecimalMark } from "../check/number.js";
import type { FileTable } from "./fileTable.js";

/** Options of readers; each format looks at those that it knows. */
export interface ReadOptions {
  /** Largest number of bytes that a file unpacks to, and that its numbers take as doubles; 2^30 without. */
  readonly mostBytes?: number;
  /** npz: the name of the array of the samples; absent: the only one of two or more dimensions. */
  readonly array?: string;
  /** IDX: the file of the labels. */
  readonly labels?: NamedBytes;
  /** libsvm: the number that the first feature has. */
  readonly indexBase?: 0 | 1;
  /** libsvm: the number of features; absent: the largest that occurs. */
  readonly dimension?: number;
  /** CSV: the mark of decimals; a point without. */
  readonly decimal?: DecimalMark;
  /** CSV: true or false where the first record names the columns, or does not; absent: its content decides. */
  readonly heading?: boolean;
}

/** The bytes of a file, and what messages call it. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A format of data files. */
export interface Format {
  readonly id: string;
  /** Its name in messages: "a NumPy array (.npy)". */
  readonly title: string;
  /** Endings of the names of its files, in lower case without the dot. */
  readonly extensions: readonly string[];
  /**
   * Tells files of the format by their content.
   *
   * @param file       the file; its first bytes decide, and where they cannot, its name
   * @returns true if it is to be read as one of this format
   */
  recognises(file: NamedBytes): boolean;
  /**
   * Reads a file.
   *
   * @param file     the file, not gzipped
   * @param options  see there
   * @returns its samples
   * @throws DataError  naming the file, the line or byte offset, what was expected and what was got
   */
  read(file: NamedBytes, options: ReadOptions): Promise<FileTable>;
}
