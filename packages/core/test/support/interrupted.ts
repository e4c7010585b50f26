import {
  canonicalJson,
  decodeJson,
  drive,
  type KeptState,
  type KernelFactory,
  losses,
  mlp,
  norms,
  type Optimizer,
  type RecordSchedule,
  type StepRule,
  stepRules,
  type Told,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { measurements } from "../../src/internal.js";
import { callsWithOptions } from "./exampleCalls.js";

const inputs = Float64Array.from({ length: 60 }, (_, i) => Math.fround(((i * 7919) % 97) / 48 - 1));

/** Twenty samples, which a line separates; the fourth column is zero in all. */
export const separable = {
  inputs: Float64Array.from({ length: 80 }, (_, i) => (i % 4 === 3 ? 0 : inputs[3 * Math.floor(i / 4) + (i % 4)]!)),
  inputDim: 4,
  labels: Array.from({ length: 20 }, (_, i) => (inputs[3 * i]! + 0.5 * inputs[3 * i + 1]! > 0 ? 1 : -1)),
};

/** The step rules of the registry with the options of the examples. */
export const everyStepRule: Readonly<Record<string, StepRule>> = Object.fromEntries(
  Object.entries(stepRules).flatMap(([id, { factory, make }]) =>
    callsWithOptions[factory]!.map((args, i) => [`${id} ${i}`, make(...(args as never[]))]),
  ),
);

/** Every way to choose the samples of a step. */
export const everyBatch: Readonly<Record<string, NonNullable<TrainOptions["batch"]>>> = {
  cyclic: { size: 7, order: "cyclic" },
  shuffled: { size: 7, order: "shuffled" },
  "with replacement": { size: 6, order: "withReplacement" },
  "variance-reduced": { size: 7, order: "shuffled", varianceReduced: {} },
  "variance-reduced, every 5 steps": { size: 7, order: "withReplacement", varianceReduced: { every: 5 } },
  fresh: {
    fresh: 8,
    samples: (step) => ({
      inputs: Float64Array.from({ length: 32 }, (_, i) => (((step + 1) * (i + 3) * 7919) % 97) / 48 - 1),
      inputDim: 4,
      labels: Array.from({ length: 8 }, (_, i) => ((step + i) % 2 === 0 ? 1 : -1)),
    }),
  },
};

/** Options of a run that measures everything. */
export function measuredRun(optimizer: Optimizer, step: StepRule, changes: Partial<TrainOptions> = {}): TrainOptions {
  return {
    network: mlp({ widths: [4, 5, 1], activation: "relu" }),
    data: separable,
    testData: separable,
    loss: losses.exponential,
    optimizer,
    step,
    init: { law: "normalFanIn", scale: 1 },
    seed: 3,
    track: [norms.l2, norms.linf],
    watchSoftMargin: true,
    measure: measurements,
    ...changes,
  };
}

/** All that shows of a run. */
export interface Shown {
  readonly events: readonly string[];
  readonly outcome: string;
  readonly parameters: readonly number[];
}

interface Kept {
  readonly state: KeptState;
  readonly told: Told;
}

/** A state as a file gives it back: plain values as JSON, numbers as their bytes. */
export function transported({ values, numbers }: KeptState): KeptState {
  return {
    values: decodeJson(canonicalJson(values)) as KeptState["values"],
    numbers: Object.fromEntries(
      Object.entries(numbers).map(([name, { buffer, byteOffset, byteLength }]) => [
        name,
        new Float64Array(new Uint8Array(buffer, byteOffset, byteLength).slice().buffer),
      ]),
    ),
  };
}

/** A part of a run: up to a step, where it is broken off, or where its stop rule ends it. */
export interface Part {
  readonly upTo: number;
  readonly how: "break" | "stop";
}

/**
 * A run in parts, each of which begins at the state that the one before has left.
 *
 * @param parts  in the order of their steps, all before the end of the run
 */
export function runInParts(
  options: TrainOptions,
  schedule: RecordSchedule,
  host: { readonly kernels: KernelFactory },
  parts: readonly Part[],
): Shown {
  const events: string[] = [];
  let from: Kept | undefined;
  for (const part of [...parts, undefined]) {
    const stops = part?.how === "stop" ? { ...options, stop: { ...options.stop, steps: part.upTo } } : options;
    const training = new Training(stops, host, from && transported(from.state));
    const told: Told = from ? (decodeJson(canonicalJson(from.told)) as Told) : { lastPoint: -1, warnings: [] };
    let kept: (Kept & { readonly shown: number }) | undefined;
    const atRest = (): void => {
      const isStopped = training.outcome?.kind === "finished" && training.outcome.reason === "steps";
      const isWanted = part && !kept && (part.how === "break" ? training.step >= part.upTo : isStopped);
      if (isWanted) kept = { state: training.state(), told: structuredClone(told), shown: events.length };
    };
    const driven = drive(training, schedule, host, 1, { told, atRest });
    let next = driven.next();
    for (; !next.done && !(kept && part?.how === "break"); next = driven.next()) {
      if (next.value.kind !== "progress") events.push(canonicalJson(next.value));
    }
    if (!kept) {
      if (next.done) return { events, outcome: canonicalJson(next.value), parameters: [...training.parameters()] };
      throw new Error("the last part has no end");
    }
    events.length = kept.shown;
    from = kept;
  }
  throw new Error("a run has at least one part");
}
