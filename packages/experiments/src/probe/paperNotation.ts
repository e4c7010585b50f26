import type { NormId } from "@steepest/core";

/**
 * The paper names a margin by the dual norm, the one in which it measures the data; we name it by the norm of θ in the denominator. Legends and
 * captions come from this table, never from hand-typed text.
 */
export const paperMargin: Readonly<Partial<Record<string, { readonly symbol: string; readonly name: string }>>> = {
  linf: { symbol: "γ₁", name: "ℓ1 margin" },
  l2: { symbol: "γ₂", name: "ℓ2 margin" },
  l1: { symbol: "γ∞", name: "ℓ∞ margin" },
  spectral: { symbol: "γσ", name: "spectral margin" },
} satisfies Partial<Record<NormId, unknown>>;

/** The paper's symbol of a probe that is a margin, if it has one. */
export function paperSymbol(probe: string): string | undefined {
  const [kind, norm] = probe.split(".");
  return kind === "margin" && norm !== undefined ? paperMargin[norm]?.symbol : undefined;
}
