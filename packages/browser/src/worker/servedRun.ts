import type { RunCertification } from "@steepest/certificates";
import {
  drive,
  EndedTraining,
  type KktResidual,
  type LabelledData,
  type Norm,
  type TrainEvent,
  type TrainHost,
  Training,
  type TrainOptions,
  type TrainPoint,
} from "@steepest/core";
import { askedNorm } from "@steepest/core/internal";
import type { Advance, CertificateRequest, NextRequest } from "../message/message.js";
import { received } from "../message/received.js";
import { runCertificate } from "./runCertificate.js";
import { turn } from "./turn.js";
import { TurnClock } from "./turnClock.js";

/** Steps per pull: one, so that an abort waits for at most one step of a large network. */
const stepsPerPull = 1;

/** A run on the worker's side. Its memory is released as soon as it has ended, its data once it is forgotten. */
export class ServedRun {
  #training: Training | EndedTraining;
  readonly #host: TrainHost;
  readonly #options: TrainOptions;
  /** Makes an ended training of `#training`; undefined once it has. */
  #end: ((lastPoint: TrainPoint | undefined) => EndedTraining) | undefined;
  /** Calls of `next` whose answer is wanted. */
  readonly #wanted = new Set<number>();
  /** Calls of `certificate` that are computing. */
  readonly #certifying = new Map<number, AbortController>();
  #reader = 0;
  #events: (Iterator<TrainEvent, unknown, undefined> & Iterable<TrainEvent, unknown, undefined>) | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(options: TrainOptions, host: TrainHost) {
    const training = new Training(options, host);
    this.#training = training;
    this.#end = (lastPoint) => new EndedTraining(training, options, host, lastPoint);
    this.#host = host;
    this.#options = options;
  }

  /** Computes up to the next point or warning. One call at a time: the next one begins when the one before has stopped. */
  next(call: number, request: NextRequest): Promise<Advance> {
    this.#wanted.add(call);
    const answer = this.#before.then(() => this.#advance(call, request)).finally(() => this.#wanted.delete(call));
    this.#before = answer.catch(() => {});
    return answer;
  }

  callOff(call: number): void {
    this.#wanted.delete(call);
    this.#certifying.get(call)?.abort();
  }

  /** Drops every wanted answer. */
  giveUp(): void {
    this.#wanted.clear();
    for (const controller of this.#certifying.values()) controller.abort();
  }

  async #advance(call: number, { reader, schedule }: NextRequest): Promise<Advance> {
    if (reader !== this.#reader || !this.#events) {
      this.#reader = reader;
      this.#events = drive(this.#training, schedule, this.#host, stepsPerPull);
    }
    const clock = new TurnClock();
    while (this.#wanted.has(call)) {
      const event = this.#upToTurn(clock);
      const { outcome } = this.#training;
      if (outcome) this.#letGo(event);
      if (!event) return { ended: true, outcome };
      if (event.kind === "point") return { point: event.point, ended: false, outcome };
      if (event.kind === "warning") return { warning: event, ended: false, outcome };
      await turn();
      clock.turned();
    }
    return { ended: false, outcome: this.#training.outcome };
  }

  /** After the end there are no more steps, so what the reader has not heard yet is computed now. */
  #letGo(event: TrainEvent | undefined): void {
    if (!this.#end) return;
    this.#events = [...this.#events!].values();
    this.#training = this.#end(event?.kind === "point" ? event.point : undefined);
    this.#end = undefined;
  }

  /** Steps on until there is something to tell or the event loop must turn; undefined at the end. */
  #upToTurn(clock: TurnClock): TrainEvent | undefined {
    for (;;) {
      const next = this.#events!.next();
      if (next.done) return undefined;
      if (next.value.kind !== "progress" || clock.isDue()) return next.value;
    }
  }

  kktResidual(norm: string): KktResidual {
    return this.#training.kktResidual(norm);
  }

  /** The certificate of the weights of now, until it is called off. @throws as `runCertificate`, and what `certify` throws */
  async certificate(call: number, { norm: sent, options, files }: Omit<CertificateRequest, "kind" | "run">): Promise<RunCertification> {
    const { network, data } = this.#options;
    const asked = askedNorm(this.#options, received(sent) as Norm | string);
    const sampleWeights = this.#training.weights();
    const { kernels } = this.#host;
    const controller = new AbortController();
    const { signal } = controller;
    const question = { ...options, network, data: data as LabelledData, norm: asked, kernels, sampleWeights, signal }; // data of targets are refused there
    this.#certifying.set(call, controller);
    return runCertificate(this.#training.parameters(), question, files).finally(() => this.#certifying.delete(call));
  }

  parameters(): Float64Array {
    return this.#training.parameters();
  }
}
