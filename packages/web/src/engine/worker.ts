import type { HostKind } from "@steepest/browser/serve";
import { isSteepestError } from "@steepest/core";
import type { DatasetHost } from "@steepest/experiments";
import { mnistSubset } from "../paper/mnistSubset.js";
import { loadEngine } from "./kernels.js";
import type { Order, Problem, Report } from "./message.js";
import { Pacer } from "./pacer.js";
import { Race } from "./race.js";

const pacer = new Pacer();
let host: Promise<{ readonly kind: HostKind; readonly host: DatasetHost }> | undefined;
let current: { readonly id: number; readonly race: Race } | undefined;
/** Of the newest order to load; what an older one prepared is thrown away. */
let newest = 0;

const post = (report: Report): void => self.postMessage(report);

function hostOnce(): NonNullable<typeof host> {
  host ??= loadEngine().then(({ kind, kernels }) => ({ kind, host: { kernels, files: { mnist: mnistSubset } } }));
  return host;
}

function problemOf(error: unknown): Problem {
  if (isSteepestError(error)) return { message: error.message, hint: error.hint };
  return { message: error instanceof Error ? error.message : String(error), hint: undefined };
}

async function load(order: Extract<Order, { kind: "load" }>): Promise<void> {
  newest = order.race;
  pacer.stop();
  current = undefined;
  const engine = await hostOnce();
  const race = await Race.start(order.runs, order.planeConstant, engine.host);
  if (newest !== order.race) return;
  current = { id: order.race, race };
  const { parameterCount, degree, initialWeights } = race.arms[0]!;
  post({
    kind: "loaded",
    race: order.race,
    engine: engine.kind,
    data: race.data,
    plane: race.plane,
    parameterCount,
    degree,
    initialWeights,
  });
  tell(false, 0);
}

function tell(running: boolean, stepsPerSecond: number): void {
  if (!current) return;
  const { id, race } = current;
  post({ kind: "news", race: id, running: running && !race.isOver, arms: race.news(!running), stepsPerSecond });
}

function go(until: number): void {
  if (!current) return;
  const { race } = current;
  const [startedAt, startStep] = [performance.now(), race.step];
  const rate = (): number => ((race.step - startStep) * 1000) / Math.max(performance.now() - startedAt, 1);
  pacer.start({ work: () => race.advance(until), tell: (running) => tell(running, rate()) });
}

/** Finishes the round, so that all arms stand at the same step. */
function settle(): void {
  if (!current) return;
  const { race } = current;
  const furthest = Math.max(...race.arms.filter(({ done }) => !done).map(({ step }) => step));
  while (race.advance(furthest));
}

self.onmessage = ({ data: order }: MessageEvent<Order>): void => {
  if (order.kind === "load") {
    load(order).catch((error: unknown) => post({ kind: "refused", race: order.race, problem: problemOf(error) }));
    return;
  }
  if (order.kind === "go") go(order.until ?? Infinity);
  else {
    pacer.stop();
    settle();
    if (order.kind === "step" && current) {
      const next = current.race.step + 1;
      while (current.race.advance(next));
    }
    tell(false, 0);
  }
};
