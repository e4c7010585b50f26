import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex as hex } from "@noble/hashes/utils.js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ArmNews, MeasuredWeights, Report } from "../../src/engine/message.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { readLink, writeLink } from "../../src/setup/link.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { bench } from "./fakeWorker.js";
import { armNews, lastLoad, loaded, news, ready } from "./reports.js";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("location", { href: "http://localhost:8080/lab/" });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the way of a race", () => {
  test("starts as soon as it is ready where Start was pressed before", () => {
    const { lab, orders, say } = bench();
    lab.open("");
    lab.start();
    expect([lab.activity.value, orders.length]).toEqual(["preparing", 1]);
    const { race } = lastLoad(orders);
    say(loaded(race));
    say(news(race, 0, false));
    expect(lab.activity.value).toBe("running");
    expect(orders.map(({ kind }) => kind)).toEqual(["load", "go"]);
    lab.open("");
    const next = lastLoad(orders).race;
    say(loaded(next));
    say(news(next, 0, false));
    expect(lab.activity.value).toBe("ready"); // another race waits to be started
  });

  test("is preparing, ready, running, paused, running, over", () => {
    const { lab, orders, say } = bench();
    lab.open("");
    expect(lab.activity.value).toBe("preparing");
    const { race, runs } = lastLoad(orders);
    expect(runs).toHaveLength(2);
    lab.singleStep();
    lab.pause();
    expect(orders).toHaveLength(1);
    say(loaded(race));
    expect(lab.activity.value).toBe("preparing");
    say(news(race, 0, false));
    expect(lab.activity.value).toBe("ready");
    lab.start();
    expect(lab.activity.value).toBe("running");
    lab.start();
    say(news(race, 50, true));
    expect([lab.activity.value, lab.step, lab.stepsPerSecond.value]).toEqual(["running", 50, 100]);
    lab.pause();
    say(news(race, 60, false));
    expect(lab.activity.value).toBe("paused");
    lab.singleStep();
    say(news(race, 61, false));
    expect([lab.activity.value, lab.step]).toEqual(["paused", 61]);
    lab.start();
    say(news(race, 100, false, true));
    expect(lab.activity.value).toBe("over");
    lab.start();
    lab.singleStep();
    expect(orders.map(({ kind }) => kind)).toEqual(["load", "go", "pause", "step", "go"]);
    expect(lab.histories[0]!.frames.map(({ row: { step } }) => step)).toEqual([0, 50, 60, 61, 100]);
  });

  test("counts what changed and what was recorded", () => {
    const { lab, say, race } = ready();
    const [tick, recorded] = [lab.tick.value, lab.recorded.value];
    const unrecorded = news(race, 7, true) as Extract<Report, { kind: "news" }>;
    say({ ...unrecorded, arms: unrecorded.arms.map((arm) => ({ ...arm, frames: [] })) });
    expect([lab.tick.value, lab.recorded.value]).toEqual([tick + 1, recorded]);
    say(news(race, 8, true));
    expect([lab.tick.value, lab.recorded.value]).toEqual([tick + 2, recorded + 1]);
  });

  test("back to its start keeps the setup and nothing else", () => {
    const { lab, orders, say, race } = ready();
    lab.start();
    say(news(race, 50, true));
    lab.looking.value = 3;
    lab.rewind();
    expect([lab.activity.value, lab.step, lab.looking.value, lab.loaded.value]).toEqual(["preparing", 0, undefined, undefined]);
    expect(lastLoad(orders).race).toBeGreaterThan(race);
    expect(orders.slice(-2).map(({ kind }) => kind)).toEqual(["pause", "load"]);
    say(news(race, 60, true));
    expect([lab.activity.value, lab.step]).toEqual(["preparing", 0]);
  });
});

describe("a change", () => {
  const other: RaceSetup = { ...defaultSetup, seed: 8 };

  test("during a run stops it, is prepared once, and what the old race still says is not heard", () => {
    const { lab, orders, say, race } = ready();
    lab.start();
    say(news(race, 50, true));
    lab.change(other);
    expect(orders.at(-1)).toEqual({ kind: "pause" });
    say(news(race, 55, true));
    say(news(race, 56, false));
    expect(lab.activity.value).toBe("preparing");
    vi.advanceTimersByTime(60);
    lab.change({ ...other, seed: 9 });
    vi.advanceTimersByTime(119);
    expect(orders.filter(({ kind }) => kind === "load")).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(orders.filter(({ kind }) => kind === "load")).toHaveLength(2);
    expect(lastLoad(orders).runs[0]!.seed).toBe(9);
    say(news(race, 57, false));
    say(loaded(race));
    say({ kind: "refused", race, problem: { message: "old", hint: undefined } });
    expect([lab.activity.value, lab.loaded.value, lab.problem.value, lab.step]).toEqual(["preparing", undefined, undefined, 0]);
  });

  test("to a nonsense is refused in words, stops what runs, and a sensible one is raced on", () => {
    const { lab, orders, say, race } = ready();
    lab.start();
    lab.change({ ...defaultSetup, width: 0 });
    vi.runAllTimers();
    expect(lab.activity.value).toBe("refused");
    expect(lab.problem.value?.message).toMatch(/^width: must be an integer/);
    expect(orders.at(-1)).toEqual({ kind: "pause" });
    say(news(race, 50, true));
    expect(lab.activity.value).toBe("refused");
    lab.change(other);
    vi.runAllTimers();
    expect([lab.activity.value, lab.problem.value]).toEqual(["preparing", undefined]);
    expect(lastLoad(orders).runs[0]!.seed).toBe(8);
  });

  test("to more arms has a history for each", () => {
    const { lab } = ready();
    lab.change({ ...defaultSetup, arms: [...defaultSetup.arms, defaultSetup.arms[0]!] });
    vi.runAllTimers();
    expect(lab.histories).toHaveLength(3);
  });
});

