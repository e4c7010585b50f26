import { inputsOf, type Tape } from "../tape/tape.js";

/** Two dense matrices with units between them, that a factor of a unit can move to and fro: scaling row u of the one and column u of the other. */
export interface HiddenLayer {
  /** Blocks of the layout. */
  readonly below: number;
  readonly above: number;
  /** Degree of the activation between them. */
  readonly degree: number;
}

/** The hidden layers of a tape: dense product, homogeneous activation, dense product, each read by the next alone, of trainable matrices that are used once. */
export function hiddenLayersOf({ nodes, blocks, output }: Tape): HiddenLayer[] {
  const readersOf = (slot: number) => nodes.filter((node) => inputsOf(node).includes(slot));
  const usesOf = (block: number) => nodes.filter((node) => node.kind === "apply" && node.block === block).length;
  return nodes.flatMap((node): HiddenLayer[] => {
    if (node.kind !== "apply" || node.operation.productOutputs === undefined || node.output === output) return [];
    let degree = 1;
    let [reader, ...others] = readersOf(node.output);
    while (
      reader?.kind === "apply" &&
      reader.operation.isEntrywise &&
      !reader.operation.limit &&
      others.length === 0 &&
      reader.output !== output
    ) {
      degree *= reader.operation.degree;
      [reader, ...others] = readersOf(reader.output);
    }
    if (reader?.kind !== "apply" || reader.operation.productOutputs === undefined || others.length > 0) return [];
    const [below, above] = [node.block!, reader.block!];
    const isPlain = [below, above].every((block) => blocks[block]!.trainable && usesOf(block) === 1);
    return isPlain ? [{ below, above, degree }] : [];
  });
}
