/** At separation the soft margin is 0 and a relative fall means nothing; from this log risk on it does. */
export const watchBelow = -5;

/** Observes the own soft margin of a run once log R < -5, for falls within a step and over many. A hand-over to another norm starts it anew. */
export class SoftMarginWatch {
  /** Largest relative fall between two looks in a row. */
  worstDrop = 0;
  #before: number | undefined;
  #peak = Number.NaN;

  /** A fall is measured in one norm: what the optimiser before has reached is forgotten, but for its worst drop. */
  restart(): void {
    this.#before = undefined;
    this.#peak = Number.NaN;
  }

  /** After a step, or an epoch of mini-batches. `softMargin` is asked only where it counts. */
  step(logRisk: number, softMargin: () => number): void {
    const before = this.#before;
    const settled = logRisk < watchBelow;
    if (before === undefined && !settled) return;
    const now = softMargin();
    if (before !== undefined) this.worstDrop = Math.max(this.worstDrop, (before - now) / before);
    this.#before = settled ? now : undefined;
  }

  /** 1 - softMargin / peak, the peak over the points so far, this one included; 0 before there is one. */
  point(logRisk: number, softMargin: number): number {
    if (logRisk < watchBelow && !(softMargin <= this.#peak)) this.#peak = softMargin;
    return this.#peak > 0 ? 1 - softMargin / this.#peak : 0;
  }
}
