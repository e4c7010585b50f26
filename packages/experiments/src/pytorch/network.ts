import { DefinitionError, type Network, type PytorchForward } from "@steepest/core";
import type { HeadSource } from "./head.js";
import type { Shape } from "./optimizerSource.js";
import { base64Source } from "./python.js";
import { untranslated } from "./untranslated.js";

export interface NetworkSource {
  /** Rows and columns of the blocks that θ consists of. */
  readonly shapes: readonly Shape[];
  /** Statements that define `shapes`, `initial` and the frozen weights. */
  readonly weights: string;
  /** The function scores(theta). */
  readonly functions: string;
  /** The function largest_sample_gradient(theta), in the dual of `norm`. @param isFactored  true: the norm's class takes gradients of samples as factors */
  sampleGradients(isFactored: boolean): string;
}

/**
 * The network with the exact bits of its initial weights.
 *
 * @param initialWeights  blocks in the order of the layers, row-major w[rows][columns], frozen ones included
 * @throws DefinitionError  if there are more or fewer weights, or a layer has no translation
 */
export function networkSource(network: Network, initialWeights: Float64Array, head: HeadSource): NetworkSource {
  const forward = forwardOf(network);
  const { blocks, totalCount } = network.layout;
  if (initialWeights.length !== totalCount) {
    throw DefinitionError.at("initialWeights", `must hold ${totalCount} numbers, got ${initialWeights.length}`, {
      value: initialWeights.length,
    });
  }
  let next = 0;
  const written = blocks.map(({ outputs, inputs, trainable }, i) => {
    const own = initialWeights.subarray(next, next + outputs * inputs);
    next += own.length;
    return { name: `w${i + 1}`, shape: [outputs, inputs] as const, trainable, bits: base64Source(own, trainable ? "        " : "    ") };
  });
  const moving = written.filter(({ trainable }) => trainable);
  const frozen = written.filter(({ trainable }) => !trainable);
  const shapes = moving.map(({ shape }) => shape);
  const weights = [
    `shapes = [${shapes.map(([m, n]) => `(${m}, ${n})`).join(", ")}]  # of the matrices that are trained: rows, columns`,
    `initial = torch.cat([\n${moving.map(({ bits }) => `    decode(\n${bits}    ),\n`).join("")}])`,
    ...frozen.map(({ name, shape: [m, n], bits }) => `${name} = decode(\n${bits}).reshape(${m}, ${n})  # frozen`),
  ];
  const names = moving.map(({ name }) => name);
  const unpack = `${names.length > 1 ? names.join(", ") : `(${names[0]},)`} = matrices(theta, shapes)`;
  const body = [unpack, ...forward.statements].map((line) => `    ${line}\n`).join("");
  return {
    shapes,
    weights: `${weights.join("\n")}\n`,
    functions: `def scores(theta):\n${body}    return ${forward.scores}`,
    sampleGradients: (isFactored) => (isFactored && forward.factors ? factored(body, forward, head) : formed(head)),
  };
}

function forwardOf({ kind, pytorch }: Network): PytorchForward {
  const forward = pytorch?.() ?? untranslated("network.kind", kind);
  return "untranslated" in forward ? untranslated("network.layers", forward.untranslated[0]!) : forward;
}

const head = `def largest_sample_gradient(theta):
    """The largest dual norm of the gradient of a margin."""
    theta = theta.detach().requires_grad_()
`;

/** Every gradient of a sample is δ ⊗ a in every block. */
function factored(body: string, { scores, factors }: PytorchForward, { each }: HeadSource): string {
  const pairs = factors!.map(({ output, input }) => `(${output}, ${input})`);
  return `${head}${body}    outputs, taken = zip(${pairs.join(", ")})
    deltas = torch.autograd.grad(${each(scores)}.sum(), outputs)
    return norm.dual_of_samples(list(zip(deltas, [a.detach() for a in taken]))).max()`;
}

function formed({ each }: HeadSource): string {
  return `${head}    every = ${each("scores(theta)")}
    return max(norm.dual(torch.autograd.grad(one, theta, retain_graph=True)[0]) for one in every)`;
}
