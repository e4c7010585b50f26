import type { Arena, ArenaPlan, Kernels, Span } from "@steepest/kernels";

/** What an optimiser aims with: the gradient itself, or a memory of the gradients so far. */
export interface Memory {
  plan(plan: ArenaPlan, parameterCount: number): void;
  bind(context: { readonly kernels: Kernels; readonly arena: Arena; readonly ghat: Span }): BoundMemory;
}

export interface BoundMemory {
  /** Takes e^logRisk · ghat in. Returns s: the remembered vector is e^s · `value`. */
  update(logRisk: number): number;
  readonly value: Span;
}
