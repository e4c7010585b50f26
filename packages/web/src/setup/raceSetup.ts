import type { ActivationChoice, InitLaw } from "@steepest/core";
import type { DatasetDefinition, GivenInit, OptimizerChoice, StepChoice } from "@steepest/experiments";
import type { MarginLossId } from "./marginLosses.js";

/** One competitor. */
export interface ArmSetup {
  readonly optimizer: OptimizerChoice;
  readonly step: StepChoice;
  /** The arm ends below this log risk, as the paper freezes sign descent; it goes on without it. */
  readonly freezeBelow?: number;
}

/** Data that is too large for a link: a dropped file, known by its name and hash until it is dropped again. */
export interface FileData {
  readonly kind: "dropped";
  readonly name: string;
  /** SHA-256 of its bytes, in hex. */
  readonly sha256: string;
}

/** A data set of definitions that the page can draw: one that names files by their paths is not, the page reads the files that are dropped. */
export type DrawableData = Exclude<DatasetDefinition, { readonly path: unknown }>;

export type RaceData = DrawableData | FileData;

/** Initial weights in a file, known by its name and hash until it is dropped again. */
export type FileInit = GivenInit & { readonly facts: NonNullable<GivenInit["facts"]> };

/** Everything that decides a race, as plain data: what a link holds. */
export interface RaceSetup {
  readonly data: RaceData;
  /** Units of each hidden layer; channels where they are convolutions. */
  readonly width: number;
  /** Hidden layers; 0 is the linear model. */
  readonly depth: number;
  readonly activation: ActivationChoice;
  /** true: the first layer has a bias per unit; "every": every layer but that of the scores, where there are hidden ones. Absent: none. */
  readonly bias?: true | "every";
  /** Side of the square filters of hidden layers that are convolutions, each before a max-pooling. Absent: hidden layers are dense. */
  readonly filter?: number;
  /** The law that draws the initial weights, or the file that holds them. */
  readonly init: InitLaw | FileInit;
  readonly loss: MarginLossId;
  readonly reduction: "sum" | "mean";
  /** Seed of the data and the initial weights, equal for every arm. */
  readonly seed: number;
  /** Number of steps after which the race ends. */
  readonly steps: number;
  /** Arms, two to four. */
  readonly arms: readonly ArmSetup[];
}

/** The receipt in a link beside the setup: the sender's step, and hashes of the rows up to it. */
export interface Receipt {
  /** The step that every arm had reached, or ended before. */
  readonly at: number;
  /** SHA-256 of the rows' bits, base64url. */
  readonly hash: string;
  /** Two characters per recorded step, each depending on all rows up to it. */
  readonly trace: string;
}

export const fewestArms = 2;
export const mostArms = 4;

/** The setup without a member that it may lack, so that equal races are equal as data. */
export function without(member: "bias" | "filter", setup: RaceSetup): RaceSetup {
  const { [member]: _, ...others } = setup;
  return others as RaceSetup;
}
