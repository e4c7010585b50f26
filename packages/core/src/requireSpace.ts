import type { Region, Span } from "@steepest/kernels";
import { DimensionError } from "./errors.js";
import type { NormShape } from "./norm/norm.js";
import { refuse, requireInteger, requireList, requireObject, requireSize } from "./require.js";

/** The span. @throws DefinitionError unless it is a piece of kernel memory; DimensionError if it is not of `length` */
export function requireSpan(path: string, span: Span, length?: number): Span {
  const { ptr, view } = requireObject(path, span);
  requireInteger(`${path}.ptr`, ptr, 0);
  if (!(view instanceof Float64Array) || view.length !== span.length) {
    refuse(path, "a span, whose view is a Float64Array of its length", span, "arenas hand them out: arena.span(length)");
  }
  if (length === undefined || span.length === length) return span;
  throw new DimensionError(`${path}: has length ${span.length}, expected ${length}`, { path, value: span.length });
}

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

/** The region, after a check that an arena handed it out. @throws DefinitionError */
export function requireRegion(path: string, region: Region): Region {
  const { ptr, bytes } = requireObject(path, region);
  requireInteger(`${path}.ptr`, ptr, 0);
  requireInteger(`${path}.bytes`, bytes, 0);
  return region;
}
