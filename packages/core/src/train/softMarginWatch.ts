import type { Carrier } from "../carry/carrier.js";

/** At separation the soft margin is 0 and a relative fall means nothing; from this log risk on it does. */
export const watchBelow = -5;

/** Observes the own soft margin of a run once log R < -5, for falls within a step and over many. A hand-over to another norm starts it anew. */
export class SoftMarginWatch {
  readonly #own: { worstDrop: number; before: number | undefined; peak: number } = { worstDrop: 0, before: undefined, peak: Number.NaN };

  /** Largest relative fall between two looks in a row. */
  get worstDrop(): number {
    return this.#own.worstDrop;
  }

  carry(carrier: Carrier): void {
    carrier.values(this.#own);
  }

  /** A fall is measured in one norm: what the optimiser before has reached is forgotten, but for its worst drop. */
  restart(): void {
    this.#own.before = undefined;
    this.#own.peak = Number.NaN;
  }

  /** After a step, or an epoch of mini-batches. `softMargin` is asked only where it counts. */
  step(logRisk: number, softMargin: () => number): void {
    const { before } = this.#own;
    const settled = logRisk < watchBelow;
    if (before === undefined && !settled) return;
    const now = softMargin();
    if (before !== undefined) this.#own.worstDrop = Math.max(this.#own.worstDrop, (before - now) / before);
    this.#own.before = settled ? now : undefined;
  }

  /** 1 - softMargin / peak, the peak over the points so far, this one included; 0 before there is one. */
  point(logRisk: number, softMargin: number): number {
    const own = this.#own;
    if (logRisk < watchBelow && !(softMargin <= own.peak)) own.peak = softMargin;
    return own.peak > 0 ? 1 - softMargin / own.peak : 0;
  }
}
