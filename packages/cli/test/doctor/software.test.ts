import { expect, test } from "vitest";
import { kernelFinding, nodeFinding } from "../../src/doctor/software.js";

test.each([
  ["20.19.0", "ok"],
  ["18.20.0", "problem"],
  ["21.7.0", "problem"],
  ["24.1.0", "ok"],
] as const)("Node %s is %s by the package's own range", (version, state) => {
  expect(nodeFinding(version).state).toBe(state);
});

test("kernels that load are ok", async () => {
  expect(await kernelFinding()).toMatchObject({ subject: "kernels", state: "ok" });
});
