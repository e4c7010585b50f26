import { batch, type Signal, signal } from "@preact/signals";
import { isSteepestError } from "@steepest/core";
import { isGiven, planeConstant } from "@steepest/experiments";
import { mostSize } from "../data/fileSize.js";
import type { WeightsFile } from "../data/readWeightsFile.js";
import type { Table } from "../data/samplesOf.js";
import type { ArmMoment, Loaded, MeasureAnswer, MeasuredWeights, Order, Problem, Report } from "../engine/message.js";
import { type Comparison, compareWith, receiptOf } from "../replay/receipt.js";
import { defaultSetup } from "../setup/defaults.js";
import { probes, runsOfSetup } from "../setup/definition.js";
import { checkSetup, LinkError, longestLink, readLink, writeLink } from "../setup/link.js";
import type { RaceSetup, Receipt } from "../setup/raceSetup.js";
import { type ArmHistory, emptyHistory, rowsOf, take } from "./history.js";
import { Question } from "./question.js";
import { RaceWorker } from "./raceWorker.js";

export type Activity = "preparing" | "ready" | "running" | "paused" | "over" | "refused" | "waitingForFile";

/** A link to the race; `fragment` is "" if the race does not fit one; `note` is further advice for the receiver. */
export interface Link {
  readonly fragment: string;
  readonly note: string | undefined;
}

export type Replay = { readonly receipt: Receipt; readonly found: Comparison | undefined };

/** The page's state and what can be done to it. Histories are changed in place; `tick` says that something changed, `recorded` that a row was added. */
export class Laboratory {
  readonly setup: Signal<RaceSetup> = signal(defaultSetup);
  readonly activity: Signal<Activity> = signal("preparing");
  readonly loaded: Signal<Loaded | undefined> = signal(undefined);
  readonly tick: Signal<number> = signal(0);
  readonly recorded: Signal<number> = signal(0);
  readonly stepsPerSecond: Signal<number> = signal(0);
  /** The recorded step that is looked at; undefined: the current step of the race. */
  readonly looking: Signal<number | undefined> = signal(undefined);
  readonly problem: Signal<Problem | undefined> = signal(undefined);
  readonly linkProblem: Signal<Problem | undefined> = signal(undefined);
  readonly replay: Signal<Replay | undefined> = signal(undefined);
  /** The last weights that were measured with the network and data of the race. */
  readonly weights: Signal<MeasuredWeights | undefined> = signal(undefined);
  /** true: the answer to Pause is awaited. It comes soon: nothing that can wait is drawn before it, and reports of the running race are not shown. */
  readonly isPausing: Signal<boolean> = signal(false);
  histories: ArmHistory[] = [];
  readonly #worker: RaceWorker;
  readonly #afterPaint: (then: () => void) => void;
  readonly #files = new Map<string, Table>();
  /** Files of initial weights by their hash. */
  readonly #weights = new Map<string, WeightsFile>();
  /** Number of the current race; reports of older ones are dropped. */
  #race = 0;
  #reload: ReturnType<typeof setTimeout> | undefined;
  #startsWhenReady = false;
  #isRecordUnsaid = false;
  readonly #momentAsked = new Question<ArmMoment>();
  readonly #measureAsked = new Question<MeasureAnswer>();