test("a change that is to start starts once it is ready, and not the race of a link that is opened instead", () => {
  const { lab, orders, say } = ready();
  lab.change({ ...defaultSetup, seed: 8 }, "start");
  vi.runAllTimers();
  const { race } = lastLoad(orders);
  say(loaded(race));
  say(news(race, 0, false));
  expect([lab.activity.value, orders.at(-1)]).toEqual(["running", { kind: "go" }]);

  lab.change({ ...defaultSetup, seed: 9 }, "start");
  lab.open("");
  vi.runAllTimers();
  const opened = lastLoad(orders).race;
  say(loaded(opened));
  say(news(opened, 0, false));
  expect([lab.activity.value, orders.at(-1)!.kind]).toEqual(["ready", "load"]);
});

describe("what cannot be raced", () => {
  test("is refused with the engine's words", () => {
    const { lab, orders, say } = bench();
    lab.open("");
    say({ kind: "refused", race: lastLoad(orders).race, problem: { message: "too much memory", hint: "less" } });
    expect([lab.activity.value, lab.problem.value]).toEqual(["refused", { message: "too much memory", hint: "less" }]);
    lab.start();
    expect(orders).toHaveLength(1);
  });

  test("says so where the worker fails", () => {
    const { lab, fail } = ready();
    fail("out of memory");
    expect(lab.activity.value).toBe("refused");
    expect(lab.problem.value?.message).toContain("out of memory");
  });

  test("says why where the worker's file is missing", async () => {
    const { lab, fail } = ready();
    fail(undefined);
    await expect.poll(() => lab.activity.value).toBe("refused");
    expect(lab.problem.value?.message).toBe("the engine failed: worker.js answered with status 404");
  });

  test("in a link leaves the default race and the link's problem", () => {
    const { lab } = ready("wdith=3");
    expect(lab.linkProblem.value).toEqual({ message: 'there is no key "wdith"', hint: 'did you mean "width"?' });
    expect([lab.setup.value, lab.activity.value]).toEqual([defaultSetup, "ready"]);
    lab.open("");
    expect(lab.linkProblem.value).toBeUndefined();
  });
});

describe("a file", () => {
  const hash = hex(sha256(new Uint8Array(3)));
  const setup: RaceSetup = { ...defaultSetup, data: { kind: "dropped", name: "a.csv", sha256: hash } };
  const samples = {
    kind: "points",
    inputs: [
      [1, 2],
      [3, 4],
    ],
    labels: [-1, 1],
    constant: 1,
  } as const;

  test("is waited for, and raced on when it is there", () => {
    const { lab, orders } = bench();
    lab.open(writeLink(setup));
    expect([lab.activity.value, orders.length]).toEqual(["waitingForFile", 0]);
    lab.keepFile("another", { samples, remarks: [] });
    lab.rewind();
    expect(lab.activity.value).toBe("waitingForFile");
    lab.keepFile(hash, { samples, remarks: [] });
    lab.rewind();
    expect(lab.activity.value).toBe("preparing");
    expect(lastLoad(orders)).toMatchObject({ planeConstant: 1, runs: [{ dataset: samples }, { dataset: samples }] });
  });

  test("chosen during a run stops the run while it is not there", () => {
    const { lab, orders, say, race } = ready();
    lab.start();
    lab.open(writeLink(setup));
    expect(orders.at(-1)).toEqual({ kind: "pause" });
    say(news(race, 9, true));
    expect([lab.activity.value, lab.step]).toEqual(["waitingForFile", 0]);
  });

  test("is named in the link's note, and not in the link", () => {
    const { lab } = bench();
    lab.open(writeLink(setup));
    lab.keepFile(hash, { samples, remarks: [] });
    lab.rewind();
    const { fragment, note } = lab.link();
    expect(readLink(fragment).setup).toEqual(setup);
    expect(note).toContain("a.csv");
  });
});

