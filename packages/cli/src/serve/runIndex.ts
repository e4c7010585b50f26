import { join } from "node:path";
import { isSteepestError } from "@steepest/core";
import type { Row } from "@steepest/experiments";
import { damaged, type IndexedRun, indexedRun, type ReadRun } from "./indexedRun.js";
import { judgedRows } from "./judgedRows.js";
import { type FoundRun, runFolders } from "./runFolders.js";
import { runStamp } from "./runStamp.js";
import { type CompleteRun, type RowsOf, type StudyClaims, studyClaims } from "./studyClaims.js";

export interface RunIndex {
  readonly runs: readonly IndexedRun[];
  /** Claims of the studies in the catalog, by id. */
  readonly studies: Readonly<Record<string, StudyClaims>>;
}

interface KnownRun extends ReadRun {
  readonly found: FoundRun;
  /** Stamps of the files when they were read, as text. */
  readonly stamp: string;
}

/** The rows of a run whose claims are judged, or the reason why they cannot be used. */
type Judged = { readonly rows: readonly Row[] } | { readonly problem: string };

/**
 * Lists the runs of a folder, again and again; unchanged ones are not read again, even those with a problem. Rows are kept of the catalog's runs
 * only, of a few hundred lines each.
 */
export class RunIndexer {
  readonly #root: string;
  #runs = new Map<string, KnownRun>();
  /** Judged rows by run; a run that has changed is another object. */
  readonly #judged = new WeakMap<CompleteRun, Judged>();

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
    const rowsOf: RowsOf = async (run) => {
      const judged = await this.#judge(run, signal);
      if ("rows" in judged) return judged.rows;
      problems.set(run, judged.problem);
      return undefined;
    };
    const studies: [string, StudyClaims][] = [];
    for (const study of new Set(runs.flatMap(({ complete }) => complete?.study ?? []))) {
      const ofStudy = runs.flatMap(({ complete }) => (complete?.study === study ? [complete] : []));
      const claims = await studyClaims(study, ofStudy, rowsOf);
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
    if (known?.stamp === stamp && known.found.problem === found.problem && !known.isPassing) return known;
    const read = { ...(await indexedRun(this.#root, found, stamps)), found, stamp };
    this.#runs.set(key, read);
    return read;
  }

  async #judge(run: CompleteRun, signal: AbortSignal): Promise<Judged> {
    const known = this.#judged.get(run);
    if (known) return known;
    try {
      const judged = { rows: await judgedRows(this.#root, run, signal) };
      this.#judged.set(run, judged);
      return judged;
    } catch (error) {
      signal.throwIfAborted();
      const judged = { problem: (error as Error).message };
      if (isSteepestError(error)) this.#judged.set(run, judged); // another is the system's, and may be over
      return judged;
    }
  }
}

type Problems = Map<CompleteRun, string>;
