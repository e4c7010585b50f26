import { type NormId, norms } from "@steepest/core";

/**
 * The paper's symbol and name of the margin with a norm in its denominator.
 *
 * @param id  id of the norm
 * @returns symbol and name, or undefined where the paper has none
 */
export function paperMargin(id: string): { readonly symbol: string; readonly name: string } | undefined {
  return Object.hasOwn(norms, id) ? norms[id as NormId].facts?.paperMargin : undefined;
}

/**
 * The paper's symbol of a probe that is a margin, if it has one.
 *
 * @param probe  name of a probe, such as margin.linf
 * @returns γ with its index, or undefined
 */
export function paperSymbol(probe: string): string | undefined {
  const [kind, norm] = probe.split(".");
  return kind === "margin" && norm !== undefined ? paperMargin(norm)?.symbol : undefined;
}
