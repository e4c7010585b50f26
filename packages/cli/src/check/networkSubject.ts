import { type Block, initialise, inKernelMemory, type LabelledData, type Network, type TrainHost } from "@steepest/core";
import type { HiddenLayer, NetworkSubject } from "@steepest/laws";

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
export function networkSubject(network: Network, data: LabelledData, host: TrainHost): NetworkSubject {
  const { blocks, parameterCount, totalCount } = network.layout;
  const lengths = { parameters: totalCount, out: parameterCount, coefficients: data.labels.length };
  return inKernelMemory(
    host,
    (plan) => network.plan(plan.spans(lengths), data, "training"),
    (arena): NetworkSubject => {
      const { parameters, out, coefficients } = arena.spans(lengths);
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
        gradient: (theta, weights) => {
          forward(theta);
          trainer.backward();
          coefficients.view.set(weights);
          trainer.gradient(coefficients, out);
          return out.view.slice();
        },
      };
    },
  );
}
