import { join } from "node:path";
import { refuseChanged, requireUnchanged } from "@steepest/core/internal";
import { checkedRows, type Row, requireEndOfRows } from "@steepest/experiments";
import { RowsParser, textHash } from "@steepest/node";
import { withContained } from "./containedText.js";
import type { CompleteRun } from "./studyClaims.js";

/**
 * The rows by which claims about a run are judged: unchanged since it was completed, with a number for every probe of its definition, and an end that they do
 * not contradict. Read in pieces, between which other requests are answered, and no further than the run says it goes.
 *
 * @throws DataError  if they are not
 */
export function judgedRows(root: string, { segments, definition, completion }: CompleteRun, signal: AbortSignal): Promise<readonly Row[]> {
  return withContained(root, [...segments, "rows.jsonl"], async ({ handle, name }) => {
    const parser = new RowsParser(name);
    for await (const bytes of handle.createReadStream({ autoClose: false, signal })) {
      parser.push(bytes as Buffer);
      if (parser.count <= completion.rowCount) continue;
      refuseChanged(name, `has more rows than the ${completion.rowCount} of outcome.json`, parser.count);
    }
    const { rows: found, hash, torn } = parser.finish();
    const pathOf = (file: string): string => join(root, ...segments, file);
    requireUnchanged(pathOf, { rows: { hash, count: found.length, torn } }, completion, textHash);
    const rows = checkedRows(name, found, definition);
    requireEndOfRows({ path: pathOf("outcome.json"), end: completion.end, rows, run: definition });
    return rows;
  });
}
