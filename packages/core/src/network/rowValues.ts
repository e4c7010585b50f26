import type { RankOneNorm } from "../norm/norm.js";
import type { Pass } from "./pass.js";

interface RowValues {
  /** Visits the two row values of every sample, block by block. */
  eachPair(rankOne: RankOneNorm, visit: (i: number, left: number, right: number, block: number) => void): void;
  samplesReplaced(): void;
}

/** Row values of δ and a of every trainable layer, from which a norm of rank-one gradients follows: a number per sample and side. */
export function rowValues({ shape, n, inputs, spans }: Omit<Pass, "gradient" | "one">): RowValues {
  const { widths, layout, lowestTrainable } = shape;
  const trainable = layout.blocks.filter((block) => block.trainable);
  const [deltaRows, activationRows, inputRows] = [spans.deltaRows!, spans.activationRows!, spans.inputRows!];
  let inputRowsOf: RankOneNorm | undefined;
  return {
    eachPair: (rankOne, visit) => {
      if (inputRowsOf !== rankOne && lowestTrainable === 0) {
        inputs.rowValues(rankOne, inputRows);
        inputRowsOf = rankOne;
      }
      for (const [block, { layer }] of trainable.entries()) {
        rankOne.rowValue(block, "left", spans[`delta${layer}`]!.ptr, deltaRows.ptr, n, widths[layer + 1]!);
        const rows = layer === 0 ? inputRows : activationRows;
        if (layer > 0) rankOne.rowValue(block, "right", spans[`a${layer - 1}`]!.ptr, activationRows.ptr, n, widths[layer]!);
        for (let i = 0; i < n; i++) visit(i, deltaRows.view[i]!, rows.view[i]!, block);
      }
    },
    samplesReplaced: () => {
      inputRowsOf = undefined;
    },
  };
}
