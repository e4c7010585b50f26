import { createHash } from "node:crypto";
import { losses, norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { datasets, networks, optimizers, type Row, stepRules } from "../src/index.js";
import { collect } from "./support/collect.js";
import { binary, twin } from "./support/hosts.js";
import { imageFiles as files } from "./support/imageSet.js";
import { runOf, type Variant, variants } from "./support/variants.js";

/** The bits of every number, so that NaN equals itself and 0 is not -0. */
const bits = (rows: readonly Row[]): string[] =>
  rows.map((row) =>
    createHash("sha256")
      .update(Buffer.from(Float64Array.from(Object.values(row)).buffer))
      .digest("hex"),
  );

test("the variants touch every member of every registry", () => {
  const used = (pick: (variant: Variant) => unknown): unknown[] => [...new Set(variants.map(pick))];
  expect(used(({ dataset }) => dataset.kind).sort()).toEqual(Object.keys(datasets).sort());
  expect(used(({ network }) => network.kind).sort()).toEqual(Object.keys(networks).sort());
  expect(used(({ optimizer }) => optimizer.kind).sort()).toEqual(Object.keys(optimizers).sort());
  expect(used(({ step }) => step.rule).sort()).toEqual(Object.keys(stepRules).sort());
  expect(used(({ loss }) => `${loss.kind} ${loss.reduction}`)).toHaveLength(2 * Object.keys(losses).length);
  const steepestUsed = used(({ optimizer }) => (optimizer.kind === "steepest" ? `${optimizer.norm} ${optimizer.normalized}` : ""));
  for (const norm of Object.keys(norms)) expect(steepestUsed).toEqual(expect.arrayContaining([`${norm} true`, `${norm} false`]));
});

describe.each(variants.map((variant) => ({ variant, name: `${variant.network.kind}, ${variant.optimizer.kind}, ${variant.step.rule}` })))(
  "seed $variant.seed: $name",
  ({ variant }) => {
    test("has the same rows, bit for bit, from the binary and from the twin", async () => {
      const [fast, plain] = [await collect(runOf(variant), binary, files), await collect(runOf(variant), twin, files)];
      expect(fast.end).toEqual(plain.end);
      expect(fast.rows.length).toBeGreaterThan(15);
      expect(bits(fast.rows)).toEqual(bits(plain.rows));
    });

    test("has the same rows again, and others under another seed", async () => {
      const first = bits((await collect(runOf(variant), binary, files)).rows);
      expect(bits((await collect(runOf(variant), binary, files)).rows)).toEqual(first);
      expect(bits((await collect(runOf({ ...variant, seed: 99 }), binary, files)).rows).at(-1)).not.toEqual(first.at(-1));
    });
  },
);
