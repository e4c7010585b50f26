import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { temporaryFolder } from "../support/study.js";

describe("violations that look like another arithmetic name the option for it", () => {
  /** The l2 norm and its dual as `compute` has them. */
  const l2 = (compute: string) => `
    const norm = (x) => { let s = 0; for (const v of x) s = ${compute}; return Math.sqrt(s); };
    export default { norm, dualNorm: norm, lmo: (g) => { const n = norm(g); return g.map((v) => (n === 0 ? 0 : -v / n)); } };
  `;
  const checked = async (source: string, ...args: string[]) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "l2.mjs"), source);
    const { stdout } = await steepest(["check", "--subject", "./l2.mjs", ...args], { cwd });
    return stdout;
  };
  const single = "Math.fround(s + Math.fround(Math.fround(v) * Math.fround(v)))";

  test("rounding of float32: --precision f32", async () => {
    const stdout = await checked(l2(single), "--range", "1e-10,1e10");
    expect(stdout).toMatch(/^hint: the rounding of float32 would explain \d+ of \d+ violations: .+ --precision f32$/m);
    expect(await checked(l2(single), "--range", "1e-10,1e10", "--precision", "f32")).not.toContain("hint: ");
  });

  test("squares that overflow: --range, and the laws hold with it", async () => {
    const stdout = await checked(l2("s + v * v"));
    expect(stdout).toMatch(/^hint: overflow and underflow would explain \d+ of \d+ violations: .+ --range 1e-150,1e150$/m);
    expect(stdout).not.toMatch(/slack NaN| NaN +VIOLATED/);
    expect(await checked(l2("s + v * v"), "--range", "1e-150,1e150")).not.toContain("VIOLATED");
  });
});
