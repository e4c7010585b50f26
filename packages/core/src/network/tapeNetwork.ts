import type { Arena, ArenaPlan, Span } from "@steepest/kernels";
import { DefinitionError, DimensionError } from "../error/errors.js";
import { type Degrees, degreesOf } from "../tape/degrees.js";
import { quasiHomogeneityOf } from "../tape/exponents.js";
import { inputDegreeOf } from "../tape/inputDegree.js";
import { roundingsOf } from "../tape/roundings.js";
import type { Tape } from "../tape/tape.js";
import { type SampleShape, type Samples, sampleShapeOf } from "./data.js";
import { hiddenLayersOf } from "./hiddenLayers.js";
import { planInputLayer } from "./inputLayer.js";
import { layoutOf } from "./layout.js";
import type { Network } from "./network.js";
import { pytorchForward, untranslatedLayers } from "./pytorchForward.js";
import { passScratch, placed, scorerSpans, tapeBatchTrainer, tapeScorer, tapeTrainer, trainerSpans } from "./tapePass.js";

interface Description {
  readonly kind: string;
  readonly homogeneity: "exact" | "measured";
  /** The network on another number of input columns; used only where the samples enter one dense product. */
  withInputDim(inputDim: number): Network;
}

/**
 * The network of a tape.
 *
 * @throws DefinitionError  if it is not homogeneous, and "exact" homogeneity is asked, or its limit is of degree 0
 */
export function tapeNetwork(tape: Tape, { kind, homogeneity, withInputDim }: Description): Network {
  const degrees = degreesOf(tape);
  if (degrees.inhomogeneous && homogeneity === "exact") {
    const { layer, path } = degrees.inhomogeneous;
    throw new DefinitionError(`${kind}: the network is not homogeneous in its trainable weights: f(x; cθ) is no power of c times f(x; θ)`, {
      path: "homogeneity",
      value: homogeneity,
      hint: `${layer} at ${path} is the first that is not: change it (biases after the first layer, identity skips and activations such as silu are what is not), or set homogeneity: "measured" to train it all the same and measure how far it is from homogeneous`,
    });
  }
  if (degrees.degree === 0) {
    throw new DefinitionError(`${kind}: the limit has degree 0 in the trainable weights: scores stay bounded however large these grow`, {
      path: "homogeneity",
      value: homogeneity,
      hint: "train a layer after the last tanh",
    });
  }
  return networkOf(tape, degrees, { kind, homogeneity, withInputDim });
}

function networkOf(tape: Tape, degrees: Degrees, { kind, withInputDim }: Description): Network {
  const { sizes } = tape;
  const layout = layoutOf(tape, degrees);
  const network = placed(tape, layout);
  const inputDim = sizes[0]!;
  const { mayBeCompressed } = network.wiring;
  const readers = tape.nodes.filter((node) => (node.kind === "add" ? node.inputs.includes(0) : node.input === 0));
  const [first] = readers;
  const entersOneProduct =
    mayBeCompressed &&
    readers.length === 1 &&
    first!.kind === "apply" &&
    first!.block === 0 &&
    tape.nodes.filter((node) => node.kind === "apply" && node.block === 0).length === 1;
  const isVector = tape.input.height === 1 && tape.input.width === 1;
  const quasi = degrees.isHomogeneous ? undefined : quasiHomogeneityOf(tape);
  const inputDegree = inputDegreeOf(tape);
  const roundings = roundingsOf(tape);
  const check = (samples: SampleShape): void => {
    if (samples.inputDim !== inputDim) {
      throw new DimensionError(`${kind}: the data has ${samples.inputDim} input columns, the network expects ${inputDim}`, {
        path: "inputDim",
        value: inputDim,
      });
    }
  };
  return {
    kind,
    inputDim,
    outputs: sizes[tape.output]!,
    degree: degrees.degree,
    layout,
    isHomogeneous: degrees.isHomogeneous,
    ...(quasi && { quasiHomogeneity: quasi }),
    ...(inputDegree !== undefined && { inputDegree }),
    ...(roundings !== undefined && { roundings }),
    ...(!degrees.isHomogeneous && {
      limit: () =>
        networkOf(
          degrees.limit,
          { ...degrees, isHomogeneous: true },
          {
            kind: `limit of ${kind}`,
            homogeneity: "exact",
            withInputDim: (columns) => withInputDim(columns).limit!(),
          },
        ),
    }),
    hiddenLayers: hiddenLayersOf(tape),
    pytorch: () => {
      const untranslated = untranslatedLayers(tape);
      return untranslated.length > 0 ? { untranslated } : pytorchForward(tape, network.wiring);
    },
    ...(entersOneProduct && isVector && { withInputDim }),
    plan: (plan: ArenaPlan, samples: SampleShape, pass) => {
      check(samples);
      planInputLayer(plan, samples, pass === "batch", mayBeCompressed);
      plan.spans((pass === "forward" ? scorerSpans : trainerSpans)(network, samples.sampleCount));
      plan.region(passScratch(network, samples, pass === "batch"));
    },
    scorer: (arena: Arena, parameters: Span, data: Samples) =>
      tapeScorer(arena, network, parameters, data, passScratch(network, sampleShapeOf(data))),
    trainer: (arena: Arena, parameters: Span, data: Samples) =>
      tapeTrainer(arena, network, parameters, data, passScratch(network, sampleShapeOf(data))),
    batchTrainer: (arena: Arena, parameters: Span, data: Samples) =>
      tapeBatchTrainer(arena, network, parameters, data, passScratch(network, sampleShapeOf(data), true)),
  };
}
