import type { NormSubject, StepSubject } from "../../src/index.js";
import { l1, l2, linf } from "./plainNorms.js";

type Move = (gradient: Float64Array, logRisk: number, eta: number) => Float64Array;

function stepping({ norm, dualNorm }: NormSubject, normalized: boolean, move: Move): StepSubject {
  return {
    norm,
    dualNorm,
    normalized,
    step: (theta, gradient, logRisk, eta) => {
      const moved = move(gradient, logRisk, eta);
      return theta.map((v, i) => v + moved[i]!);
    },
  };
}

const times = (factor: number, x: Float64Array): Float64Array => x.map((v) => factor * v);

const steepest = (subject: NormSubject): Move => {
  return (gradient, logRisk, eta) => times(eta * Math.exp(logRisk) * subject.dualNorm(gradient), subject.lmo(gradient));
};

export const signDescent: StepSubject = stepping(linf, true, (gradient, _logRisk, eta) => times(eta, linf.lmo(gradient)));
export const gradientDescent: StepSubject = stepping(l2, false, steepest(l2));
export const coordinateDescent: StepSubject = stepping(l1, false, steepest(l1));

export const stepMutants: Readonly<Record<string, StepSubject>> = {
  "step of the mean gradient": stepping(l2, false, (gradient, logRisk, eta) => times(0.5, steepest(l2)(gradient, logRisk, eta))),
  "step along the direction of another norm": stepping(linf, true, (gradient, _logRisk, eta) => {
    const direction = l2.lmo(gradient);
    return times(eta / linf.norm(direction), direction);
  }),
  "normalised step with an epsilon": stepping(l2, true, (gradient, _logRisk, eta) => times(-eta / (l2.norm(gradient) + 1e-8), gradient)),
  "step that forgets the risk": stepping(l2, false, (gradient, _logRisk, eta) => times(-eta, gradient)),
  "normalised step that forms the gradient": stepping(linf, true, (gradient, logRisk, eta) =>
    times(eta, linf.lmo(times(Math.exp(logRisk), gradient))),
  ),
  "step with a cap on its length": stepping(linf, true, (gradient, _logRisk, eta) => times(Math.min(eta, 1), linf.lmo(gradient))),
  "step with weight decay": {
    ...signDescent,
    step: (theta, gradient, logRisk, eta) => times(1 - 0.01 * eta, signDescent.step(theta, gradient, logRisk, eta)),
  },
  "step that moves without a gradient": stepping(linf, true, (gradient, _logRisk, eta) => gradient.map((v) => (v >= 0 ? -eta : eta))),
};
