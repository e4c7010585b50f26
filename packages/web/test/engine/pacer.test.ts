import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Pacer } from "../../src/engine/pacer.js";

/** A channel whose messages arrive when the test says so, and a clock that the test moves. */
let [queue, now] = [[] as (() => void)[], 0];

class Channel {
  readonly port1: { onmessage?: () => void } = {};
  readonly port2: { postMessage(): void } = { postMessage: () => void queue.push(() => this.port1.onmessage?.()) };
}

const deliver = (): void => queue.shift()?.();

beforeEach(() => {
  [queue, now] = [[], 0];
  vi.stubGlobal("MessageChannel", Channel);
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Work of 5 ms a piece; telling takes as long as said. */
function pieces(count: number, telling = 0) {
  const seen = { worked: 0, told: [] as boolean[], mayTell: true };
  const paced = {
    work: () => {
      now += 5;
      return ++seen.worked < count;
    },
    mayTell: () => seen.mayTell,
    tell: (running: boolean) => {
      now += telling;
      seen.told.push(running);
    },
  };
  return { seen, paced };
}

describe("paced work", () => {
  test("goes on in slices of about 6 ms, and tells at its end", () => {
    const pacer = new Pacer();
    const { seen, paced } = pieces(8);
    pacer.start(paced);
    expect(seen.worked).toBe(0);
    const slices: number[] = [];
    while (queue.length > 0) {
      deliver();
      slices.push(seen.worked);
    }
    expect(slices).toEqual([2, 4, 6, 8]);
    expect(seen.told.at(-1)).toBe(false);
    expect(pacer.running).toBe(false);
  });

  test("does at least one piece per slice, however long that takes", () => {
    const pacer = new Pacer();
    const { seen, paced } = pieces(3);
    pacer.start({
      ...paced,
      work: () => {
        now += 1000;
        return paced.work();
      },
    });
    deliver();
    expect(seen.worked).toBe(1);
  });

  test("tells every 50 ms while it goes on", () => {
    const pacer = new Pacer();
    const { seen, paced } = pieces(1000);
    pacer.start(paced);
    while (queue.length > 0) deliver();
    const milliseconds = 5 * 1000;
    expect(seen.told.filter((running) => running).length).toBeGreaterThan(milliseconds / 70);
    expect(seen.told.filter((running) => running).length).toBeLessThanOrEqual(milliseconds / 50 + 1);
    expect(seen.told.filter((running) => !running)).toHaveLength(1);
  });

  test("tells nothing where it may not, then at once, and at its end whether it may or not", () => {
    const pacer = new Pacer();
    const { seen, paced } = pieces(100);
    seen.mayTell = false;
    pacer.start(paced);
    while (now < 300) deliver();
    expect(seen.told).toEqual([]);
    seen.mayTell = true;
    deliver();
    expect(seen.told).toEqual([true]);
    seen.mayTell = false;
    while (queue.length > 0) deliver();
    expect(seen.told).toEqual([true, false]);
  });

  test("spends a fifth of the time on telling at most, where that takes long", () => {
    const pacer = new Pacer();
    const { seen, paced } = pieces(1000, 100);
    pacer.start(paced);
    while (queue.length > 0) deliver();
    expect((100 * seen.told.length) / now).toBeLessThan(0.22);
    expect(seen.told.length).toBeGreaterThan(5);
  });

  test("stops between slices, and tells nothing more", () => {
    const pacer = new Pacer();
    const { seen, paced } = pieces(100);
    pacer.start(paced);
    deliver();
    pacer.stop();
    const before = structuredClone(seen);
    while (queue.length > 0) deliver();
    expect(seen).toEqual(before);
    expect(pacer.running).toBe(false);
  });

  test("stopped and started again and again awaits one message, not several", () => {
    const pacer = new Pacer();
    const { paced } = pieces(1e6);
    for (let k = 0; k < 10; k++) {
      pacer.start(paced);
      pacer.stop();
      pacer.start(paced);
      if (k % 3 === 0) deliver();
      expect(queue).toHaveLength(1);
    }
  });

  test("is replaced by what is started later", () => {
    const pacer = new Pacer();
    const [old, young] = [pieces(100), pieces(100)];
    pacer.start(old.paced);
    deliver();
    const { worked } = old.seen;
    pacer.start(young.paced);
    deliver();
    expect(old.seen.worked).toBe(worked);
    expect(young.seen.worked).toBeGreaterThan(0);
  });
});
