import type { Row } from "@steepest/experiments";
import type { ArmNews, Order, Report } from "../../src/engine/message.js";
import { probes } from "../../src/setup/definition.js";
import { type Bench, bench } from "./fakeWorker.js";

const picture = { sampleMargins: new Float32Array(0), scores: undefined, firstLayer: undefined };
const row = (step: number): Row => Object.fromEntries([["step", step], ...probes.map((probe) => [probe, step])]) as Row;

/** News of one arm that has recorded the step it stands at. */
export function armNews(arm: number, step: number, ended = false): ArmNews {
  return {
    arm,
    step,
    logRisk: -step,
    frames: [{ row: row(step), ceiling: 1, picture }],
    lens: [],
    warnings: [],
    picture: undefined,
    now: undefined,
    outcome: ended ? { kind: "finished", step, reason: "steps" } : undefined,
    perfectAccuracyStep: undefined,
    separationStep: undefined,
  };
}

export const news = (race: number, step: number, running: boolean, ended = false, number = 1): Report => ({
  kind: "news",
  race,
  number,
  running,
  arms: [0, 1].map((arm) => armNews(arm, step, ended)),
  stepsPerSecond: 100,
});
export const loaded = (race: number): Report => ({
  kind: "loaded",
  race,
  engine: "wasm",
  data: { inputs: new Float64Array(0), labels: [], inputDim: 3 },
  plane: undefined,
  parameterCount: 128,
  initialWeights: new Float64Array(128),
  contradictions: undefined,
  degree: 2,
});

export const lastLoad = (orders: readonly Order[]) => orders.findLast((order) => order.kind === "load") as Extract<Order, { kind: "load" }>;

/** A laboratory that was opened and told of step 0. */
export function ready(fragment = ""): Bench & { readonly race: number } {
  const made = bench();
  made.lab.open(fragment);
  const { race } = lastLoad(made.orders);
  made.say(loaded(race));
  made.say(news(race, 0, false));
  return { ...made, race };
}
