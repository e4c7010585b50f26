import { spectral } from "../norm/spectralAndNuclear.js";
import type { Direction } from "./direction.js";
import type { DirectionExpression } from "./expression.js";
import { newtonSchulz, newtonSchulzOf } from "./newtonSchulz.js";
import { polarExpress } from "./polarExpress.js";
import { randomSpectrum } from "./randomSpectrum.js";
import { signOf } from "./sign.js";
import { spectralPower } from "./spectralPower.js";
import { steepest } from "./steepest.js";

/** A way to make a direction of matrices from numbers or another direction, as data. */
export interface DirectionForm {
  /** The key that marks an expression as one of this form: "spectralPower". */
  readonly key: string;
  /** A description in one line. */
  readonly summary: string;
  /** An expression of the form. */
  readonly example: DirectionExpression;
  /** @param directionOf  makes the directions within it */
  build(value: never, directionOf: (inner: DirectionExpression) => Direction): Direction;
}

/** Directions that a word stands for. */
export const directions: Readonly<Record<"exact" | "newtonSchulz", Direction>> = { exact: steepest(spectral), newtonSchulz };

/** Every form, in the order in which reports list them. Adding one: its file, a line here, and its type in `DirectionExpression`. */
export const directionForms: readonly DirectionForm[] = [
  {
    key: "newtonSchulz",
    summary: "Newton-Schulz iterations with coefficients and a number of steps of one's own",
    example: { newtonSchulz: { coefficients: [[2, -1.5, 0.5]], steps: 10 } },
    build: newtonSchulzOf,
  },
  {
    key: "polarExpress",
    summary: "Polar Express: in every step the polynomial that brings the singular values closest to 1",
    example: { polarExpress: { steps: 5, lower: 1e-3 } },
    build: polarExpress,
  },
  {
    key: "spectralPower",
    summary: "-U (Σ / σ₁)^p Vᵀ, from the polar factor, p = 0, to the gradient, p = 1",
    example: { spectralPower: 0.5 },
    build: spectralPower,
  },
  {
    key: "randomSpectrum",
    summary: "-U diag(s) Vᵀ with random singular values s, new ones in every step",
    example: { randomSpectrum: { low: 0, high: 1, seed: 0 } },
    build: randomSpectrum,
  },
  {
    key: "sign",
    summary: "the signs of another direction's entries",
    example: { sign: "exact" },
    build: (inner: DirectionExpression, directionOf) => signOf(directionOf(inner)),
  },
];
