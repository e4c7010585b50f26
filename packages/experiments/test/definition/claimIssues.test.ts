import { DefinitionError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { catalog, definitionJsonSchema, parseDefinition } from "../../src/index.js";
import { tiny } from "../support/tiny.js";

const of = "margin.l2";
const at = (arm: string, moment: unknown = "end", probe: string = of) => ({ arm, probe, at: moment });
const best = (among?: readonly string[]) => ({ best: "gradient", of, at: "end", ...(among && { among }) });
const compare = (left: object, right: unknown, more: object = {}) => ({ left, relation: ">=", right, ...more });
const never = { after: "separation", relation: "nondecreasing", relativeSlack: 0 };
const slope = { arm: "sign", slopeOf: { [of]: 1 }, from: 10, near: 0.5, within: 0.5 };
const exponent = (probe: string) => ({ arm: "sign", exponentOf: probe, from: { logRiskBelow: -10 }, near: -0.5, within: 0.1 });
const near = { published: 1, within: { factor: 2 } };
const parse = (claims: readonly unknown[], more: object = {}) => parseDefinition({ ...tiny, claims, ...more });

describe("a claim that says nothing whatever is measured is refused", () => {
  test.each<[string, unknown, string]>([
    ["the best among itself", best(["gradient"]), 'claims[0].among: must hold an arm other than "gradient"'],
    ["the best among none", best([]), "claims[0].among: must hold at least 1 entry, got []"],
    ["the best among an arm twice", best(["sign", "sign"]), "claims[0].among: must not hold an arm twice"],
    ["the best among an arm that there is not", best(["sin"]), 'claims[0]: there is no arm "sin"'],
    ["an arm against itself", compare(at("sign"), at("sign")), "claims[0].right: must not be what stands at left"],
    [
      "an arm against a part of itself",
      compare(at("sign"), at("sign"), { factor: 0.5 }),
      "claims[0].right: must not be what stands at left",
    ],
    [
      "a peak against itself in other words",
      compare(at("sign", "peak"), at("sign", { peakOf: of })),
      "claims[0].right: must not be what stands at left",
    ],
    ["a slope of nothing", { ...slope, slopeOf: {} }, "claims[0].slopeOf: must hold a probe"],
    [
      "a slope of a probe that is not recorded",
      { ...slope, slopeOf: { alignment: 1 } },
      'claims[0]: there is no recorded probe "alignment"',
    ],
    ["an exponent of a probe that is not recorded", exponent("alignment"), 'claims[0]: there is no recorded probe "alignment"'],
    [
      "an exponent over depths of less than 1",
      { ...exponent(of), from: { logRiskBelow: 0 } },
      "claims[0].from.logRiskBelow: must be <= -1, got 0",
    ],
    ["an arm against one that there is not", compare(at("sign"), at("sin")), 'claims[0]: there is no arm "sin"'],
    ["a curve of an arm that there is not", { arm: "sin", probe: of, ...never }, 'claims[0]: there is no arm "sin"'],
    ["a published value of an arm that there is not", { quantity: at("sin"), ...near }, 'claims[0]: there is no arm "sin"'],
  ])("%s", (_, claim, message) => {
    expect(() => parse([claim])).toThrow(DefinitionError);
    expect(() => parse([claim])).toThrow(message);
  });

  test("the best where there is one arm", () =>
    expect(() => parse([best()], { arms: { gradient: tiny.arms.gradient } })).toThrow(
      'claims[0].best: must have another arm beside it, got "gradient" alone',
    ));

  test("a claim for the second time, of any kind", () => {
    for (const claim of [
      best(),
      best(["sign"]),
      compare(at("sign"), 1),
      { arm: "sign", probe: of, ...never },
      { quantity: at("sign"), ...near },
    ])
      expect(() => parse([claim, compare(at("sign"), 2), claim])).toThrow("claims[2]: is the claim of claims[0] once more");
  });

  test("all of them at once, each with its place", () => {
    const claims = [best(["gradient"]), best(["sign"]), compare(at("sign"), at("sign"))];
    expect(() => parse(claims)).toThrow(/claims\[0\]\.among: .*\nclaims\[2\]\.right: /);
  });
});

test("what differs in arm, probe or moment may be compared, and an arm may stand among others", () => {
  const claims = [
    best(["gradient", "sign"]),
    compare(at("sign"), at("gradient")),
    compare(at("sign"), at("sign", "peak")),
    compare(at("sign", 10), at("sign", 20)),
    compare(at("sign", { peakOf: "logRisk" }), at("sign", "peak")),
    compare(at("sign"), at("sign", "end", "logRisk")),
  ];
  expect(parse(claims).claims).toHaveLength(claims.length);
  for (const { definition } of catalog.values()) expect(() => parseDefinition(definition)).not.toThrow();
});

test("editors refuse an arm that stands twice among others", () => {
  expect(JSON.stringify(definitionJsonSchema())).toMatch(
    /"among":\{"minItems":1,"type":"array","items":\{"type":"string"\}[^{}]*"uniqueItems":true/,
  );
});
