import { entryOf, type Kernels, requireKernels, type Span } from "@steepest/kernels";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireFloat64, requireInteger, requireNonNegative, requireObject, requireOneOf, requirePositive } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { requireSpan } from "../check/requireSpan.js";
import { DefinitionError, DimensionError } from "../error/errors.js";
import { fillNormal, fillUniform, streams } from "../random/draw.js";
import { type Network, networkPart } from "./network.js";

/**
 * The law by which weights are drawn, each layer from a random stream of its own:
 *
 *   uniformFanIn         U(-scale / √fan_in, scale / √fan_in)
 *   uniformInverseFanIn  U(-scale / fan_in, scale / fan_in), as the paper prints it for the teacher-student experiment
 *   normalFanIn          N(0, scale² / fan_in)
 *   signFanIn            scale / √fan_in with a random sign
 */
export interface InitLaw extends LayerLaw {
  /** The law of frozen layers, which otherwise have that of the others: a second layer of ±1 / √m is signFanIn of scale 1. */
  readonly frozen?: LayerLaw | undefined;
}

/** A law for the weights of a layer. */
export interface LayerLaw {
  readonly law: "uniformFanIn" | "uniformInverseFanIn" | "normalFanIn" | "signFanIn";
  readonly scale: number;
}

/** A law, or the parameters themselves: every block in layer order, row-major w[outputs][inputs]. */
export type Init = InitLaw | Float64Array;

const laws = ["uniformFanIn", "uniformInverseFanIn", "normalFanIn", "signFanIn"] as const;

/**
 * Checks an initialisation.
 *
 * @param network  the network
 * @param init     a law, or f64[totalCount] of given parameters
 * @throws DefinitionError  on an unknown law, a negative scale, scale 0 where the degree is above 1 (θ = 0 is stationary there), a law of frozen layers
 *   of scale 0, or where there are none
 * @throws DimensionError   if given parameters have another length than the network
 */
export function checkInit(network: Network, init: Init): void {
  requirePart("network", network, networkPart);
  if (init instanceof Float64Array) {
    if (init.length !== network.layout.totalCount) {
      throw new DimensionError(`init: has length ${init.length}, expected ${network.layout.totalCount}`, {
        path: "init",
        value: init.length,
      });
    }
    const bad = init.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new DefinitionError(`init: entry ${bad} is ${init[bad]}, expected finite parameters`, { path: "init", value: init[bad] });
    return;
  }
  checkLaw(init);
  const { degree, isHomogeneous = true, layout } = network;
  const isDegreeOne = degree === 1 && isHomogeneous && layout.blocks.every((block) => block.trainable);
  if (init.scale === 0 && (degree > 1 || (layout.blocks.length > 1 && !isDegreeOne))) {
    throw new DefinitionError(`init.scale: must be > 0 for a network of degree ${degree}, got 0`, {
      path: "init.scale",
      value: 0,
      hint: "theta = 0 is a stationary point: the gradient vanishes there and training can never start",
    });
  }
  if (init.frozen && layout.blocks.every((block) => block.trainable)) {
    throw DefinitionError.at("init.frozen", "has no meaning: no layer is frozen", {
      value: init.frozen,
      hint: "remove it, or freeze a layer",
    });
  }
}

function checkLaw(init: InitLaw): void {
  if (Array.isArray(init)) requireFloat64("init", init as never);
  refuseUnknownKeys("init", init, { law: true, scale: true, frozen: true });
  requireOneOf("init.law", init.law, laws);
  requireNonNegative("init.scale", init.scale);
  if (init.frozen === undefined) return;
  refuseUnknownKeys("init.frozen", requireObject("init.frozen", init.frozen), { law: true, scale: true });
  requireOneOf("init.frozen.law", init.frozen.law, laws);
  requirePositive("init.frozen.scale", init.frozen.scale);
}

/**
 * Writes the initial parameters of `seed`.
 *
 * @param kernels     kernels over the memory of `parameters`
 * @param network     the network
 * @param parameters  f64[totalCount], overwritten: blocks in layer order, row-major w[outputs][inputs]
 * @param init        a law, or the parameters themselves, which are copied
 * @param seed        a non-negative safe integer
 */
export function initialise(kernels: Kernels, network: Network, parameters: Span, init: Init, seed: number): void {
  requireKernels("kernels", kernels);
  const { layout } = requirePart("network", network, networkPart);
  requireSpan("parameters", parameters, layout.totalCount);
  if (init instanceof Float64Array) requireFloat64("init", init, layout.totalCount);
  else checkLaw(init);
  requireInteger("seed", seed, 0);
  let given = 0;
  for (const { layer, offset, inputs, outputs, fanIn = inputs, trainable } of layout.blocks) {
    const length = inputs * outputs;
    const ptr = entryOf(parameters, offset);
    const view = parameters.view.subarray(offset, offset + length);
    if (init instanceof Float64Array) {
      view.set(init.subarray(given, given + length));
      given += length;
      continue;
    }
    const block = { ptr, length, view };
    const { law, scale } = trainable ? init : (init.frozen ?? init);
    const bound = scale / (law === "uniformInverseFanIn" ? fanIn : Math.sqrt(fanIn));
    if (law === "normalFanIn") {
      fillNormal(kernels, block, seed, streams.initialisation + layer);
      kernels.scale(ptr, ptr, length, bound);
    } else {
      fillUniform(kernels, block, seed, streams.initialisation + layer);
      const spread = law === "signFanIn" ? (u: number) => (u < 0.5 ? -1 : 1) : (u: number) => 2 * u - 1;
      for (let i = 0; i < length; i++) view[i] = spread(view[i]!) * bound;
    }
  }
}
