import { mostBytes } from "./check/bound.js";
import { refuse } from "./check/refuse.js";
import { type FormatId, formats } from "./registry.js";
import type { FileTable } from "./table/fileTable.js";
import type { Format, NamedBytes, ReadOptions } from "./table/format.js";
import { isGzip } from "./zip/magic.js";

/** Options of `readTable`. */
export interface ReadTableOptions extends ReadOptions {
  /** The format; absent: the content of the file decides, and where it cannot, its name. */
  readonly format?: FormatId;
}

/**
 * Reads a data file: samples as rows, columns as numbers or texts. Gzipped files of any format are unpacked first. Nothing is allocated before the file was found
 * large enough to hold it, and no more than `options.mostBytes`. The reader of a format is loaded with the first file of it.
 *
 * @param file     its name, for messages and for formats that do not say what they are, and its bytes; the result may read from them
 * @param options  the format and what it needs
 * @returns the samples
 * @throws DataError  naming the file, the line or byte offset, what was expected, what was got, and what to do
 */
export async function readTable(file: NamedBytes, options: ReadTableOptions = {}): Promise<FileTable> {
  const plain = await unpacked(file, options.mostBytes ?? mostBytes);
  if (plain.bytes.length === 0) refuse(file.name, "is empty", `one of ${titles()}`, 0);
  const format = options.format === undefined ? recognised(plain) : formats[options.format];
  return format.read(plain, options);
}

/** The file without gzip around it. */
async function unpacked({ name, bytes }: NamedBytes, most: number): Promise<NamedBytes> {
  if (!isGzip(bytes)) return { name, bytes };
  const { gunzip } = await import("./zip/gunzip.js");
  const inner = gunzip(name, bytes, most);
  if (isGzip(inner)) refuse(name, "is gzipped twice", "unpack it once");
  return { name: name.replace(/\.gz$/i, ""), bytes: inner };
}

function recognised(file: NamedBytes): Format {
  return Object.values(formats).find((format) => format.recognises(file))!;
}

const titles = (): string =>
  Object.values(formats)
    .map(({ title }) => title)
    .join(", ");
