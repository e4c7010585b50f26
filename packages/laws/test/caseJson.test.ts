import fc from "fast-check";
import { expect, test } from "vitest";
import { caseFromJson, caseToJson } from "../src/index.js";

test("cases survive JSON bit for bit", () => {
  const numbers = fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, 5e-324));
  const cases = fc.record(
    {
      x: fc.array(numbers).map((values) => Float64Array.from(values)),
      c: numbers,
      name: fc.string(),
      list: fc.array(numbers),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(cases, (sample) => {
      const back = caseFromJson(caseToJson(sample)) as typeof sample;
      expect(back.x).toStrictEqual(sample.x);
      expect(Object.is(back.c, sample.c)).toBe(true);
      expect(back).toStrictEqual(sample);
    }),
    { seed: 3 },
  );
});
