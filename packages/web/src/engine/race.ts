import { contradictionsOf, contradictionText, type LabelledData, type Network } from "@steepest/core";
import {
  type DatasetHost,
  drawData,
  initialWeights,
  labelled,
  measureWeights,
  networkOfRun,
  placedWeights,
  type RunDefinition,
} from "@steepest/experiments";
import { readWeights } from "@steepest/formats";
import { requireShipped } from "../paper/mnistSubset.js";
import { hardLimits } from "../setup/limits.js";
import { Arm } from "./arm.js";
import type { ArmNews, MeasuredWeights, Plane, ShownSamples } from "./message.js";
import { gridSizeFor, planeAround } from "./scoreGrid.js";

/** The network, the samples and the first run of a race. */
interface Measured {
  readonly run: RunDefinition;
  readonly train: LabelledData;
  readonly network: Network;
  readonly host: DatasetHost;
}

/** All arms of a race on the same data; the arm furthest behind goes first, so that between two steps all stand at the same one. */
export class Race {
  readonly data: ShownSamples;
  readonly plane: Plane | undefined;
  /** Samples that the network cannot separate, in words. */
  readonly contradictions: string | undefined;
  readonly arms: readonly Arm[];
  readonly #of: Measured;

  /** Draws the data and prepares every arm. @throws DefinitionError, DimensionError, DataError, ArenaFullError */
  static async start(runs: readonly RunDefinition[], planeConstant: number | undefined, host: DatasetHost): Promise<Race> {
    const [first] = runs as [RunDefinition];
    const train = labelled((await drawData(first.dataset, first.seed, host)).train, "the page");
    requireShipped(first.dataset, train);
    const network = networkOfRun(first, train);
    const plane =
      planeConstant === undefined || train.classes !== undefined
        ? undefined
        : planeAround(train, planeConstant, gridSizeFor(network.layout.parameterCount));
    const weights = await initialWeights(first.network, network, host.files);
    const arms = runs.map((run, i) => new Arm(i, run, train, plane, host, weights));
    return new Race({ run: first, train, network, host }, plane, arms);
  }

  private constructor(of: Measured, plane: Plane | undefined, arms: readonly Arm[]) {
    this.#of = of;
    const { train, network } = of;
    const { inputs, labels, inputDim, classes } = train;
    this.data = { inputs: inputs.slice(), labels: Array.from(labels), inputDim, ...(classes !== undefined && { classes }) };
    this.plane = plane;
    this.contradictions = contradictionText(contradictionsOf(train, network), train);
    this.arms = arms;
  }

  /** Measures weights of the network of the race on its data. @throws DataError  if they are none */
  async measured(name: string, bytes: Uint8Array): Promise<MeasuredWeights> {
    const { run, train, network, host } = this.#of;
    const { tensors } = await readWeights(name, bytes, hardLimits.weightBytes);
    const { weights, places } = placedWeights(name, network, tensors);
    return { name, places, readings: measureWeights({ run, data: { train, test: undefined }, weights }, host) };
  }

  /** The arm that is furthest behind among those that go on; undefined once all have ended. */
  get #last(): Arm | undefined {
    let last: Arm | undefined;
    for (const arm of this.arms) if (!arm.done && (last === undefined || arm.step < last.step)) last = arm;
    return last;
  }

  get isOver(): boolean {
    return this.#last === undefined;
  }

  /** The step that every arm has reached that has not ended; once all have ended, the largest of all. */
  get step(): number {
    return this.#last?.step ?? Math.max(...this.arms.map(({ step }) => step));
  }

  /** Makes one step of the arm that is furthest behind, unless that one has reached `until`. Returns false if there was nothing to do. */
  advance(until: number): boolean {
    const last = this.#last;
    if (!last || last.step >= until) return false;
    last.pull();
    return true;
  }

  news(standing: boolean): ArmNews[] {
    return this.arms.flatMap((arm) => arm.news(standing) ?? []);
  }
}
