import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath } from "../../../tools/chromium.js";
import { createEngine } from "../../node/src/engine.js";
import { type EnginePages, enginePages } from "./enginePage.js";
import type { Fixture } from "./fixture/app.js";
import { bitsOf } from "./fixture/bits.js";
import { cases, ownOptions } from "./fixture/cases.js";
import { type Clause, type ContractHost, runContract } from "./fixture/runContract.js";

declare const fixture: Fixture; // in the page

const onNode: ContractHost = {
  run: async (name) => (await createEngine()).train(cases[name]),
  ownRun: async () => (await createEngine()).train(ownOptions({ seed: 1, weight: 2 })),
  async orphan() {
    const engine = await createEngine();
    const run = engine.train(cases.sign);
    await engine.close();
    return run;
  },
};

const refused = (path: string, message: unknown): unknown => expect.objectContaining({ code: "DEFINITION", path, message });
const closed = refused("run", "run: is closed");
const disposed = refused("engine", "engine: is disposed");
const untracked = (id: string): unknown => refused("norm", `kktResidual: the norm ${id} is not tracked`);
const noNorm = refused("norm", expect.stringMatching(/^norm: /));

/** Observations under each clause, where they do not depend on the arithmetic. */
const expected: Partial<Record<Clause, unknown>> = {
  members: ["function", "function", "function", "function", "function", "function", true],
  unknownNorms: [
    untracked("l3"),
    untracked("toString"),
    untracked("l2"),
    untracked("l2"),
    untracked("weighted(l1,65082585)"),
    ...Array(6).fill(noNorm),
  ],
  readers: [refused("run.points", "run.points: another reader is at work"), expect.arrayContaining([300])],
  abort: [true, true, false],
  copies: true,
  closed: [closed, closed, closed, closed, closed],
  engineClosed: [disposed, disposed, disposed, disposed],
};

describe.skipIf(chromiumPath === undefined)("a run is the same on Node and in a browser:", () => {
  let pages: EnginePages;
  let page: Page;
  beforeAll(async () => {
    pages = await enginePages();
    page = await pages.open();
  }, 60_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  test.each(Object.keys(runContract) as Clause[])("%s", async (clause) => {
    const there = await page.evaluate((name) => fixture.contract(name), clause);
    const here = await runContract[clause](onNode);
    expect(JSON.parse(bitsOf(there))).toEqual(JSON.parse(bitsOf(here)));
    if (clause in expected) expect(here).toEqual(expected[clause]);
  });
});

describe("a run on Node", () => {
  test.each(Object.keys(expected) as Clause[])("%s", async (clause) => {
    expect(await runContract[clause](onNode)).toEqual(expected[clause]);
  });
});
