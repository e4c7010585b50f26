import {
  arrayNetwork,
  arrayNorm,
  type LabelledData,
  linear,
  losses,
  marginPaced,
  mlp,
  type Network,
  type Norm,
  normShape,
  norms,
  steepestDescent,
  type TrainHost,
  Training,
} from "@steepest/core";
import { type LimitState, type LimitSubject, limitLaws } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";
import { maxMargin } from "./maxMargin.js";

/** yᵢ xᵢ = (2, 1), (1, 2), (4, 3). */
const byHand: LabelledData = { inputs: Float64Array.of(2, 1, -1, -2, 4, 3), inputDim: 2, labels: [1, -1, 1] };

const steps = 300;
const stepsBetweenStates = 10;

interface Problem {
  readonly network: Network;
  readonly norm: Norm;
  readonly init: Float64Array;
  /** true: the largest margin is known, as it is for linear models. */
  readonly isLinear?: boolean;
}

/** The separating states that normalised steepest descent passes through. */
function limit({ network, norm, init, isLinear }: Problem, host: TrainHost): LimitSubject {
  const training = new Training(
    {
      network,
      data: byHand,
      loss: losses.exponential,
      optimizer: steepestDescent({ norm, normalized: true }),
      step: marginPaced({ c: 0.25 }),
      init,
      seed: 0,
      track: [norm],
    },
    host,
  );
  const shape = normShape(network.layout);
  const { norm: length, dualNorm } = arrayNorm(norm, host.kernels, () => shape.blocks);
  const { gradient } = arrayNetwork(network, byHand, host.kernels);
  const states: LimitState[] = [];
  for (let t = 0; t <= steps; t++) {
    if (t % stepsBetweenStates === 0 && training.minMargin > 0) {
      const theta = training.parameters();
      const count = byHand.labels.length;
      const scale = (length(theta) / dualNorm(training.gradient())) * training.minMargin ** (1 - 2 / network.degree);
      states.push({
        theta,
        sampleMargins: training.sampleMargins(),
        marginGradients: Array.from({ length: count }, (_, i) =>
          gradient(theta, new Float64Array(count).fill(byHand.labels[i]!, i, i + 1)),
        ),
        logRisk: training.logRisk,
        multipliers: training.weights().map((w) => scale * w),
        stationarity: training.kktResidual(norm).stationarity,
      });
    }
    training.advance();
  }
  return { states, degree: network.degree, norm: length, dualNorm, ...(isLinear && { maxMargin: maxMargin(byHand, length) }) };
}

const linearModel = linear({ inputDim: 2 });
const reluNetwork = mlp({ widths: [2, 3, 1], activation: "relu" });
const squaredRelu = mlp({ widths: [2, 3, 1], activation: { reluPower: 2 } });
/** A unit for each class, and one for neither. */
const separating = Float64Array.of(0.5, 0.25, -0.25, -0.5, 0.5, -0.5, 0.5, -0.5, 0.25);

/** Late states of linear models, whose largest margins are known, and of two networks of degree 2 and 3. */
export const limitFamily: Family = defineFamily<LimitSubject>({
  id: "limits",
  laws: limitLaws,
  members: { states: "object", degree: "number", norm: "function", dualNorm: "function" },
  own: (host) => ({
    ...Object.fromEntries(
      Object.entries(norms).map(([id, norm]) => [
        `linear, ${id}`,
        limit({ network: linearModel, norm, init: new Float64Array(2), isLinear: true }, host),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(norms).flatMap(([id, norm]) => [
        [`relu 2-3-1, ${id}`, limit({ network: reluNetwork, norm, init: separating }, host)],
        [`relu^2 2-3-1, ${id}`, limit({ network: squaredRelu, norm, init: separating }, host)],
      ]),
    ),
  }),
});
