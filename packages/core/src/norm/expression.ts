import type { ModuleNormExpression } from "./moduleNorm.js";
import type { NormId } from "./registry.js";

/** A norm as data, as definitions and the command line write it. */
export type NormExpression =
  | NormId
  | { readonly lp: number }
  | { readonly max: readonly NormExpression[]; readonly weights?: readonly number[] | undefined }
  | { readonly sum: readonly NormExpression[]; readonly weights?: readonly number[] | undefined }
  | { readonly l2: readonly NormExpression[]; readonly weights?: readonly number[] | undefined }
  | { readonly weighted: NormExpression; readonly diagonal: readonly number[] }
  | ModuleNormExpression;
