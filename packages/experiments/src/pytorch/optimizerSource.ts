import type { PythonSnippet as Snippet } from "@steepest/core";
import type { NormSource } from "./norm.js";
import { momentumDescent } from "./optimizerClasses.js";
import { pythonBoolean, pythonNumber } from "./python.js";
import { untranslated } from "./untranslated.js";

/** An optimiser as an expression over classes of the program. */
export interface OptimizerSource {
  readonly text: string;
  readonly needs: readonly Snippet[];
  /** The norm its steps are measured in. */
  readonly norm: () => NormSource;
  /** λ of θ ← (1 - η λ) θ before every step. */
  readonly decay?: string;
  /** Length of a step of size 1 in its norm; default 1. */
  readonly unitLength?: string;
  /** true: it has a `move` of its own. */
  readonly moves?: boolean;
  /** true: it marks, by `rescaling`, the steps that no step size makes shorter. */
  readonly rescales?: boolean;
}

/** Rows and columns of a layer. */
export type Shape = readonly [number, number];

/** `name=value, ...` of numbers and flags. */
export function options(values: Readonly<Record<string, number | boolean>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${typeof value === "boolean" ? pythonBoolean(value) : pythonNumber(name, value)}`)
    .join(", ");
}

/** Steps along an average of gradients in a norm. */
export function along(norm: NormSource, values: Readonly<Record<string, number | boolean>>): OptimizerSource {
  return {
    text: `MomentumDescent(${norm.text}, ${options(values)})`,
    needs: [...norm.needs, momentumDescent],
    norm: () => norm,
  };
}

export const decayText = (decay = 0): string => pythonNumber("optimizer.decay", decay);

/** Refuses an option of an optimiser. @throws DefinitionError */
export const refuseOption = (path: string, what: string): never => untranslated(path, what, "the TypeScript program has every optimiser");
