import { constant, linear, losses, norms, type Optimizer, type OptimizerContext, type TrainHost, Training } from "@steepest/core";

type Plan = Parameters<Optimizer["plan"]>[0];
type Arena = OptimizerContext["arena"];

/** One sample of each class and one parameter: what a training needs before it hands out memory. */
const carrier = {
  network: linear({ inputDim: 1 }),
  data: { inputs: Float64Array.of(1, -1), inputDim: 1, labels: [1, -1] },
  loss: losses.exponential,
  step: constant({ size: 1 }),
  init: Float64Array.of(1),
  seed: 0,
  track: [],
};

/** Kernel memory as every optimiser gets it: planned with `plan`, and taken from in `bind`. */
export function inKernelMemory<Bound>(host: TrainHost, plan: (plan: Plan) => void, bind: (arena: Arena) => Bound): Bound {
  let bound: { readonly value: Bound } | undefined;
  const optimizer: Optimizer = {
    id: "none",
    ownNorm: norms.l2,
    lengthUnit: "unit",
    plan,
    bind: ({ arena }) => {
      bound = { value: bind(arena) };
      return { step: () => 0 };
    },
  };
  new Training({ ...carrier, optimizer }, host);
  return bound!.value;
}
