import { numberText, type PlannedRun, type Row } from "@steepest/experiments";
import { runLabel } from "./progress.js";

const marginProbes = ["margin.l1", "margin.l2", "margin.linf"];
const gap = "  ";

/** A step, and when it was made. */
interface Mark {
  readonly time: number;
  readonly step: number;
}

const markEveryMs = 10_000;

/** Time from which a speed can be told: less of it says more of how the run got going. */
const shortestMs = 500;

/** A piece of a progress line. Where the line is too long, the piece with the highest `dispensable` goes first; 0 stays. */
interface Part {
  readonly text: string;
  readonly dispensable: number;
}

/** The state of a run under way, as one line of text. */
export class LiveRun {
  readonly #run: PlannedRun;
  /** Times and steps from which the speed is taken: the latest of them, and the one before; none before the run has told of its first step. */
  #marks: readonly [Mark, Mark] | undefined;
  #step = 0;
  #logRisk = Number.NaN;
  #row: Row | undefined;
  #before: Row | undefined;

  /** @param from  the step at which the run goes on */
  constructor(run: PlannedRun, from = 0) {
    this.#run = run;
    this.#step = from;
  }

  get step(): number {
    return this.#step;
  }

  /** Takes a row in that was heard of at this time, in milliseconds. */
  row(row: Row, now: number): void {
    this.#before = this.#row;
    this.#row = row;
    this.at(row.step, row.logRisk ?? this.#logRisk, now);
  }

  /** Takes a step in that was heard of at this time, in milliseconds. */
  at(step: number, logRisk: number, now: number): void {
    this.#marks ??= [
      { time: now, step },
      { time: now, step },
    ];
    this.#step = step;
    this.#logRisk = logRisk;
  }

  /** step, log risk, accuracy, margins with their trend, alignment, steps per second, time left: as many of them as `width` characters hold */
  text(now: number, width: number = Number.POSITIVE_INFINITY): string {
    let parts = this.#parts(now);
    const line = (): string => parts.map(({ text }) => text).join(gap);
    while (line().length > width) {
      const last = Math.max(...parts.map(({ dispensable }) => dispensable));
      if (last === 0) return `${line().slice(0, width - 1)}…`;
      parts = parts.filter(({ dispensable }) => dispensable !== last);
    }
    return line();
  }

  #parts(now: number): Part[] {
    const rate = this.#rate(now);
    const trainAccuracy = this.#row?.trainAccuracy;
    const alignment = this.#row?.alignment;
    const margins = marginProbes.filter((probe) => isThere(this.#row?.[probe])).map((probe) => this.#trend(probe));
    const last = this.#run.run.stop.steps;
    const parts: Part[] = [{ text: `${runLabel(this.#run)}${gap}step ${this.#step}`, dispensable: 0 }];
    if (!Number.isNaN(this.#logRisk)) parts.push({ text: `log risk ${short(this.#logRisk)}`, dispensable: 1 });
    if (isThere(trainAccuracy)) parts.push({ text: `accuracy ${short(100 * trainAccuracy)} %`, dispensable: 5 });
    if (margins.length > 0) parts.push({ text: `margin ${margins.join(" ")}`, dispensable: 4 });
    if (isThere(alignment)) parts.push({ text: `alignment ${short(alignment)}`, dispensable: 6 });
    if (rate > 0) parts.push({ text: `${Math.round(rate)} steps/s`, dispensable: 3 });
    if (rate > 0 && last !== undefined) parts.push({ text: `${durationText((last - this.#step) / rate)} left`, dispensable: 2 });
    return parts;
  }

  /**
   * Steps per second of the last ten to twenty seconds, or since the first step that this run told of: neither what was before a continuation counts, nor the
   * time in which a thread started, drew the data and took a checkpoint up. 0: too little was seen to say.
   */
  #rate(now: number): number {
    if (!this.#marks) return 0;
    const [last, before] = this.#marks;
    if (now - last.time > markEveryMs) this.#marks = [{ time: now, step: this.#step }, last];
    const since = now - last.time > markEveryMs ? last : before;
    return now - since.time >= shortestMs ? (1000 * (this.#step - since.step)) / (now - since.time) : 0;
  }

  #trend(probe: string): string {
    const value = this.#row![probe]!;
    const before = this.#before?.[probe] ?? value;
    const arrow = value > before ? "↑" : value < before ? "↓" : "=";
    return `${probe.slice("margin.".length)} ${short(value)}${arrow}`;
  }
}

/** True for a probe that is recorded and has a value. */
function isThere(value: number | undefined): value is number {
  return value !== undefined && !Number.isNaN(value);
}

/** Three digits are enough to watch. */
function short(value: number): string {
  return numberText(Number(value.toPrecision(3)));
}

/** The time that is left if every step of the run is made. */
function durationText(seconds: number): string {
  return seconds < 100 ? `<= ${Math.ceil(seconds)} s` : `<= ${Math.ceil(seconds / 60)} min`;
}
