import { buildOptimizer, optimizers } from "./registry.js";

/**
 * Margins that theory expects an optimiser of the registry to raise, by its examples, each source once: "margin.linf (source)".
 *
 * @param kind  an optimiser of the registry
 * @returns texts
 */
export function expectationTexts(kind: keyof typeof optimizers): string[] {
  const bySource = new Map<string, Set<string>>();
  for (const example of optimizers[kind].examples) {
    const { margin, source } = buildOptimizer(example).expectation;
    const margins = bySource.get(source) ?? new Set();
    bySource.set(source, margins.add(margin ? `margin.${margin.id}` : "silent"));
  }
  return [...bySource].map(([source, margins]) => `${[...margins].join(", ")} (${source})`);
}
