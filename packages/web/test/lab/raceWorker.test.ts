import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Order, Report } from "../../src/engine/message.js";
import { RaceWorker } from "../../src/lab/raceWorker.js";

/** A worker that sends the messages it is given. */
class Puppet {
  readonly orders: Order[] = [];
  isTerminated = false;
  onmessage: ((event: { readonly data: Report }) => void) | null = null;
  onerror: ((event: { readonly message: string }) => void) | null = null;
  postMessage(order: Order): void {
    this.orders.push(order);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  say(race: number, running: boolean): void {
    this.onmessage!({ data: { kind: "news", race, number: 1, running, arms: [], stepsPerSecond: 0 } });
  }
}

function started() {
  const puppets: Puppet[] = [];
  const [heard, failed]: [Report[], (string | undefined)[]] = [[], []];
  const worker = new RaceWorker({
    start: () => {
      puppets.push(new Puppet());
      return puppets.at(-1) as unknown as Worker;
    },
    hear: (report) => void heard.push(report),
    fail: (reason) => void failed.push(reason),
  });
  return { worker, puppets, heard, failed };
}

const load = (race: number): Order => ({ kind: "load", race, runs: [], planeConstant: undefined });
const long = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a worker that is busy with one race when another is wanted", () => {
  test("is given up where it says nothing of the new one, which a new worker takes", () => {
    const { worker, puppets } = started();
    worker.order(load(1));
    puppets[0]!.say(1, false);
    worker.order({ kind: "go" });
    puppets[0]!.say(1, true);
    worker.order(load(2));
    puppets[0]!.say(1, true); // was on its way
    vi.advanceTimersByTime(long);
    expect(puppets.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    expect(puppets[1]!.orders).toEqual([load(2)]);
  });

  test("is given up while it prepares one that nobody wants any more", () => {
    const { worker, puppets } = started();
    worker.order(load(1));
    vi.advanceTimersByTime(long); // preparing may take as long as it takes
    expect(puppets).toHaveLength(1);
    worker.order(load(2));
    vi.advanceTimersByTime(long);
    worker.order(load(3));
    vi.advanceTimersByTime(long);
    expect(puppets.map(({ orders }) => orders)).toEqual([[load(1), load(2)], [load(2), load(3)], [load(3)]]);
  });

  test("is given up by a third race, too, though it has answered for the first meanwhile", () => {
    const { worker, puppets } = started();
    worker.order(load(1));
    puppets[0]!.say(1, false);
    worker.order({ kind: "go" });
    puppets[0]!.say(1, true);
    worker.order({ kind: "pause" });
    worker.order(load(2));
    puppets[0]!.say(1, false); // to the pause
    worker.order(load(3));
    vi.advanceTimersByTime(long);
    expect(puppets.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    expect(puppets[1]!.orders).toEqual([load(3)]);
  });

  test("is not heard any more once it was given up", () => {
    const { worker, puppets, heard } = started();
    worker.order(load(1));
    worker.order(load(2));
    vi.advanceTimersByTime(long);
    puppets[0]!.onmessage?.({ data: { kind: "news", race: 2, number: 1, running: false, arms: [], stepsPerSecond: 0 } });
    expect(heard).toEqual([]);
  });

  test("is kept where it answers", () => {
    const { worker, puppets, heard } = started();
    worker.order(load(1));
    worker.order(load(2));
    puppets[0]!.say(2, false);
    vi.advanceTimersByTime(long);
    expect(puppets).toHaveLength(1);
    expect(heard).toHaveLength(1);
  });
});

test("a worker that is told what was painted is not waited for: it has nothing to answer", () => {
  const { worker, puppets } = started();
  worker.order(load(1));
  puppets[0]!.say(1, false);
  worker.order({ kind: "painted", news: 1 });
  worker.order(load(2));
  vi.advanceTimersByTime(long);
  expect(puppets).toHaveLength(1);
});

test("a worker that stands is never given up", () => {
  const { worker, puppets } = started();
  for (const race of [1, 2, 3]) {
    worker.order(load(race));
    puppets[0]!.say(race, false);
    vi.advanceTimersByTime(long);
  }
  expect(puppets).toHaveLength(1);
});

test("a worker that fails says why, if it knows", () => {
  const { worker, puppets, failed } = started();
  worker.order(load(1));
  for (const message of ["out of memory", ""]) puppets[0]!.onerror!({ message });
  expect(failed).toEqual(["out of memory", undefined]);
});
