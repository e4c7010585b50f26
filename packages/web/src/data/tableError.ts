/** A fault of a dropped table: the message says what was got, the hint what is expected. */
export class TableError extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.name = "TableError";
    this.hint = hint;
  }
}
