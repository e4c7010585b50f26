import { optimizerSchema } from "../optimizer/registry.js";
import { stepSchema } from "../step/registry.js";
import { field, integer, type ReadonlyTree, ruled, z } from "./schema.js";

const condition = z.union(
  [
    z.enum(["perfectAccuracy", "separation"]),
    z.strictObject({
      logRiskBelow: field(z.number(), "Holds once the log of the risk (the sum over samples) lies below.", {
        unit: "log risk",
        example: -5,
      }),
    }),
    z.strictObject({ step: field(integer(0), "Holds from this step on.", { unit: "steps", example: 1000 }) }),
  ],
  { error: 'must be "perfectAccuracy", "separation", { "logRiskBelow": number } or { "step": integer >= 0 }' },
);

export const phaseSchema = ruled(
  z.strictObject({
    when: field(condition, "Condition from which on this part runs.", { example: "separation" }),
    optimizer: field(optimizerSchema, "Optimiser from then on, with an empty memory; without it the one before goes on.", {
      example: { kind: "steepest", norm: "l2", normalized: true },
    }).optional(),
    step: field(stepSchema, "Step rule from then on, counting from 0; without it the one before goes on.", {
      example: { rule: "marginPaced", c: 0.25 },
    }).optional(),
  }),
  {
    json: { anyOf: [{ required: ["optimizer"] }, { required: ["step"] }] },
    problems: ({ optimizer, step }) =>
      optimizer === undefined && step === undefined ? [{ path: [], message: "must hold an optimizer or a step" }] : [],
  },
);

/** A later part of a run, from a condition on; optimiser or step rule go on as before where the phase names none. */
export type PhaseDefinition = ReadonlyTree<z.output<typeof phaseSchema>>;

const varianceReduced = () =>
  field(
    z.strictObject({
      every: field(integer(1), "Steps from one anchor to the next; those of an epoch without.", { unit: "steps", example: 10 }).optional(),
    }),
    "Variance-reduced gradients (SVRG): the batch's gradient, less its gradient at an earlier theta, the anchor, plus that of all samples there.",
    { example: { every: 10 } },
  ).optional();

const ofTheData = z.strictObject({
  size: field(integer(1), "Samples per step.", { unit: "samples", example: 10, otherNames: ["batch_size", "batchSize"] }),
  order: field(
    z.enum(["cyclic", "shuffled", "withReplacement"]),
    "Order of the samples: as they are, anew every epoch, or drawn for every step.",
    { example: "shuffled" },
  ),
  varianceReduced: varianceReduced(),
});

const fresh = ruled(
  z.strictObject({
    fresh: field(
      integer(1),
      "Samples per step, drawn for this step alone; the training samples stay those that margins and risk are measured on.",
      {
        unit: "samples",
        example: 64,
      },
    ),
    lookEvery: field(
      integer(1),
      "Steps from one look at the training samples to the next; without it those in which as many samples are seen. Record points look besides.",
      { unit: "steps", example: 100 },
    ).optional(),
    varianceReduced: varianceReduced(),
  }),
  {
    json: { not: { required: ["varianceReduced"] } },
    problems: ({ varianceReduced: reduction }) =>
      reduction === undefined
        ? []
        : [
            {
              path: ["varianceReduced"],
              message: "has no meaning for fresh samples, which have no gradient of all samples: remove it, or use size and order",
            },
          ],
  },
);

/** Schema of mini-batches: fresh samples, or size and order, without a default. */
export const batchSchema = z.union([ofTheData, fresh]);

/** Mini-batches of a definition. */
export type BatchDefinition = ReadonlyTree<z.output<typeof batchSchema>>;
