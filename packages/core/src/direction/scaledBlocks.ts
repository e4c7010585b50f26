import { entryOf } from "@steepest/kernels";
import { carryingAs } from "../carry/carrier.js";
import type { MatrixBlock } from "../norm/norm.js";
import type { Direction } from "./direction.js";

/** The direction with every matrix multiplied by a factor of its sizes. */
export function scaledBlocks(direction: Direction, factorOf: (block: MatrixBlock) => number): Direction {
  return {
    id: direction.id,
    ...(direction.decompositions && { decompositions: direction.decompositions }),
    scratch: direction.scratch,
    bind: (kernels, shape, region) => {
      const aim = direction.bind(kernels, shape, region);
      const factors = shape.blocks.map((block) => ({ ...block, factor: factorOf(block) })).filter(({ factor }) => factor !== 1);
      return carryingAs(aim, (g, out) => {
        aim(g, out);
        for (const { offset, rows, columns, factor } of factors) {
          kernels.scale(entryOf(out, offset), entryOf(out, offset), rows * columns, factor);
        }
      });
    },
  };
}
