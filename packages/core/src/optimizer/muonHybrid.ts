import { knownOptions } from "../check/knownKeys.js";
import { requirePositive } from "../check/require.js";
import type { MatrixBlock } from "../norm/norm.js";
import { recorded } from "../recipe/recipe.js";
import { type AdamOptions, adam, someAdam } from "./adam.js";
import { byLayer } from "./byLayer.js";
import type { OptimizerMember } from "./member.js";
import { type MuonOptions, muon, someMuon } from "./muon.js";
import type { Optimizer } from "./optimizer.js";
import { signum } from "./signum.js";

export interface MuonSignumOptions {
  readonly muon: MuonOptions;
  readonly signum: { readonly momentum: number };
  /** Steps of the layers that are one row, relative to those of the matrices. */
  readonly rowScale: number;
}

export interface MuonAdamOptions {
  readonly muon: MuonOptions;
  readonly adam: AdamOptions;
  readonly rowScale: number;
}

const source = "Tsilivis et al., JMLR 27 (2026): the hybrid norm, spectral on the matrices and linf on the rest";

/**
 * Muon on every layer with more than one row, Signum on the others, as is the custom with Muon. Raises the margin of max(σ₁ of the matrices,
 * ||rows||_∞ / rowScale).
 *
 * @param all  `muon` and `signum`, the options of both, and `rowScale` > 0, the steps of the layers that are one row relative to the others
 * @returns an optimiser that treats every layer by its shape
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function muonSignum(all: MuonSignumOptions): Optimizer {
  const { rowScale, ...options } = knownOptions("muonSignum", all, { muon: true, signum: true, rowScale: true });
  return recorded("muonSignum", [{ rowScale, ...options }], hybrid("muonSignum", muon(options.muon), signum(options.signum), rowScale));
}

/**
 * Muon on every layer with more than one row, Adam on the others. Raises the same margin as `muonSignum` while Adam's epsilon is negligible.
 *
 * @param all  `muon` and `adam`, the options of both, and `rowScale` > 0, the steps of the layers that are one row relative to the others
 * @returns an optimiser that treats every layer by its shape
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function muonAdam(all: MuonAdamOptions): Optimizer {
  const { rowScale, ...options } = knownOptions("muonAdam", all, { muon: true, adam: true, rowScale: true });
  return recorded("muonAdam", [{ rowScale, ...options }], hybrid("muonAdam", muon(options.muon), adam(options.adam), rowScale));
}

function hybrid(id: string, onMatrices: Optimizer, onRows: Optimizer, rowScale: number): Optimizer {
  requirePositive("rowScale", rowScale);
  const choose = ({ rows }: MatrixBlock) => (rows > 1 ? { optimizer: onMatrices, scale: 1 } : { optimizer: onRows, scale: rowScale });
  const grows = [onMatrices, onRows].every(({ expectation }) => expectation.grows);
  const conventions = [...new Set([onMatrices, onRows].flatMap((part) => part.conventions ?? []))];
  const hybridOfBoth = { ...byLayer(id, choose, source, grows || undefined), decompositions: onMatrices.decompositions ?? [], conventions };
  const silent = [onMatrices, onRows].find(({ expectation }) => expectation.margin === undefined); // a margin of the whole takes one of every part
  return silent ? { ...hybridOfBoth, expectation: silent.expectation } : hybridOfBoth;
}

export const muonSignumMember: OptimizerMember = {
  factory: "muonSignum",
  make: muonSignum,
  title: "Muon + Signum",
  examples: () => ({
    muonSignum: muonSignum({ muon: { ...someMuon, scale: "aspect" }, signum: { momentum: 0.9 }, rowScale: 0.5 }),
  }),
};

export const muonAdamMember: OptimizerMember = {
  factory: "muonAdam",
  make: muonAdam,
  title: "Muon + Adam",
  examples: (logFrame) => ({ muonAdam: muonAdam({ muon: someMuon, adam: someAdam(logFrame), rowScale: 2 }) }),
};
