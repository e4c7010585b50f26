import { effect } from "@preact/signals";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Laboratory } from "../../src/lab/laboratory.js";
import { readLink, writeLink } from "../../src/setup/link.js";
import { exploding, gradient, small, stalling } from "../engine/setups.js";
import { laboratory } from "./fakeWorker.js";

beforeAll(() => void vi.stubGlobal("location", { href: "http://localhost/" }));
afterAll(() => void vi.unstubAllGlobals());

function once(lab: Laboratory, isThere: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      void [lab.tick.value, lab.activity.value, lab.replay.value];
      if (!isThere()) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

/** Opens a link and waits until the comparison is there. */
async function replayed(fragment: string): Promise<Laboratory> {
  const lab = laboratory();
  lab.open(fragment);
  await once(lab, () => lab.replay.value?.found !== undefined);
  return lab;
}

/** The link of a sender who raced until the end, or until paused. */
async function sent(setup: typeof small, until: "over" | "paused"): Promise<string> {
  const lab = laboratory();
  lab.open(writeLink(setup));
  await once(lab, () => lab.activity.value === "ready");
  lab.start();
  await once(lab, () => lab.step > 20);
  if (until === "paused") lab.pause();
  await once(lab, () => lab.activity.value === until);
  return lab.link().fragment;
}

describe("a race that is computed again from its link", () => {
  test.each([
    ["to its end", small, "over"],
    ["to where it was paused", { ...small, steps: 50_000 }, "paused"],
    ["with an arm that diverged", { ...small, depth: 3, arms: [exploding, gradient] }, "over"],
    ["with arms that stalled", stalling, "over"],
  ] as const)("%s has the same rows", async (_, setup, until) => {
    const fragment = await sent(setup, until);
    const { receipt } = readLink(fragment);
    const lab = await replayed(fragment);
    expect(lab.replay.value!.found).toEqual({ kind: "same", rows: receipt!.trace.length / 2 });
    expect(lab.activity.value).toBe(until);
    if (until === "paused") expect(lab.step).toBe(receipt!.at);
    expect(lab.link().fragment).toBe(fragment);
  });

  test("stalls as the setup of that name says", async () => {
    const lab = await replayed(await sent(stalling, "over"));
    expect(lab.histories.map(({ outcome }) => outcome!.kind)).toEqual(["stalled", "stalled"]);
  });

  test("under another seed differs, from step 0 on", async () => {
    const fragment = (await sent(small, "over")).replace("seed=7", "seed=8");
    expect((await replayed(fragment)).replay.value!.found).toEqual({ kind: "differs", step: 0 });
  });

  test("with another step size differs from the first step on", async () => {
    const fragment = (await sent(small, "over")).replace("c:0.25", "c:0.25000000000000006");
    expect((await replayed(fragment)).replay.value!.found).toEqual({ kind: "differs", step: 1 });
  });

  test("goes on when asked, after the comparison", async () => {
    const lab = await replayed(await sent({ ...small, steps: 50_000 }, "paused"));
    const { step } = lab;
    lab.start();
    await once(lab, () => lab.step > step);
    lab.pause();
    expect(lab.replay.value!.found).toMatchObject({ kind: "same" });
  });
});
