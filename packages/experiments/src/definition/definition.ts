import type { BatchRule, StopRule } from "@steepest/core";
import { type DatasetDefinition, datasetSchema } from "../dataset/registry.js";
import { type NetworkChoice, networkSchema } from "../network/registry.js";
import { type OptimizerChoice, optimizerSchema } from "../optimizer/registry.js";
import { type StepChoice, stepSchema } from "../step/registry.js";
import { expecting, integer } from "./choice.js";
import { type Claim, claimSchema } from "./claim.js";
import type { WrittenDefinition } from "./defaults.js";
import { batchSchema, type PhaseDefinition, phaseSchema } from "./phase.js";
import { implication, ruled } from "./rule.js";
import { name, text } from "./text.js";
import { z } from "./zod.js";

/** One algorithm of an experiment. An arm may tighten the stop; it is then frozen at its last row. */
export interface ArmDefinition {
  /** For legends; the arm's key otherwise. */
  readonly label?: string | undefined;
  /** Places in the palettes of colours and of dashes; in the order of the arms otherwise. */
  readonly look?: { readonly color: number; readonly dash: number } | undefined;
  readonly optimizer: OptimizerChoice;
  readonly step: StepChoice;
  /** Other optimisers and step rules later in the run, each from its condition on, in this order. */
  readonly phases?: readonly PhaseDefinition[] | undefined;
  /** Mini-batches; without it every step sees all samples. */
  readonly batch?: BatchRule | undefined;
  readonly stop?: StopRule | undefined;
}

export interface RecordDefinition {
  readonly probes: readonly string[];
  /** Points per factor of ten in the step number. */
  readonly pointsPerDecade: number;
  /** Further steps to record. */
  readonly at?: readonly number[] | undefined;
}

/** Which curves a figure shows: one panel per probe, the step on a logarithmic axis. */
export interface PanelDefinition {
  readonly probe: string;
  readonly scale: "linear" | "log" | "symlog";
  /** Where the axis begins; what lies below is cut off. Above 0 on a logarithmic axis; where nothing lies above it, the axis begins with the curves. */
  readonly from?: number | undefined;
  /** Values read off a published figure, by arm: [step, value] pairs, drawn as open marks. */
  readonly published?: Readonly<Record<string, readonly (readonly [number, number])[]>> | undefined;
}

/** The only configuration type of the repository: everything that decides a result, and what is claimed about it. */
export interface ExperimentDefinition {
  readonly id: string;
  /** Where the experiment comes from, and in what it differs. */
  readonly source: string;
  readonly question: string;
  readonly dataset: DatasetDefinition;
  readonly network: NetworkChoice;
  readonly loss: { readonly kind: "exponential" | "logistic"; readonly reduction: "sum" | "mean" };
  readonly arms: Readonly<Record<string, ArmDefinition>>;
  /** A seed draws both the data and the initialisation. */
  readonly seeds: readonly number[];
  readonly stop: StopRule;
  readonly record: RecordDefinition;
  readonly claims: readonly Claim[];
  readonly figure: readonly PanelDefinition[];
}

/** More would record every step below 4000 and ten thousand more up to 40 000: `at` is for steps that matter. */
const mostPerDecade = 10_000;
const pointsPerDecade = (): z.ZodNumber =>
  expecting(`must be an integer from 1 to ${mostPerDecade}`, (error) => z.number(error).int(error).min(1, error).max(mostPerDecade, error));

const stop = z.strictObject({ steps: integer(0).optional(), logRiskBelow: z.number().optional() });

const arm = z.strictObject({
  label: text().optional(),
  look: z.strictObject({ color: integer(0), dash: integer(0) }).optional(),
  optimizer: optimizerSchema,
  step: stepSchema,
  phases: z.array(phaseSchema).optional(),
  batch: batchSchema.optional(),
  stop: stop.optional(),
});

const panel = ruled(
  z.strictObject({
    probe: z.string(),
    scale: z.enum(["linear", "log", "symlog"]),
    from: z.number().optional(),
    published: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))).optional(),
  }),
  {
    json: implication({ properties: { scale: { const: "log" } } }, { properties: { from: { exclusiveMinimum: 0 } } }),
    problems: ({ scale, from }) =>
      scale === "log" && typeof from === "number" && !(from > 0)
        ? [{ path: ["from"], message: `must be > 0 on a logarithmic axis, got ${from}` }]
        : [],
  },
);

const distinct = <T extends z.ZodType>(list: T, what: string): T =>
  ruled(list, {
    json: { uniqueItems: true },
    problems: (entries) => {
      const values = Object.values(entries);
      return new Set(values).size === values.length ? [] : [{ path: [], message: `must not hold a ${what} twice` }];
    },
  });

export const definitionSchema: z.ZodType<WrittenDefinition> = z.strictObject({
  $schema: z.string().optional(),
  id: name(),
  source: text().optional(),
  question: text().optional(),
  dataset: datasetSchema,
  network: networkSchema,
  loss: z.strictObject({ kind: z.enum(["exponential", "logistic"]), reduction: z.enum(["sum", "mean"]) }),
  arms: ruled(z.record(name(), arm), {
    json: { minProperties: 1 },
    problems: (arms) => (Object.keys(arms).length === 0 ? [{ path: [], message: "must hold at least one arm" }] : []),
  }),
  seeds: distinct(z.array(integer(0)).min(1), "seed"),
  stop: ruled(stop, {
    json: { anyOf: [{ required: ["steps"] }, { required: ["logRiskBelow"] }] },
    problems: ({ steps, logRiskBelow }) =>
      steps === undefined && logRiskBelow === undefined ? [{ path: [], message: "must hold steps or logRiskBelow" }] : [],
  }),
  record: z.strictObject({
    probes: distinct(z.array(z.string()).min(1), "probe"),
    pointsPerDecade: pointsPerDecade(),
    at: z.array(integer(0)).optional(),
  }),
  claims: z.array(claimSchema).optional(),
  figure: z.array(panel).optional(),
}) as unknown as z.ZodType<WrittenDefinition>;

/** The schema of a definition file, for editors and other languages. */
export function definitionJsonSchema(): unknown {
  return z.toJSONSchema(definitionSchema, { io: "input" });
}
