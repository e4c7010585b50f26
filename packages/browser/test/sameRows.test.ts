import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { activations, losses, norms } from "@steepest/core";
import { datasets, type ExperimentDefinition, needsFiles, networks, optimizers, stepRules } from "@steepest/experiments";
import { binaryUrl, type KernelFactory, loadKernels } from "@steepest/kernels";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumOptions, chromiumPath } from "../../../tools/chromium.js";
import { type StaticServer, serve } from "../../../tools/staticServer.js";
import { definitions } from "./sameRows/definitions.js";
import type { SameRows } from "./sameRows/page.js";
import { type RunInBits, runsInBits } from "./sameRows/runsInBits.js";

declare const sameRows: SameRows; // in the page

const source = (name: string): string => fileURLToPath(new URL(`sameRows/${name}`, import.meta.url));

/** Data sets that come from files, which a page without any has not. */
const needFiles: readonly string[] = Object.entries(datasets).flatMap(([id, { examples }]) => (needsFiles(examples[0]) ? [id] : []));

describe("the definitions hold", () => {
  const arms = definitions.flatMap(({ arms }) => Object.values(arms));
  const pilots = arms.flatMap((arm) => [arm, ...(arm.phases ?? [])]);
  const chosen = pilots.flatMap(({ optimizer }) => optimizer ?? []);
  const missing = (registry: object, used: readonly unknown[]): string[] => Object.keys(registry).filter((key) => !used.includes(key));

  test("an id for each", () => expect(new Set(definitions.map(({ id }) => id)).size).toBe(definitions.length));

  test("every norm, as what descends and as what is measured", () => {
    const descended = chosen.flatMap((choice) => (choice.kind === "steepest" ? choice.norm : []));
    expect(missing(norms, descended)).toEqual([]);
    for (const { record } of definitions.filter(({ loss }) => losses[loss.kind].sees !== "targets"))
      expect(
        missing(
          norms,
          record.probes.map((probe) => probe.replace(/^margin\./, "")),
        ),
      ).toEqual([]);
    const expressions = descended.flatMap((norm) => (typeof norm === "string" ? [] : Object.keys(norm)));
    expect(missing({ lp: 0, max: 0, sum: 0, l2: 0, weighted: 0 }, expressions)).toEqual([]);
  });

  test("every loss, as sum and as mean", () => {
    for (const reduction of ["sum", "mean"] as const) {
      const used = definitions.flatMap(({ loss }) => (loss.reduction === reduction ? loss.kind : []));
      expect(missing(losses, used)).toEqual([]);
    }
  });

  test("every optimiser", () =>
    expect(
      missing(
        optimizers,
        chosen.map(({ kind }) => kind),
      ),
    ).toEqual([]));
  test("every step rule", () =>
    expect(
      missing(
        stepRules,
        pilots.map(({ step }) => step?.rule),
      ),
    ).toEqual([]));
  test("every network", () =>
    expect(
      missing(
        networks,
        definitions.map(({ network }) => network.kind),
      ),
    ).toEqual([]));
  test("every activation", () => {
    const used = definitions.flatMap(({ network }) => ("activation" in network ? network.activation : []));
    expect(
      missing(
        activations,
        used.map((activation) => (typeof activation === "string" ? activation : Object.keys(activation)[0])),
      ),
    ).toEqual([]);
  });
  test("every data set that needs no files", () => {
    expect(
      missing(
        datasets,
        definitions.map(({ dataset }) => dataset.kind),
      ),
    ).toEqual(needFiles);
  });

  test("every order of mini-batches and every condition of a phase", () => {
    expect(
      missing(
        { cyclic: 0, shuffled: 0, withReplacement: 0, fresh: 0 },
        arms.map(({ batch }) => batch && ("fresh" in batch ? "fresh" : batch.order)),
      ),
    ).toEqual([]);
    const conditions = arms.flatMap(({ phases = [] }) =>
      phases.map(({ when }) => (typeof when === "string" ? when : Object.keys(when)[0])),
    );
    expect(missing({ perfectAccuracy: 0, separation: 0, logRiskBelow: 0, step: 0 }, conditions)).toEqual([]);
  });
});

describe.skipIf(chromiumPath === undefined)("in a module worker of Chromium", () => {
  let folder: string;
  let kernels: KernelFactory;
  let server: StaticServer;
  let browser: Browser;
  const pages: Record<string, Page> = {};

  beforeAll(async () => {
    kernels = await loadKernels(readFileSync(binaryUrl()));
    folder = mkdtempSync(join(tmpdir(), "steepest-rows-"));
    await build({
      entryPoints: [source("page.ts"), source("worker.ts")],
      outdir: folder,
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: true,
      logLevel: "error",
    });
    copyFileSync(binaryUrl(), join(folder, "steepest.wasm"));
    writeFileSync(
      join(folder, "index.html"),
      '<!doctype html><meta charset="utf-8"><title>rows</title><script type="module" src="page.js"></script>',
    );
    server = await serve(folder, {});
    browser = await chromium.launch(chromiumOptions);
    for (const policy of ["strict", "withoutWasm"]) {
      const page = await browser.newPage();
      await page.goto(`${server.origin}/${policy}/index.html`);
      await page.waitForFunction(() => "sameRows" in globalThis);
      pages[policy] = page;
    }
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const runsOnNode = new Map<string, readonly RunInBits[]>();

  async function onNode(definition: ExperimentDefinition): Promise<readonly RunInBits[]> {
    const runs = runsOnNode.get(definition.id) ?? (await runsInBits(definition, kernels));
    runsOnNode.set(definition.id, runs);
    return runs;
  }

  test("the runs to compare hold NaN, -0, a divergence and every phase", async () => {
    const all = (await Promise.all(definitions.map(onNode))).flat();
    expect(all).toHaveLength(definitions.reduce((count, { arms, seeds }) => count + Object.keys(arms).length * seeds.length, 0));
    const said = all.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row)));
    expect(said).toEqual(expect.arrayContaining(["NaN", "8000000000000000"]));
    const diverged = all.filter(({ arm }) => arm === "diverging");
    expect(diverged).toMatchObject([{ end: { outcome: { kind: "diverged" } } }]);
    const throughPhases = all.find(({ arm }) => arm === "switching")!; // its stop lies behind its last phase
    expect(throughPhases.end).toMatchObject({ outcome: { kind: "finished", reason: "logRiskBelow" } });
    for (const run of all) if (!diverged.includes(run)) expect(run.rows.length).toBeGreaterThan(15);
  });

  describe.each(definitions.map((definition) => [definition.id, definition] as const))("%s", (_, definition) => {
    test("has the rows of Node, bit for bit, under a strict policy", async () => {
      const said = await pages.strict!.evaluate((definition) => sameRows.inWorker(definition), definition);
      expect(said).toEqual({ host: "wasm", runs: await onNode(definition) });
    });

    test("has them from the twin, too, where WebAssembly is forbidden", async () => {
      const said = await pages.withoutWasm!.evaluate((definition) => sameRows.inWorker(definition), definition);
      expect(said).toEqual({ host: "reference", runs: await onNode(definition) });
    });
  });

  test("violates nothing of the strict policy", () => {
    expect(server.reports.filter((report) => report.includes("/strict/"))).toEqual([]);
  });
});
