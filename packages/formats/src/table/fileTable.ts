/** The shape of an image: channels · height · width coordinates, row-major, channel by channel. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** The values of a column: f64[rows], or one text per row. */
export type ColumnValues = Float64Array | readonly string[];

/** The kind of the values in a column. */
export type ColumnKind = "numbers" | "texts" | "mixed";

/** A cell of another kind than others of its column. */
export interface StrangeCell {
  /** The place of its row in words: "line 7". */
  readonly place: string;
  readonly text: string;
}

/** The content of a data file: samples as rows. Rows and columns count from 0. */
export interface FileTable {
  /** Id of the format: "csv". */
  readonly format: string;
  readonly rows: number;
  readonly columns: number;
  /** The columns that hold coordinates as far as the format knows: all but those that it calls something else. */
  readonly inputs: readonly number[];
  /** The column that the format itself calls the label; absent: it does not say. */
  readonly label?: number;
  /** The shape of the samples in `inputs`, where they are images. */
  readonly image?: ImageShape;
  /** Sentences on what was read otherwise than one may expect; empty for most files. */
  readonly remarks: readonly string[];
  /**
   * The name of a column.
   *
   * @param column  its number
   * @returns its name in the file; "" where it has none
   */
  nameOf(column: number): string;
  /**
   * The kind of a column, for guesses about its meaning.
   *
   * @param column  its number
   * @returns "texts" where it has no number, "numbers" where it has nothing else
   */
  kindOf(column: number): ColumnKind;
  /**
   * The text that keeps a column from being one of numbers.
   *
   * @param column  its number
   * @returns the first cell with a text of a column with numbers and texts, missing values aside; undefined where there is none. Absent: no column is mixed
   */
  strangerOf?(column: number): StrangeCell | undefined;
  /**
   * The numbers of some columns.
   *
   * @param columns  numbers of the columns, in any order
   * @param rows     the rows that are read, ascending; all of them without
   * @returns f64[rows][columns.length], row-major; a new array
   * @throws DataError  naming the place of the first value that is no finite number, or that no double holds
   */
  numbers(columns: readonly number[], rows?: readonly number[]): Promise<Float64Array>;
  /**
   * The values of a column, such as labels.
   *
   * @param column  its number
   * @param rows    the rows that are read, ascending; all of them without
   * @returns numbers where all of them are numbers, else texts
   * @throws DataError  naming the place of a value that is missing, or of the first of the other kind
   */
  values(column: number, rows?: readonly number[]): Promise<ColumnValues>;
  /**
   * The rows that lack a value: in a table of text an empty cell, NA, NaN, null, none or ?, elsewhere NaN, null or an empty text.
   *
   * @param columns  numbers of the columns that are looked at
   * @returns numbers of the rows, ascending
   * @throws DataError  if the file is not intact there
   */
  incomplete(columns: readonly number[]): Promise<readonly number[]>;
  /**
   * The place of a row for messages.
   *
   * @param row  its number
   * @returns the place in words: "line 7"
   */
  placeOf(row: number): string;
}
