import { datasetSchema } from "../dataset/registry.js";
import { networkSchema } from "../network/registry.js";
import { armsSchema } from "./arm.js";
import { claimSchema } from "./claim.js";
import { jsonSchemaOf } from "./jsonSchema.js";
import { lossSchema } from "./loss.js";
import { panelSchema } from "./panel.js";
import { recordSchema } from "./record.js";
import { distinct, field, integer, type ReadonlyTree, ruled, z } from "./schema.js";
import { stopSchema } from "./stop.js";
import { name, text } from "./text.js";

export const definitionSchema = z.strictObject({
  $schema: field(z.string(), "Address of this schema, for editors; it decides nothing.", { example: "./steepest.schema.json" }).optional(),
  id: field(name(), "Name of the experiment; its runs are kept in runs/ID.", { example: "my-experiment" }),
  source: field(text(), "Where the experiment comes from, and in what it differs.", { example: "JMLR 27 (2026), figure 2" }).optional(),
  question: field(text(), "What it asks, in words.", { example: "which margin does each arm raise?" }).optional(),
  dataset: field(datasetSchema, "What is learnt (see steepest list datasets).", {
    example: { kind: "moons", trainSize: 60, noise: 0.1, constant: 1 },
  }),
  network: field(networkSchema, "What learns it (see steepest list networks).", {
    example: { kind: "mlp", hidden: [64], activation: "relu", init: { law: "uniformFanIn", scale: 0.3 } },
  }),
  loss: field(lossSchema, "What is minimised.", { example: { kind: "exponential", reduction: "sum" } }),
  arms: armsSchema,
  seeds: distinct(
    field(z.array(integer(0)).min(1), "Seeds of the runs of every arm: each draws data, initial weights and mini-batches.", {
      unit: "1",
      example: [0, 1, 2],
    }),
    "a seed",
  ),
  stop: ruled(field(stopSchema, "Where runs end: at whichever comes first.", { example: { steps: 5000 } }), {
    json: { anyOf: [{ required: ["steps"] }, { required: ["logRiskBelow"] }] },
    problems: ({ steps, logRiskBelow }) =>
      steps === undefined && logRiskBelow === undefined ? [{ path: [], message: "must hold steps or logRiskBelow" }] : [],
  }),
  record: field(recordSchema, "What of a run is kept.", {
    example: { probes: ["logRisk", "margin.linf"], pointsPerDecade: 24 },
  }),
  claims: field(z.array(claimSchema), "What is claimed about the outcome, judged after the runs.", {
    example: [{ best: "sign", of: "margin.linf", at: "end" }],
  }).optional(),
  figure: field(z.array(panelSchema), "Panels of the figure; without them the own margins and the log risk.", {
    example: [{ probe: "margin.linf", scale: "log" }],
  }).optional(),
});

/** A definition as it is written. */
export type WrittenDefinition = ReadonlyTree<z.output<typeof definitionSchema>>;

/** The parts that a definition may leave out, because they decide no row: texts, claims and the figure. */
export type Presentation = "source" | "question" | "claims" | "figure";

/** The only configuration type of the repository: everything that decides a result, and what is claimed about it. */
export type ExperimentDefinition = Omit<WrittenDefinition, "$schema" | Presentation> & {
  readonly [K in Presentation]: NonNullable<WrittenDefinition[K]>;
};

/**
 * The JSON Schema (2020-12) of a definition file, for editors and other languages; relations between different parts are checked by `parseDefinition` only.
 *
 * @returns plain data, new at every call
 */
export function definitionJsonSchema(): unknown {
  const title = "Definition of an experiment of Steepest";
  return { ...jsonSchemaOf(definitionSchema), title };
}
