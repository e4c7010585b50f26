import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { requirePart } from "../check/requirePart.js";
import { requireVector } from "../check/requireVector.js";
import { checkData, type LabelledData, sampleShapeOf } from "./data.js";
import { initialise } from "./init.js";
import { type Network, networkPart } from "./network.js";

/** A hidden layer between two trainable matrices: `units` rows of `incoming`, as many columns of `outgoing`. */
export interface ArrayHiddenLayer {
  readonly units: number;
  readonly incoming: { readonly offset: number; readonly inputs: number };
  readonly outgoing: { readonly offset: number; readonly outputs: number };
  /** p in act(cz) = c^p act(z) for c > 0. */
  readonly degree: number;
}

/**
 * A network over fixed samples as plain functions of its trainable parameters: arguments are copied into kernel memory, results are copies.
 *
 * @throws DefinitionError  from a call, if an argument is not a list of numbers
 * @throws DimensionError   from a call, if it does not hold one number per parameter, or score
 */
export interface ArrayNetwork {
  readonly degree: number;
  /** The trainable matrices. Those of one group are homogeneous together, of the degree that each of them names. */
  readonly blocks: readonly { readonly offset: number; readonly length: number; readonly degree: number; readonly group?: number }[];
  readonly hiddenLayers: readonly ArrayHiddenLayer[];
  /** f(xᵢ; θ): f64[n], or f64[n][outputs], row-major. */
  scores(theta: ArrayLike<number>): Float64Array;
  /** Σ coefficient ∇score over the scores, in their order. */
  gradient(theta: ArrayLike<number>, coefficients: ArrayLike<number>): Float64Array;
}

const frozenDraw = { init: { law: "normalFanIn", scale: 1 }, seed: 5 } as const;

/**
 * A network over fixed samples as plain functions, for laws, notebooks and tests. Frozen layers keep one fixed random draw.
 *
 * @param network  a network of this package or of your own
 * @param data     f64[n][inputDim] and n labels
 * @param factory  makes the kernels of the network's memory
 * @returns functions over f64[p] that copy their arguments and results
 */
export function arrayNetwork(network: Network, data: LabelledData, factory: KernelFactory): ArrayNetwork {
  const { outputs, layout } = requirePart("network", network, networkPart);
  const { blocks, parameterCount, totalCount } = layout;
  checkData("data", data, false);
  const lengths = { parameters: totalCount, out: parameterCount, weights: data.labels.length, seeds: data.labels.length * outputs };
  const plan = new ArenaPlan().spans(lengths);
  network.plan(plan, sampleShapeOf(data), "training");
  const arena = plan.allocate(factory);
  const { parameters, out, weights, seeds } = arena.spans(lengths);
  const trainer = network.trainer(arena, parameters, data);
  initialise(arena.kernels, network, parameters, frozenDraw.init, frozenDraw.seed);
  const forward = (theta: ArrayLike<number>): void => {
    parameters.view.set(requireVector("theta", theta, parameterCount));
    trainer.forward();
  };
  return {
    degree: network.degree,
    blocks: blocks
      .filter(({ trainable }) => trainable)
      .map(({ offset, inputs, outputs, degree, group }) => ({
        offset,
        length: inputs * outputs,
        degree,
        ...(group !== undefined && { group }),
      })),
    hiddenLayers: hiddenLayersOf(network),
    scores: (theta) => {
      forward(theta);
      return trainer.scores.view.slice();
    },
    gradient: (theta, coefficients) => {
      forward(theta);
      seeds.view.set(requireVector("coefficients", coefficients, seeds.length));
      if (outputs === 1) {
        trainer.backward();
        weights.view.set(seeds.view);
      } else {
        trainer.backward(seeds);
        weights.view.fill(1);
      }
      trainer.gradient(weights, out);
      return out.view.slice();
    },
  };
}

function hiddenLayersOf({ layout: { blocks }, hiddenLayers = [] }: Network): ArrayHiddenLayer[] {
  return hiddenLayers.map(({ below: first, above: second, degree }) => {
    const [below, above] = [blocks[first]!, blocks[second]!];
    return {
      units: below.outputs,
      incoming: { offset: below.offset, inputs: below.inputs },
      outgoing: { offset: above.offset, outputs: above.outputs },
      degree,
    };
  });
}
