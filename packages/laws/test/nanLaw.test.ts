import { describe, expect, test } from "vitest";
import { checkLaws, type NormSubject, normLaws, SubjectLost } from "../src/index.js";
import { l2 } from "./support/plainNorms.js";

const options = { seed: 1, profile: "ci" } as const;

describe("the laws about NaN", () => {
  const nanLaws = normLaws.filter(({ id }) => id.includes("nan"));
  const refusing =
    <Rest extends unknown[], Value>(member: (x: Float64Array, ...rest: Rest) => Value) =>
    (x: Float64Array, ...rest: Rest): Value => {
      if (x.some(Number.isNaN)) throw new RangeError("not a number");
      return member(x, ...rest);
    };
  const strict: NormSubject = {
    ...l2,
    norm: refusing(l2.norm),
    dualNorm: refusing(l2.dualNorm),
    lmo: refusing(l2.lmo),
    projectBall: refusing(l2.projectBall!),
    prox: refusing(l2.prox!),
  };

  test("are satisfied by an exception as by a NaN", () => {
    expect(nanLaws).toHaveLength(3);
    const { results } = checkLaws(nanLaws, strict, options);
    expect(results.map(({ verdict }) => verdict)).toEqual(["holds", "holds", "holds"]);
  });

  test.each(["norm", "dualNorm", "lmo"] as const)("refute a number where only %s drops the NaN", (member) => {
    const drops = (x: Float64Array): Float64Array => x.map((v) => (Number.isNaN(v) ? 0 : v));
    const careless = { ...strict, [member]: (x: Float64Array) => l2[member](drops(x)) };
    const [result] = checkLaws(nanLaws.slice(0, 1), careless, options).results;
    expect(result).toMatchObject({ verdict: "violated", sides: { part: member, relation: "=", right: Number.NaN } });
  });

  test("leave a subject that is lost to their caller", () => {
    const lost: NormSubject = {
      ...l2,
      norm: () => {
        throw new SubjectLost("gone");
      },
    };
    expect(() => checkLaws(nanLaws, lost, options)).toThrow("gone");
  });
});
