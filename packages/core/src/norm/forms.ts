import { knownOptions } from "../knownKeys.js";
import { requireList } from "../require.js";
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

type Combination = { readonly weights?: readonly number[] | undefined };

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
  {
    name: "max",
    factory: "maxOf",
    make: maxOf,
    key: "max",
    summary: "max over the layers l of wₗ ||θₗ||ₗ, a norm for each trainable layer; dual sum of the duals",
    example: { max: ["spectral", "linf"], weights: [1, 0.5] },
    build: (expression, normOf) => {
      const { max, weights } = knownOptions("norm", expression as Combination & { readonly max: readonly NormExpression[] }, {
        max: true,
        weights: true,
      });
      return maxOf(requireList("norm.max", max, "norms").map(normOf), weights);
    },
  },
  {
    name: "sum",
    factory: "sumOf",
    make: sumOf,
    key: "sum",
    summary: "Σₗ wₗ ||θₗ||ₗ, a norm for each trainable layer; dual max of the duals",
    example: { sum: ["l1", "l2"] },
    build: (expression, normOf) => {
      const { sum, weights } = knownOptions("norm", expression as Combination & { readonly sum: readonly NormExpression[] }, {
        sum: true,
        weights: true,
      });
      return sumOf(requireList("norm.sum", sum, "norms").map(normOf), weights);
    },
  },
  {
    name: "l2Of",
    factory: "l2Of",
    make: l2Of,
    key: "l2",
    summary: "√Σₗ (wₗ ||θₗ||ₗ)², a norm for each trainable layer; dual l2Of the duals",
    example: { l2: ["spectral", "l2"] },
    build: (expression, normOf) => {
      const { l2, weights } = knownOptions("norm", expression as Combination & { readonly l2: readonly NormExpression[] }, {
        l2: true,
        weights: true,
      });
      return l2Of(requireList("norm.l2", l2, "norms").map(normOf), weights);
    },
  },
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