test("the numbers of weights that were dropped before are not shown as those of the newest", async () => {
  const { lab, orders, say } = bench();
  lab.open("");
  const { race } = lastLoad(orders);
  say(loaded(race));
  const measured = (name: string) => lab.measure(name, Uint8Array.of(1));
  const both = [measured("first.npz"), measured("second.npz")];
  const asked = orders.flatMap((order) => (order.kind === "measure" ? [order] : []));
  const readings = { scalars: {}, inNorms: {} } as MeasuredWeights["readings"];
  for (const { name, question } of asked) {
    say({ kind: "measure", race, question, answer: { kind: "measured", name, places: [], readings } });
  }
  expect([await Promise.all(both), lab.weights.value?.name]).toEqual([[undefined, undefined], "second.npz"]);
});

describe("a file of initial weights", () => {
  const file = { name: "start.safetensors", bytes: Uint8Array.of(1, 2, 3), sha256: "ab".repeat(32) };
  const setup: RaceSetup = { ...defaultSetup, init: { file: file.name, facts: { sha256: file.sha256 } } };

  test("is waited for, and goes to the worker when it is there", () => {
    const { lab, orders } = bench();
    lab.open(writeLink(setup));
    expect([lab.activity.value, lab.awaited, orders.length]).toEqual(["waitingForFile", [file.name], 0]);
    lab.keepWeights({ ...file, sha256: "cd".repeat(32) });
    lab.rewind();
    expect(lab.activity.value).toBe("waitingForFile");
    lab.keepWeights(file);
    lab.rewind();
    expect([lab.activity.value, lab.awaited]).toEqual(["preparing", []]);
    expect(lastLoad(orders)).toMatchObject({ weights: file, runs: [{ network: { init: setup.init } }, { network: { init: setup.init } }] });
  });

  test("is in a link by its name and hash, and in its note", () => {
    const { lab } = bench();
    const scaled = { ...setup, init: { ...setup.init, scale: 0.5 } } as RaceSetup;
    lab.open(writeLink(scaled));
    const { fragment, note } = lab.setupLink();
    expect(readLink(fragment).setup).toEqual(scaled);
    expect(note).toBe("The receiver also needs the file start.safetensors.");
    expect(() => readLink(fragment.replace(/,facts:\(sha256:[^)]*\)/, ""))).toThrow(/facts/);
  });
});

describe("a link", () => {
  test("holds the setup, and once there are steps a receipt of what every arm has reached", () => {
    const { lab, say, race } = ready();
    expect(readLink(lab.link().fragment)).toEqual({ setup: defaultSetup, receipt: undefined });
    say({ ...(news(race, 0, false) as Extract<Report, { kind: "news" }>), arms: [armNews(0, 6), armNews(1, 5)] });
    const { receipt } = readLink(lab.link().fragment);
    expect(receipt).toMatchObject({ at: 5 });
    expect(receipt!.trace).toHaveLength(4); // steps 0 and 5
  });

  test("vouches for all steps of a race that is over, and not for the step at which some arm ended while others stand there", () => {
    const { lab, say, race } = ready();
    const told = (arms: ArmNews[]): Report => ({ ...(news(race, 0, false) as Extract<Report, { kind: "news" }>), arms });
    say(told([armNews(0, 5), armNews(1, 5)]));
    say(told([{ ...armNews(0, 5), frames: [], outcome: { kind: "stalled", step: 5 } }]));
    expect(readLink(lab.link().fragment).receipt).toMatchObject({ at: 4 });
    say(told([armNews(1, 6)]));
    expect(readLink(lab.link().fragment).receipt).toMatchObject({ at: 6 });
    say(told([armNews(1, 7, true)]));
    expect(readLink(lab.link().fragment).receipt).toMatchObject({ at: defaultSetup.steps });
  });

  test("never pairs a new setup with the old race's rows", () => {
    const { lab, say, race } = ready();
    say(news(race, 5, false));
    lab.change({ ...defaultSetup, seed: 8 });
    expect(readLink(lab.link().fragment)).toEqual({ setup: { ...defaultSetup, seed: 8 }, receipt: undefined });
  });

  test("drops its trace, then its receipt, then itself, where it would be too long", () => {
    const points = (count: number): RaceSetup => ({
      ...defaultSetup,
      data: {
        kind: "points",
        inputs: Array.from({ length: count }, (_, i) => [i, -i]),
        labels: Array.from({ length: count }, (_, i) => (i % 2 ? 1 : -1)),
        constant: 1,
      },
    });
    const kinds = new Set<string>();
    for (let count = 2; count < 260; count += 3) {
      const { lab, say, race } = ready(writeLink(points(count)));
      for (let step = 1; step < 40; step++) say(news(race, step, false));
      const { fragment, note } = lab.link();
      if (fragment === "") {
        expect(note).toMatch(/^These data are too large for a link \(\d+ characters/);
        kinds.add("none");
        continue;
      }
      expect(`http://localhost:8080/lab/#${fragment}`.length).toBeLessThanOrEqual(2048);
      const { receipt } = readLink(fragment);
      if (receipt) expect(receipt.at).toBe(39);
      kinds.add(receipt === undefined ? "setup" : receipt.trace === "" ? "no trace" : "whole");
    }
    expect([...kinds]).toEqual(["whole", "no trace", "setup", "none"]);
  });
});
