import { describe, expect, test } from "vitest";
import {
  adam,
  backtracking,
  lineSearch,
  lion,
  losses,
  lp,
  marginPaced,
  mlp,
  momentumDescent,
  muon,
  muonAdam,
  muonSignum,
  norms,
  type Optimizer,
  progressiveRescaling,
  rmsProp,
  type StepRule,
  scion,
  signum,
  steepestDescent,
  Training,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";

type Host = (typeof hosts)[number];

const exactMuon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;
const pureAdam = { beta1: 0.9, beta2: 0.99, epsilon: 0 };

/** Optimisers whose steps have no unit of their own: no epsilon, no decay, no gradient of the risk. */
const scaleFree: Readonly<Record<string, Optimizer>> = {
  "smoothed l1": steepestDescent({ norm: norms.l1, normalized: true, smoothing: "alignment" }),
  "smoothed linf": steepestDescent({ norm: norms.linf, normalized: true, smoothing: "alignment" }),
  momentum: momentumDescent({ norm: lp(3), momentum: 0.9, nesterov: true }),
  signum: signum({ momentum: 0.9 }),
  muon: muon(exactMuon),
  "muon, Newton-Schulz": muon({ ...exactMuon, orthogonalization: "newtonSchulz", scale: "rms" }),
  muonSignum: muonSignum({ muon: { ...exactMuon, scale: "aspect" }, signum: { momentum: 0.9 }, rowScale: 0.5 }),
  muonAdam: muonAdam({ muon: exactMuon, adam: pureAdam, rowScale: 2 }),
  scion: scion({ norm: norms.colMax, momentum: 0.9 }),
  adam: adam(pureAdam),
  lion: lion({ beta1: 0.9, beta2: 0.99 }),
  rmsProp: rmsProp({ decay: 0.9, epsilon: 0, momentum: 0.5 }),
  prgd: progressiveRescaling(steepestDescent({ norm: norms.linf, normalized: true }), { period: 3, growth: 1.5 }),
};

const paced = (): StepRule => marginPaced({ c: 0.25 });

/** Step rules by the scale 2^-k of θ; sizes that are lengths are as long as θ. */
const rules: Readonly<Record<string, (scale: number) => StepRule>> = {
  "by the bound": () => marginPaced({ c: 0.1, gradients: "bound" }),
  backtracking: () => backtracking({ relativeSize: 0.05, tolerance: 0 }),
  "line search": (scale) => lineSearch({ size: 0.1 * scale, sufficientDecrease: 0.1 }),
};

/** Log risks of a net 2-3-1 on data times 2^2k from weights times 2^-k, then the weights times 2^k. */
function trace(host: Host, optimizer: Optimizer, rule: (scale: number) => StepRule, k: number): readonly number[] {
  const training = new Training(
    {
      network: mlp({ widths: [2, 3, 1], activation: "relu" }),
      data: { inputs: Float64Array.of(1, 2, 2, 1, -1, -2, -2, -1.5).map((x) => x * 2 ** (2 * k)), labels: [1, 1, -1, -1], inputDim: 2 },
      loss: losses.exponential,
      optimizer,
      step: rule(2 ** -k),
      init: Float64Array.of(1, 0.5, -0.75, -0.5, 0.25, -1, 0.5, -0.5, 0.75).map((w) => w * 2 ** -k),
      seed: 0,
    },
    host,
  );
  const risks = [training.logRisk];
  for (let t = 0; t < 15; t++) {
    training.advance();
    risks.push(training.logRisk);
  }
  expect(training.outcome).toBeUndefined();
  return [...risks, ...training.parameters().map((w) => w * 2 ** k)];
}

describe.each(hosts)("optimisers and rules without a unit are scale-free on the $host", (host) => {
  const cases = [
    ...Object.entries(scaleFree).map(([name, optimizer]) => [name, optimizer, paced] as const),
    ...Object.entries(rules).map(([name, rule]) => [name, steepestDescent({ norm: norms.l2, normalized: true }), rule] as const),
  ];
  test.each(cases)("%s", (name, optimizer, rule) => {
    const plain = trace(host, optimizer, rule, 0);
    expect(plain[15]).toBeLessThan(plain[0]! - 0.1);
    // the loss frame of a memory moves through exponentials, a power through logarithms; all the others are exact
    const tolerance = name === "momentum" ? 1e-13 : 0;
    for (const k of [-330, -250, 250, 330]) {
      trace(host, optimizer, rule, k).forEach((value, i) => {
        expect(Math.abs(value - plain[i]!), `value ${i} at k = ${k}`).toBeLessThanOrEqual(tolerance * Math.abs(plain[i]!));
      });
    }
  });
});
