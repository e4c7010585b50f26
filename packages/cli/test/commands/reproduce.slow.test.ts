import { expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { temporaryFolder } from "../support/study.js";

interface Document {
  readonly claims: readonly { readonly claim: string; readonly holds: boolean }[];
  readonly runs: readonly { readonly outcome: { readonly kind: string } }[];
  readonly expectations: readonly { readonly arm: string; readonly largest: string }[];
}

/** Number of claims by experiment, counted by hand, so that none gets lost unnoticed. */
const claimCounts = {
  "teacher-student-small": 11,
  switching: 37,
  "adam-switch-3v6": 10,
  "batch-size": 8,
  "activations-leaky-relu": 10,
  "activations-squared-relu": 10,
  "activations-abs": 12,
  "activations-elu": 21,
  "activations-silu": 19,
  "which-muon": 15,
  "mnist-2v7": 13,
  "init-and-step-size": 29,
  "init-and-step-size-gradient": 34,
  "deep-2": 12,
  "deep-5": 12,
  "cnn-3v6": 6,
  "one-third": 13,
  "one-third-batches": 12,
  "simplicity-patch": 6,
  "simplicity-mixture": 4,
};

test.each(Object.entries(claimCounts))("%s: all of its %d claims hold for one seed", { timeout: 300_000 }, async (id, count) => {
  const { code, stdout } = await steepest(["reproduce", id, "--quick", "--json", "--progress", "none"], { cwd: temporaryFolder() });
  const [{ claims, runs, expectations }] = JSON.parse(stdout) as [Document];
  expect(claims.filter(({ holds }) => !holds)).toEqual([]);
  expect(claims).toHaveLength(count);
  expect(new Set(runs.map(({ outcome }) => outcome.kind))).toEqual(new Set(["finished"]));
  expect(expectations).toHaveLength(runs.length);
  expect(code).toBe(0);
});

test("shampoo-spectral: with images averaged to 14 x 14, a hundredth of the cost, the ordering of its spectral margins holds for one seed", {
  timeout: 300_000,
}, async () => {
  const options = ["--quick", "--set", "dataset.pool=2", "--json", "--progress", "none"];
  const { stdout } = await steepest(["reproduce", "shampoo-spectral", ...options], { cwd: temporaryFolder() });
  const [{ claims, runs }] = JSON.parse(stdout) as [Document];
  const ordering = claims.filter(({ claim }) => claim.endsWith("at the end"));
  expect(ordering.filter(({ holds }) => !holds)).toEqual([]);
  expect({ ordering: ordering.length, all: claims.length }).toEqual({ ordering: 6, all: 8 });
  expect(new Set(runs.map(({ outcome }) => outcome.kind))).toEqual(new Set(["finished"]));
});
