import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { StorageError, textHash } from "@steepest/node";

/** Bytes of a file that tell whose it is. */
const headBytes = 4096;

/** Headings of the tables that stand beside figures. */
const ownTable = /^probe,arm,(seeds,(step|depth),mean,low,high|seed,step,[^\n]+,value)\n/;

/**
 * A comment of an SVG file that tells which studies it is of, whatever their runs and the probes that are drawn.
 *
 * @param runs  those that are drawn
 */
export function figureMark(runs: readonly { readonly study: string }[]): string {
  const names = [...new Set(runs.map(({ study }) => study))].sort();
  return `<!-- steepest figure of ${textHash(JSON.stringify(names))} -->`;
}

/** The SVG text with a mark. */
export const marked = (svg: string, mark: string): string => svg.replace(/^<svg[^>]*>/, (tag) => `${tag}${mark}`);

/**
 * Refuses to write over files that are no figure of the same studies.
 *
 * @param out   path of the files without their ending
 * @param mark  of the figure that is to be written
 * @throws StorageError  naming the file, which is left as it is
 */
export function requireOwnFigure(out: string, mark: string): void {
  const refuse = (path: string, what: string): never => {
    throw StorageError.at(path, `exists already${what}, and is left as it is`, { hint: "--out names other files, --force replaces them" });
  };
  const [svg, png, table] = [`${out}.svg`, `${out}.png`, `${out}.csv`];
  const isDrawn = existsSync(svg);
  const drawn = isDrawn ? headOf(svg) : "";
  const [ownMark] = /<!-- steepest figure of \w+ -->/.exec(drawn) ?? [];
  if (isDrawn && ownMark !== mark) refuse(svg, ownMark === undefined ? "" : ", with a figure of other runs");
  const hasTable = existsSync(table);
  if (hasTable && !ownTable.test(headOf(table))) refuse(table, "");
  if (!isDrawn && !hasTable && existsSync(png)) refuse(png, "");
}

/** The first bytes of a file as text; "" of what is no file. */
function headOf(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const bytes = Buffer.alloc(headBytes);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, headBytes, 0));
  } catch {
    return ""; // what cannot be read is not ours
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
