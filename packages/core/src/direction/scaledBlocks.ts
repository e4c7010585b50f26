import type { MatrixBlock } from "../norm/norm.js";
import type { Direction } from "./direction.js";

/** The direction with every matrix multiplied by a factor of its sizes. */
export function scaledBlocks(direction: Direction, factorOf: (block: MatrixBlock) => number): Direction {
  return {
    id: direction.id,
    ...(direction.decompositions && { decompositions: direction.decompositions }),
    scratchBytes: direction.scratchBytes,
    bind: (kernels, shape, scratch) => {
      const aim = direction.bind(kernels, shape, scratch);
      const factors = shape.blocks.map((block) => ({ ...block, factor: factorOf(block) })).filter(({ factor }) => factor !== 1);
      return (g, out) => {
        aim(g, out);
        for (const { offset, rows, columns, factor } of factors) {
          kernels.scale(out.ptr + 8 * offset, out.ptr + 8 * offset, rows * columns, factor);
        }
      };
    },
  };
}
