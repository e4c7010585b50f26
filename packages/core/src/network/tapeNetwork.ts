import { DefinitionError, DimensionError } from "../error/errors.js";
import { type Degrees, degreesOf } from "../tape/degrees.js";
import { quasiHomogeneityOf } from "../tape/exponents.js";
import { inputDegreeOf } from "../tape/inputDegree.js";
import { roundingsOf } from "../tape/roundings.js";
import { inputsOf, type RecordedLayer, type Tape } from "../tape/tape.js";
import { type Samples, sampleShapeOf } from "./data.js";
import { hiddenLayersOf } from "./hiddenLayers.js";
import { planInputLayer } from "./inputLayer.js";
import { layoutOf } from "./layout.js";
import type { Network } from "./network.js";
import { pytorchForward, untranslatedLayers } from "./pytorchForward.js";
import { type PlacedTape, passScratch, placed, scorerSpans, tapeBatchTrainer, tapeScorer, tapeTrainer, trainerSpans } from "./tapePass.js";
import { isTwoLayerRelu } from "./twoLayerRelu.js";

interface Description {
  readonly kind: string;
  readonly homogeneity: "exact" | "measured";
  /** The first thing that is not homogeneous, in the words of the network's options; absent: the layer and its place. */
  inhomogeneous?(layer: RecordedLayer): string;
  /** The network on another number of input columns; used only where the samples enter one dense product. */
  withInputDim(inputDim: number): Network;
}

/**
 * The network of a tape.
 *
 * @throws DefinitionError  if it is not homogeneous, and "exact" homogeneity is asked, or its limit is of degree 0
 */
export function tapeNetwork(tape: Tape, description: Description): Network {
  const { kind, homogeneity, inhomogeneous = inhomogeneousLayer } = description;
  const degrees = degreesOf(tape);
  if (degrees.inhomogeneous && homogeneity === "exact") {
    throw new DefinitionError(`${kind}: the network is not homogeneous in its trainable weights: f(x; cθ) is no power of c times f(x; θ)`, {
      path: "homogeneity",
      value: homogeneity,
      hint: `${inhomogeneous(degrees.inhomogeneous)}, or set homogeneity: "measured" to train it all the same and measure how far it is from homogeneous`,
    });
  }
  if (degrees.degree === 0) {
    throw new DefinitionError(`${kind}: the limit has degree 0 in the trainable weights: scores stay bounded however large these grow`, {
      path: "homogeneity",
      value: homogeneity,
      hint: "train a layer after the last tanh",
    });
  }
  return networkOf(tape, degrees, description);
}

const inhomogeneousLayer = ({ layer, path }: RecordedLayer): string =>
  `${layer} at ${path} is the first that is not: change it (biases after the first layer, identity skips and activations such as silu are what is not)`;

function networkOf(tape: Tape, degrees: Degrees, { kind, withInputDim }: Description): Network {
  const { sizes } = tape;
  const layout = layoutOf(tape, degrees);
  const network = placed(tape, layout);
  const inputDim = sizes[0]!;
  const isVector = tape.input.height === 1 && tape.input.width === 1;
  const quasi = degrees.isHomogeneous ? undefined : quasiHomogeneityOf(tape);
  const inputDegree = inputDegreeOf(tape);
  const roundings = roundingsOf(tape);
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
    responseSize: Math.max(0, ...network.wiring.uses.map(({ node }) => sizes[node.output]!)),
    hiddenLayers: hiddenLayersOf(tape),
    ...(isTwoLayerRelu(tape) && { isTwoLayerRelu: true }),
    pytorch: () => {
      const untranslated = untranslatedLayers(tape);
      return untranslated.length > 0 ? { untranslated } : pytorchForward(tape, network.wiring);
    },
    ...(isVector && entersOneProduct(tape, network) && { withInputDim }),
    ...memoryOf(network, kind),
  };
}

/** True if the samples enter one dense product alone, with weights that are used nowhere else: then columns can be left out. */
function entersOneProduct({ nodes }: Tape, { wiring }: PlacedTape): boolean {
  const [first, ...others] = nodes.filter((node) => inputsOf(node).includes(0));
  const isAlone = wiring.mayBeCompressed && others.length === 0 && first?.kind === "apply" && first.block === 0;
  return isAlone && nodes.filter((node) => node.kind === "apply" && node.block === 0).length === 1;
}

/** The members of a network that bind it to memory and samples. */
function memoryOf(network: PlacedTape, kind: string): Pick<Network, "plan" | "scorer" | "trainer" | "batchTrainer"> {
  const inputDim = network.tape.sizes[0]!;
  const scratchFor = (data: Samples, replaceable = false) => passScratch(network, sampleShapeOf(data), replaceable);
  return {
    plan: (plan, samples, pass) => {
      if (samples.inputDim !== inputDim) {
        throw new DimensionError(`${kind}: the data has ${samples.inputDim} input columns, the network expects ${inputDim}`, {
          path: "inputDim",
          value: inputDim,
        });
      }
      planInputLayer(plan, samples, pass === "batch", network.wiring.mayBeCompressed);
      plan.spans((pass === "forward" ? scorerSpans : trainerSpans)(network, samples.sampleCount));
      plan.region(passScratch(network, samples, pass === "batch"));
    },
    scorer: (arena, parameters, data) => tapeScorer(arena, network, parameters, data, scratchFor(data)),
    trainer: (arena, parameters, data, { overwrites = false } = {}) =>
      tapeTrainer(arena, network, parameters, data, scratchFor(data), overwrites),
    batchTrainer: (arena, parameters, data, { overwrites = false } = {}) =>
      tapeBatchTrainer(arena, network, parameters, data, scratchFor(data, true), overwrites),
  };
}
