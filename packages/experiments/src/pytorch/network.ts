import { DefinitionError, type Network } from "@steepest/core";
import type { NetworkMember } from "../network/member.js";
import { type NetworkChoice, networks } from "../network/registry.js";
import type { HeadSource } from "./head.js";
import type { Shape } from "./optimizerSource.js";
import { base64Source } from "./python.js";
import { untranslated } from "./untranslated.js";

export interface NetworkSource {
  /** Rows and columns of the layers that θ consists of. */
  readonly shapes: readonly Shape[];
  /** Statements that define `shapes`, `initial` and the frozen weights. */
  readonly weights: string;
  /** Functions of θ. */
  readonly functions: string;
}

/**
 * The network with the exact bits of its initial weights.
 *
 * @param initialWeights  layers in order, row-major w[outputs][inputs], frozen ones included
 * @throws DefinitionError  if there are more or fewer weights, or the activation has no translation
 */
export function networkSource(
  choice: NetworkChoice,
  network: Network,
  initialWeights: Float64Array,
  head: HeadSource,
  needsSamples: boolean,
): NetworkSource {
  const { blocks, totalCount } = network.layout;
  if (initialWeights.length !== totalCount) {
    throw DefinitionError.at("initialWeights", `must hold ${totalCount} numbers, got ${initialWeights.length}`, {
      value: initialWeights.length,
    });
  }
  const member: NetworkMember<unknown> | undefined = networks[choice.kind];
  const activation = member?.pytorch?.(choice) ?? untranslated("network.kind", choice.kind);
  let next = 0;
  const layers = blocks.map(({ outputs, inputs, trainable }, i) => {
    const own = initialWeights.subarray(next, next + outputs * inputs);
    next += own.length;
    return { name: `w${i + 1}`, shape: [outputs, inputs] as const, trainable, bits: base64Source(own, trainable ? "        " : "    ") };
  });
  const moving = layers.filter(({ trainable }) => trainable);
  const frozen = layers.filter(({ trainable }) => !trainable);
  const shapes = moving.map(({ shape }) => shape);
  const weights = [
    `shapes = [${shapes.map(([m, n]) => `(${m}, ${n})`).join(", ")}]  # of the layers that are trained: outputs, inputs`,
    `initial = torch.cat([\n${moving.map(({ bits }) => `    decode(\n${bits}    ),\n`).join("")}])`,
    ...frozen.map(({ name, shape: [m, n], bits }) => `${name} = decode(\n${bits}).reshape(${m}, ${n})  # frozen`),
  ];
  const names = moving.map(({ name }) => name);
  const unpack = `    ${moving.length > 1 ? names.join(", ") : `(${names[0]},)`} = matrices(theta, shapes)\n`;
  const body = layers.map(({ name }, i) => {
    const last = i === layers.length - 1;
    const before = i === 0 ? "inputs" : `a${i}`;
    return `    z${i + 1} = ${before} @ ${name}.T\n${last ? "" : `    a${i + 1} = ${activation(`z${i + 1}`)}\n`}`;
  });
  const scores = `def scores(theta):\n${unpack}${body.join("")}    return ${head.scores(`z${layers.length}`)}`;
  const pairs = layers.flatMap(({ trainable }, i) => (trainable ? [`(z${i + 1}, ${i === 0 ? "inputs" : `a${i}`})`] : []));
  const factors = `def sample_factors(theta):
    """(delta, a) of every trained layer: the gradient of the margin of sample i in it is delta[i] (x) a[i], up to its sign."""
    theta = theta.detach().requires_grad_()
${unpack}${body.join("")}    outputs, taken = zip(${pairs.join(", ")})
    return list(zip(torch.autograd.grad(${head.sum(`z${layers.length}`)}, outputs), [a.detach() for a in taken]))`;
  return { shapes, weights: `${weights.join("\n")}\n`, functions: needsSamples ? `${scores}\n\n\n${factors}` : scores };
}
