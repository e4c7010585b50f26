import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { temporaryFolder } from "../support/study.js";

interface Document {
  readonly claims: readonly { readonly claim: string; readonly holds: boolean }[];
  readonly figures: readonly string[];
  readonly runs: readonly { readonly outcome: { readonly kind: string } }[];
}

test("the paper's figure 2 on the real MNIST: every claim holds for one seed at epoch 1000", { timeout: 300_000 }, async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await steepest(["reproduce", "mnist-3v6", "--quick", "--json", "--progress", "none"], { cwd });
  const [{ claims, figures, runs }] = JSON.parse(stdout) as [Document];
  expect(claims.filter(({ holds }) => !holds)).toEqual([]);
  expect(claims).toHaveLength(25);
  expect(runs.map(({ outcome }) => outcome.kind)).toEqual(Array(6).fill("finished"));
  expect(figures).toEqual(["runs/mnist-3v6/figures/mnist-3v6-quick.svg", "runs/mnist-3v6/figures/mnist-3v6-quick.png"]);
  for (const path of figures) expect(existsSync(join(cwd, path))).toBe(true);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
