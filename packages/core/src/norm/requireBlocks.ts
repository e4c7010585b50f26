import { requireInteger, requireObject, requireSize } from "../check/require.js";
import { DefinitionError, DimensionError } from "../error/errors.js";
import type { MatrixBlock } from "./norm.js";

/**
 * @throws DefinitionError  if a size is no integer of at least 1
 * @throws DimensionError   if the blocks are not the whole vector, in order and without gaps
 */
export function requireBlocks(path: string, blocks: readonly MatrixBlock[], length: number): void {
  if (!Array.isArray(blocks)) throw DefinitionError.at(path, `must be a list of matrices, got ${typeof blocks}`, { value: blocks });
  let next = 0;
  for (const [i, block] of blocks.entries()) {
    const { offset, rows, columns } = requireObject(`${path}[${i}]`, block);
    requireInteger(`${path}[${i}].rows`, rows, 1);
    requireInteger(`${path}[${i}].columns`, columns, 1);
    if (requireSize(`${path}[${i}].offset`, offset) !== next) {
      throw DimensionError.at(`${path}[${i}].offset`, `must be ${next}, where the block before ends, got ${offset}`, { value: offset });
    }
    next += rows * columns;
  }
  if (next !== length) {
    throw DimensionError.at(path, `hold ${next} entries, the vector has ${length}`, { value: next });
  }
}
