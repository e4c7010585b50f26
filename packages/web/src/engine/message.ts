import type { HostKind } from "@steepest/browser/serve";
import type { RunOutcome, TrainWarning } from "@steepest/core";
import type { HashedBytes, PlacedTensor, Row, RunDefinition, WeightReadings } from "@steepest/experiments";

/** A race before its first step. */
export interface Loaded {
  readonly engine: HostKind;
  readonly data: ShownSamples;
  readonly plane: Plane | undefined;
  readonly parameterCount: number;
  readonly degree: number;
  /** Initial weights of every arm: layers in order, row-major w[outputs][inputs]. */
  readonly initialWeights: Float64Array;
  /** Samples that no network here can separate, in words; undefined where there are none. */
  readonly contradictions: string | undefined;
}

/** The part of the data that the page draws. */
export interface ShownSamples {
  readonly inputs: Float64Array;
  /** -1 and +1, or 0 to `classes` - 1. */
  readonly labels: readonly number[];
  readonly inputDim: number;
  readonly classes?: number;
}

/** The rectangle over which scores are computed, with the constant third coordinate of the data (0: none). */
export interface Plane {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly size: number;
  readonly constant: number;
}

/** Samples, boundary and first layer at one moment, which the page draws beside the numbers. */
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
  /** Upper bound of the own margin at this risk. */
  readonly ceiling: number;
  readonly picture: Picture;
}

/** Euclidean cosines between the update that followed a recorded step and each norm's steepest direction there. */
export interface LensPoint {
  readonly step: number;
  readonly cosines: Readonly<Record<string, number>>;
}

/** An arm as it stands. */
export interface ArmState {
  readonly step: number;
  readonly logRisk: number;
  /** The picture at `step` if that step was not recorded. */
  readonly picture: Picture | undefined;
  /** The numbers at `step`, once the race stands still. */
  readonly now: Frame | undefined;
  readonly outcome: RunOutcome | undefined;
  readonly perfectAccuracyStep: number | undefined;
  readonly separationStep: number | undefined;
}

/** An arm as it stands, and what it has recorded since the news before. */
export interface ArmNews extends ArmState {
  readonly arm: number;
  readonly frames: readonly Frame[];
  readonly lens: readonly LensPoint[];
  readonly warnings: readonly TrainWarning[];
}

/** The weights of an arm at one moment, with what a certificate of them starts from. */
export interface ArmMoment {
  readonly arm: number;
  readonly step: number;
  /** true: the arm has ended, and these are the weights of the run that its definition makes. */
  readonly isEnd: boolean;
  /** Blocks in layer order, row-major w[outputs][inputs]. */
  readonly weights: Float64Array;
  /** wᵢ = -l'(qᵢ) / R. */
  readonly sampleWeights: Float64Array;
  readonly picture: Picture;
}

/** Reason for a failure, and its remedy. */
export interface Problem {
  readonly message: string;
  readonly hint: string | undefined;
  /** Path of the value that must change, in the setup or its definition. */
  readonly path?: string | undefined;
}

/** The weights of a file, as a run of the race records its own. */
export interface MeasuredWeights {
  /** The name of the file. */
  readonly name: string;
  readonly places: readonly PlacedTensor[];
  readonly readings: WeightReadings;
}

/** The numbers of a file of weights, or the reason why there are none. */
export type MeasureAnswer = ({ readonly kind: "measured" } & MeasuredWeights) | { readonly kind: "refused"; readonly problem: Problem };

export type Order =
  | {
      readonly kind: "load";
      readonly race: number;
      readonly runs: readonly RunDefinition[];
      readonly planeConstant: number | undefined;
      /** The file of the initial weights, for runs that take them from one. */
      readonly weights?: HashedBytes;
    }
  /** Goes on until every arm has reached `until` or ended; without it until the end. */
  | { readonly kind: "go"; readonly until?: number }
  | { readonly kind: "pause" }
  /** One step of every arm. */
  | { readonly kind: "step" }
  /** Asks for the weights of an arm as it stands, while the race goes on. */
  | { readonly kind: "moment"; readonly question: number; readonly arm: number }
  /** Asks for the numbers of weights that were trained elsewhere, while the race goes on. */
  | { readonly kind: "measure"; readonly question: number; readonly name: string; readonly bytes: Uint8Array }
  /** The page has painted the news of this number, and all before. */
  | { readonly kind: "painted"; readonly news: number };

export type Report =
  | ({ readonly kind: "loaded"; readonly race: number } & Loaded)
  | {
      readonly kind: "news";
      readonly race: number;
      /**
       * Number of this news among all of the worker. While a race runs, the next waits until this one is painted; news of a race that stands are sent at once.
       */
      readonly number: number;
      readonly running: boolean;
      readonly arms: readonly ArmNews[];
      readonly stepsPerSecond: number;
    }
  | { readonly kind: "moment"; readonly race: number; readonly question: number; readonly moment: ArmMoment }
  | { readonly kind: "measure"; readonly race: number; readonly question: number; readonly answer: MeasureAnswer }
  | { readonly kind: "refused"; readonly race: number; readonly problem: Problem };
