import { setImmediate } from "node:timers/promises";
import type { CertifiableRun, RunCertificateOptions, RunCertification } from "@steepest/certificates";
import {
  drive,
  type KktResidual,
  type LabelledData,
  type NormChoice,
  type PointOptions,
  type RunOutcome,
  type TrainHost,
  Training,
  type TrainOptions,
  type TrainPoint,
} from "@steepest/core";
import { askedNorm, closedRun, type KnownKeys, PointReaders, refuseUnknownKeys } from "@steepest/core/internal";

/** Longest time between two turns of the event loop, unless 16 steps take longer. */
const turnMilliseconds = 15;

const certificateKeys: KnownKeys<RunCertificateOptions> = {
  kinks: true,
  tolerance: true,
  networkDefinition: true,
  definitionHash: true,
  signal: true,
  polish: true,
};

/** A run that trains in this thread. The clock decides only when the event loop gets its turn, never a result. */
export class ThreadRun implements CertifiableRun {
  /** Undefined once the run is closed. */
  #training: Training | undefined;
  #outcome: RunOutcome | undefined;
  /** Undefined once the run is closed. */
  #options: TrainOptions | undefined;
  readonly #host: TrainHost;
  readonly #readers = new PointReaders();

  constructor(options: TrainOptions, host: TrainHost) {
    this.#training = new Training(options, host);
    this.#options = options;
    this.#host = host;
  }

  get outcome(): RunOutcome | undefined {
    return this.#training ? this.#training.outcome : this.#outcome;
  }

  points(options: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    return this.#readers.points(options, (known) => this.#read(known));
  }

  async *#read({ signal, onWarning, ...schedule }: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    const events = drive(this.#open(), schedule, this.#host);
    let lastTurn = performance.now();
    for (;;) {
      signal?.throwIfAborted();
      this.#open();
      const next = events.next();
      if (next.done) return next.value;
      if (next.value.kind === "point") yield next.value.point;
      else if (next.value.kind === "warning") onWarning?.(next.value);
      if (performance.now() - lastTurn >= turnMilliseconds) {
        await setImmediate();
        lastTurn = performance.now();
      }
    }
  }

  async kktResidual(norm: NormChoice): Promise<KktResidual> {
    return this.#open().kktResidual(norm);
  }

  async certificate(norm: NormChoice, options: RunCertificateOptions = {}): Promise<RunCertification> {
    refuseUnknownKeys("run.certificate", options, certificateKeys);
    const training = this.#open();
    const { network, data } = this.#options!;
    const asked = askedNorm(this.#options!, norm);
    const weights = training.parameters(); // of now: the run may be read on meanwhile
    const sampleWeights = training.weights();
    const { certifyRun } = await import("@steepest/certificates"); // with its solvers: most runs are asked for no certificate
    const { kernels } = this.#host;
    // data of targets are refused there
    return certifyRun(
      { parameters: async () => weights },
      { ...options, network, data: data as LabelledData, norm: asked, kernels, sampleWeights },
    );
  }

  async parameters(): Promise<Float64Array> {
    return this.#open().parameters();
  }

  async close(): Promise<void> {
    this.#outcome = this.outcome;
    this.#training = undefined;
    this.#options = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The training. @throws DefinitionError  if the run or its engine is closed */
  #open(): Training {
    if (!this.#training) throw closedRun();
    void this.#host.kernels; // throws once the engine is closed
    return this.#training;
  }
}
