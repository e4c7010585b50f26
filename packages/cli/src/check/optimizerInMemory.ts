import { inKernelMemory, type NormShape, type Optimizer, type TrainHost } from "@steepest/core";
import type { Stepper } from "@steepest/laws";

/** An optimiser of the core as a plain function of θ and the gradient, with a memory of its own. */
export function optimizerInMemory(optimizer: Optimizer, shape: NormShape, host: TrainHost): Stepper {
  const { length } = shape;
  const lengths = { theta: length, ghat: length, direction: length };
  return inKernelMemory(
    host,
    (plan) => optimizer.plan(plan.spans(lengths), shape),
    (arena): Stepper => {
      const spans = arena.spans(lengths);
      const { aim, move } = optimizer.bind({ kernels: arena.kernels, arena, shape, ...spans });
      return (theta, gradient, logRisk, eta) => {
        spans.theta.view.set(theta);
        spans.ghat.view.set(gradient);
        aim(logRisk);
        move({ size: eta, logScale: 0 });
        return spans.theta.view.slice();
      };
    },
  );
}
