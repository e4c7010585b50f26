import type { Carrier } from "../carry/carrier.js";

/** The descent of the log risk over the later part of a run. */
export interface Descent {
  /** Number of steps that it is about: at least half of the run's. */
  readonly steps: number;
  /** By how much the least log risk so far has fallen in them. */
  readonly fall: number;
  /** Sum of the changes of the log risk in them, up and down: the fall itself where no step raised it. */
  readonly variation: number;
}

/** A moment that later ones are compared with. */
type Mark = { readonly step: number; readonly least: number; readonly variation: number };

/** Marks stand so far apart that few are kept, and so near that little more than half of the run is looked at. */
const markGrowth = 1.25;

/**
 * Observes how the log risk falls: by its least value so far, since descent need not be monotone, and by the way that it has gone up and down. A hand-over to
 * another optimiser starts it anew.
 */
export class DescentWatch {
  readonly #own: { start: number; step: number; logRisk: number; least: number; variation: number; marks: readonly Mark[] } = {
    start: 0,
    step: 0,
    logRisk: Number.NaN,
    least: Infinity,
    variation: 0,
    marks: [],
  };

  carry(carrier: Carrier): void {
    carrier.values(this.#own);
  }

  /** Steps of another optimiser follow. */
  restart(): void {
    Object.assign(this.#own, { start: this.#own.step, least: Infinity, variation: 0, marks: [] });
  }

  /** After a step, or an epoch of mini-batches. @param logRisk  of all samples, finite */
  step(step: number, logRisk: number): void {
    const own = this.#own;
    if (own.least < Infinity) own.variation += Math.abs(logRisk - own.logRisk);
    if (logRisk < own.least) own.least = logRisk;
    own.step = step;
    own.logRisk = logRisk;
    const { marks, least, variation } = own;
    const last = marks.at(-1);
    if (last && step - own.start < markGrowth * (last.step - own.start) + 1) return;
    const half = own.start + (step - own.start) / 2;
    const later = marks.findIndex((mark) => mark.step > half);
    own.marks = [...marks.slice(Math.max(0, (later < 0 ? marks.length : later) - 1)), { step, least, variation }];
  }

  /** The descent since the last mark in the first half of the run, of this optimiser. */
  get descent(): Descent {
    const { start, step, least, variation, marks } = this.#own;
    const half = start + (step - start) / 2;
    const from = marks.filter((mark) => mark.step <= half).at(-1) ?? { step, least, variation };
    return { steps: step - from.step, fall: from.least - least, variation: variation - from.variation };
  }
}
