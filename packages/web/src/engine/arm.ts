import {
  drive,
  type LabelledData,
  type Network,
  type RunOutcome,
  type TrainEvent,
  Training,
  type TrainPoint,
  type TrainWarning,
} from "@steepest/core";
import { type DatasetHost, type RunDefinition, readRow, trainOptions } from "@steepest/experiments";
import { ceilingOf } from "./ceiling.js";
import { type Lens, lensOf } from "./lens.js";
import type { ArmMoment, ArmNews, Frame, LensPoint, Picture, Plane } from "./message.js";
import { pictureSide } from "./pictureSide.js";
import { scoreGrid } from "./scoreGrid.js";

const mostShownUnits = 64;
/** Most weights of one picture of the first layer; every recorded moment keeps a picture. */
const mostPictureWeights = 1 << 16;
/** Number of parameters from which singular vectors of the gradient take longer than many steps; then the lens looks after every third record only. */
const quickLensParameters = 20_000;

interface Before {
  readonly step: number;
  readonly parameters: Float64Array;
  readonly gradient: Float64Array;
}

/** One competitor in the worker. Its rows are those that Node records for the same definition. */
export class Arm {
  readonly index: number;
  readonly parameterCount: number;
  readonly degree: number;
  readonly initialWeights: Float64Array;
  readonly #run: RunDefinition;
  readonly #training: Training;
  readonly #events: Generator<TrainEvent, RunOutcome>;
  readonly #lens: Lens;
  readonly #ceiling: (point: TrainPoint) => number;
  readonly #scores: ((weights: Float64Array) => Float32Array) | undefined;
  readonly #firstLayer: ((weights: Float64Array) => Picture["firstLayer"]) | undefined;
  readonly #lensEvery: number;
  #records = 0;
  #stoodStep = -1;
  #before: Before | undefined;
  #frames: Frame[] = [];
  #lensPoints: LensPoint[] = [];
  #warnings: TrainWarning[] = [];
  #framedStep = -1;
  #toldStep = -1;
  #done = false;
  #toldDone = false;

  /** @param weights  where it starts, if the run does not draw its initial weights */
  constructor(index: number, run: RunDefinition, train: LabelledData, plane: Plane | undefined, host: DatasetHost, weights?: Float64Array) {
    const options = trainOptions(run, train, undefined, { weights });
    const { network } = options;
    this.index = index;
    this.degree = network.degree;
    this.parameterCount = network.layout.parameterCount;
    this.#run = run;
    this.#training = new Training(options, host);
    this.initialWeights = this.#training.parameters();
    this.#events = drive(this.#training, { perDecade: run.record.pointsPerDecade, at: run.record.at ?? [] }, host, 1);
    this.#lens = lensOf(network, host);
    this.#lensEvery = this.parameterCount > quickLensParameters ? 3 : 1;
    this.#ceiling = ceilingOf(options.loss, train.labels.length, train.classes ?? 2, host);
    this.#scores = plane && scoreGrid(network, plane, host);
    const side = pictureSide(run.dataset, network);
    this.#firstLayer = side === undefined ? undefined : firstLayerOf(network, side);
    this.pull();
  }

  get step(): number {
    return this.#training.step;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Pulls until one more step is made, and to the end if that was the last; the first pull records step 0. */
  pull(): void {
    for (;;) {
      const next = this.#events.next();
      if (next.done) {
        this.#done = true;
        return;
      }
      const event = next.value;
      if (event.kind === "warning") {
        this.#warnings.push(event);
        continue;
      }
      this.#look();
      if (event.kind === "point") this.#record(event.point);
      if (!this.#training.outcome) return;
    }
  }

  #record(point: TrainPoint): void {
    this.#frames.push(this.#frame(point));
    this.#framedStep = point.step;
    if (this.#records++ % this.#lensEvery !== 0) return;
    this.#before = { step: point.step, parameters: this.#training.parameters(), gradient: this.#training.gradient() };
  }

  /**
   * The events since the last news; undefined if there were none.
   *
   * @param standing  the race stands still, so that the numbers of this step are wanted too
   */
  news(standing: boolean): ArmNews | undefined {
    const { step, logRisk, outcome, perfectAccuracyStep, separationStep } = this.#training;
    const isShown = this.#framedStep !== step && outcome?.kind !== "diverged";
    const isStanding = standing && isShown && this.#stoodStep !== step;
    const isNew =
      isStanding || this.#frames.length > 0 || this.#warnings.length > 0 || this.#lensPoints.length > 0 || this.#done !== this.#toldDone;
    if (step === this.#toldStep && !isNew) return undefined;
    if (isStanding) this.#stoodStep = step;
    const news: ArmNews = {
      arm: this.index,
      step,
      logRisk,
      frames: this.#frames,
      lens: this.#lensPoints,
      warnings: this.#warnings,
      picture: isShown ? this.#picture() : undefined,
      now: isStanding ? this.#frame(this.#training.point()) : undefined,
      outcome: this.#done ? outcome : undefined,
      perfectAccuracyStep,
      separationStep,
    };
    [this.#frames, this.#lensPoints, this.#warnings, this.#toldStep, this.#toldDone] = [[], [], [], step, this.#done];
    return news;
  }

  /** The weights as they are, and what was seen of them. */
  moment(): ArmMoment {
    const { step } = this.#training;
    const [weights, sampleWeights] = [this.#training.parameters(), this.#training.weights()];
    return { arm: this.index, step, isEnd: this.#done, weights, sampleWeights, picture: this.#picture() };
  }

  /** The update after a recorded step, seen through the lens. */
  #look(): void {
    const before = this.#before;
    if (before === undefined || this.#training.step !== before.step + 1) return;
    this.#before = undefined;
    const after = this.#training.parameters();
    const cosines = this.#lens(
      before.gradient,
      after.map((value, i) => value - before.parameters[i]!),
    );
    this.#lensPoints.push({ step: before.step, cosines });
  }

  #frame(point: TrainPoint): Frame {
    return { row: readRow(point, this.#run.record.probes), ceiling: this.#ceiling(point), picture: this.#picture() };
  }

  #picture(): Picture {
    const weights = this.#scores || this.#firstLayer ? this.#training.parameters() : undefined;
    return {
      sampleMargins: Float32Array.from(this.#training.sampleMargins()),
      scores: weights && this.#scores?.(weights),
      firstLayer: weights && this.#firstLayer?.(weights),
    };
  }
}

/** The weights of as many units or filters as are shown, row by row without what lies behind the side² pixels. */
function firstLayerOf({ layout }: Network, side: number): (weights: Float64Array) => Picture["firstLayer"] {
  const pixels = side * side;
  const { outputs, inputs } = layout.blocks[0]!;
  const units = Math.min(outputs, mostShownUnits, Math.floor(mostPictureWeights / pixels));
  return (weights) => {
    const shown = new Float32Array(units * pixels);
    for (let unit = 0; unit < units; unit++) {
      const row = unit * inputs;
      shown.set(weights.subarray(row, row + pixels), unit * pixels);
    }
    return { side, weights: shown };
  };
}