  /**
   * @param start       makes the worker that computes
   * @param faultOf     asked for the reason where the worker fails without one, as it does where its file is missing
   * @param afterPaint  calls back once what has changed by now can be seen
   */
  constructor(start: () => Worker, faultOf: () => Promise<string>, afterPaint: (then: () => void) => void) {
    this.#afterPaint = afterPaint;
    this.#worker = new RaceWorker({
      start,
      hear: (report) => this.#hear(report),
      fail: (reason) => {
        if (reason !== undefined) this.#fail(reason);
        else
          void faultOf()
            .catch(String)
            .then((fault) => this.#fail(fault));
      },
    });
  }

  #fail(reason: string): void {
    this.#forget();
    this.problem.value = { message: `the engine failed: ${reason}`, hint: "reload the page" };
    this.activity.value = "refused";
    this.isPausing.value = false;
  }

  get step(): number {
    return Math.max(0, ...this.histories.map(({ step }) => step));
  }

  get isRunning(): boolean {
    return this.activity.value === "running";
  }

  /** Opens the part of an address behind `#`, or the default race where there is none or it makes no sense. */
  open(fragment: string): void {
    this.#forget();
    this.#startsWhenReady = false;
    this.linkProblem.value = undefined;
    this.replay.value = undefined;
    try {
      const { setup, receipt } = fragment === "" ? { setup: defaultSetup, receipt: undefined } : readLink(fragment);
      this.setup.value = setup;
      if (receipt) this.replay.value = { receipt, found: undefined };
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      this.linkProblem.value = { message: error.message, hint: error.hint };
      this.setup.value = defaultSetup;
    }
    this.rewind();
  }

  /** Another race; what was recorded is dropped. Several changes in a row are prepared once. With "start" it starts as soon as it is ready. */
  change(setup: RaceSetup, then?: "start"): void {
    this.#startsWhenReady = then === "start";
    this.setup.value = setup;
    this.replay.value = undefined;
    this.linkProblem.value = undefined;
    if (this.isRunning) this.#order({ kind: "pause" });
    this.#race++;
    this.#forget();
    this.activity.value = "preparing";
    clearTimeout(this.#reload);
    this.#reload = setTimeout(() => this.rewind(), 120);
  }

  /** The setup with a dropped file's samples in the place of its name; undefined while the file is not there. */
  get resolved(): RaceSetup | undefined {
    const { data } = this.setup.value;
    if (data.kind !== "dropped") return this.setup.value;
    const table = this.#files.get(data.sha256);
    return table && { ...this.setup.value, data: table.samples };
  }

  /** The names of files that the race waits for. */
  get awaited(): readonly string[] {
    const { data, init } = this.setup.value;
    return [
      ...(data.kind === "dropped" && !this.#files.has(data.sha256) ? [data.name] : []),
      ...(isGiven(init) && !this.#weights.has(init.facts.sha256) ? [init.file] : []),
    ];
  }

  /** Remarks on how the file of the race was read. */
  get fileRemarks(): readonly string[] {
    const { data } = this.setup.value;
    return (data.kind === "dropped" && this.#files.get(data.sha256)?.remarks) || [];
  }

  keepFile(sha256: string, table: Table): void {
    this.#files.set(sha256, table);
  }

  keepWeights(file: WeightsFile): void {
    this.#weights.set(file.sha256, file);
  }

  /** Back to the same initial weights. */
  rewind(): void {
    clearTimeout(this.#reload);
    if (this.isRunning) this.#order({ kind: "pause" });
    this.#race++;
    this.#momentAsked.drop();
    this.#measureAsked.drop();
    this.histories = this.setup.value.arms.map(emptyHistory);
    batch(() => {
      this.problem.value = undefined;
      this.looking.value = undefined;
      this.loaded.value = undefined;
      this.activity.value = "preparing";
      this.#announce(true);
    });
    const setup = this.resolved;
    if (!setup || this.awaited.length > 0) {
      this.activity.value = "waitingForFile";
      return;
    }
    try {
      checkSetup(setup);
      const constant = setup.data.kind === "dropped" ? undefined : planeConstant(setup.data);
      const weights = isGiven(setup.init) ? this.#weights.get(setup.init.facts.sha256) : undefined;
      this.#order({ kind: "load", race: this.#race, runs: runsOfSetup(setup), planeConstant: constant, ...(weights && { weights }) });
    } catch (error) {
      if (!(error instanceof LinkError) && !isSteepestError(error)) throw error;
      this.problem.value = { message: error.message, hint: error.hint, path: error.path };
      this.activity.value = "refused";
    }
  }

  /** Goes on; a race that is still being prepared starts as soon as it is ready. */
  start(): void {
    if (this.activity.value === "preparing") this.#startsWhenReady = true;
    if (this.activity.value !== "ready" && this.activity.value !== "paused") return;
    this.looking.value = undefined;
    this.activity.value = "running";
    const replay = this.replay.value;
    this.#order(replay && !replay.found ? { kind: "go", until: replay.receipt.at } : { kind: "go" });
  }

  pause(): void {
    if (!this.isRunning) return;
    this.#order({ kind: "pause" });
    this.isPausing.value = true;
  }

  singleStep(): void {
    if (this.activity.value !== "ready" && this.activity.value !== "paused") return;
    this.looking.value = undefined;
    this.#order({ kind: "step" });
  }

  /** The weights of an arm as it stands; undefined if another race takes the place of this one before they are there. One question at a time. */
  moment(arm: number): Promise<ArmMoment | undefined> {
    return this.#momentAsked.ask((question) => this.#order({ kind: "moment", question, arm }));
  }

  /** Measures the weights of a file with the network and data of the race; `weights` has the numbers. One question at a time. @returns why there are none */
  async measure(name: string, bytes: Uint8Array): Promise<Problem | undefined> {
    this.#measureAsked.drop();
    if (!this.loaded.value)
      return { message: `${name}: no race is prepared whose network they could be of`, hint: "a race that is possible" };
    const answer = await this.#measureAsked.ask((question) => this.#order({ kind: "measure", question, name, bytes }));
    if (answer?.kind === "measured") this.weights.value = answer;
    return answer?.kind === "refused" ? answer.problem : undefined;
  }

  /** Ends what was asked of a race that is another now. */
  #forget(): void {
    this.#momentAsked.drop();
    this.#measureAsked.drop();
    this.weights.value = undefined;
  }

  /** The setup alone behind `#`. */
  setupLink(): Link {
    return this.#shortest([writeLink(this.setup.value)]);
  }

  /** The whole state behind `#`, with the receipt of what was seen; shorter receipts, then none, where a link would be too long. */
  link(): Link {
    const setup = this.setup.value;
    if (this.activity.value === "preparing" || this.step === 0) return this.setupLink();
    const receipt = receiptOf(this.#receiptStep, rowsOf(this.histories), probes);
    return this.#shortest([writeLink(setup, receipt), writeLink(setup, { ...receipt, trace: "" }), writeLink(setup)]);
  }

  #shortest(fragments: readonly string[]): Link {
    const { data, init } = this.setup.value;
    const files = [...(data.kind === "dropped" ? [data.name] : []), ...(isGiven(init) ? [init.file] : [])];
    const room = longestLink - location.href.split("#")[0]!.length - 1;
    const fragment = fragments.find(({ length }) => length <= room);
    if (fragment)
      return {
        fragment,
        note: files.length > 0 ? `The receiver also needs the ${files.length > 1 ? "files" : "file"} ${files.join(" and ")}.` : undefined,
      };
    return {
      fragment: "",
      note: `These data are too large for a link (${fragments.at(-1)!.length} characters, at most ${room}): download them as CSV under Data and drop that file on the page, if it has ${mostSize}; its link is short.`,
    };
  }

  get #commonStep(): number {
    const going = this.histories.filter(({ outcome }) => outcome === undefined);
    return going.length > 0 ? Math.min(...going.map(({ step }) => step)) : this.step;
  }

  /**
   * The step up to which a receipt vouches, so that every replay to it has the same rows: all steps of a race that is over; before the common step where an
   * arm has ended at that one, because only its next pull, which a replay does not make, shows that it stalled and records that.
   */
  get #receiptStep(): number {
    if (this.histories.every(({ outcome }) => outcome !== undefined)) return this.setup.value.steps;
    const common = this.#commonStep;
    return this.histories.some(({ outcome, step }) => outcome !== undefined && step === common) ? common - 1 : common;
  }

  #order(order: Order): void {
    if (order.kind !== "painted" && order.kind !== "moment" && order.kind !== "measure") this.isPausing.value = false;
    this.#worker.order(order);
  }

  #announce(recorded: boolean): void {
    this.tick.value++;
    if (recorded) this.recorded.value++;
    this.#isRecordUnsaid = false;
  }

  #hear(report: Report): void {
    if (report.kind === "news") this.#afterPaint(() => this.#order({ kind: "painted", news: report.number }));
    if (report.race !== this.#race) return;
    if (report.kind === "refused") {
      this.problem.value = report.problem;
      this.activity.value = "refused";
    } else if (report.kind === "loaded") {
      const { kind, race, ...loaded } = report;
      this.loaded.value = loaded;
    } else if (report.kind === "moment") this.#momentAsked.hear(report.question, report.moment);
    else if (report.kind === "measure") this.#measureAsked.hear(report.question, report.answer);
    else this.#hearNews(report);
  }

  #hearNews({ arms, running, stepsPerSecond }: Extract<Report, { kind: "news" }>): void {
    for (const news of arms) take(this.histories[news.arm]!, news);
    this.#isRecordUnsaid ||= arms.some(({ frames, lens, outcome }) => frames.length > 0 || lens.length > 0 || outcome !== undefined);
    if (running && this.isPausing.value) return;
    const over = this.histories.every(({ outcome }) => outcome !== undefined);
    const first = this.activity.value === "preparing";
    batch(() => {
      this.isPausing.value = false;
      if (running) this.stepsPerSecond.value = stepsPerSecond;
      this.activity.value = over ? "over" : running ? "running" : this.step === 0 ? "ready" : "paused";
      this.#announce(this.#isRecordUnsaid);
    });
    const replay = this.replay.value;
    if (first && this.#startsWhenReady) {
      this.#startsWhenReady = false;
      this.start();
      return;
    }
    if (!replay || replay.found) return;
    if (first && !over) {
      this.activity.value = "running";
      this.#order({ kind: "go", until: replay.receipt.at });
    } else if (over || (!running && this.#commonStep >= replay.receipt.at)) {
      this.replay.value = { receipt: replay.receipt, found: compareWith(replay.receipt, rowsOf(this.histories), probes) };
    }
  }
}
