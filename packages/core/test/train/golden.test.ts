import { ArenaPlan } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { constant, type Network, norms, steepestDescent, Training } from "../../src/index.js";
import forwardGrad from "../golden/forward_grad.json" with { type: "json" };
import kkt from "../golden/kkt.json" with { type: "json" };
import lossCases from "../golden/losses.json" with { type: "json" };
import {
  flat,
  type GoldenConvolution,
  type GoldenProblem,
  goldenData,
  goldenLayers,
  goldenLoss,
  goldenNetwork,
  goldenSamples,
} from "../support/goldenNetwork.js";
import { hosts } from "../support/hosts.js";
import { largestDifference, largestEntry } from "../support/largestDifference.js";

const relative = 1e-13;
const optimizer = steepestDescent({ norm: norms.l2, normalized: true });
const step = constant({ size: 1 });

describe.each(hosts)("golden values on the $host", ({ kernels }) => {
  const networksOf = forwardGrad.cases.flatMap((golden) => {
    const arch = golden.arch as (GoldenProblem["arch"] | GoldenConvolution) & { readonly degree: number };
    const of = (kind: string, network: Network) => ({ name: golden.name, kind, golden: { ...golden, arch }, network });
    return [of("layers", goldenLayers(arch)), ...("kernel" in arch ? [] : [of("perceptron", goldenNetwork(arch))])];
  });
  test.each(networksOf)("forward and gradient: $name, $kind", ({ golden, network }) => {
    const loss = goldenLoss(golden);
    const training = new Training(
      { network, data: goldenSamples(golden), loss, optimizer, step, init: flat(golden.params), seed: 0 },
      { kernels },
    );
    expect(network.degree).toBe(golden.arch.degree);
    golden.outputs.flat().forEach((output, i) => {
      expect(Math.abs(training.scores()[i]! - output)).toBeLessThanOrEqual(relative * Math.abs(output));
    });
    expect(largestDifference(training.sampleMargins(), golden.margins)).toBeLessThanOrEqual(relative * largestEntry(golden.margins));
    expect(Math.abs(training.logRisk - golden.log_loss)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(golden.log_loss)));
    expect(largestDifference(training.weights(), golden.q)).toBeLessThanOrEqual(relative * largestEntry(golden.q));
    const gradient = flat(golden.grad_log_loss);
    expect(largestDifference(training.gradient(), gradient)).toBeLessThanOrEqual(relative * largestEntry(gradient));
    const numerator = loss.softMarginNumerator(kernels(0), training.logRisk);
    expect(Math.abs(numerator - golden.soft_margin_numerator)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(numerator)));
  });

  test.each(lossCases.cases)("loss: $name", (golden) => {
    const n = golden.margins.length;
    const arena = new ArenaPlan().span(n).span(n).allocate(kernels);
    const [margins, weights] = [arena.span(n), arena.span(n)];
    margins.view.set(golden.margins);
    const loss = goldenLoss(golden);
    const logRisk = loss.evaluate(arena.kernels, margins, weights);
    expect(Math.abs(logRisk - golden.log_loss)).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(golden.log_loss)));
    expect(largestDifference(weights.view, golden.q)).toBeLessThanOrEqual(1e-14 * largestEntry(golden.q));
    const numerator = loss.softMarginNumerator(arena.kernels, logRisk);
    expect(Math.abs(numerator - golden.soft_margin_numerator)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(numerator)));
  });

  test.each(kkt.cases)("kktResidual: $name", (golden) => {
    const { X, activation, degree } = golden;
    const params = golden.params as number[][][];
    const sizes = [X[0]!.length, ...params.map((layer) => layer.length)];
    const norm = norms[golden.norm as keyof typeof norms];
    const training = new Training(
      {
        network: goldenNetwork({ sizes, activation }),
        data: goldenData(golden),
        loss: goldenLoss({ ...golden, reduction: "sum" }),
        optimizer,
        step,
        init: flat(params),
        seed: 0,
      },
      { kernels },
    );
    const { margin, stationarity, complementarity, tangentMarginRatio, norm: id } = training.kktResidual(norm);
    expect(id).toBe(golden.norm);
    expect(margin / (golden.min_margin / golden.param_norm ** degree)).toBeCloseTo(1, 11);
    expect(tangentMarginRatio / golden.kappa_q).toBeCloseTo(1, 9);
    expect(tangentMarginRatio).toBeLessThanOrEqual(golden.kappa * (1 + 1e-9));
    expect(1 - stationarity).toBeCloseTo(golden.cos_q, 9);
    // Σ λᵢ of the trajectory's multipliers, which the golden slackness has normalised away
    const multiplierSum = (golden.param_norm / golden.dual_norm_q) * golden.min_margin ** (1 - 2 / degree);
    expect(Math.abs(complementarity / multiplierSum - golden.slack_q)).toBeLessThanOrEqual(1e-10 * Math.max(golden.slack_q, 1e-4));
  });
});
