import { initField } from "../network/init.js";
import { optimizerSchema } from "../optimizer/registry.js";
import { stepSchema } from "../step/registry.js";
import { batchSchema, phaseSchema } from "./phase.js";
import { field, integer, type ReadonlyTree, ruled, z } from "./schema.js";
import { stopSchema } from "./stop.js";
import { name, text } from "./text.js";

const arm = z.strictObject({
  label: field(text(), "Name in legends; the key of the arm without.", { example: "gradient descent" }).optional(),
  look: field(
    z.strictObject({
      color: field(integer(0), "Place in the palette of colours.", { unit: "place", example: 0 }),
      dash: field(integer(0), "Place in the list of dashes.", { unit: "place", example: 0 }),
    }),
    "Looks of its curves; by the order of the arms without.",
    { example: { color: 0, dash: 0 } },
  ).optional(),
  optimizer: field(optimizerSchema, "What turns gradients into directions (see steepest list optimizers).", {
    example: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
  }),
  step: field(stepSchema, "How long steps are (see steepest list steps).", { example: { rule: "marginPaced", c: 0.25 } }),
  init: initField("The initial weights of this arm; as the network says without.").optional(),
  phases: field(z.array(phaseSchema), "Other optimisers and step rules later in the run, each from its condition on.", {
    example: [{ when: "separation", step: { rule: "marginPaced", c: 0.25 } }],
  }).optional(),
  batch: field(
    batchSchema,
    "Mini-batches of the training samples, or fresh samples of generated data; without them every step sees all training samples.",
    {
      example: { size: 10, order: "shuffled" },
    },
  ).optional(),
  stop: field(stopSchema, "Where this arm ends before the others.", { example: { logRiskBelow: -16.1 } }).optional(),
});

/** One algorithm of an experiment. An arm may tighten the stop; it is then frozen at its last row. */
export type ArmDefinition = ReadonlyTree<z.output<typeof arm>>;

/** The arms of an experiment, by name; there is at least one. */
export const armsSchema = ruled(
  field(z.record(name(), arm), "The algorithms that are compared, by name.", {
    example: {
      sign: {
        optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
        step: { rule: "constant", size: 0.01 },
      },
    },
  }),
  {
    json: { minProperties: 1 },
    problems: (arms) => (Object.keys(arms).length === 0 ? [{ path: [], message: "must hold at least one arm" }] : []),
  },
);
