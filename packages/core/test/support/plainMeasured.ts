import type { KernelFactory } from "@steepest/kernels";
import type { LabelledData, Norm, Optimizer } from "../../src/index.js";
import { isTrainable, matricesOf, type PlainNetwork, plainScore } from "./plainNetwork.js";
import { plainLengths } from "./plainPoint.js";

export interface PlainRun {
  readonly network: PlainNetwork;
  readonly degree: number;
  readonly loss: "exponential" | "logistic";
  readonly data: LabelledData;
  readonly kernels: KernelFactory;
}

/** Everything at one θ from the weights alone, with one constraint per sample and other class. */
interface PlainState {
  readonly theta: number[];
  readonly ghat: number[];
  readonly logRisk: number;
  /** wᵢ. */
  readonly weights: readonly number[];
  /** Per constraint: its margin, and its multiplier wᵢ pᵢⱼ. */
  readonly constraints: readonly { readonly q: number; readonly w: number }[];
  readonly smallest: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const dot = (a: readonly number[], b: readonly number[]): number => sum(a.map((value, i) => value * b[i]!));
const length = (a: readonly number[]): number => Math.sqrt(dot(a, a));
const cosine = (a: readonly number[], b: readonly number[]): number => dot(a, b) / length(a) / length(b);
const logOfSum = (logs: readonly number[]): number => {
  const top = Math.max(...logs);
  return top + Math.log(sum(logs.map((one) => Math.exp(one - top))));
};

const losses = {
  exponential: { log: (q: number) => -q, slope: (q: number) => -q, inverse: (z: number) => -z, factor: () => 1 },
  logistic: {
    log: (q: number) => Math.log(q > 0 ? Math.log1p(Math.exp(-q)) : Math.log1p(Math.exp(q)) - q),
    slope: (q: number) => (q > 0 ? -q - Math.log1p(Math.exp(-q)) : -Math.log1p(Math.exp(q))),
    inverse: (z: number) => (z > 3 ? -Math.exp(z) - Math.log1p(-Math.exp(-Math.exp(z))) : -Math.log(Math.expm1(Math.exp(z)))),
    factor: (z: number) => Math.exp(Math.exp(z)),
  },
};

/** The state at weights, of all samples or of these rows. */
export function plainState({ network, loss, data }: PlainRun, weights: Float64Array, rows?: readonly number[]): PlainState {
  const { inputs, inputDim, labels, classes } = data;
  const { log, slope } = losses[loss];
  const samples = (rows ?? [...Array(labels.length).keys()]).map((i) => {
    const x = inputs.slice(i * inputDim, (i + 1) * inputDim);
    const y = labels[i]!;
    if (classes === undefined) {
      const { score, gradient } = plainScore(network, weights, x);
      return [{ q: y * score, gradient: [...gradient].map((g) => y * g) }];
    }
    const scores = Array.from({ length: classes }, (_, j) => plainScore(network, weights, x, j));
    const own = scores[y]!;
    return scores.flatMap(({ score, gradient }, j) =>
      j === y ? [] : [{ q: own.score - score, gradient: [...own.gradient].map((g, k) => g - gradient[k]!) }],
    );
  });
  const smoothed = samples.map((constraints) => -logOfSum(constraints.map(({ q }) => -q)));
  const logRisk = logOfSum(smoothed.map(log));
  const sampleWeights = smoothed.map((q) => Math.exp(slope(q) - logRisk));
  const theta = matricesOf(network, weights).flatMap(({ values }, layer) => (isTrainable(network, layer) ? [...values] : []));
  const ghat = theta.map(() => 0);
  const constraints = samples.flatMap((own, i) =>
    own.map(({ q, gradient }) => {
      const w = sampleWeights[i]! * Math.exp(smoothed[i]! - q);
      gradient.forEach((g, k) => {
        ghat[k]! -= w * g;
      });
      return { q, w };
    }),
  );
  return { theta, ghat, logRisk, weights: sampleWeights, constraints, smallest: Math.min(...constraints.map(({ q }) => q)) };
}

/** A step of a run as a test saw it. */
export interface PlainStep {
  readonly state: PlainState;
  /** The gradient that the step from here saw. */
  readonly seen: readonly number[];
  /** The optimiser that made the step to here. */
  readonly optimizer: Optimizer;
}

/** Every measured number at the last of the steps of a run, every one of which is a record point, in plain arithmetic. NaN where none is promised. */
export function plainMeasured(
  run: PlainRun,
  steps: readonly PlainStep[],
  norms: readonly Norm[],
  seesAll: boolean,
): Record<string, number> {
  const { network, degree, loss, data, kernels } = run;
  const { inverse, factor, log } = losses[loss];
  const trained = network.widths
    .slice(1)
    .flatMap((rows, layer) => (isTrainable(network, layer) ? [{ rows, columns: network.widths[layer]! }] : []));
  const lengths = plainLengths(trained, kernels);
  const norm = (of: Norm, vector: readonly number[]): number => lengths.lengthOf(of, Float64Array.from(vector));
  const dual = (of: Norm, vector: readonly number[]): number => lengths.dual(of, Float64Array.from(vector));
  const t = steps.length - 1;
  const { state, optimizer } = steps[t]!;
  const before = steps[t - 1];
  const { theta, ghat, logRisk, weights, constraints, smallest } = state;
  const n = data.labels.length;
  const numerator = inverse(logRisk);
  const beta = (of: Norm, { theta: at, ghat: g }: PlainState): number => -dot(at, g) / norm(of, at) / dual(of, g);
  const perfect = smallest > 0;
  const found: Record<string, number> = {};

  const logSoft = ({ theta: at, logRisk: z }: PlainState, of: Norm): number => Math.log(inverse(z)) - degree * Math.log(norm(of, at));
  const own = optimizer.ownNorm;
  const start = (() => {
    let first = t;
    while (first > 0 && steps[first]!.optimizer === optimizer && steps[first - 1]!.state.logRisk < -5) first--;
    return seesAll && first < t && logRisk < -5 ? first : undefined;
  })();
  const sides = (from: number | undefined): [growth: number, bound: number] => {
    if (from === undefined) return [Number.NaN, Number.NaN];
    const rates = steps.slice(from, t).map(({ state: at }, i) => {
      const next = steps[from + i + 1]!.state.theta;
      const moved = norm(
        own,
        next.map((value, k) => value - at.theta[k]!),
      );
      return degree * (moved / norm(own, at.theta)) * (1 / beta(own, at) - 1);
    });
    return [logSoft(state, own) - logSoft(steps[from]!.state, own), sum(rates)];
  };
  for (const [name, [growth, bound]] of [
    ["interval", sides(start === undefined ? undefined : t - 1)],
    ["total", sides(start)],
  ] as const) {
    found[`softMarginGrowth.${name}`] = growth;
    found[`softMarginGrowth.${name}Bound`] = bound;
    found[`softMarginGrowth.${name}Slack`] = growth - bound;
  }

  const z = theta.map((_, k) =>
    sum(
      steps.map(
        ({ state: { theta: at, ghat: g, weights: w } }, s) =>
          (0.99 ** (t - s) * (length(theta) / length(at)) ** (degree - 1) * -g[k]!) / sum(w),
      ),
    ),
  );
  const share = sum(steps.map((_, s) => 0.99 ** (t - s)));
  const update = before && theta.map((value, k) => value - before.state.theta[k]!);
  const radius = optimizer.lengthUnit === "unit" && optimizer.decay ? (optimizer.unitLength ?? 1) / optimizer.decay : Number.NaN;
  for (const of of norms) {
    const [size, dualSize] = [norm(of, theta), dual(of, ghat)];
    const scale = (size / dualSize) * smallest ** (1 - 2 / degree);
    const soft = numerator / size ** degree;
    const put = (name: string, value: number): void => {
      found[`${name}.${of.id}`] = value;
    };
    put("alignment", beta(of, state));
    put("kkt.stationarity", perfect ? 1 - beta(of, state) : Number.NaN);
    put("kkt.complementarity", perfect ? sum(constraints.map(({ q, w }) => scale * w * (q / smallest - 1))) : Number.NaN);
    put(
      "kkt.complementarityBound",
      numerator > 0 ? (constraints.length * factor(logRisk)) / (Math.E * soft ** (2 / degree) * degree * numerator) : Number.NaN,
    );
    put("kkt.tangentMarginRatio", perfect ? (degree * smallest * sum(weights)) / size / dualSize : Number.NaN);
    put("kkt.averageTangentMarginRatio", perfect && seesAll ? (degree * smallest * share) / size / dual(of, z) : Number.NaN);
    const most = Math.log(n) + log(smallest - Math.log(constraints.length / n));
    put("sandwich.lower", (numerator - inverse(most)) / size ** degree);
    put("sandwich.upper", (smallest - numerator) / size ** degree);
    put("frankWolfeGap", dot(ghat, theta) + radius * dualSize);
    put("update.alignment", update && before ? -dot(update, before.seen) / norm(of, update) / dual(of, before.seen) : Number.NaN);
  }
  found.effectiveSupportCount = sum(weights) ** 2 / sum(weights.map((w) => w * w));
  const half = t > 0 ? steps[Math.floor(t / 2)]!.state.theta : undefined;
  found["direction.cosineToLast"] = before ? cosine(theta, before.state.theta) : Number.NaN;
  found["direction.cosineToHalf"] = half ? cosine(theta, half) : Number.NaN;
  found["direction.pathLength"] = sum(
    steps.slice(1).map(({ state: { theta: b } }, s) => {
      const a = steps[s]!.state.theta;
      return length(b.map((value, k) => value / length(b) - a[k]! / length(a)));
    }),
  );
  found["gradient.cosine"] = before ? cosine(ghat, before.seen) : Number.NaN;
  found["speed.logRisk"] = before ? before.state.logRisk - logRisk : Number.NaN;
  return found;
}
