import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { beatMilliseconds, patienceMilliseconds, takeOwnership } from "../src/owner.js";
import type { Owner } from "../src/ownerMark.js";
import { thisProcess } from "../src/processIdentity.js";
import { openTimed, readRunFolder } from "../src/runFolder.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

/** A clock that advances only during sleeps; `during` is called after each with the time that has passed. */
function handClock(during: (now: number) => void = () => {}) {
  let now = 0;
  const actions: (() => void)[] = [];
  return {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
      during(now);
    },
    every: (_: number, action: () => void) => {
      actions.push(action);
      return () => void actions.splice(actions.indexOf(action), 1);
    },
    /** Calls the beat of every owner. */
    beat: () => {
      for (const action of actions) action();
    },
    owners: () => actions.length,
  };
}

const elsewhere: Owner = { host: "another-node", pid: 1, processStart: "17", since: "2026-01-01T00:00:00.000Z", token: "theirs", beat: 3 };

function marked(owner: Owner | string): {
  readonly folder: string;
  readonly path: string;
  readonly write: (owner: Owner | string) => void;
} {
  const folder = temporaryFolder();
  const path = join(folder, "owner.json");
  const write = (content: Owner | string) => writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  write(owner);
  return { folder, path, write };
}

const ownerAt = (path: string): Owner => JSON.parse(readFileSync(path, "utf8")) as Owner;

describe("a mark of another system", () => {
  test.each([
    ["another host", elsewhere],
    ["a container of the same name, whose processes have other ids", { ...elsewhere, host: hostname(), place: "another boot pid:[1]" }],
    ["an earlier version, that did not count", { ...elsewhere, beat: undefined } as unknown as Owner],
  ])("that does not count on is taken over: %s", async (_, owner) => {
    const { folder, path } = marked(owner);
    const clock = handClock();
    const waits: Owner[] = [];
    const ownership = await takeOwnership(folder, clock, { onWait: (seen) => waits.push(seen) });
    expect(waits).toMatchObject([{ token: "theirs" }]);
    expect(clock.now()).toBeGreaterThanOrEqual(patienceMilliseconds);
    expect(ownerAt(path)).toMatchObject({ pid: process.pid, host: hostname() });
    ownership.release();
  });

  test("that counts on is respected, and left alone", async () => {
    const { folder, path, write } = marked(elsewhere);
    const clock = handClock((now) => {
      if (now >= patienceMilliseconds / 2) write({ ...elsewhere, beat: 4 });
    });
    expect(await refusal(() => takeOwnership(folder, clock))).toMatchObject({
      code: "RUN_OWNED",
      path,
      value: { token: "theirs", beat: 4 },
    });
    expect(ownerAt(path)).toEqual({ ...elsewhere, beat: 4 });
  });

  test("that is removed while it is watched makes room at once", async () => {
    const { folder, path } = marked(elsewhere);
    const clock = handClock((now) => {
      if (now >= beatMilliseconds) rmSync(path, { force: true });
    });
    (await takeOwnership(folder, clock)).release();
    expect(clock.now()).toBeLessThan(patienceMilliseconds);
  });

  test("that another process takes over meanwhile is that process's", async () => {
    const { folder, write } = marked(elsewhere);
    const third = { ...elsewhere, token: "a third's" };
    const clock = handClock((now) => {
      if (now === patienceMilliseconds / 2) write(third);
      if (now > patienceMilliseconds) write({ ...third, beat: now });
    });
    expect(await refusal(() => takeOwnership(folder, clock))).toMatchObject({ code: "RUN_OWNED", value: { token: "a third's" } });
  });

  test("is no longer watched when the signal says so", async () => {
    const { folder } = marked(elsewhere);
    const controller = new AbortController();
    const clock = handClock(() => controller.abort(new Error("enough")));
    await expect(takeOwnership(folder, clock, { signal: controller.signal })).rejects.toThrow("enough");
  });
});

describe("a mark without an owner", () => {
  test.each([
    ["an empty one", ""],
    ["a torn one", '{"ho'],
    ["one of something else", '{"host":7}'],
  ])("%s blocks nobody, whatever the clock of the file system says", async (_, text) => {
    for (const year of [1980, 2060]) {
      const { folder, path } = marked(text);
      utimesSync(path, new Date(`${year}-01-01`), new Date(`${year}-01-01`));
      const clock = handClock();
      (await takeOwnership(folder, clock)).release();
      expect(clock.now()).toBeLessThan(patienceMilliseconds);
    }
  });

  test("that is finished meanwhile has one", async () => {
    const { folder, write } = marked("");
    const alive = { ...elsewhere, ...thisProcess(), pid: process.ppid, processStart: null };
    const clock = handClock(() => write(alive));
    expect(await refusal(() => takeOwnership(folder, clock))).toMatchObject({ code: "RUN_OWNED", value: { pid: process.ppid } });
  });
});

describe("an owner", () => {
  test("counts, in a mark that stays readable", async () => {
    const folder = temporaryFolder();
    const clock = handClock();
    const ownership = await takeOwnership(folder, clock);
    const path = join(folder, "owner.json");
    const { length } = readFileSync(path);
    for (let beat = 1; beat <= 12; beat++) {
      clock.beat();
      expect(ownerAt(path).beat).toBe(beat);
      expect(readFileSync(path)).toHaveLength(length);
    }
    ownership.release();
    expect(clock.owners()).toBe(0);
    expect(() => readFileSync(path)).toThrow("ENOENT");
  });

  test("that was taken for gone neither counts in the mark of its successor nor removes it", async () => {
    const { folder, path, write } = marked("");
    const clock = handClock();
    const first = await takeOwnership(folder, clock);
    rmSync(path); // as who takes over does
    write(elsewhere);
    clock.beat();
    expect(await refusal(() => first.requireHeld())).toMatchObject({ code: "RUN_OWNED", value: { token: "theirs" } });
    first.release();
    expect(ownerAt(path)).toEqual(elsewhere);
  });
});

test("a run that was taken over is completed by the successor only", async () => {
  const root = temporaryFolder();
  const options = { study: "study", name: "arm-s0-0", definition: {}, environment: {} };
  const slow = await openTimed(root, options, handClock());
  slow.appendRow({ step: 0, from: "the slow one" });
  rmSync(join(slow.path, "owner.json"));
  const quick = await openTimed(root, options, handClock());
  quick.appendRow({ step: 0, from: "the quick one" });
  slow.appendRow({ step: 1, from: "the slow one" });
  expect(await refusal(() => slow.complete({}))).toMatchObject({ code: "RUN_OWNED" });
  slow.abandon();
  quick.complete({});
  expect(readRunFolder(quick.path)!.rows).toEqual([{ step: 0, from: "the quick one" }]);
});

test("a folder in the place of a mark is a storage error", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "owner.json"));
  expect(await refusal(() => takeOwnership(folder, handClock()))).toMatchObject({ code: "STORAGE" });
});
