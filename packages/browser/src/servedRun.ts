import {
  type Certificate,
  DefinitionError,
  drive,
  type Norm,
  norms,
  type RunOutcome,
  type TrainEvent,
  type TrainHost,
  Training,
  type TrainOptions,
} from "@steepest/core";
import type { Advance, NextRequest } from "./message.js";
import { turn } from "./turn.js";
import { TurnClock } from "./turnClock.js";

/** One, so that a step of a large network is the most that an abort waits for. */
const stepsPerPull = 1;

/** A run on the worker's side. */
export class ServedRun {
  readonly #training: Training;
  readonly #host: TrainHost;
  readonly #ownNorms: readonly Norm[];
  readonly #calledOff = new Set<number>();
  #reader = 0;
  #events: Generator<TrainEvent, RunOutcome> | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(options: TrainOptions, host: TrainHost) {
    this.#training = new Training(options, host);
    this.#host = host;
    const optimizers = [options.optimizer, ...(options.phases ?? []).flatMap(({ optimizer }) => optimizer ?? [])];
    this.#ownNorms = [...(options.track ?? []), ...optimizers.map(({ ownNorm }) => ownNorm)];
  }

  /** Computes up to the next point or warning. One call at a time: the next one begins when the one before has stopped. */
  next(call: number, request: NextRequest): Promise<Advance> {
    const answer = this.#before.then(() => this.#advance(call, request));
    this.#before = answer.catch(() => {});
    return answer;
  }

  callOff(call: number): void {
    this.#calledOff.add(call);
  }

  async #advance(call: number, { reader, schedule }: NextRequest): Promise<Advance> {
    if (reader !== this.#reader || !this.#events) {
      this.#reader = reader;
      this.#events = drive(this.#training, schedule, this.#host, stepsPerPull);
    }
    const clock = new TurnClock();
    while (!this.#calledOff.has(call)) {
      const next = this.#upToTurn(clock);
      const { outcome } = this.#training;
      if (next.done) return { ended: true, outcome };
      if (next.value.kind === "point") return { point: next.value.point, ended: false, outcome };
      if (next.value.kind === "warning") return { warning: next.value, ended: false, outcome };
      await turn();
      clock.turned();
    }
    this.#calledOff.delete(call);
    return { ended: false, outcome: this.#training.outcome };
  }

  /** Steps on until there is something to tell or the event loop must turn. */
  #upToTurn(clock: TurnClock): IteratorResult<TrainEvent, RunOutcome> {
    for (;;) {
      const next = this.#events!.next();
      if (next.done || next.value.kind !== "progress" || clock.isDue()) return next;
    }
  }

  /** @param norm  a norm, or the id of one that is built in or belongs to the run */
  certificate(norm: Norm | string): Certificate {
    if (typeof norm === "object") return this.#training.certificate(norm);
    const builtIn: Readonly<Record<string, Norm>> = norms;
    const known = Object.hasOwn(builtIn, norm) ? builtIn[norm] : this.#ownNorms.find(({ id }) => id === norm);
    if (known) return this.#training.certificate(known);
    const all = new Set([...Object.keys(norms), ...this.#ownNorms.map(({ id }) => id)]);
    throw new DefinitionError(`run.certificate: unknown norm "${norm}", expected one of ${[...all].join(", ")}`, {
      path: "run.certificate",
      value: norm,
    });
  }

  parameters(): Float64Array {
    return this.#training.parameters();
  }
}
