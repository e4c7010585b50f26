import type { Arena, ArenaPlan } from "@steepest/kernels";
import type { Carrier } from "../carry/carrier.js";
import { DefinitionError } from "../error/errors.js";
import { type BoundNorm, bindNormIn, planNorm } from "../norm/boundNorm.js";
import type { NormShape } from "../norm/norm.js";
import type { BoundOptimizer, Optimizer } from "../optimizer/optimizer.js";
import type { StepControl, StepRule } from "../step/stepRule.js";
import { type Condition, isMet, type Progress } from "./condition.js";
import type { ParameterStore } from "./parameterStore.js";

/** A later part of a run, from a condition on. */
export interface Phase {
  readonly when: Condition;
  /** The optimiser from here on, which starts with an empty memory; absent: the one before goes on. */
  readonly optimizer?: Optimizer;
  /** The step rule from here on, which starts counting its steps; absent: the one before goes on. */
  readonly step?: StepRule;
}

/** Optimiser, step rule and norm of the current phase. */
export interface Steering {
  readonly optimizer: Optimizer;
  readonly bound: BoundOptimizer;
  /** The own norm on the weights that move. */
  readonly ownMoving: BoundNorm;
  readonly rule: StepRule;
  readonly control: StepControl;
  /** The step at which the rule took over. */
  readonly firstStep: number;
}

interface Seat extends Pick<Steering, "optimizer" | "bound" | "ownMoving"> {
  readonly when: Condition;
  readonly step: StepRule | undefined;
}

/** The optimisers and step rules of a run, one phase after another. */
export class Pilot {
  readonly #seats: readonly Seat[];
  #next = 1;
  #steering: Steering;

  static plan(plan: ArenaPlan, optimizers: readonly Optimizer[], shape: NormShape): void {
    for (const optimizer of optimizers) {
      optimizer.plan(plan, shape);
      planNorm(plan, optimizer.ownNorm, shape);
    }
  }

  constructor(arena: Arena, store: ParameterStore, shape: NormShape, optimizer: Optimizer, step: StepRule, phases: readonly Phase[]) {
    const { kernels } = arena;
    const seated = (chosen: Optimizer): Pick<Seat, "optimizer" | "bound" | "ownMoving"> => ({
      optimizer: chosen,
      bound: chosen.bind({ kernels, arena, shape, theta: store.moving, ghat: store.ghat, direction: store.direction }),
      ownMoving: bindNormIn(arena, chosen.ownNorm, shape),
    });
    const seats: Seat[] = [{ when: { step: 0 }, step, ...seated(optimizer) }];
    for (const phase of phases) {
      const kept = phase.optimizer ? seated(phase.optimizer) : seats.at(-1)!;
      seats.push({ ...kept, when: typeof phase.when === "string" ? phase.when : { ...phase.when }, step: phase.step });
    }
    this.#seats = seats;
    const { bound, ownMoving } = seats[0]!;
    this.#steering = { optimizer, bound, ownMoving, rule: step, control: step.start(), firstStep: 0 };
  }

  get steering(): Steering {
    return this.#steering;
  }

  /**
   * Carries the phase, the memory of its optimiser and the control of its step rule. Optimisers and rules of other phases are over, or have not begun.
   *
   * @throws DefinitionError  if the optimiser or the step rule says nothing about its state
   */
  carry(carrier: Carrier): void {
    carrier.value(
      "phase",
      () => this.#next - 1,
      (phase) => this.#takeSeat(phase),
    );
    carrier.value(
      "firstStep",
      () => this.#steering.firstStep,
      (firstStep) => {
        this.#steering = { ...this.#steering, firstStep };
      },
    );
    const { optimizer, bound, rule, control } = this.#steering;
    if (!bound.carry) throw withoutState("optimizer", optimizer.id, "of what bind returns");
    if (!control.carry) throw withoutState("step", rule.id, "of what start returns");
    bound.carry(carrier.at("optimizer"));
    control.carry(carrier.at("step"));
  }

  /** Steers as in that phase, with empty memories. @throws DefinitionError  if there is none */
  #takeSeat(phase: number): void {
    if (!(phase < this.#seats.length))
      throw DefinitionError.at("state.values.phase", `is ${phase}, the run has ${this.#seats.length} phases`);
    while (this.#next <= phase) this.#sit(this.#seats[this.#next++]!, 0);
  }

  /** Hands over to the next phases whose conditions are met; true if the optimiser changed. */
  handOver(progress: Progress): boolean {
    const before = this.#steering.bound;
    for (;;) {
      const seat = this.#seats[this.#next];
      if (!seat || !isMet(seat.when, progress)) return this.#steering.bound !== before;
      this.#next++;
      this.#sit(seat, progress.step);
    }
  }

  #sit({ optimizer, bound, ownMoving, step }: Seat, now: number): void {
    this.#steering = {
      optimizer,
      bound,
      ownMoving,
      rule: step ?? this.#steering.rule,
      control: step ? step.start() : this.#steering.control,
      firstStep: step ? now : this.#steering.firstStep,
    };
  }
}

function withoutState(path: string, id: string, where: string): DefinitionError {
  return DefinitionError.at(path, `${id} does not say what its steps leave behind, so the run can be neither kept nor gone on with`, {
    value: id,
    hint: `add the member carry ${where}: docs/extending.md; without a state it is carry: () => {}`,
  });
}

/** Every optimiser of a run, in order; as many arena plans as bindings. */
export function optimizersOf(optimizer: Optimizer, phases: readonly Phase[]): Optimizer[] {
  return [optimizer, ...phases.flatMap((phase) => (phase.optimizer ? [phase.optimizer] : []))];
}
