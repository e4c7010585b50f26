import type { Arena, ArenaPlan, Kernels, Span } from "@steepest/kernels";
import type { Carrying } from "../../carry/carrier.js";
import type { FrameMove } from "../lossFrame.js";

/** The vector that an optimiser aims with: the gradient itself, or a memory of the gradients so far. */
export interface Memory {
  /** ρ in [0, 1]: the largest factor by which a step keeps what is remembered; the loss frame falls no faster. */
  readonly slowest: number;
  /** The factor of the bound `value`: e^s with the loss frame s, or the risk itself. */
  readonly unit: "frame" | "risk";
  plan(plan: ArenaPlan, parameterCount: number): void;
  bind(context: MemoryContext): BoundMemory;
}

export interface MemoryContext {
  readonly kernels: Kernels;
  readonly arena: Arena;
  /** f64[p], the gradient to remember: ∇R / R. */
  readonly ghat: Span;
}

export interface BoundMemory extends Required<Carrying> {
  /** Takes e^logRisk · ghat in, after the frame has moved. */
  update(move: FrameMove): void;
  /** f64[p], the remembered vector divided by its unit. */
  readonly value: Span;
}
