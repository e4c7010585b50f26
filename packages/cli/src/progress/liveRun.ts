import { numberText, type PlannedRun, type Row } from "@steepest/experiments";
import { runLabel } from "./progress.js";

const marginProbes = ["margin.l1", "margin.l2", "margin.linf"];

/** What is known of a run under way, as one line of text. */
export class LiveRun {
  readonly #run: PlannedRun;
  readonly #started: number;
  #step = 0;
  #logRisk = Number.NaN;
  #row: Row | undefined;
  #before: Row | undefined;

  constructor(run: PlannedRun, now: number) {
    this.#run = run;
    this.#started = now;
  }

  get step(): number {
    return this.#step;
  }

  row(row: Row): void {
    this.#before = this.#row;
    this.#row = row;
    this.at(row.step, row.logRisk ?? this.#logRisk);
  }

  at(step: number, logRisk: number): void {
    this.#step = step;
    this.#logRisk = logRisk;
  }

  /** step, log risk, accuracy, margins with their trend, alignment, steps per second, time left */
  text(now: number): string {
    const seconds = (now - this.#started) / 1000;
    const rate = seconds > 0 ? this.#step / seconds : 0;
    const parts = [`${runLabel(this.#run)}  step ${this.#step}`, `log risk ${numberText(this.#logRisk)}`];
    const trainAccuracy = this.#row?.trainAccuracy;
    const alignment = this.#row?.alignment;
    if (trainAccuracy !== undefined) parts.push(`accuracy ${numberText(100 * trainAccuracy)} %`);
    for (const probe of marginProbes) if (this.#row?.[probe] !== undefined) parts.push(this.#trend(probe));
    if (alignment !== undefined) parts.push(`alignment ${numberText(alignment)}`);
    if (rate > 0) parts.push(`${numberText(Math.round(rate))} steps/s`);
    const last = this.#run.run.stop.steps;
    if (rate > 0 && last !== undefined) parts.push(`at most ${Math.ceil((last - this.#step) / rate)} s left`);
    return parts.join("  ");
  }

  #trend(probe: string): string {
    const value = this.#row![probe]!;
    const before = this.#before?.[probe] ?? value;
    const arrow = value > before ? "↑" : value < before ? "↓" : "=";
    return `${probe} ${numberText(value)}${arrow}`;
  }
}
