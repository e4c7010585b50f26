import type { Tape, TapeNode } from "../tape/tape.js";
import type { WeightUse, Wiring } from "./wiring.js";

/** The forward pass of a network in a Python program over PyTorch. */
export interface PytorchForward {
  /**
   * Assignments, one a line, of the names x1, x2, ... to matrices f64[n][size], from `inputs`, f64[n][inputDim], and from w1, w2, ..., the weights of the blocks of
   * the layout in their order, w[rows][columns]. The derivative at a kink is the one from below, as autograd has it.
   */
  readonly statements: readonly string[];
  /** The name of the scores, f64[n][outputs]. */
  readonly scores: string;
  /**
   * By trainable block, the names of δ's place and of a: the gradient of a sample's score in the block is δ ⊗ a. Absent: not all of them are of rank one, or a
   * block is in no score.
   */
  readonly factors?: readonly { readonly output: string; readonly input: string }[];
}

/** The layers of a tape that have no translation to PyTorch, each kind once. */
export function untranslatedLayers({ nodes }: Tape): string[] {
  return [...new Set(nodes.flatMap((node) => (node.kind === "apply" && !node.operation.pytorch ? [node.layer] : [])))];
}

/** The forward pass of a tape all of whose operations have a translation. */
export function pytorchForward(tape: Tape, wiring: Wiring): PytorchForward {
  const names = new Map([[0, "inputs"]]);
  const statements = tape.nodes.map((node, i) => {
    const name = `x${i + 1}`;
    names.set(node.output, name);
    return `${name} = ${expressionOf(node, names)}`;
  });
  const factors = factorsOf(tape, wiring, names);
  return { statements, scores: names.get(tape.output)!, ...(factors && { factors }) };
}

function expressionOf(node: TapeNode, names: ReadonlyMap<number, string>): string {
  if (node.kind === "add") return node.inputs.map((slot) => names.get(slot)!).join(" + ");
  const { operation, input, block } = node;
  return operation.pytorch!(input === undefined ? "" : names.get(input)!, block === undefined ? "" : `w${block + 1}`);
}

function factorsOf({ blocks }: Tape, { uses, unused, isRankOne }: Wiring, names: ReadonlyMap<number, string>): PytorchForward["factors"] {
  if (!isRankOne || unused.length > 0) return undefined;
  const factorOf = ({ node }: WeightUse) => ({
    output: names.get(node.output)!,
    input: node.operation.sampleGradient === "input" ? names.get(node.input!)! : "torch.ones(len(inputs), 1)",
  });
  const useOf = new Map(uses.map((use) => [use.block, use]));
  return blocks.flatMap(({ trainable }, block) => (trainable ? [factorOf(useOf.get(block)!)] : []));
}
