import { RowsParser, refuseChanged } from "@steepest/core/internal";
import { type Row, recordedRows } from "@steepest/experiments";
import { runningHash, textHash } from "@steepest/node";
import { withContained } from "./containedText.js";
import type { CompleteRun } from "./studyClaims.js";

/**
 * The rows by which claims about a run are judged: unchanged since it was completed, with a number for every probe of its definition, and an end that they do
 * not contradict. Read in pieces, between which other requests are answered, and no further than the run says it goes.
 *
 * @throws DataError  if they are not
 */
export function judgedRows(root: string, { segments, described }: CompleteRun, signal: AbortSignal): Promise<readonly Row[]> {
  const { rowCount } = described.sealed!;
  return withContained(root, [...segments, "rows.jsonl"], async ({ handle, name }) => {
    const parser = new RowsParser(name, runningHash());
    for await (const bytes of handle.createReadStream({ autoClose: false, signal })) {
      parser.push(bytes as Buffer);
      if (parser.count > rowCount) refuseChanged(name, `has more rows than the ${rowCount} of outcome.json`, parser.count);
    }
    return recordedRows(described, parser.finish(), textHash);
  });
}
