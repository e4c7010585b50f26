import { isSteepestError } from "@steepest/core";
import { packError } from "@steepest/core/internal";
import type { Rest } from "@steepest/experiments";
import type { SavedWeights } from "../save/weightsFile.js";
import type { JobMessage } from "./messages.js";

/** The times at which the state of a run is posted: every so many seconds, before an end that somebody asked for, and at an end by the stop rule. */
export class StateKeeper {
  readonly #milliseconds: number | undefined;
  readonly #post: (message: JobMessage) => void;
  readonly #kept: () => readonly SavedWeights[];
  #keptAt = performance.now();
  #isWanted = false;
  #isLast = false;
  #canKeep: boolean;

  /** @param seconds  from one state to the next; undefined: none is kept  @param kept  the best weights so far, which go with a state */
  constructor(seconds: number | undefined, post: (message: JobMessage) => void, kept: () => readonly SavedWeights[] = () => []) {
    this.#milliseconds = seconds === undefined ? undefined : 1000 * seconds;
    this.#post = post;
    this.#kept = kept;
    this.#canKeep = seconds !== undefined;
  }

  /** Wants a state, if it is time. */
  look(now: number): void {
    if (this.#milliseconds === undefined || now - this.#keptAt < this.#milliseconds) return;
    this.#keptAt = now;
    this.#isWanted = true;
  }

  /** Wants a state before the run is given up. */
  wantLast(): void {
    this.#isWanted = true;
    this.#isLast = true;
  }

  /** True if the run may be given up: its last state was posted, or none can be. */
  get mayEnd(): boolean {
    return !this.#canKeep || (this.#isLast && !this.#isWanted);
  }

  /** The listener of `execute`. */
  readonly atRest = (rest: Rest): void => {
    if (!this.#canKeep || !(this.#isWanted || rest.isEnd)) return;
    this.#isWanted = false;
    try {
      this.#post({ kind: "state", state: rest.state(), isEnd: rest.isEnd, kept: this.#kept() });
    } catch (error) {
      if (!isSteepestError(error)) throw error;
      this.#canKeep = false;
      this.#post({ kind: "unkept", error: packError(error) });
    }
  };
}
