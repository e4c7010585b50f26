import type { Norm } from "../norm/norm.js";
import type { Direction } from "./direction.js";

/** The norm's steepest direction, with its tie rule. */
export function steepest(norm: Norm): Direction {
  return {
    id: norm.id,
    decompositions: norm.decomposes ? ["polar"] : [],
    scratchBytes: (shape) => norm.scratchBytes(shape),
    bind: (kernels, shape, scratch) => norm.bind(kernels, shape, scratch).lmo,
  };
}
