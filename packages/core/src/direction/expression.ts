import type { NewtonSchulzOptions } from "./newtonSchulz.js";
import type { PolarExpressOptions } from "./polarExpress.js";
import type { RandomSpectrumOptions } from "./randomSpectrum.js";

/** A direction of matrices, orthogonal or nearly so, as data. */
export type DirectionExpression =
  | "exact"
  | "newtonSchulz"
  | { readonly newtonSchulz: NewtonSchulzOptions }
  | { readonly polarExpress: PolarExpressOptions }
  | { readonly spectralPower: number }
  | { readonly randomSpectrum: RandomSpectrumOptions }
  | { readonly sign: DirectionExpression };
