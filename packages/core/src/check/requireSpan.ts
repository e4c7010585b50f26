import type { Region, Span } from "@steepest/kernels";
import { DimensionError } from "../error/errors.js";
import { refuse, requireInteger, requireObject } from "./require.js";

/** The span. @throws DefinitionError unless it is a piece of kernel memory; DimensionError if it is not of `length` */
export function requireSpan(path: string, span: Span, length?: number): Span {
  const { ptr, view } = requireObject(path, span);
  requireInteger(`${path}.ptr`, ptr, 0);
  if (!(view instanceof Float64Array) || view.length !== span.length) {
    refuse(path, "a span, whose view is a Float64Array of its length", span, "arenas hand them out: arena.span(length)");
  }
  if (length === undefined || span.length === length) return span;
  throw DimensionError.at(path, `has length ${span.length}, expected ${length}`, { value: span.length });
}

/** The region, after a check that an arena handed it out. @throws DefinitionError */
export function requireRegion(path: string, region: Region): Region {
  const { ptr, bytes } = requireObject(path, region);
  requireInteger(`${path}.ptr`, ptr, 0);
  requireInteger(`${path}.bytes`, bytes, 0);
  return region;
}
