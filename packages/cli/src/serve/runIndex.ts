import { join } from "node:path";
import { damaged, type IndexedRun, indexedRun, type ReadRun } from "./indexedRun.js";
import { judgedRows } from "./judgedRows.js";
import { type FoundRun, runFolders } from "./runFolders.js";
import { runStamp } from "./runStamp.js";
import { type CompleteRun, type RowsOf, type StudyClaims, studyClaims } from "./studyClaims.js";

export interface RunIndex {
  readonly runs: readonly IndexedRun[];
  /** Of the studies that are in the catalog, by id. */
  readonly studies: Readonly<Record<string, StudyClaims>>;
}

interface KnownRun extends ReadRun {
  readonly found: FoundRun;
  /** Of the files when they were read, as text. */
  readonly stamp: string;
}

interface KnownClaims {
  /** Of all runs that they were chosen from. */
  readonly stamp: string;
  readonly claims: StudyClaims | undefined;
}

/** Lists the runs of a folder, again and again: what has not changed since is not read again, unless it had a problem. */
export class RunIndexer {
  readonly #root: string;
  #runs = new Map<string, KnownRun>();
  readonly #claims = new Map<string, KnownClaims>();

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Reads one run after the other; a damaged one is listed with its problem.
   *
   * @throws the signal's reason, or the file system's error if the folder itself cannot be read
   */
  async index(signal: AbortSignal): Promise<RunIndex> {
    const runs: KnownRun[] = [];
    for (const found of await runFolders(this.#root, signal)) {
      signal.throwIfAborted();
      runs.push(await this.#read(found));
    }
    this.#runs = new Map(runs.map((run) => [run.indexed.path, run])); // nothing of those that are gone
    const problems: Problems = new Map();
    const studies: [string, StudyClaims][] = [];
    for (const study of new Set(runs.flatMap(({ complete }) => complete?.study ?? []))) {
      const ofStudy = runs.filter(({ complete }) => complete?.study === study);
      const claims = await this.#judge(study, ofStudy, problems, signal);
      if (claims) studies.push([study, claims]);
    }
    return {
      runs: runs.map(({ found, indexed, complete }) => {
        const problem = complete && problems.get(complete);
        return problem === undefined ? indexed : damaged(found, problem).indexed;
      }),
      studies: Object.fromEntries(studies),
    };
  }

  async #read(found: FoundRun): Promise<KnownRun> {
    const stamps = await runStamp(join(this.#root, ...found.segments));
    const stamp = JSON.stringify(stamps);
    const key = found.segments.map(encodeURIComponent).join("/");
    const known = this.#runs.get(key);
    if (known?.stamp === stamp && known.indexed.problem === undefined) return known;
    const read = { ...(await indexedRun(this.#root, found, stamps)), found, stamp };
    this.#runs.set(key, read);
    return read;
  }

  /** @param problems  receives those of the runs whose rows cannot be used */
  async #judge(study: string, runs: readonly KnownRun[], problems: Problems, signal: AbortSignal): Promise<StudyClaims | undefined> {
    const stamp = runs.map((run) => `${run.indexed.path} ${run.stamp}`).join("\n");
    const known = this.#claims.get(study);
    if (known?.stamp === stamp) return known.claims;
    let whole = true;
    const rowsOf: RowsOf = async (run) => {
      try {
        return await judgedRows(this.#root, run, signal);
      } catch (error) {
        signal.throwIfAborted();
        problems.set(run, (error as Error).message);
        whole = false;
        return undefined;
      }
    };
    const complete = runs.flatMap((run) => run.complete ?? []);
    const claims = await studyClaims(study, complete, rowsOf);
    if (whole) this.#claims.set(study, { stamp, claims });
    return claims;
  }
}

type Problems = Map<CompleteRun, string>;
