import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { bindNormIn, type NormShape, type Optimizer, planNorm, type StepSize } from "../src/index.js";

export interface Aimed {
  /** The direction for a gradient at θ. */
  aim(theta: ArrayLike<number>, ghat: ArrayLike<number>, logRisk?: number): Float64Array;
  /** θ' - θ of a step from θ = 0 along what was aimed at last. */
  move(stepSize: StepSize): Float64Array;
  normOf(x: ArrayLike<number>): number;
  dualNormOf(x: ArrayLike<number>): number;
}

/** An optimiser in memory of its own. */
export function aimed(optimizer: Optimizer, shape: NormShape, factory: KernelFactory): Aimed {
  const plan = new ArenaPlan();
  for (let i = 0; i < 4; i++) plan.span(shape.length);
  planNorm(plan, optimizer.ownNorm, shape);
  optimizer.plan(plan, shape);
  const arena = plan.allocate(factory);
  const [theta, ghat, direction, x] = [
    arena.span(shape.length),
    arena.span(shape.length),
    arena.span(shape.length),
    arena.span(shape.length),
  ];
  const norm = bindNormIn(arena, optimizer.ownNorm, shape);
  const bound = optimizer.bind({ kernels: arena.kernels, arena, shape, theta, ghat, direction });
  return {
    aim: (at, g, logRisk = 0) => {
      theta.view.set(at);
      ghat.view.set(g);
      bound.aim(logRisk);
      return direction.view.slice();
    },
    move: (stepSize) => {
      theta.view.fill(0);
      bound.move(stepSize);
      return theta.view.slice();
    },
    normOf: (values) => {
      x.view.set(values);
      return norm.norm(x);
    },
    dualNormOf: (values) => {
      x.view.set(values);
      return norm.dualNorm(x);
    },
  };
}
