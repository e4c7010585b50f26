import { DefinitionError, normExpressionFromText, norms } from "@steepest/core";

/**
 * Puts the expressions of norms in the place of their texts: `"norm": "lp(3)"` of an optimiser is `"norm": { "lp": 3 }`, also within another.
 *
 * @param tree  plain data, what may be a definition; modified
 * @returns it; texts that are no norms stay, for the schema to refuse
 */
export function withNormExpressions(tree: unknown): unknown {
  const arms = typeof tree === "object" && tree !== null ? (tree as { readonly arms?: unknown }).arms : undefined;
  expand(arms);
  return tree;
}

/** Expands the norms of optimisers, wherever they stand in the arms of a definition. */
function expand(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const [key, entry] of Object.entries(holder)) {
    if (key === "norm") holder[key] = expression(entry);
    else expand(entry);
  }
}

function expression(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expression);
  if (typeof value === "object" && value !== null) {
    return "module" in value ? value : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, expression(one)]));
  }
  if (typeof value !== "string" || Object.hasOwn(norms, value)) return value;
  try {
    return normExpressionFromText(value);
  } catch (error) {
    if (error instanceof DefinitionError) return value;
    throw error;
  }
}
