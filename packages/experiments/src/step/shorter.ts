import type { StepChange } from "./member.js";

/** A number divided by a factor, to three digits. */
export const dividedBy = (factor: number, size: number): number => Number((size / factor).toPrecision(3));

/** The step rule with its size divided by a factor. */
export function shorterSize<C extends { readonly size: number }>(choice: C, factor: number): StepChange<C> {
  const size = dividedBy(factor, choice.size);
  return { step: { ...choice, size }, text: `step size ${size}` };
}
