import { bindNormIn, DefinitionError, type KernelFactory, type Norm, type NormShape, normOf, normShape, planNorm } from "@steepest/core";
import { ArenaPlan, admitOptimizer } from "@steepest/core/internal";
import type { ExperimentDefinition } from "../definition/definition.js";
import { type Path, pathText, valueAt } from "../definition/path.js";
import { endsOf } from "../network/ends.js";
import { buildNetwork } from "../network/registry.js";
import { buildOptimizer, type OptimizerChoice } from "../optimizer/registry.js";
import { modulePlaces } from "./places.js";

/** Binds a norm, which asks it the laws. */
function admitNorm(norm: Norm, shape: NormShape, kernels: KernelFactory): void {
  const plan = new ArenaPlan();
  planNorm(plan, norm, shape);
  bindNormIn(plan.allocate(kernels), norm, shape);
}

/** The whole norm or optimiser that a module is a part of: a norm within an expression is bound to one layer, as the expression does it. */
function wholePart(path: Path): Path {
  const optimizer = path.lastIndexOf("optimizer");
  const norm = optimizer < 0 ? -1 : path.indexOf("norm", optimizer);
  return norm < 0 ? path : path.slice(0, norm + 1);
}

/**
 * Asks the norms and optimisers that modules export a few laws, on the network of the definition, before anything is trained.
 *
 * @param definition  a definition whose modules have been loaded
 * @param kernels     makes kernels
 * @param begin       is called with the path of each module before it is asked
 * @throws DefinitionError  naming the part, the law that it violates and a counterexample
 */
export function admitModules(definition: ExperimentDefinition, kernels: KernelFactory, begin: (module: string) => void = () => {}): void {
  const places = modulePlaces(definition);
  if (places.length === 0) return;
  const shape = normShape(buildNetwork(definition.network, endsOf(definition.dataset)).layout);
  const asked = new Set<string>();
  for (const place of places) {
    const path = wholePart(place.path);
    const value = valueAt(definition, path);
    const text = JSON.stringify(value);
    if (asked.has(text)) continue;
    asked.add(text);
    begin(String(place.value.module));
    try {
      if (place.part === "optimizer") admitOptimizer(buildOptimizer(value as OptimizerChoice), shape, kernels);
      else admitNorm(normOf(value as never), shape, kernels);
    } catch (cause) {
      if (!(cause instanceof DefinitionError)) throw cause;
      const { module } = place.value;
      throw DefinitionError.at(pathText(path), `${String(module)} is refused: ${cause.message}`, {
        value: cause.value,
        cause,
        ...(cause.hint !== undefined && { hint: cause.hint }),
      });
    }
  }
}
