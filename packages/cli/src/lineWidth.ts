import wrapAnsi from "wrap-ansi";

/** Characters in a line of a stream: those of its terminal; in a pipe or a file those that the variable COLUMNS names, without it any number. */
export function lineWidth({ isTTY, columns }: Pick<NodeJS.WriteStream, "isTTY" | "columns">): number {
  const said = process.env.COLUMNS ?? "";
  return (isTTY && columns) || (/^[1-9]\d{0,5}$/.test(said) ? Number(said) : Number.POSITIVE_INFINITY);
}

const indent = "  ";

/** A sentence in lines of at most `width` characters; those after the first are indented. A word that is longer stays whole. */
export function wrapped(text: string, width: number = lineWidth(process.stdout)): string {
  if ([...text].length <= width) return text;
  return wrapAnsi(text, Math.max(1, width - indent.length)).replaceAll("\n", `\n${indent}`);
}
