import type { Carrier } from "../../carry/carrier.js";
import { cosineOf } from "../../number/cosine.js";
import type { Meter, MeterMember, Moment, Readings } from "./meter.js";

/** Steps of directions that are kept are at least this factor apart, so that there are never more than ten. */
const apart = 1.09;

interface Kept {
  readonly step: number;
  readonly theta: Float64Array;
}

/** The steps of the points that are remembered. */
type Steps = { readonly kept: readonly number[]; readonly before: number | undefined; readonly last: number | undefined };

/**
 * The convergence of θ / ||θ||₂: its cosine with that of the record point before, and with that of the last record point at no more than half the step (of those
 * that are kept, whose steps are a factor of 1.09 apart: up to a record point at 0.46 of the step). NaN where there is no such point.
 */
export const direction: MeterMember = {
  bind: ({ store }) => new Directions(() => store.canonicalTheta().view),
};

class Directions implements Meter {
  readonly #theta: () => Float64Array;
  /** In the order of their steps: the last at no more than half the step of #last, and those after it. */
  #kept: Kept[] = [];
  /** The record point before #last. */
  #before: Kept | undefined;
  #last: Kept | undefined;

  constructor(theta: () => Float64Array) {
    this.#theta = theta;
  }

  carry(carrier: Carrier): void {
    carrier.value(
      "steps",
      () => ({ kept: this.#kept.map(({ step }) => step), before: this.#before?.step, last: this.#last?.step }),
      (steps: Steps) => this.#makeRoom(steps),
    );
    for (const { step, theta } of this.#points()) carrier.numbers(`theta-${step}`, theta);
  }

  read({ step }: Moment): Readings {
    if (this.#last?.step !== step) this.#take(step);
    const { theta } = this.#last!;
    const half = this.#kept.findLast((one) => one.step <= step / 2 && one.step < step);
    const cosine = (other: Kept | undefined): number => (other ? cosineOf(theta, other.theta) : Number.NaN);
    return { "direction.cosineToLast": cosine(this.#before), "direction.cosineToHalf": cosine(half) };
  }

  /** Every point that is remembered, once. */
  #points(): readonly Kept[] {
    return [...new Set([...this.#kept, this.#before, this.#last])].filter((one) => one !== undefined);
  }

  /** Points of these steps whose θ are still to come. */
  #makeRoom({ kept, before, last }: Steps): void {
    const points = new Map<number, Kept>();
    const at = (step: number): Kept => {
      const point = points.get(step) ?? { step, theta: new Float64Array(this.#theta().length) };
      points.set(step, point);
      return point;
    };
    this.#kept = kept.map(at);
    this.#before = before === undefined ? undefined : at(before);
    this.#last = last === undefined ? undefined : at(last);
  }

  #take(step: number): void {
    this.#before = this.#last;
    this.#last = { step, theta: this.#theta().slice() };
    const newest = this.#kept.at(-1);
    if (!newest || step >= apart * newest.step) this.#kept.push(this.#last);
    const half = this.#kept.findLastIndex((one) => one.step <= step / 2);
    if (half > 0) this.#kept.splice(0, half);
  }
}
