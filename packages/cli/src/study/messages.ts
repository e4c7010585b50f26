import type { TrainWarning } from "@steepest/core";
import type { SentError } from "@steepest/core/internal";
import type { DatasetDefinition, NetworkChoice, Row, RunDefinition, RunEnd, RunState, SaveRule } from "@steepest/experiments";
import type { DataFolders } from "../imageFiles.js";
import type { SavedWeights } from "../save/weightsFile.js";
import type { DataIdentity } from "./dataIdentity.js";

/** The result of drawing the data of a seed. */
export interface DrawnIdentity {
  readonly identity: DataIdentity;
  /** Sentences on what one may not expect of the samples. */
  readonly remarks: readonly string[];
}

/** Draws the data of a seed, so that the runs on them can be named. Its result is a `DrawnIdentity`. */
export interface DrawJob {
  readonly kind: "draw";
  readonly dataset: DatasetDefinition;
  /** The network that is to learn them: data that it cannot separate are refused before any run. */
  readonly network: NetworkChoice;
  readonly seed: number;
  readonly folders: DataFolders;
}

/** Trains one arm under one seed. It has no result: rows and end are messages. */
export interface TrainJob {
  readonly kind: "train";
  readonly run: RunDefinition;
  /** The identity of the run's data, which is part of its name. */
  readonly data: DataIdentity;
  readonly folders: DataFolders;
  /** The state to go on from; absent: from the start. */
  readonly from?: RunState | undefined;
  /** Seconds from one kept state to the next; absent: none is kept. */
  readonly keepEvery?: number | undefined;
  /** The weights that are saved. */
  readonly save: readonly SaveRule[];
  /** The best weights up to `from`, rule by rule. */
  readonly best?: readonly (SavedWeights | undefined)[] | undefined;
}

/** A job that the main thread gives to a worker. */
export type Job = DrawJob | TrainJob;

/** A message of a worker about its job. */
export type JobMessage =
  | { readonly kind: "row"; readonly row: Row }
  | { readonly kind: "progress"; readonly step: number; readonly logRisk: number }
  | TrainWarning
  /** Weights of the row that comes next, or of the end. */
  | { readonly kind: "weights"; readonly saved: SavedWeights }
  /** A state behind all rows so far; `isEnd`: of the end by the stop rule; `kept`: the best weights so far. */
  | { readonly kind: "state"; readonly state: RunState; readonly isEnd: boolean; readonly kept: readonly SavedWeights[] }
  /** The run goes on, but no state of it can be kept. */
  | { readonly kind: "unkept"; readonly error: SentError }
  | { readonly kind: "end"; readonly end: RunEnd };
