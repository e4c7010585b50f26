import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import type { HiddenLayer, NetworkSubject } from "@steepest/laws";
import { type Block, initialise, type LabelledData, type Network } from "../src/index.js";

/** The hidden layers between two trainable blocks; the degree of the activation is the ratio of the degrees of its two sides. */
function hiddenLayersOf(blocks: readonly Block[]): HiddenLayer[] {
  return blocks.slice(1).flatMap((above, layer) => {
    const below = blocks[layer]!;
    if (!(below.trainable && above.trainable)) return [];
    return {
      units: below.outputs,
      incoming: { offset: below.offset, inputs: below.inputs },
      outgoing: { offset: above.offset, outputs: above.outputs },
      degree: below.degree / above.degree,
    };
  });
}

/** A network of the core over `data` as a plain function of its trainable parameters; frozen layers keep a random draw. */
export function networkSubject(network: Network, data: LabelledData, factory: KernelFactory): NetworkSubject {
  const { blocks, parameterCount, totalCount } = network.layout;
  const n = data.labels.length;
  const plan = new ArenaPlan().span(totalCount).span(parameterCount).span(n);
  network.plan(plan, data, "training");
  const arena = plan.allocate(factory);
  const [parameters, out, weights] = [arena.span(totalCount), arena.span(parameterCount), arena.span(n)];
  const trainer = network.trainer(arena, parameters, data);
  initialise(arena.kernels, network, parameters, { law: "normalFanIn", scale: 1 }, 5);
  const forward = (theta: Float64Array): void => {
    parameters.view.set(theta);
    trainer.forward();
  };
  return {
    degree: network.degree,
    blocks: blocks
      .filter(({ trainable }) => trainable)
      .map(({ offset, inputs, outputs, degree }) => ({ offset, length: inputs * outputs, degree })),
    hiddenLayers: hiddenLayersOf(blocks),
    scores: (theta) => {
      forward(theta);
      return trainer.scores.view.slice();
    },
    gradient: (theta, coefficients) => {
      forward(theta);
      trainer.backward();
      weights.view.set(coefficients);
      trainer.gradient(weights, out);
      return out.view.slice();
    },
  };
}
