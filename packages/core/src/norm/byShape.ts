import { dualPair } from "./dualPair.js";
import type { Norm, NormShape } from "./norm.js";

/**
 * A norm that is chosen when the matrices are known, such as one with weights that depend on their sizes. The id must say what is chosen.
 *
 * @param choose  a function of the shape alone
 */
export function byShape(id: string, choose: (shape: NormShape) => Norm): Norm {
  return dualPair(
    chosen(id, choose),
    chosen(`dual(${id})`, (shape) => choose(shape).dual),
  );
}

function chosen(id: string, choose: (shape: NormShape) => Norm): Omit<Norm, "dual"> {
  return {
    id,
    dependsOnPosition: true, // the sizes of the matrices do
    scratch: (shape) => choose(shape).scratch(shape),
    bind: (kernels, shape, region) => choose(shape).bind(kernels, shape, region),
  };
}
