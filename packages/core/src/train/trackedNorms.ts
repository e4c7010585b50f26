import { DefinitionError } from "../error/errors.js";
import type { Norm } from "../norm/norm.js";
import { type NormChoice, normFrom } from "../norm/normOf.js";
import { areDistinct } from "../norm/plainNorm.js";
import { norms } from "../norm/registry.js";
import type { TrainOptions } from "./options.js";
import { optimizersOf } from "./pilot.js";

/** The norms that a run reports and certifies in, by id: those in `track`, and every phase's own. @throws DefinitionError  if two of them share an id */
export function trackedNorms({
  track,
  optimizer,
  phases = [],
}: Pick<TrainOptions, "track" | "optimizer" | "phases">): ReadonlyMap<string, Norm> {
  const all = [...(track ?? Object.values(norms)), ...optimizersOf(optimizer, phases).map(({ ownNorm }) => ownNorm)];
  const byId = new Map<string, Norm>();
  for (const norm of all) {
    const { id } = norm;
    const other = byId.get(id);
    if (other && areDistinct(other, norm)) {
      const hint = "give every plainNorm an id of its own, which no built-in norm has";
      throw DefinitionError.at("track", `two norms of this run have the id "${id}"`, { value: id, hint });
    }
    byId.set(id, norm);
  }
  return byId;
}

/**
 * The id of a norm, however it is written; of a text that is no norm, as the id of a `plainNorm` need not be one, the text.
 *
 * @throws DefinitionError  if it is neither a norm, nor an expression, nor a text
 */
export function normIdOf(norm: NormChoice): string {
  if (typeof norm !== "string") return normFrom(norm).id;
  try {
    return normFrom(norm).id;
  } catch (error) {
    if (error instanceof DefinitionError) return norm;
    throw error;
  }
}

/** The norm that a run is asked about: the tracked one of that id, or else the one that is given or written. @throws DefinitionError  if it is none */
export function askedNorm(options: Pick<TrainOptions, "track" | "optimizer" | "phases">, norm: NormChoice): Norm {
  const tracked = trackedNorms(options).get(normIdOf(norm));
  return tracked ?? normFrom(norm);
}

/** The tracked norm of the id. @throws DefinitionError  if there is none */
export function trackedAs<T>(tracked: ReadonlyMap<string, T>, id: string): T {
  const found = tracked.get(id);
  if (found !== undefined) return found;
  throw new DefinitionError(`kktResidual: the norm ${id} is not tracked`, {
    path: "norm",
    value: id,
    hint: `add it to track; tracked: ${[...tracked.keys()].join(", ")}`,
  });
}

/**
 * @throws DefinitionError  if the loss is one of targets: its weights are no multipliers of margins; or the network is not homogeneous: the margin problem is
 *                          one of homogeneous networks
 */
export function requireCertifiable({ loss, network }: Pick<TrainOptions, "loss" | "network">): void {
  if (network.isHomogeneous === false) {
    throw DefinitionError.at("kktResidual", "the network is not homogeneous, and its margin problem no problem of directions", {
      value: network.kind,
      hint: 'measure how far it is from that: measure: ["eulerDefect", "homogenizedMargin"]',
    });
  }
  const { id, sees } = loss;
  if (sees !== "targets") return;
  throw DefinitionError.at("kktResidual", `a run of the loss ${id} gives no multipliers of margins`, {
    value: id,
    hint: "multipliers of margins come with exponentially tailed losses: losses.logistic, losses.exponential",
  });
}
