import type { Norm } from "../norm/norm.js";
import type { Direction } from "./direction.js";

/** The norm's steepest direction, with its tie rule. */
export function steepest(norm: Norm): Direction {
  return {
    id: norm.id,
    decompositions: norm.decomposes ? ["polar"] : [],
    scratch: (shape) => norm.scratch(shape),
    bind: (kernels, shape, region) => norm.bind(kernels, shape, region).lmo,
  };
}
