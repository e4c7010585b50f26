import { expect, test } from "vitest";
import { catalog, type ExperimentDefinition, parseDefinition } from "../../src/index.js";

const base = catalog.get("teacher-student-small")!.definition;

/** The norm that a definition with this one has once it is read. */
function read(norm: unknown): unknown {
  const arm = { optimizer: { kind: "steepest", norm, normalized: true }, step: { rule: "constant", size: 0.1 } };
  const { claims: _, figure: __, ...rest } = base;
  const { arms } = parseDefinition({ ...rest, arms: { one: arm } }) as ExperimentDefinition;
  return (arms.one!.optimizer as unknown as { readonly norm: unknown }).norm;
}

test("a norm of a definition may be its text, which is read as its expression, also within another", () => {
  expect(read("lp(3)")).toEqual({ lp: 3 });
  expect(read("l2")).toBe("l2");
  expect(read({ max: ["lp(3)", "spectral"] })).toEqual({ max: [{ lp: 3 }, "spectral"] });
  expect(read("max(spectral,0.5*lp(3))")).toEqual({ max: ["spectral", { lp: 3 }], weights: [1, 0.5] });
  for (const none of ["lp(0.5)", "l0", "lp(3", "max()"]) expect(() => read(none)).toThrow(/arms\.one\.optimizer\.norm: must be/);
});
