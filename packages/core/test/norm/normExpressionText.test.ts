import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DefinitionError,
  type NormExpression,
  type NormId,
  normExpressionFromText,
  normFrom,
  normFromText,
  normOf,
  norms,
} from "../../src/index.js";

const weight = fc.oneof(fc.constant(1), fc.double({ min: 1e-12, max: 1e12, noNaN: true }));

const { norm } = fc.letrec<{ norm: NormExpression; combined: NormExpression }>((tie) => ({
  norm: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...(Object.keys(norms) as NormId[])),
    fc.double({ min: 1, minExcluded: true, max: 1e6, noNaN: true }).map((p) => ({ lp: p })),
    tie("combined"),
  ),
  combined: fc
    .tuple(fc.constantFrom("max", "sum", "l2"), fc.array(fc.tuple(tie("norm"), weight), { minLength: 1, maxLength: 4 }))
    .map(([name, members]) => {
      const weights = members.map(([, one]) => one);
      const weighted = weights.some((one) => one !== 1);
      return { [name]: members.map(([member]) => member), ...(weighted && { weights }) } as unknown as NormExpression;
    }),
}));

test("the text of a norm gives back the norm", () => {
  fc.assert(
    fc.property(norm, (expression) => {
      const text = normOf(expression).id;
      expect(normFromText(text).id).toBe(text);
      expect(normOf(normExpressionFromText(` ${text} `)).id).toBe(text);
    }),
    { seed: 20_260_101, numRuns: 500 },
  );
});

test.each<[string, NormExpression]>([
  ["linf", "linf"],
  ["lp(3)", { lp: 3 }],
  ["l2", "l2"],
  ["l2(l1,linf)", { l2: ["l1", "linf"] }],
  ["max(spectral, 0.5*linf)", { max: ["spectral", "linf"], weights: [1, 0.5] }],
  ["sum(max(l1,2e-3*l2),l1)", { sum: [{ max: ["l1", "l2"], weights: [1, 2e-3] }, "l1"] }],
])("%s", (text, expression) => {
  expect(normExpressionFromText(text)).toEqual(expression);
});

test.each([
  "",
  "l3",
  "lp",
  "lp()",
  "lp(1)",
  "lp(x)",
  "max",
  "max()",
  "max(l1,)",
  "max(l1",
  "max(l1)),max(l2",
  "max(0*l1)",
  "max(-1*l1)",
  "max(e*l1)",
  "toString",
  "constructor",
  "max(__proto__)",
])("%j is no norm", (text) => {
  expect(() => normExpressionFromText(text)).toThrow(DefinitionError);
});

test("who asks for l7 hears of lp(p)", () => {
  expect(() => normFromText("l7")).toThrow(expect.objectContaining({ hint: expect.stringMatching(/spectral.*, lp\(p\)/) }));
});

test("a norm is read from each of its forms: itself, its expression, its text, and JSON of its expression", () => {
  const forms = [normOf({ lp: 3 }), { lp: 3 }, "lp(3)", " lp( 3 ) ", '{"lp":3}'] as const;
  expect(forms.map((form) => normFrom(form).id)).toEqual(forms.map(() => "lp(3)"));
  expect(normOf("lp(3)" as NormId).id).toBe("lp(3)");
  expect(normFrom({ max: ["lp(3)" as NormId, "spectral"], weights: [1, 2] }).id).toBe(normFrom("max(lp(3),2*spectral)").id);
  expect(() => normFrom("{lp:3}")).toThrow(/begins as JSON and is none/);
  expect(() => normFrom({} as never)).toThrow(DefinitionError);
  expect(() => normFrom({ bind: 1 } as never)).toThrow(DefinitionError);
});
