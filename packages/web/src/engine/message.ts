import type { HostKind } from "@steepest/browser/serve";
import type { RunOutcome, TrainWarning } from "@steepest/core";
import type { Row, RunDefinition } from "@steepest/experiments";

/** What a race stands on before its first step. */
export interface Loaded {
  readonly engine: HostKind;
  readonly data: ShownSamples;
  readonly plane: Plane | undefined;
  readonly parameterCount: number;
  readonly degree: number;
  /** What every arm starts from: layers in order, row-major w[outputs][inputs]. */
  readonly initialWeights: Float64Array;
  /** Samples that no network here can separate, in words; undefined where there are none. */
  readonly contradictions: string | undefined;
}

/** What of the data the page draws. */
export interface ShownSamples {
  readonly inputs: Float64Array;
  readonly labels: readonly number[];
  readonly inputDim: number;
}

/** The rectangle whose scores are wanted, with the constant third coordinate of the data (0: none). */
export interface Plane {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly size: number;
  readonly constant: number;
}

/** What the page can show of one moment beside the numbers. */
export interface Picture {
  /** qᵢ of every sample. */
  readonly sampleMargins: Float32Array;
  /** Scores over the plane, row by row from the lowest y; undefined for data elsewhere. */
  readonly scores: Float32Array | undefined;
  /** w[units][side²] of the first units of the first layer, a bias coordinate left out; undefined where they make no picture. */
  readonly firstLayer: { readonly side: number; readonly weights: Float32Array } | undefined;
}

/** A recorded moment of one arm. */
export interface Frame {
  readonly row: Row;
  /** What the own margin cannot exceed at this risk. */
  readonly ceiling: number;
  readonly picture: Picture;
}

/** Euclidean cosines between the update that followed a recorded step and each norm's steepest direction there. */
export interface LensPoint {
  readonly step: number;
  readonly cosines: Readonly<Record<string, number>>;
}

export interface ArmNews {
  readonly arm: number;
  readonly step: number;
  readonly logRisk: number;
  readonly frames: readonly Frame[];
  readonly lens: readonly LensPoint[];
  readonly warnings: readonly TrainWarning[];
  /** The picture at `step` where that was not recorded. */
  readonly picture: Picture | undefined;
  /** The numbers there too, once the race stands still. */
  readonly now: Frame | undefined;
  readonly outcome: RunOutcome | undefined;
  readonly perfectAccuracyStep: number | undefined;
  readonly separationStep: number | undefined;
}

/** Why something could not be done, with what helps. */
export interface Problem {
  readonly message: string;
  readonly hint: string | undefined;
  /** Of what must change in the setup or its definition. */
  readonly path?: string | undefined;
}

export type Order =
  | { readonly kind: "load"; readonly race: number; readonly runs: readonly RunDefinition[]; readonly planeConstant: number | undefined }
  /** Goes on until every arm has reached `until` or ended; without it until the end. */
  | { readonly kind: "go"; readonly until?: number }
  | { readonly kind: "pause" }
  /** One step of every arm. */
  | { readonly kind: "step" }
  /** The news of that number, and all before, can be seen. */
  | { readonly kind: "painted"; readonly news: number };

export type Report =
  | ({ readonly kind: "loaded"; readonly race: number } & Loaded)
  | {
      readonly kind: "news";
      readonly race: number;
      /** Counts all news of a worker. While a race runs, the next waits until this one is painted; of a race that stands it is told at once. */
      readonly number: number;
      readonly running: boolean;
      readonly arms: readonly ArmNews[];
      readonly stepsPerSecond: number;
    }
  | { readonly kind: "refused"; readonly race: number; readonly problem: Problem };
