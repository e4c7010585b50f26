import { expect, test } from "vitest";
import {
  adam,
  adamW,
  DefinitionError,
  decoupledDecay,
  heavyBall,
  lion,
  momentumDescent,
  muon,
  muonSignum,
  norms,
  progressiveRescaling,
  scion,
  signum,
  steepestDescent,
} from "../../src/index.js";

const untyped = (value: unknown) => value as never;
const someAdam = { beta1: 0.9, beta2: 0.99, epsilon: 0 };
const someMuon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;
const gradient = steepestDescent({ norm: norms.l2, normalized: false });

test.each([
  [() => heavyBall({ momentum: 1, nesterov: false }), "momentum: must be in [0, 1), got 1"],
  [() => heavyBall({ momentum: 0.5, nesterov: untyped(undefined) }), "nesterov: must be true or false, got undefined"],
  [() => momentumDescent({ norm: untyped("l2"), momentum: 0, nesterov: false }), "momentumDescent.norm: must be a norm"],
  [() => momentumDescent({ norm: norms.l2, momentum: Number.NaN, nesterov: false }), "momentum: must be in [0, 1), got NaN"],
  [() => signum({ momentum: -0.1 }), "momentum: must be in [0, 1), got -0.1"],
  [
    () => muon({ ...someMuon, orthogonalization: untyped("svd") }),
    "orthogonalization: must be one of exact, newtonSchulz, { newtonSchulz }, { polarExpress }",
  ],
  [() => muon({ ...someMuon, scale: untyped("toString") }), 'scale: must be one of spectral, aspect, rms, got "toString"'],
  [() => muonSignum({ muon: someMuon, signum: { momentum: 0 }, rowScale: 0 }), "rowScale: must be finite and > 0, got 0"],
  [() => scion({ norm: norms.spectral, momentum: 0.9, radius: Number.POSITIVE_INFINITY }), "radius: must be finite and > 0, got Infinity"],
  [() => scion({ norm: untyped(undefined), momentum: 0.9 }), "scion.norm: must be a norm"],
  [() => lion({ beta1: 0.9, beta2: 1 }), "beta2: must be in [0, 1), got 1"],
  [() => decoupledDecay(gradient, -0.1), "decay: must be finite and >= 0, got -0.1"],
  [() => adamW({ ...someAdam, decay: Number.NaN }), "decay: must be finite and >= 0, got NaN"],
  [() => adam({ ...someAdam, epsilon: { log: Number.NaN } }), "epsilon.log: must be finite, got NaN"],
  [() => adam({ ...someAdam, epsilonPlacement: untyped("under") }), 'epsilonPlacement: must be one of outside, inside, got "under"'],
  [() => adam({ ...someAdam, epsilon: untyped(null) }), "epsilon: must be finite and >= 0, got null"],
  [() => progressiveRescaling(gradient, { period: 0, growth: 2 }), "period: must be an integer >= 2, got 0"],
  [() => progressiveRescaling(gradient, { period: 1, growth: 2 }), "period: must be an integer >= 2, got 1"],
  [() => progressiveRescaling(gradient, { period: 5, growth: 1 }), "growth: must be finite and > 1, got 1"],
  [
    () => steepestDescent({ norm: norms.spectral, normalized: true, smoothing: "alignment" }),
    "steepestDescent.smoothing: the norm spectral has no smoothed direction, expected l1 or linf",
  ],
])("refuses by name: %#", (build, message) => {
  expect(build).toThrow(DefinitionError);
  expect(build).toThrow(message);
});
