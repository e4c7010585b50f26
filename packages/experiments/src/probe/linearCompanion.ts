import { DefinitionError, type KeptState, linear, type TrainHost, Training, type TrainOptions } from "@steepest/core";

/** A network against a linear model on the test data. */
export interface LinearReadings {
  /** The share of test samples that both put into the same class. */
  readonly linearAgreement: number;
  /** The share of test samples that the linear model puts on the right side. */
  readonly linearTestAccuracy: number;
}

/** A linear model in training beside a network. */
export interface LinearCompanion {
  /** Advances the linear model to the step of the network, and compares the two. */
  read(network: Training): LinearReadings;
  /** The state of the linear model, to go on from. @throws DefinitionError  as that of `Training` */
  state(): KeptState;
}

/**
 * The linear model that an arm's own optimiser trains beside its network: on the data, the batches, the steps and the law of initial weights of the run, for as
 * many steps as the network has made.
 *
 *   linearAgreement = |{test samples i : class of f(xᵢ; θ_t) = class of W_t xᵢ}| / test samples
 *
 * The class is the sign of a single score, or the largest of several. A score of 0, or two that are largest, puts a sample into no class, which agrees with
 * none. Both numbers are NaN without test data, and once the linear model has diverged.
 *
 * @param options  of the network's training; its stop rule is left out, since the linear model goes as far as the network
 * @param host     kernels to compute with
 * @param from     a state of the linear model; absent: it starts at its first step
 * @returns the linear model
 * @throws DefinitionError  if the optimiser does not fit a single matrix of weights
 */
export function linearCompanion(
  { network: { inputDim, outputs }, data, testData, loss, optimizer, step, phases, batch, init, seed }: TrainOptions,
  host: TrainHost,
  from?: KeptState,
): LinearCompanion {
  const { law, scale } = init instanceof Float64Array ? { law: "uniformFanIn" as const, scale: 0 } : init;
  const model = fitting(
    () =>
      new Training(
        {
          network: linear({ inputDim, outputs }),
          ...{ data, loss, optimizer, step, seed, track: [] },
          init: { law, scale }, // it has no frozen layers
          ...(testData && { testData }),
          ...(phases && { phases }),
          ...(batch && { batch }),
        },
        host,
        from,
      ),
  );
  const labels = testData && "labels" in testData ? Array.from(testData.labels) : [];
  const read = (network: Training): LinearReadings => {
    while (model.step < network.step && !model.outcome) model.advance();
    const theirs = model.outcome?.kind === "diverged" ? labels.map(() => Number.NaN) : classesOf(model.testScores(), outputs);
    const ours = classesOf(network.testScores(), outputs);
    const share = (isSame: (theirs: number, i: number) => boolean): number =>
      theirs.some(Number.isNaN) || theirs.length === 0 ? Number.NaN : theirs.filter(isSame).length / theirs.length;
    return {
      linearAgreement: share((one, i) => one !== noClass && one === ours[i]),
      linearTestAccuracy: share((one, i) => one === labels[i]),
    };
  };
  return { read, state: () => model.state() };
}

/** The linear model's training, or the reason why there is none. */
function fitting(start: () => Training): Training {
  try {
    return start();
  } catch (cause) {
    if (!(cause instanceof DefinitionError)) throw cause;
    const text = `no linear model can be trained beside the network, for linearAgreement and linearTestAccuracy: ${cause.message}`;
    throw new DefinitionError(text, { path: "record.probes", value: cause.value, hint: "leave these probes out", cause });
  }
}

/** No label: a sample on a boundary. */
const noClass = Number.NEGATIVE_INFINITY;

/** The labels that scores stand for, f64[n][outputs]. */
function classesOf(scores: Float64Array, outputs: number): number[] {
  return Array.from({ length: scores.length / outputs }, (_, i) => {
    const [first, ...others] = scores.subarray(i * outputs, (i + 1) * outputs) as unknown as [number, ...number[]];
    if (others.length === 0) return Math.sign(first) || noClass;
    const top = Math.max(first, ...others);
    const at = [first, ...others].indexOf(top);
    return others.lastIndexOf(top) + 1 > at ? noClass : at;
  });
}
