import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import type { IdentitySubject, Stepper, StepSubject } from "@steepest/laws";
import { type BlocksOf, type NormShape, type Optimizer, type SteepestDescentOptions, steepestDescent } from "../src/index.js";
import { normSubject, oneRow } from "./normSubject.js";

/** An optimiser of the core on parameters of this shape, in memory of its own: each call is one step of size eta at risk e^logRisk. */
export function stepperOf(optimizer: Optimizer, factory: KernelFactory, shape: NormShape): Stepper {
  const plan = new ArenaPlan().span(shape.length).span(shape.length).span(shape.length);
  optimizer.plan(plan, shape);
  const arena = plan.allocate(factory);
  const [theta, ghat, direction] = [arena.span(shape.length), arena.span(shape.length), arena.span(shape.length)];
  const { aim, move } = optimizer.bind({ kernels: arena.kernels, arena, shape, theta, ghat, direction });
  return (from, gradient, logRisk, eta) => {
    theta.view.set(from);
    ghat.view.set(gradient);
    aim(logRisk);
    move({ size: eta, logScale: 0 });
    return theta.view.slice();
  };
}

/** Steepest descent as a subject of the step laws; bound once per length, since it has no memory. */
export function stepSubject(options: SteepestDescentOptions, factory: KernelFactory, blocksOf: BlocksOf): StepSubject {
  const { norm, dualNorm } = normSubject(options.norm, factory, blocksOf);
  const byLength = new Map<number, Stepper>();
  const stepper = (length: number): Stepper => {
    const made = byLength.get(length) ?? stepperOf(steepestDescent(options), factory, { length, blocks: blocksOf(length) });
    byLength.set(length, made);
    return made;
  };
  return {
    norm,
    dualNorm,
    normalized: options.normalized,
    step: (theta, gradient, logRisk, eta) => stepper(theta.length)(theta, gradient, logRisk, eta),
  };
}

export interface Identity extends Pick<IdentitySubject, "sameBits" | "dimension" | "extraRoundings"> {
  readonly left: Optimizer;
  readonly right: Optimizer;
  /** How the parameters are cut into matrices; one row by default. */
  readonly blocksOf?: BlocksOf;
}

/** Two optimisers of the core that are said to be the same, as a subject of the optimizer laws. */
export function identitySubject({ left, right, blocksOf = oneRow, ...claims }: Identity, factory: KernelFactory): IdentitySubject {
  const starting = (optimizer: Optimizer) => (length: number) => stepperOf(optimizer, factory, { length, blocks: blocksOf(length) });
  return { ...claims, left: starting(left), right: starting(right) };
}
