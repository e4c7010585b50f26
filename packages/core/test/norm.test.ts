import { normLaws, registerLaws } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { norms } from "../src/index.js";
import { hosts } from "./hosts.js";
import { normSubject } from "./normSubject.js";

describe.each(hosts)("norms on the $host", ({ kernels }) => {
  describe.each(Object.entries(norms))("%s", (_id, factory) => {
    registerLaws(test, normLaws, normSubject(factory, kernels), { seed: 20_241_029, profile: "ci" });
  });

  const subjects = Object.fromEntries(Object.entries(norms).map(([id, factory]) => [id, normSubject(factory, kernels)]));
  const g = Float64Array.of(3, -4, 0, -0, 4);

  test("values and directions of a vector worked by hand", () => {
    expect([subjects.l1!.norm(g), subjects.l2!.norm(g), subjects.linf!.norm(g)]).toEqual([11, Math.sqrt(41), 4]);
    expect([subjects.l1!.dualNorm(g), subjects.l2!.dualNorm(g), subjects.linf!.dualNorm(g)]).toEqual([4, Math.sqrt(41), 11]);
    expect(subjects.linf!.lmo(g)).toEqual(Float64Array.of(-1, 1, 0, 0, -1));
    expect(subjects.l2!.lmo(g).map((v) => v * Math.sqrt(41))[0]).toBeCloseTo(-3, 14);
  });

  test("the l1 direction takes the lowest index of a tie", () => {
    expect(subjects.l1!.lmo(g)).toEqual(Float64Array.of(0, 1, 0, 0, 0));
    expect(subjects.l1!.lmo(Float64Array.of(2, -2, 2))).toEqual(Float64Array.of(-1, 0, 0));
  });

  test("projections of a vector worked by hand", () => {
    expect(subjects.l1!.projectBall!(g, 5)).toEqual(Float64Array.of(1, -2, 0, -0, 2));
    expect(subjects.linf!.projectBall!(g, 3)).toEqual(Float64Array.of(3, -3, 0, -0, 3));
    expect(subjects.l2!.projectBall!(Float64Array.of(3, -4), 2.5)).toEqual(Float64Array.of(1.5, -2));
  });
});
