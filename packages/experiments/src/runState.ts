import type { KeptState, StopRule, Told, TrainWarning } from "@steepest/core";
import { canonicalJson } from "@steepest/core";
import type { RunDefinition } from "./record/definition.js";

/** A run between two steps: with it `execute` goes on as if there had been no end. Structured cloning keeps it. */
export interface RunState {
  /** Steps made. */
  readonly step: number;
  readonly training: KeptState;
  /** The state of what probes measure beside the training. */
  readonly measured: KeptState;
  /** The state of the linear model that is trained beside the network; absent: there is none. */
  readonly companion?: KeptState | undefined;
  readonly told: Told;
  /** Warnings so far. */
  readonly warnings: readonly TrainWarning[];
}

/** The times at which a run is at rest, and can be kept. */
export interface Rest {
  /** true: the run has come to its end by its stop rule, and one with a later stop goes on from here. */
  readonly isEnd: boolean;
  /** The state, made when asked for. @throws DefinitionError  if the optimiser or the step rule is one without `carry` */
  state(): RunState;
}

const laterOrEqual = (earlier: number | undefined, later: number | undefined): boolean =>
  later === undefined || (earlier !== undefined && later >= earlier);

/**
 * True if a run is the beginning of another: the definitions are equal, but for a stop rule that stops no earlier.
 *
 * @param earlier  the definition of the run that may be gone on with
 * @param later    the definition of the run that is wanted
 * @returns true if every row of `earlier`, but for its last one, is a row of `later`
 */
export function isBeginningOf(earlier: RunDefinition, later: RunDefinition): boolean {
  const { stop: from, ...before } = earlier;
  const { stop: to, ...after } = later;
  return canonicalJson(before) === canonicalJson(after) && stopsNoEarlier(from, to);
}

function stopsNoEarlier(from: StopRule, to: StopRule): boolean {
  const below = (value: number | undefined): number | undefined => (value === undefined ? undefined : -value);
  return laterOrEqual(from.steps, to.steps) && laterOrEqual(below(from.logRiskBelow), below(to.logRiskBelow));
}
