import { join } from "node:path";
import { DataError } from "@steepest/core";
import { checkedRows, type Row } from "@steepest/experiments";
import { RowsParser, requireUnchanged } from "@steepest/node";
import { withContained } from "./containedText.js";
import type { CompleteRun } from "./studyClaims.js";

/**
 * The rows of a run as claims are judged by them: unchanged since it was completed, with a number for every probe of its definition. Read in pieces,
 * between which others are answered, and no further than the run says it goes.
 *
 * @throws DataError  if they are not
 */
export function judgedRows(root: string, { segments, definition, completion }: CompleteRun, signal: AbortSignal): Promise<readonly Row[]> {
  return withContained(root, [...segments, "rows.jsonl"], async ({ handle, name }) => {
    const parser = new RowsParser(name);
    for await (const bytes of handle.createReadStream({ autoClose: false, signal })) {
      parser.push(bytes as Buffer);
      if (parser.count > completion.rowCount) refuse(name, `has more rows than the ${completion.rowCount} of outcome.json`);
    }
    const { rows, hash } = parser.finish();
    requireUnchanged(join(root, ...segments), { hash, rows }, completion);
    return checkedRows(name, rows, definition);
  });
}

function refuse(path: string, problem: string): never {
  throw new DataError(`${path}: ${problem}`, {
    path,
    hint: "the file was changed after the run; remove the folder, or make the run again with fresh",
  });
}
