import { refuse, requireList, requireObject, requireSize } from "../check/require.js";
import type { NormShape } from "./norm.js";

/** Sizes that are past 2⁵³ are rounded. */
const afterRounding = 1 + 2 ** -50;

/** The shape. @throws DefinitionError unless it is a length with matrices within it */
export function requireShape(path: string, shape: NormShape): NormShape {
  const { length, blocks } = requireObject(path, shape);
  requireSize(`${path}.length`, length);
  for (const [i, block] of requireList(`${path}.blocks`, blocks, "matrices").entries()) {
    const { offset, rows, columns } = requireObject(`${path}.blocks[${i}]`, block);
    for (const [name, size] of Object.entries({ offset, rows, columns })) requireSize(`${path}.blocks[${i}].${name}`, size);
    if (offset + rows * columns > length * afterRounding) refuse(`${path}.blocks[${i}]`, `a matrix within ${length} entries`, block);
  }
  return shape;
}
