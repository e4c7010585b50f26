import type { RankOneNorm } from "../norm/norm.js";
import type { Pass } from "./pass.js";

interface RowValues {
  /** Visits the two row values of every sample, block by block. */
  eachPair(rankOne: RankOneNorm, visit: (i: number, left: number, right: number, block: number) => void): void;
  samplesReplaced(): void;
}

/** Row values of δ and of what enters every use of trainable weights, from which a norm of rank-one gradients follows: a number per sample and side. */
export function rowValues({ tape, wiring, n, inputs, value, delta, spans }: Pass): RowValues {
  const [deltaRows, activationRows, inputRows] = [spans.deltaRows!, spans.activationRows!, spans.inputRows!];
  let inputRowsOf: { readonly rankOne: RankOneNorm; readonly block: number } | undefined;
  const unit = spans.unit!;
  unit.view[0] = 1;

  const ofInputs = (rankOne: RankOneNorm, block: number): void => {
    if (inputRowsOf?.rankOne === rankOne && inputRowsOf.block === block) return;
    inputs.rowValues(rankOne, block, inputRows);
    inputRowsOf = { rankOne, block };
  };
  const ofOne = (rankOne: RankOneNorm, block: number): number => {
    rankOne.rowValue(block, "right", unit.ptr, activationRows.ptr, 1, 1);
    return activationRows.view[0]!;
  };

  return {
    eachPair: (rankOne, visit) => {
      for (const { node, trainableIndex: block } of wiring.uses) {
        const { input, output } = node;
        rankOne.rowValue(block, "left", delta(output).ptr, deltaRows.ptr, n, tape.sizes[output]!);
        if (input === undefined) {
          const right = ofOne(rankOne, block);
          for (let i = 0; i < n; i++) visit(i, deltaRows.view[i]!, right, block);
          continue;
        }
        if (input === 0) ofInputs(rankOne, block);
        else rankOne.rowValue(block, "right", value(input).ptr, activationRows.ptr, n, tape.sizes[input]!);
        const rows = input === 0 ? inputRows : activationRows;
        for (let i = 0; i < n; i++) visit(i, deltaRows.view[i]!, rows.view[i]!, block);
      }
    },
    samplesReplaced: () => {
      inputRowsOf = undefined;
    },
  };
}
