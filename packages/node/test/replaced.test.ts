import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openRunFolder, type RunFolder, readRunFolder } from "../src/runFolder.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

/** Renames that the process still makes before it is killed. */
const { life } = vi.hoisted(() => ({ life: { renames: Number.POSITIVE_INFINITY } }));

vi.mock("node:fs", async (original) => {
  const files = await original<typeof import("node:fs")>();
  const renameSync: typeof files.renameSync = (...paths) => {
    if (life.renames-- <= 0) throw new Error("killed");
    files.renameSync(...paths);
  };
  return { ...files, renameSync, default: { ...files, renameSync } };
});

const options = { study: "study", name: "arm-s0-0", definition: { id: "x" } };
const outcome = { kind: "finished" };

/** A complete run, and its remains when the process that makes it again is killed before it renames a further file. */
async function killedAfter(
  renames: number,
): Promise<{ readonly root: string; readonly found: RunFolder | undefined; readonly ended: boolean }> {
  const root = temporaryFolder();
  const old = await openRunFolder(root, { ...options, environment: "old" });
  old.appendRow({ step: 0, of: "old" });
  old.complete(outcome);
  const made = await openRunFolder(root, { ...options, environment: "new", fresh: true });
  made.appendRow({ step: 0, of: "new" });
  life.renames = renames;
  const ended = await refusal(() => made.complete(outcome)).then(
    () => false,
    () => true,
  );
  life.renames = Number.POSITIVE_INFINITY;
  rmSync(join(made.path, "owner.json"), { force: true }); // a dead owner's
  return { root, found: readRunFolder(made.path), ended };
}

test("whenever the process is killed that replaces a run, the old one or the new one is complete, and the next process tidies up", async () => {
  const seen: unknown[] = [];
  for (let renames = 0; ; renames++) {
    const { root, found, ended } = await killedAfter(renames);
    const { path, environment, rows } = found!;
    expect(rows).toEqual([{ step: 0, of: environment }]);
    seen.push(environment);
    expect(await refusal(() => openRunFolder(root, { ...options, environment: "third" }))).toMatchObject({ code: "RUN_COMPLETE" });
    (await openRunFolder(root, { ...options, environment: "third", fresh: true })).abandon();
    expect(readRunFolder(path)).toEqual(found);
    expect(readdirSync(path).sort()).toEqual(["definition.json", "environment.json", "outcome.json", "rows.jsonl"]);
    if (ended) break;
  }
  expect(seen).toEqual(["old", "new", "new", "new", "new", "new"]); // one rename makes the new outcome, four put the files in place
});
