import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Order, Report } from "../../src/engine/message.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import type { Bench } from "./fakeWorker.js";
import { news, ready } from "./reports.js";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("location", { href: "http://localhost:8080/lab/" });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("news", () => {
  const painted = (orders: readonly Order[]) => orders.flatMap((order) => (order.kind === "painted" ? [order.news] : []));

  test("is acknowledged when it is painted, not before, and once", () => {
    const { lab, say, race, orders, paint } = ready();
    paint();
    expect(painted(orders)).toEqual([1]);
    lab.start();
    say(news(race, 5, true, false, 2));
    expect(painted(orders)).toEqual([1]);
    paint();
    paint();
    expect(painted(orders)).toEqual([1, 2]);
  });

  test("of a race that was asked to pause is not shown before the answer, and then with all that it recorded", () => {
    const { lab, say, race } = ready();
    lab.start();
    say(news(race, 5, true, false, 2));
    const [tick, recorded] = [lab.tick.value, lab.recorded.value];
    expect(lab.isPausing.value).toBe(false);
    lab.pause();
    say(news(race, 6, true, false, 3));
    expect(lab.isPausing.value).toBe(true);
    expect([lab.tick.value, lab.recorded.value, lab.activity.value]).toEqual([tick, recorded, "running"]);
    say({ ...(news(race, 6, false, false, 4) as Extract<Report, { kind: "news" }>), arms: [] });
    expect([lab.tick.value, lab.recorded.value, lab.activity.value]).toEqual([tick + 1, recorded + 1, "paused"]);
    expect(lab.isPausing.value).toBe(false);
    expect(lab.histories[0]!.frames.map((frame) => frame.row.step)).toEqual([0, 5, 6]);
    lab.start();
    say(news(race, 7, true, false, 5));
    expect(lab.tick.value).toBe(tick + 2);
  });

  test.each<[string, (bench: Bench) => void]>([
    ["is rewound instead", ({ lab }) => lab.rewind()],
    ["is changed instead", ({ lab }) => lab.change({ ...defaultSetup, seed: 8 })],
    ["has no worker any more", ({ fail }) => fail("out of memory")],
  ])("of a pause is not awaited any more where the race %s", (_, end) => {
    const made = ready();
    made.lab.start();
    made.lab.pause();
    expect(made.lab.isPausing.value).toBe(true);
    end(made);
    expect(made.lab.isPausing.value).toBe(false);
  });

  test("of a race that nobody wants any more is acknowledged too, or the worker would wait for ever", () => {
    const { lab, say, race, orders, paint } = ready();
    lab.rewind();
    say(news(race, 5, true, false, 2));
    paint();
    expect(painted(orders)).toEqual([1, 2]);
  });
});
