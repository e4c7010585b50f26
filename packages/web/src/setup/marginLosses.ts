import { type LossId, losses, type MarginLoss } from "@steepest/core";

/** The id of a loss of sample margins, the kind that the page trains with. */
export type MarginLossId = { [K in LossId]: (typeof losses)[K] extends MarginLoss ? K : never }[LossId];

/** True for a loss of sample margins. */
export const isMarginLoss = (id: LossId): id is MarginLossId => losses[id].sees !== "targets";

export const marginLosses: readonly MarginLossId[] = (Object.keys(losses) as LossId[]).filter(isMarginLoss);
