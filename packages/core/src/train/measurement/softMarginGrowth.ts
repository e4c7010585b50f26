import type { Carrier } from "../../carry/carrier.js";
import { alignment } from "../../margin/alignment.js";
import type { Risk } from "../risk.js";
import { watchBelow } from "../softMarginWatch.js";
import type { LastStep } from "./lastStep.js";
import { hasTheory, type Meter, type MeterContext, type MeterMember, type Moment, type Readings } from "./meter.js";

/** Growth of the logarithm of the own soft margin up to a step, and its bound up to there. */
type Reached = { readonly step: number; readonly logSoftMargin: number; readonly bound: number };

/** The observations of one run. */
type Observed = {
  step: number;
  start: Reached | undefined;
  bound: number;
  /** The rate of the step under way, per ||Δθ||. */
  rate: number;
  /** The record point before `point`. */
  before: Reached | undefined;
  point: Reached | undefined;
};

/**
 * Both sides of theorem 1, d log softMargin / dt >= L (||θ'|| / ||θ||) (1 / β - 1) in the own norm, over the interval since the record point before and over
 * all of the run since log R < -5 under the same optimiser:
 *
 *   growth = log softMargin(t) - log softMargin(t₀)      bound = Σ_s L (||θ_{s+1} - θ_s|| / ||θ_s||) (1 / β_s - 1),  t₀ <= s < t
 *
 * and their difference, the slack, which is at least 0 along steepest flows; for steps of size h a flow's slack is missed by O(h). Of other optimisers it tells
 * how much less than steepest descent they raise the margin. NaN before there is a step below -5, with mini-batches of fewer samples than there are, for networks
 * that are not homogeneous, and for losses of targets. Costs two norms and a dual norm per step. Source: Tsilivis et al., JMLR 27 (2026), theorem 1.
 */
export const softMarginGrowth: MeterMember = {
  needsLastStep: true,
  bind: (context, last) =>
    hasTheory(context) && context.seesAll ? new Growth(context, last!) : { read: () => readings(undefined, undefined) },
};

function readings(interval: Sides | undefined, total: Sides | undefined): Readings {
  const of = (name: string, { growth, bound }: Sides = unknown): Readings => ({
    [`softMarginGrowth.${name}`]: growth,
    [`softMarginGrowth.${name}Bound`]: bound,
    [`softMarginGrowth.${name}Slack`]: growth - bound,
  });
  return { ...of("interval", interval), ...of("total", total) };
}

interface Sides {
  readonly growth: number;
  readonly bound: number;
}

const unknown: Sides = { growth: Number.NaN, bound: Number.NaN };

function sidesOf(from: Reached, to: Reached): Sides {
  return { growth: to.logSoftMargin - from.logSoftMargin, bound: to.bound - from.bound };
}

class Growth implements Meter {
  readonly #context: MeterContext;
  readonly #last: LastStep;
  readonly #own: Observed = { step: 0, start: undefined, bound: 0, rate: Number.NaN, before: undefined, point: undefined };

  constructor(context: MeterContext, last: LastStep) {
    this.#context = context;
    this.#last = last;
  }

  carry(carrier: Carrier): void {
    carrier.values(this.#own);
  }

  restart(): void {
    this.#own.start = undefined;
    this.#own.before = undefined;
    this.#own.point = undefined;
    this.#own.bound = 0;
  }

  beforeStep({ logRisk }: Risk): void {
    if (!(logRisk < watchBelow)) {
      this.restart();
      return;
    }
    const { kernels, network } = this.#context;
    const { norm, dualNorm } = this.#ownNorm();
    const { theta, ghat } = this.#last;
    const normOfTheta = norm(theta);
    const beta = alignment({ kernels, theta, ghat, normOfTheta, dualNormOfGhat: dualNorm(ghat) });
    this.#own.rate = (network.degree / normOfTheta) * (1 / beta - 1);
    this.#own.start ??= { step: this.#own.step, logSoftMargin: this.#logSoftMargin(logRisk, normOfTheta), bound: 0 };
  }

  afterStep(): void {
    this.#own.step++;
    if (this.#own.start) this.#own.bound += this.#own.rate * this.#ownNorm().norm(this.#last.displacement());
  }

  read({ step, full: { logRisk }, norm }: Moment): Readings {
    if (!this.#own.start || !(logRisk < watchBelow)) return readings(undefined, undefined);
    if (this.#own.point?.step !== step) {
      this.#own.before = this.#own.point ?? this.#own.start;
      this.#own.point = { step, logSoftMargin: this.#logSoftMargin(logRisk, norm[this.#ownNorm().id]!), bound: this.#own.bound };
    }
    return readings(sidesOf(this.#own.before!, this.#own.point), sidesOf(this.#own.start, this.#own.point));
  }

  #ownNorm() {
    const { steering, tracked } = this.#context;
    return tracked.get(steering().optimizer.ownNorm.id)!;
  }

  /** log(l⁻¹(R) / ||θ||^L). */
  #logSoftMargin(logRisk: number, normOfTheta: number): number {
    const { kernels, loss, network } = this.#context;
    return kernels.log(loss.softMarginNumerator(kernels, logRisk)) - network.degree * kernels.log(normOfTheta);
  }
}
