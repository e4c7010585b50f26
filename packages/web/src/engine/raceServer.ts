import type { HostKind } from "@steepest/browser/serve";
import { isSteepestError } from "@steepest/core";
import type { DatasetHost, HashedBytes } from "@steepest/experiments";
import type { MeasureAnswer, Order, Problem, Report } from "./message.js";
import { Pacer } from "./pacer.js";
import { Race } from "./race.js";

export interface Engine {
  readonly kind: HostKind;
  readonly host: DatasetHost;
}

/**
 * The worker's side: one race at a time, moved by orders, told by reports. News of a race that runs waits until the page has painted the news before, so
 * that no more of them than one lie before the answer to an order, however slow the page is.
 */
export class RaceServer {
  readonly #engine: () => Promise<Engine>;
  readonly #post: (report: Report) => void;
  readonly #pacer = new Pacer();
  #current: { readonly id: number; readonly race: Race } | undefined;
  /** Number of the newest order to load; results of older ones are dropped. */
  #newest = 0;
  /** Numbers of the last news, and of the last that the page has painted. */
  #told = 0;
  #painted = 0;

  /** @param engine  asked at every load */
  constructor(engine: () => Promise<Engine>, post: (report: Report) => void) {
    this.#engine = engine;
    this.#post = post;
  }

  hear(order: Order): void {
    if (order.kind === "load") {
      this.#load(order).catch((error: unknown) => this.#post({ kind: "refused", race: order.race, problem: problemOf(error) }));
      return;
    }
    if (order.kind === "painted") {
      this.#painted = order.news;
      return;
    }
    if (order.kind === "moment") {
      if (!this.#current) return;
      const { id, race } = this.#current;
      this.#post({ kind: "moment", race: id, question: order.question, moment: race.arms[order.arm]!.moment() });
      return;
    }
    if (order.kind === "measure") {
      void this.#measure(order);
      return;
    }
    if (order.kind === "go") {
      this.#go(order.until ?? Infinity);
      return;
    }
    this.#pacer.stop();
    this.#settle();
    if (order.kind === "step" && this.#current) {
      const { race } = this.#current;
      const next = race.step + 1;
      while (race.advance(next));
    }
    this.#tell(false, 0);
  }

  async #load({ race: id, runs, planeConstant, weights }: Extract<Order, { kind: "load" }>): Promise<void> {
    this.#newest = id;
    this.#pacer.stop();
    this.#current = undefined;
    const { kind, host } = await this.#engine();
    if (this.#newest !== id) return;
    const race = await Race.start(runs, planeConstant, weights ? withFile(host, weights) : host);
    if (this.#newest !== id) return;
    this.#current = { id, race };
    const { data, plane, contradictions } = race;
    const { parameterCount, degree, initialWeights } = race.arms[0]!;
    this.#post({ kind: "loaded", race: id, engine: kind, data, plane, parameterCount, degree, initialWeights, contradictions });
    this.#tell(false, 0);
  }

  async #measure({ question, name, bytes }: Extract<Order, { kind: "measure" }>): Promise<void> {
    if (!this.#current) return;
    const { id, race } = this.#current;
    const answer = await race.measured(name, bytes).then(
      (measured): MeasureAnswer => ({ kind: "measured", ...measured }),
      (error: unknown): MeasureAnswer => ({ kind: "refused", problem: problemOf(error) }),
    );
    this.#post({ kind: "measure", race: id, question, answer });
  }

  #tell(running: boolean, stepsPerSecond: number): void {
    if (!this.#current) return;
    const { id, race } = this.#current;
    const number = ++this.#told;
    this.#post({ kind: "news", race: id, number, running: running && !race.isOver, arms: race.news(!running), stepsPerSecond });
  }

  #go(until: number): void {
    if (!this.#current) return;
    const { race } = this.#current;
    const rate = stepRate(race);
    this.#pacer.start({
      work: () => race.advance(until),
      mayTell: () => this.#painted === this.#told,
      tell: (running) => this.#tell(running, rate()),
    });
  }

  /** Finishes the round, so that all arms stand at the same step. */
  #settle(): void {
    if (!this.#current) return;
    const { race } = this.#current;
    const furthest = Math.max(...race.arms.filter(({ done }) => !done).map(({ step }) => step));
    while (race.advance(furthest));
  }
}

/** A host that has one file, whatever path a definition gives it: the hash says whether it is the one. */
const withFile = (host: DatasetHost, file: HashedBytes): DatasetHost => ({ ...host, files: { ...host.files, bytes: async () => file } });

/** Steps per second of the last second or two, whenever it is asked. */
function stepRate(race: Race): () => number {
  let before = { time: performance.now(), step: race.step };
  let since = before;
  return () => {
    const now = { time: performance.now(), step: race.step };
    const rate = ((now.step - before.step) * 1000) / Math.max(now.time - before.time, 1);
    if (now.time - since.time > 1000) [before, since] = [since, now];
    return rate;
  };
}

function problemOf(error: unknown): Problem {
  if (isSteepestError(error)) return { message: error.message, hint: error.hint, path: error.path };
  return { message: error instanceof Error ? error.message : String(error), hint: undefined };
}
