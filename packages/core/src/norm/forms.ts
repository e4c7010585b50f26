import { knownOptions } from "../check/knownKeys.js";
import { requireList } from "../check/require.js";
import { l2Of, maxOf, sumOf } from "./combine.js";
import type { NormExpression } from "./expression.js";
import { lp } from "./lp.js";
import type { Norm } from "./norm.js";
import { weighted } from "./weighted.js";

/** A way to make a norm of numbers or other norms, as data. */
export interface NormForm {
  readonly name: string;
  /** The key that marks an expression as one of this form: "lp", "max". */
  readonly key: string;
  /** The name under which this package exports the factory, as recipes have it. */
  readonly factory: string;
  make(...args: never[]): Norm;
  /** A description in one line, with the dual. */
  readonly summary: string;
  /** One norm of the form. */
  readonly example: NormExpression;
  /** @param normOf  makes the norms within it */
  build(expression: object, normOf: (inner: NormExpression) => Norm): Norm;
}

interface Combination extends Omit<NormForm, "build"> {
  make(norms: readonly Norm[], weights?: readonly number[]): Norm;
}

/** The form of a norm of a list of norms, with weights if they are given. */
function combination(form: Combination): NormForm {
  const { key, make } = form;
  return {
    ...form,
    build: (expression, normOf) => {
      const options = expression as Readonly<Record<string, readonly NormExpression[]>> & { readonly weights?: readonly number[] };
      const { [key]: inner, weights } = knownOptions("norm", options, { [key]: true, weights: true });
      return make(requireList(`norm.${key}`, inner!, "norms").map(normOf), weights);
    },
  };
}

/** Every form, in the order in which reports list them. Adding one: its entry here, and its type in `NormExpression`. */
export const normForms: readonly NormForm[] = [
  {
    name: "lp",
    factory: "lp",
    make: lp,
    key: "lp",
    summary: "(Σ |θᵢ|^p)^(1/p), 1 < p < infinity; dual lp of p / (p - 1)",
    example: { lp: 3 },
    build: (expression) => lp(knownOptions("norm", expression as { readonly lp: number }, { lp: true }).lp),
  },
  combination({
    name: "max",
    factory: "maxOf",
    make: maxOf,
    key: "max",
    summary: "max over the layers l of wₗ ||θₗ||ₗ, a norm for each trainable layer; dual sum of the duals",
    example: { max: ["spectral", "linf"], weights: [1, 0.5] },
  }),
  combination({
    name: "sum",
    factory: "sumOf",
    make: sumOf,
    key: "sum",
    summary: "Σₗ wₗ ||θₗ||ₗ, a norm for each trainable layer; dual max of the duals",
    example: { sum: ["l1", "l2"] },
  }),
  combination({
    name: "l2Of",
    factory: "l2Of",
    make: l2Of,
    key: "l2",
    summary: "√Σₗ (wₗ ||θₗ||ₗ)², a norm for each trainable layer; dual l2Of the duals",
    example: { l2: ["spectral", "l2"] },
  }),
  {
    name: "weighted",
    factory: "weighted",
    make: weighted,
    key: "weighted",
    summary: "||D θ|| for a diagonal D > 0 of l1, l2 or linf, a number for each parameter; dual ||D⁻¹ g||_*",
    example: { weighted: "l1", diagonal: [1, 2, 0.5] },
    build: (expression, normOf) => {
      const options = expression as { readonly weighted: NormExpression; readonly diagonal: readonly number[] };
      const { weighted: inner, diagonal } = knownOptions("norm", options, { weighted: true, diagonal: true });
      return weighted(normOf(inner), diagonal);
    },
  },
];
