import { describe, expect, test } from "vitest";
import { normLaws, registerLaws, type TestFunction } from "../src/index.js";
import { normMutants } from "./support/normMutants.js";
import { weightedLinf } from "./support/plainNorms.js";

const options = { seed: 7, profile: "smoke" } as const;
const uphill = normMutants["lmo that points uphill"]!;

describe("registerLaws", () => {
  test("registers one test per law that can be asked, returns the others and fails with the counterexample", () => {
    const bodies = new Map<string, () => void>();
    const collect: TestFunction = (name, body) => bodies.set(name, body);
    const notAsked = registerLaws(collect, normLaws, { ...weightedLinf, dimension: 4 }, options);
    const registered = normLaws.filter(({ id }) => !notAsked.includes(id)).map(({ id, statement }) => `${id}: ${statement}`);
    expect([...bodies.keys()]).toEqual(registered);
    const absent =
      /^(projection|prox|moreau|subgradient|.*dual-is|bidual|.*by-dual|invariant-under-(perm|left|right)|.*isometry|.*rank-of)/;
    expect(notAsked).toEqual(normLaws.map(({ id }) => id).filter((id) => absent.test(id)));
    for (const body of bodies.values()) body();

    registerLaws(collect, normLaws, uphill, options);
    const [, body] = [...bodies].find(([name]) => name.startsWith("lmo-attains-dual-norm"))!;
    expect(body).toThrow(/violated[\s\S]*counterexample \{"f64":\[1\]\}\n {2}replay/);
  });
});
