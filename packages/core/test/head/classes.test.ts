import { ArenaPlan } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import {
  backtracking,
  bindNormIn,
  drawNormal,
  EndedTraining,
  initialise,
  type LabelledData,
  linear,
  losses,
  marginPaced,
  mlp,
  type Network,
  type NormId,
  normScratch,
  normShape,
  norms,
  sampleShapeOf,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import lossCases from "../golden/losses_classes.json" with { type: "json" };
import { goldenLoss } from "../support/goldenNetwork.js";
import { hosts } from "../support/hosts.js";
import { largestDifference, largestEntry } from "../support/largestDifference.js";
import { mixture, rowsOf, threeClasses } from "../support/severalClasses.js";

const networks: Readonly<Record<string, Network>> = {
  linear: linear({ inputDim: 4, outputs: 3 }),
  relu: mlp({ widths: [4, 6, 3], activation: "relu" }),
  "relu, three layers": mlp({ widths: [4, 5, 6, 3], activation: "relu" }),
  "leaky relu": mlp({ widths: [4, 6, 3], activation: { leakyRelu: 0.1 } }),
  "squared relu": mlp({ widths: [4, 6, 3], activation: { reluPower: 2 } }),
  "second layer frozen": mlp({ widths: [4, 6, 3], activation: "relu", frozenLayers: [1] }),
};
const exponentials = { exponential: losses.exponential, "cross-entropy": losses.logistic };
const cases = Object.entries(networks).flatMap(([name, network]) =>
  Object.entries(exponentials).map(([loss, member]) => [name, loss, { ...threeClasses, network, loss: member }] as const),
);

/** qᵢ, q~ᵢ and the softmax over the other classes, in plain JavaScript. */
function headOf(scores: Float64Array, { labels, classes }: LabelledData) {
  return rowsOf(scores, classes!).map((row, i) => {
    const y = labels[i]!;
    const margins = [...row.keys()].filter((j) => j !== y).map((j) => row[y]! - row[j]!);
    const smallest = Math.min(...margins);
    const sum = margins.reduce((total, q) => total + Math.exp(smallest - q), 0);
    return { q: smallest, smoothed: smallest - Math.log(sum), margins, shares: margins.map((q) => Math.exp(smallest - q) / sum) };
  });
}

describe.each(hosts)("several classes on the $host", (host) => {
  const start = (options: TrainOptions): Training => new Training(options, host);

  test.each(cases)("%s, %s: Euler, <θ, -ghat> = L Σ wᵢ mᵢ, and margins by their definition", (_, __, options) => {
    const training = start(options);
    const { degree, layout } = options.network;
    const theta = training.point().norm; // canonical
    expect(theta.l2).toBeGreaterThan(0);
    const parameters = training.parameters();
    const moving = layout.blocks.flatMap(({ offset, inputs, outputs, trainable }) => {
      const length = inputs * outputs;
      return trainable ? [...parameters.subarray(offset, offset + length)] : [];
    });
    const gradient = training.gradient();
    const inner = moving.reduce((sum, value, i) => sum - value * gradient[i]!, 0);
    const head = headOf(training.scores(), options.data);
    const weights = training.weights();
    const weighted = head.map(({ margins, shares }) => margins.reduce((sum, q, j) => sum + shares[j]! * q, 0));
    const sum = degree * weighted.reduce((total, m, i) => total + weights[i]! * m, 0);
    const scale = weighted.reduce((total, m, i) => total + weights[i]! * Math.abs(m), 0) * degree;
    expect(Math.abs(inner - sum)).toBeLessThanOrEqual(1e-13 * Math.max(scale, 1));
    expect(
      largestDifference(
        training.sampleMargins(),
        head.map(({ q }) => q),
      ),
    ).toBeLessThanOrEqual(1e-15 * largestEntry(training.scores()));
    expect(largestDifference(training.weightedMargins(), weighted)).toBeLessThanOrEqual(1e-14 * largestEntry(weighted));
    for (const [i, m] of training.weightedMargins().entries()) expect(m).toBeGreaterThanOrEqual(training.sampleMargins()[i]! - 1e-14);
  });

  test.each(cases)("%s, %s: ghat is the derivative of the log risk", (_, __, options) => {
    const { layout } = options.network;
    const training = start(options);
    const gradient = training.gradient();
    const at = training.parameters();
    const h = 2 ** -17; // the error of a central difference: h² of the third derivative, and rounding of log R over h
    const logRisk = (k: number, by: number): number =>
      start({ ...options, track: [], init: at.map((w, i) => (i === k ? w + by : w)) }).logRisk;
    let next = 0;
    for (const { offset, inputs, outputs, trainable } of layout.blocks) {
      for (let k = next; k < next + inputs * outputs; k++) {
        if (!trainable || k % 3 !== 0) continue; // a third of them
        const slope = (logRisk(k, h) - logRisk(k, -h)) / (2 * h);
        expect(Math.abs(slope - gradient[offset + k - next]!)).toBeLessThanOrEqual(2e-8 * Math.max(1, largestEntry(gradient)));
      }
      next += inputs * outputs;
    }
  });

  test.each(cases)("%s, %s: margins and alignment are the same at cθ", (_, __, options) => {
    const one = start(options);
    for (const exponent of [-300, -40, 3, 40]) {
      const { layout, degree } = options.network;
      const c = 2 ** exponent;
      const at = one.parameters();
      let next = 0;
      for (const { inputs, outputs, trainable } of layout.blocks) {
        const end = next + inputs * outputs;
        if (trainable) at.subarray(next, end).set(at.subarray(next, end).map((w) => c * w));
        next = end;
      }
      const scaled = start({ ...options, init: at });
      for (const id of ["l1", "l2", "linf", "spectral"] as const) {
        expect(scaled.point().margin[id]! / one.point().margin[id]! - 1).toBeLessThanOrEqual(1e-12);
      }
      expect(scaled.point().trainAccuracy).toBe(one.point().trainAccuracy);
      if (exponent * degree > -1000) {
        expect(
          largestDifference(
            scaled.sampleMargins().map((q) => q / c ** degree),
            one.sampleMargins(),
          ),
        ).toBeLessThanOrEqual(1e-12 * largestEntry(one.sampleMargins()));
      }
    }
  });

  test("where no double holds a score, margins are right all the same", () => {
    const options = { ...threeClasses, network: mlp({ widths: [4, 6, 3], activation: "relu" }) };
    const one = start(options);
    // the first layer times 2^-700, the second times 2^-400: scores of 2^-1100, gradients that f64 holds
    const at = one.parameters().map((w, i) => w * (i < 24 ? 2 ** -400 : 2 ** -680));
    const tiny = start({ ...options, init: at });
    expect(Math.abs(tiny.scores()[0]!)).toBe(0);
    const { values, exponent } = tiny.scaledMargins();
    const { values: expected } = one.scaledMargins();
    expect(exponent).toBeLessThan(-1022);
    const factor = 2 ** (1080 + exponent + 40) * 2 ** -40;
    expect(
      largestDifference(
        values.map((q) => q * factor),
        expected,
      ),
    ).toBeLessThanOrEqual(1e-14 * largestEntry(expected));
    expect(tiny.point().trainAccuracy).toBe(one.point().trainAccuracy);
  });

  // a linear model on unit vectors has any scores
  const onScores = (scores: readonly (readonly number[])[], labels: readonly number[], loss: TrainOptions["loss"]): Training => {
    const [n, classes] = [scores.length, scores[0]!.length];
    const inputs = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
    const init = Float64Array.from({ length: n * classes }, (_, k) => scores[k % n]![Math.floor(k / n)]!);
    const network = linear({ inputDim: n, outputs: classes });
    return start({ ...threeClasses, network, data: { inputs, inputDim: n, labels, classes }, loss, init });
  };

  test.each(lossCases.cases)("golden losses: $name", (golden) => {
    const { outputs, y, margins, log_loss, q, dlogL_doutputs, soft_margin_numerator } = golden;
    const loss = goldenLoss(golden);
    const training = onScores(outputs, y, loss);
    const classes = outputs[0]!.length;
    expect(largestDifference(training.sampleMargins(), margins)).toBeLessThanOrEqual(1e-13 * largestEntry(margins));
    expect(Math.abs(training.logRisk - log_loss)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(log_loss)));
    // a margin of 2000 is rounded to 2e-13, and its weight by as much relative to itself
    const bound = 1e-13 + 2 ** -51 * largestEntry(margins);
    expect(largestDifference(training.weights(), q)).toBeLessThanOrEqual(bound * largestEntry(q));
    const slopes = dlogL_doutputs.flatMap((row, i) => row.map((slope, j) => ({ slope, at: j * outputs.length + i })));
    const gradient = training.gradient();
    for (const { slope, at } of slopes)
      expect(Math.abs(gradient[at]! - slope)).toBeLessThanOrEqual(bound * largestEntry(dlogL_doutputs.flat()));
    expect(gradient).toHaveLength(outputs.length * classes);
    const numerator = loss.softMarginNumerator(host.kernels(0), training.logRisk);
    expect(Math.abs(numerator - soft_margin_numerator)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(numerator)));
  });

  test.each([1e8, 1e300])("logits of %g: log risk, margins and weights by hand", (size) => {
    for (const loss of Object.values(exponentials)) {
      // margins size, 2 size and 3 size: R = e^-size to one rounding; the second class of sample 0 has all the weight
      const far = onScores(
        [
          [size, 0, -size],
          [-size, size, -size],
          [0, -size, 3 * size],
        ],
        [0, 1, 2],
        loss,
      );
      expect([...far.sampleMargins()]).toEqual([size, 2 * size, 3 * size]);
      expect(far.logRisk).toBe(-size);
      expect([...far.weights()]).toEqual([1, 0, 0]);
      expect([...far.gradient()]).toEqual([-1, 0, 0, 1, 0, 0, 0, 0, 0].map((x) => x + 0));
      // sample 0 on the wrong side by size: its cross-entropy is size, its exponential loss e^size
      const wrong = onScores(
        [
          [-size, 0],
          [0, 1],
        ],
        [0, 1],
        loss,
      );
      expect([...wrong.sampleMargins()]).toEqual([-size, 1]);
      const expected = loss === losses.exponential ? size : Math.log(size + Math.log1p(Math.exp(-1)));
      expect(Math.abs(wrong.logRisk / expected - 1)).toBeLessThanOrEqual(2 ** -52);
    }
  });

  test("two classes of half the weights are the binary model, log risk and gradient", () => {
    const { inputs, inputDim, labels } = mixture({ seed: 8, classes: 2, perClass: 6, inputDim: 5, spread: 0.5 });
    const w = Float64Array.of(0.5, -1, 0.25, 2, -0.75);
    for (const loss of Object.values(exponentials)) {
      const common = { ...threeClasses, loss };
      const signs = labels as readonly number[];
      const binary = start({
        ...common,
        network: linear({ inputDim }),
        data: { inputs, inputDim, labels: signs.map((y) => 2 * y - 1) },
        init: w,
      });
      const two = start({
        ...common,
        network: linear({ inputDim, outputs: 2 }),
        data: { inputs, inputDim, labels, classes: 2 },
        init: Float64Array.from([...w.map((x) => -x / 2), ...w.map((x) => x / 2)]),
      });
      expect(two.sampleMargins()).toEqual(binary.sampleMargins()); // halves are exact
      expect(two.logRisk).toBe(binary.logRisk);
      expect(largestDifference(two.gradient().slice(inputDim), binary.gradient())).toBeLessThanOrEqual(
        1e-15 * largestEntry(binary.gradient()),
      );
    }
  });

  test.each(["l1", "l2", "linf", "spectral"] as const)("the largest per-sample gradient in %s is that of explicit gradients", (id) => {
    for (const network of Object.values(networks)) {
      const { data, init, seed } = threeClasses;
      const [n, { layout }] = [data.labels.length, network];
      const shape = normShape(layout);
      const lengths = { parameters: layout.totalCount, out: layout.parameterCount, seeds: n * data.classes, coefficients: n };
      const plan = new ArenaPlan().spans(lengths).region(normScratch(norms[id], shape));
      network.plan(plan, sampleShapeOf(data), "training");
      const arena = plan.allocate(host.kernels);
      const { parameters, out, seeds, coefficients } = arena.spans(lengths);
      const norm = bindNormIn(arena, norms[id], shape);
      const trainer = network.trainer(arena, parameters, data);
      initialise(arena.kernels, network, parameters, init, seed);
      seeds.view.set(drawNormal(host.kernels, { seed: 1, stream: 904, count: seeds.length }));
      trainer.forward();
      trainer.backward(seeds);
      const alone = coefficients.view.map((_, i) => {
        coefficients.view.fill(0);
        coefficients.view[i] = 1;
        trainer.gradient(coefficients, out);
        return norm.dualNorm(out);
      });
      expect(trainer.maxSampleGradient(norm, out) / Math.max(...alone)).toBeCloseTo(1, 12);
    }
  });

  test("the KKT residual is that of multipliers of every pair of a sample and another class", () => {
    for (const loss of Object.values(exponentials)) {
      const options = { ...threeClasses, loss, step: marginPaced({ c: 1 }) };
      const training = start(options);
      while (!(training.logRisk < -8)) training.advance();
      const head = headOf(training.scores(), options.data);
      const weights = training.weights();
      const smallest = Math.min(...head.map(({ q }) => q));
      const { degree } = options.network;
      const { norm } = training.point();
      const dual = Math.hypot(...training.gradient());
      // λᵢⱼ = wᵢ pⱼ (||θ|| / ||ghat||_*) q_min^(1 - 2/L)
      const scale = (norm.l2! / dual) * smallest ** (1 - 2 / degree);
      const complementarity = head.reduce(
        (sum, { margins, shares }, i) =>
          sum + margins.reduce((own, q, j) => own + scale * weights[i]! * shares[j]! * (q / smallest - 1), 0),
        0,
      );
      const weightSum = weights.reduce((sum, w) => sum + w, 0);
      const found = training.kktResidual("l2");
      expect(found.complementarity / complementarity).toBeCloseTo(1, 10);
      expect(found.tangentMarginRatio / ((degree * smallest * weightSum) / norm.l2! / dual)).toBeCloseTo(1, 12);
      expect(found.tangentMarginRatio).toBeLessThanOrEqual(1 + 1e-12);
      expect(found.stationarity).toBeCloseTo(1 - training.point().alignment, 14);
      const ended = start({ ...options, stop: { steps: training.step } });
      while (!ended.outcome) ended.advance();
      expect(new EndedTraining(ended, options, host).kktResidual("l2")).toEqual(ended.kktResidual("l2"));
    }
  });

  test.each(["l2", "linf", "spectral"] as const)(
    "%s: sandwich, rising soft margin, down to a log risk of -1e5 (-1e3 on the twin)",
    (id: NormId) => {
      // smooth, so that backtracking never has to stop: soft margin and margin of the exponential loss, n (C - 1) terms
      const options = {
        ...threeClasses,
        network: mlp({ widths: [4, 6, 3], activation: { reluPower: 2 } }),
        optimizer: steepestDescent({ norm: norms[id], normalized: true }),
        step: backtracking({ relativeSize: 0.05, tolerance: 0 }),
        track: [norms[id]],
      };
      const training = start(options);
      const terms = Math.log(options.data.labels.length * 2);
      let before = Number.NEGATIVE_INFINITY;
      let separated = false;
      const depth = host.host === "binary" ? 1e5 : 1e3; // the twin takes its time
      while (!(training.logRisk < -depth)) {
        training.advance();
        expect(training.outcome).toBeUndefined();
        if (training.step % 32 !== 0) continue;
        const { margin, softMargin, norm } = training.point();
        const slack = 1e-14 * Math.abs(margin[id]!);
        expect(softMargin[id]!).toBeLessThanOrEqual(margin[id]! + slack);
        expect(softMargin[id]!).toBeGreaterThanOrEqual(margin[id]! - terms / norm[id]! ** options.network.degree - slack);
        if (separated) expect(softMargin[id]!).toBeGreaterThanOrEqual(before * (1 - 1e-14));
        before = softMargin[id]!;
        separated = training.separationStep !== undefined;
      }
      expect(training.perfectAccuracyStep!).toBeLessThanOrEqual(training.separationStep!);
    },
  );

  test("mini-batches: one of all samples has the bits of the whole, one of a part those of the part alone", () => {
    const whole = start(threeClasses);
    const batch = start({ ...threeClasses, batch: { size: 12, order: "shuffled" } });
    for (let t = 0; t < 5; t++) for (const training of [whole, batch]) training.advance();
    expect(batch.parameters()).toEqual(whole.parameters());
    const { inputs, inputDim, labels, classes } = threeClasses.data;
    const parts = start({ ...threeClasses, batch: { size: 5, order: "cyclic" } });
    for (const [first, count] of [
      [0, 5],
      [5, 5],
      [10, 2],
    ] as const) {
      const data = {
        inputs: inputs.slice(first * inputDim, (first + count) * inputDim),
        inputDim,
        labels: Array.from(labels).slice(first, first + count),
        classes,
      };
      const alone = start({ ...threeClasses, data, init: parts.parameters() });
      alone.advance();
      parts.advance();
      expect(parts.parameters()).toEqual(alone.parameters());
    }
  });

  test("accuracy on test data counts the class of the largest score", () => {
    const data = { inputs: Float64Array.of(1, 0, 0, 1, 1, 1), inputDim: 2, labels: [0, 1, 2], classes: 3 };
    const init = Float64Array.of(2, 0, 0, 2, 1.5, 1.5); // scores (2, 0, 1.5), (0, 2, 1.5), (2, 2, 3)
    const testData = { ...data, labels: [0, 2, 1] };
    const point = start({ ...threeClasses, network: linear({ inputDim: 2, outputs: 3 }), data, testData, init }).point();
    expect([point.trainAccuracy, point.testAccuracy, point.minMargin]).toEqual([1, 1 / 3, 0.5]);
  });
});
