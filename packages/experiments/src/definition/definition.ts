import type { BatchRule, StopRule } from "@steepest/core";
import { type DatasetDefinition, datasetSchema } from "../dataset/registry.js";
import { type NetworkChoice, networkSchema } from "../network/registry.js";
import { type OptimizerChoice, optimizerSchema } from "../optimizer/registry.js";
import { normProbePattern, probes } from "../probe/probe.js";
import { type StepChoice, stepSchema } from "../step/registry.js";
import { expecting, integer } from "./choice.js";
import { type Claim, claimSchema } from "./claim.js";
import type { WrittenDefinition } from "./defaults.js";
import { field } from "./field.js";
import { batchSchema, type PhaseDefinition, phaseSchema } from "./phase.js";
import { distinct, implication, ruled } from "./rule.js";
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

const stop = z.strictObject({
  steps: field(integer(0), "Number of steps after which a run ends.", { unit: "steps", example: 5000 }).optional(),
  logRiskBelow: field(z.number(), "Log risk (of the sum over samples) below which a run ends.", {
    unit: "log risk",
    example: -100,
  }).optional(),
});

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
  phases: field(z.array(phaseSchema), "Other optimisers and step rules later in the run, each from its condition on.", {
    example: [{ when: "separation", step: { rule: "marginPaced", c: 0.25 } }],
  }).optional(),
  batch: field(batchSchema, "Mini-batches; without them every step sees all samples.", {
    example: { size: 10, order: "shuffled" },
  }).optional(),
  stop: field(stop, "Where this arm ends before the others.", { example: { logRiskBelow: -16.1 } }).optional(),
});

const panel = ruled(
  z.strictObject({
    probe: field(z.string(), "Recorded probe that the panel shows over the step.", { example: "margin.linf" }),
    scale: field(z.enum(["linear", "log", "symlog"]), "Axis of its values.", { example: "log" }),
    from: field(z.number(), "Where the axis begins; what lies below is cut off.", { unit: "probe", example: 0.1 }).optional(),
    published: field(
      z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
      "Published values by arm, as [step, value], drawn as open marks.",
      {
        unit: "[steps, probe]",
        example: { sign: [[100, 877]] },
      },
    ).optional(),
  }),
  {
    json: implication({ properties: { scale: { const: "log" } } }, { properties: { from: { exclusiveMinimum: 0 } } }),
    problems: ({ scale, from }) =>
      scale === "log" && typeof from === "number" && !(from > 0)
        ? [{ path: ["from"], message: `must be > 0 on a logarithmic axis, got ${from}` }]
        : [],
  },
);

/** Any text for the command, which knows norms of expressions too; their form for editors. */
const probe = z.string().meta({ anyOf: [{ enum: [...probes.keys()] }, { pattern: normProbePattern }] });

export const definitionSchema: z.ZodType<WrittenDefinition> = z.strictObject({
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
  loss: field(
    z.strictObject({
      kind: field(z.enum(["exponential", "logistic"]), "Loss of a sample margin q: exp(-q), or log(1 + exp(-q)).", {
        example: "exponential",
      }),
      reduction: field(z.enum(["sum", "mean"]), "How the losses of the samples make the risk that is descended.", { example: "sum" }),
    }),
    "What is minimised.",
    { example: { kind: "exponential", reduction: "sum" } },
  ),
  arms: ruled(
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
  ),
  seeds: distinct(
    field(z.array(integer(0)).min(1), "Seeds of the runs of every arm: each draws data, initial weights and mini-batches.", {
      unit: "1",
      example: [0, 1, 2],
    }),
    "a seed",
  ),
  stop: ruled(field(stop, "Where runs end: at whichever comes first.", { example: { steps: 5000 } }), {
    json: { anyOf: [{ required: ["steps"] }, { required: ["logRiskBelow"] }] },
    problems: ({ steps, logRiskBelow }) =>
      steps === undefined && logRiskBelow === undefined ? [{ path: [], message: "must hold steps or logRiskBelow" }] : [],
  }),
  record: field(
    z.strictObject({
      probes: distinct(
        field(z.array(probe).min(1), "Numbers that a row holds (see steepest list probes).", { example: ["logRisk", "margin.linf"] }),
        "a probe",
      ),
      pointsPerDecade: field(pointsPerDecade(), "Recorded steps per factor of ten of the step.", { unit: "points", example: 24 }),
      at: field(z.array(integer(0)), "Further steps to record.", { unit: "steps", example: [100, 500] }).optional(),
    }),
    "What of a run is kept.",
    { example: { probes: ["logRisk", "margin.linf"], pointsPerDecade: 24 } },
  ),
  claims: field(z.array(claimSchema), "What is claimed about the outcome, judged after the runs.", {
    example: [{ best: "sign", of: "margin.linf", at: "end" }],
  }).optional(),
  figure: field(z.array(panel), "Panels of the figure; without them the own margins and the log risk.", {
    example: [{ probe: "margin.linf", scale: "log" }],
  }).optional(),
}) as unknown as z.ZodType<WrittenDefinition>;

/** The JSON Schema (2020-12) of a definition file, for editors and other languages; what stands in relation to another part is for `parseDefinition`. */
export function definitionJsonSchema(): unknown {
  const title = "Definition of an experiment of Steepest";
  return { ...z.toJSONSchema(definitionSchema, { io: "input" }), title };
}
