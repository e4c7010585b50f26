import { ArenaPlan } from "@steepest/kernels";
import { requireObject } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import type { SampleMargins } from "../head/sampleMargins.js";
import { type KktResidual, kktResidual } from "../kkt/kktResidual.js";
import type { Loss } from "../loss/loss.js";
import { initialise } from "../network/init.js";
import type { Network } from "../network/network.js";
import { normShape } from "../network/normShape.js";
import { bindNormIn, normScratch } from "../norm/boundNorm.js";
import type { Norm } from "../norm/norm.js";
import type { NormChoice } from "../norm/normOf.js";
import { checkHost, checkTrainOptions, type TrainHost, type TrainOptions } from "./options.js";
import type { RunOutcome } from "./outcome.js";
import type { TrainPoint } from "./point.js";
import { normIdOf, requireCertifiable, trackedAs, trackedNorms } from "./trackedNorms.js";
import { type Driven, trainingPart } from "./train.js";
import type { Training } from "./training.js";
import type { WarningFacts } from "./warnings.js";

/**
 * A training that has ended, kept as 2p + 3n doubles: it answers as `Training` does, without its memory and data. For hosts
 * whose runs outlive their use. `drive` takes it where it takes a training.
 */
export class EndedTraining implements Driven {
  readonly step: number;
  readonly logRisk: number;
  readonly outcome: RunOutcome | undefined;
  readonly perfectAccuracyStep: number | undefined;
  readonly separationStep: number | undefined;
  readonly warningFacts: WarningFacts;
  readonly #point: TrainPoint | undefined;
  readonly #network: Network;
  readonly #loss: Loss;
  readonly #tracked: ReadonlyMap<string, Norm>;
  readonly #parameters: Float64Array;
  readonly #ghat: Float64Array;
  readonly #margins: SampleMargins;
  readonly #weightedMargins: Float64Array;
  readonly #weights: Float64Array;
  readonly #host: TrainHost;

  /**
   * @param training   with an outcome
   * @param options    what it was made from
   * @param host       its kernels, for KKT residuals
   * @param lastPoint  `training.point()` as it is now, if the caller has it already
   */
  constructor(training: Training, options: TrainOptions, host: TrainHost, lastPoint?: TrainPoint) {
    requirePart("training", training, trainingPart);
    checkTrainOptions(options);
    checkHost(host);
    if (lastPoint !== undefined) requireObject("lastPoint", lastPoint);
    this.step = training.step;
    this.logRisk = training.logRisk;
    this.outcome = training.outcome;
    this.perfectAccuracyStep = training.perfectAccuracyStep;
    this.separationStep = training.separationStep;
    this.warningFacts = training.warningFacts;
    this.#point = lastPoint ?? (training.outcome?.kind === "diverged" ? undefined : training.point());
    this.#network = options.network;
    this.#loss = options.loss;
    this.#tracked = trackedNorms(options);
    this.#parameters = training.parameters();
    this.#ghat = training.gradient();
    this.#margins = training.scaledMargins();
    this.#weightedMargins = training.weightedMargins();
    this.#weights = training.weights();
    this.#host = host;
  }

  /**
   * The state at the end.
   *
   * @returns as `Training.point`; undefined only after a divergence, where `drive` asks for none
   */
  point(): TrainPoint {
    return this.#point!;
  }

  /** Nothing: the training has ended. */
  advance(): void {}

  /** Nothing: the outcome is known. */
  inspect(): void {}

  /**
   * The KKT residual at the end, computed in a memory of its own, of about 2p doubles, which is released afterwards.
   *
   * @param norm  the own norm or a tracked one, or its id
   * @returns as `Training.kktResidual`
   * @throws DefinitionError  if the norm is neither
   * @throws ArenaFullError   if the engine gives no memory
   */
  kktResidual(norm: NormChoice): KktResidual {
    requireCertifiable({ loss: this.#loss, network: this.#network });
    const id = normIdOf(norm);
    const tracked = trackedAs(this.#tracked, id);
    const { layout, degree } = this.#network;
    const { parameterCount, totalCount } = layout;
    const shape = normShape(layout);
    const arena = new ArenaPlan().span(totalCount).span(parameterCount).region(normScratch(tracked, shape)).allocate(this.#host.kernels);
    const { kernels } = arena;
    const canonical = arena.span(totalCount);
    const ghat = arena.span(parameterCount);
    const bound = bindNormIn(arena, tracked, shape);
    initialise(kernels, this.#network, canonical, this.#parameters, 0);
    ghat.view.set(this.#ghat);
    const theta = { ptr: canonical.ptr, length: parameterCount, view: canonical.view.subarray(0, parameterCount) };
    return kktResidual({
      kernels,
      theta,
      ghat,
      normOfTheta: bound.norm(theta),
      dualNormOfGhat: bound.dualNorm(ghat),
      norm: id,
      degree,
      sampleMargins: this.#margins.values,
      marginExponent: this.#margins.exponent,
      weightedMargins: this.#weightedMargins,
      weights: this.#weights,
    });
  }

  /**
   * The weights of the samples at the end.
   *
   * @returns f64[samples], as `Training.weights`; a copy
   */
  weights(): Float64Array {
    return this.#weights.slice();
  }

  /**
   * Every parameter at the end.
   *
   * @returns f64[weights], as `Training.parameters`; a copy
   */
  parameters(): Float64Array {
    return this.#parameters.slice();
  }
}
