import type { DirectionExpression, PythonSnippet } from "@steepest/core";
import { polarExpressPolynomials, polarFactor } from "@steepest/core/internal";
import { expecting, field, integer, nonNegative, positive, type ReadonlyTree, ruled, z } from "../definition/schema.js";
import { iterated, newtonSchulz, spectralPower } from "../pytorch/directions.js";
import { refuseOption } from "../pytorch/optimizerSource.js";
import { pythonNumber } from "../pytorch/python.js";
import { untranslated } from "../pytorch/untranslated.js";

const finite = () => expecting("must be finite", (error) => z.number(error));

const iterations = ruled(
  z.strictObject({
    coefficients: field(
      z.array(z.tuple([finite(), finite(), finite()])).min(1),
      "(a, b, c) of X <- a X + b A X + c A A X with A = X X^T, step after step; the last ones are those of all further steps.",
      { unit: "1", example: [[2, -1.5, 0.5]] },
    ),
    steps: field(integer(1), "Iterations.", { unit: "steps", example: 10 }),
  }),
  {
    problems: ({ coefficients, steps }) =>
      Array.isArray(coefficients) && coefficients.length > Number(steps)
        ? [{ path: ["coefficients"], message: `must be those of at most ${steps} steps, got ${coefficients.length}` }]
        : [],
  },
);

const express = z.strictObject({
  steps: field(integer(1), "Iterations.", { unit: "steps", example: 5 }),
  lower: field(
    expecting("must be in (0, 1)", (error) => z.number(error).gt(0, error).lt(1, error)),
    "Least singular value that the polynomials are made for, as a share of the Frobenius norm.",
    { unit: "1", example: 1e-3 },
  ),
});

const random = ruled(
  z.strictObject({
    low: field(nonNegative(), "Least singular value.", { unit: "1", example: 0 }),
    high: field(positive(), "Bound of the singular values, which are uniform below it.", { unit: "1", example: 1 }),
    seed: field(integer(0), "Seed of the numbers; all runs draw the same.", { unit: "1", example: 0 }),
  }),
  {
    problems: ({ low, high }) =>
      typeof low === "number" && typeof high === "number" && low > high
        ? [{ path: ["low"], message: `must be at most high = ${high}, got ${low}` }]
        : [],
  },
);

const power = expecting("must be in [0, 1]", (error) => z.number(error).min(0, error).max(1, error));

const within: z.ZodType<DirectionExpression> = z.lazy(() => expression);

/** A direction of matrices as data: a word, or an object of one of the core's forms. */
const expression = z
  .union([
    z.enum(["exact", "newtonSchulz"]),
    z.strictObject({
      newtonSchulz: field(iterations, "Newton-Schulz iterations of one's own.", { example: { coefficients: [[2, -1.5, 0.5]], steps: 10 } }),
    }),
    z.strictObject({ polarExpress: field(express, "Polar Express.", { example: { steps: 5, lower: 1e-3 } }) }),
    z.strictObject({
      spectralPower: field(power, "p of the singular values' power: 0 is the polar factor, 1 the gradient.", { unit: "1", example: 0.5 }),
    }),
    z.strictObject({
      randomSpectrum: field(random, "Random singular values, new ones in every step.", { example: { low: 0, high: 1, seed: 0 } }),
    }),
    z.strictObject({ sign: field(within, "The signs of the entries of another direction.", { example: "exact" }) }),
  ])
  .meta({ id: "direction" }) as unknown as z.ZodType<DirectionExpression>;

/** The field of the direction that Muon's average becomes. */
export const directionField = (): z.ZodType<DirectionExpression> =>
  field(
    expression,
    'How the average is made orthogonal: by its polar factor, by five Newton-Schulz iterations, or by a form of one\'s own such as { "spectralPower": 0.5 }.',
    { example: "exact", otherNames: ["ns_steps", "steps", "backend"] },
  );

/** A function of a matrix in a Python program: minus the direction. */
export interface DirectionSource {
  readonly text: string;
  readonly needs: readonly PythonSnippet[];
}

const triples = (polynomials: readonly (readonly number[])[]): string =>
  `[${polynomials.map((triple) => `(${triple.map((value) => pythonNumber(path, value)).join(", ")})`).join(", ")}]`;
const path = "optimizer.orthogonalization";

/** The direction as a function of a matrix in Python. @throws DefinitionError  if it has no translation, as random numbers have none */
export function directionSource(choice: ReadonlyTree<DirectionExpression>): DirectionSource {
  if (choice === "exact") return { text: "polar_factor", needs: [polarFactor] };
  if (choice === "newtonSchulz") return { text: "newton_schulz", needs: [newtonSchulz] };
  if (typeof choice === "object" && choice !== null) {
    if ("newtonSchulz" in choice) {
      const { coefficients, steps } = choice.newtonSchulz;
      return iterationsSource(Array.from({ length: steps }, (_, k) => coefficients[Math.min(k, coefficients.length - 1)]!));
    }
    if ("polarExpress" in choice) return iterationsSource(polarExpressPolynomials(choice.polarExpress));
    if ("spectralPower" in choice)
      return { text: `lambda m: spectral_power(m, ${pythonNumber(path, choice.spectralPower)})`, needs: [spectralPower] };
    if ("sign" in choice) {
      const { text, needs } = directionSource(choice.sign);
      return { text: `lambda m: torch.sign((${text})(m))`, needs };
    }
  }
  if (typeof choice === "object" && choice !== null && "randomSpectrum" in choice) {
    untranslated(
      path,
      "randomSpectrum",
      "its singular values are Steepest's own random numbers, which PyTorch does not have; the TypeScript program has them",
    );
  }
  return refuseOption(path, typeof choice === "string" ? choice : JSON.stringify(choice));
}

function iterationsSource(polynomials: readonly (readonly number[])[]): DirectionSource {
  return { text: `lambda m: iterated(m, ${triples(polynomials)})`, needs: [iterated] };
}
