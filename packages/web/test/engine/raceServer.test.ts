import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { ImageSet } from "@steepest/experiments";
import { planeConstant } from "@steepest/experiments";
import { safetensorsBytes } from "@steepest/formats";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Order, Report } from "../../src/engine/message.js";
import { RaceServer } from "../../src/engine/raceServer.js";
import { runsOfSetup } from "../../src/setup/definition.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { host } from "../hosts.js";
import { small } from "./setups.js";

type News = Extract<Report, { kind: "news" }>;

/** A server whose messages are cloned as a worker's are, and its reports. */
function serve(engine = async () => ({ kind: "wasm" as const, host })) {
  const reports: Report[] = [];
  let wake = (): void => {};
  const server = new RaceServer(engine, (report) => {
    reports.push(structuredClone(report));
    wake();
  });
  const until = async (isThere: (report: Report) => boolean, from = 0): Promise<Report> => {
    for (;;) {
      const found = reports.slice(from).find(isThere);
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const order = (one: Order): number => {
    const from = reports.length;
    server.hear(structuredClone(one));
    return from;
  };
  return { reports, until, order };
}

const load = (race: number, setup: RaceSetup = small): Order => ({
  kind: "load",
  race,
  runs: runsOfSetup(setup),
  planeConstant: planeConstant(setup.data as never),
});
const isNews = (report: Report): report is News => report.kind === "news";
const standing = (report: Report): boolean => isNews(report) && !report.running;
const stepsOf = (reports: readonly Report[]): number[] => {
  const steps: number[] = [];
  for (const { arms } of reports.filter(isNews)) for (const { arm, step } of arms) steps[arm] = step;
  return steps;
};

describe("a race that is served", () => {
  test("is loaded, then told of at step 0", async () => {
    const { order, until, reports } = serve();
    order(load(1));
    await until(isNews);
    expect(reports.map(({ kind, race }) => [kind, race])).toEqual([
      ["loaded", 1],
      ["news", 1],
    ]);
    expect(reports[0]).toMatchObject({ engine: "wasm", degree: 2, parameterCount: 3 * 16 + 16, data: { inputDim: 3 } });
    expect(stepsOf(reports)).toEqual([0, 0, 0, 0]);
  });

  test("starts at the weights of a file, every arm, and is refused where they are not those of its network", async () => {
    const values = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => ((i * 7) % 11) / 8 - 0.6);
    const tensors = { "0.weight": { shape: [16, 3], values: values(48) }, "2.weight": { shape: [1, 16], values: values(16) } };
    const bytes = safetensorsBytes({ metadata: {}, tensors });
    const hash = bytesToHex(sha256(bytes));
    const weights = { bytes, sha256: hash };
    const given: RaceSetup = { ...small, init: { file: "w.safetensors", facts: { sha256: hash } } };
    const { order, until, reports } = serve();
    order({ ...(load(1, given) as Extract<Order, { kind: "load" }>), weights });
    await until(isNews);
    expect(reports[0]).toMatchObject({ kind: "loaded", initialWeights: Float64Array.from([...values(48), ...values(16)]) });
    const { arms } = reports[1] as News;
    expect(new Set(arms.map(({ frames }) => frames[0]!.row.logRisk)).size).toBe(1);
    order({ ...(load(2, { ...given, width: 8 }) as Extract<Order, { kind: "load" }>), weights });
    const refused = await until(({ kind, race }) => kind === "refused" && race === 2);
    expect(refused).toMatchObject({
      problem: { message: 'w.safetensors: the array "0.weight" has the shape 16 x 3, the block layer1 is 8 x 3' },
    });
  });

  test("has its numbers too where it stands at a step that is not recorded, and those are of that step", async () => {
    const { order, until, reports } = serve();
    order(load(1));
    await until(isNews);
    await until(standing, order({ kind: "go", until: 41 }));
    const { arms } = reports.at(-1) as News;
    expect(arms).toHaveLength(4);
    for (const { now, logRisk, frames } of arms) {
      expect(frames.every(({ row }) => row.step < 41)).toBe(true);
      expect(now!.row).toMatchObject({ step: 41, logRisk });
    }
  });

  test("says which samples no network can separate, and of others nothing", async () => {
    const points = (inputs: number[][], labels: (1 | -1)[], constant: number): RaceSetup => ({
      ...small,
      data: { kind: "points", inputs, labels, constant },
    });
    const said = async (setup: RaceSetup): Promise<unknown> => {
      const { order, until } = serve();
      order(load(1, setup));
      return ((await until(({ kind }) => kind === "loaded")) as Extract<Report, { kind: "loaded" }>).contradictions;
    };
    const square = [
      [1, 2],
      [3, 4],
      [-1, -1],
      [1, 2],
    ];
    expect(await said(points(square, [1, 1, -1, -1], 1))).toBe("samples 0 and 3 are equal and have opposite labels");
    expect(await said(points(square, [1, 1, -1, 1], 1))).toBeUndefined();
    const pair = [
      [0, 0],
      [1, 1],
    ];
    expect(await said(points(pair, [1, -1], 0))).toBe("sample 0 is all zero");
    expect(await said(points(pair, [1, -1], 1))).toBeUndefined();
    expect(await said(small)).toBeUndefined();
  });

  test("makes one step of every arm when asked", async () => {
    const { order, until, reports } = serve();
    order(load(1));
    await until(isNews);
    for (let step = 1; step <= 3; step++) {
      order({ kind: "step" });
      expect(stepsOf(reports)).toEqual(Array(4).fill(step));
      expect(reports.at(-1)).toMatchObject({ kind: "news", running: false });
    }
  });

  test("goes until a step that every arm reaches", async () => {
    const { order, until, reports } = serve();
    order(load(1));
    await until(isNews);
    await until(standing, order({ kind: "go", until: 40 }));
    expect(stepsOf(reports)).toEqual([40, 40, 40, 40]);
  });

  test("says at once that it stands where it is already there", async () => {
    const { order, until } = serve();
    order(load(1));
    await until(isNews);
    expect(await until(standing, order({ kind: "go", until: 0 }))).toMatchObject({ arms: [] });
  });

  test("stands with all arms at the same step when paused anywhere, and goes on as if it had not", async () => {
    const steps = 20_000;
    const { order, until, reports } = serve();
    order(load(1, { ...small, steps }));
    order({ kind: "painted", news: ((await until(isNews)) as News).number });
    const from = order({ kind: "go" });
    await until((report) => isNews(report) && report.running, from);
    order({ kind: "pause" });
    const paused = stepsOf(reports);
    expect(new Set(paused).size).toBe(1);
    expect(paused[0]).toBeGreaterThan(0);
    expect(paused[0]).toBeLessThan(steps);
    const count = reports.length;
    await new Promise((resolve) => setTimeout(resolve, 60)); // whatever was still on its way
    expect(reports).toHaveLength(count);
    await until(standing, order({ kind: "go", until: paused[0]! + 500 }));

    const straight = serve();
    straight.order(load(1, { ...small, steps }));
    await straight.until(isNews);
    await straight.until(standing, straight.order({ kind: "go", until: paused[0]! + 500 }));
    const rows = (all: readonly Report[]) =>
      [0, 1, 2, 3].map((i) =>
        all
          .filter(isNews)
          .flatMap(({ arms }) => arms.filter(({ arm }) => arm === i))
          .flatMap(({ frames }) => frames.map(({ row }) => row)),
      );
    expect(rows(reports)).toStrictEqual(rows(straight.reports));
  });

  describe("to a page that paints slowly", () => {
    /** Waits, as work goes on in slices, and counts the news by then. */
    const later = async (reports: readonly Report[]): Promise<number> => {
      const { length } = reports;
      for (let slice = 0; slice < 40; slice++) await new Promise((resolve) => setTimeout(resolve));
      return reports.length - length;
    };

    /** A race that runs, with its first news told, which carries this number. */
    async function running() {
      vi.spyOn(performance, "now").mockImplementation(() => (clock += 5)); // every slice is one piece of work, and news is soon due
      const served = serve();
      served.order(load(1, { ...small, steps: 1_000_000 }));
      const { number } = (await served.until(isNews)) as News;
      served.order({ kind: "painted", news: number });
      const first = (await served.until((report) => isNews(report) && report.running, served.order({ kind: "go" }))) as News;
      return { ...served, first };
    }
    let clock = 0;
    afterEach(() => void vi.restoreAllMocks());

    test("tells one thing at a time, the next when that is painted, however much is computed meanwhile", async () => {
      const { order, until, reports, first } = await running();
      expect(await later(reports)).toBe(0);
      order({ kind: "painted", news: first.number });
      const next = (await until((report) => isNews(report) && report.number > first.number)) as News;
      expect(next.number).toBe(first.number + 1);
      expect(Math.min(...next.arms.map(({ step }) => step))).toBeGreaterThan(10 + Math.max(...first.arms.map(({ step }) => step)));
      expect(next.arms).toHaveLength(4);
      expect(await later(reports)).toBe(0);
      order({ kind: "pause" });
    });

    test("answers Pause and Single step at once, with all that was held back", async () => {
      const { order, reports, first } = await running();
      await later(reports);
      const from = order({ kind: "pause" });
      const paused = reports.slice(from) as News[];
      expect(paused).toHaveLength(1);
      expect(paused[0]).toMatchObject({ running: false, number: first.number + 1 });
      const told = [first, ...paused].flatMap(({ arms }) => arms.filter(({ arm }) => arm === 0).flatMap(({ frames }) => frames));
      const steps = told.map(({ row }) => row.step);
      expect(steps.filter((step) => step <= 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]); // none is lost
      expect((reports.slice(order({ kind: "step" })) as News[]).map(({ number }) => number)).toEqual([first.number + 2]);
    });

    test("goes on telling when what it told last was painted, though an older one is acknowledged late", async () => {
      const { order, until, reports, first } = await running();
      const from = order({ kind: "pause" });
      order({ kind: "go" });
      order({ kind: "painted", news: first.number });
      expect(await later(reports)).toBe(0);
      order({ kind: "painted", news: first.number + 1 });
      expect(await until((report) => isNews(report) && report.running, from + 1)).toMatchObject({ number: first.number + 2 });
      order({ kind: "pause" });
    });
  });

  test("is over when every arm has ended, and says so", async () => {
    const { order, until, reports } = serve();
    order(load(1));
    await until(isNews);
    await until(standing, order({ kind: "go" }));
    const outcomes = reports.filter(isNews).flatMap(({ arms }) => arms.filter(({ outcome }) => outcome).map(({ arm }) => arm));
    expect(outcomes.sort()).toEqual([0, 1, 2, 3]);
    order({ kind: "step" });
    expect(reports.at(-1)).toMatchObject({ kind: "news", running: false, arms: [] });
  });

  test("gives way to a newer one, of which alone is told", async () => {
    const { order, until, reports } = serve();
    order(load(1));
    order(load(2));
    order(load(3));
    await until(isNews);
    await until(standing, order({ kind: "go", until: 3 }));
    expect(new Set(reports.map(({ race }) => race))).toEqual(new Set([3]));
  });

  test("gives way while its data are still on their way", async () => {
    let arrive: (images: { train: ImageSet; test: ImageSet }) => void = () => {};
    const fetchImages = () => new Promise<{ train: ImageSet; test: ImageSet }>((resolve) => (arrive = resolve));
    const { order, until, reports } = serve(async () => ({ kind: "wasm", host: { ...host, files: { images: fetchImages } } }));
    order(load(1, { ...small, data: { kind: "mnistPair", digits: [3, 6], trainSize: 2 } }));
    await new Promise((resolve) => setTimeout(resolve)); // until the images are asked for
    order(load(2));
    await until(isNews);
    const images = { rows: 1, columns: 2, labels: Uint8Array.of(3, 6), pixels: Uint8Array.of(1, 2, 2, 1) };
    arrive({ train: images, test: images });
    await new Promise((resolve) => setTimeout(resolve));
    order({ kind: "step" });
    expect(reports.map(({ kind, race }) => [kind, race])).toEqual([
      ["loaded", 2],
      ["news", 2],
      ["news", 2],
    ]);
  });

  test("gives way while it runs", async () => {
    const { order, until, reports } = serve();
    order(load(1, { ...small, steps: 1_000_000 }));
    order({ kind: "painted", news: ((await until(isNews)) as News).number });
    order({ kind: "go" });
    await until((report) => isNews(report) && report.running);
    const from = order(load(2));
    await until((report) => report.race === 2 && isNews(report), from);
    expect(reports.slice(from).every(({ race }) => race === 2)).toBe(true);
  });

  test("is refused in words where it cannot be", async () => {
    const { order, until, reports } = serve();
    order(load(1, { ...small, data: { kind: "mnistPair", digits: [3, 6], trainSize: 100 } }));
    const report = await until(({ kind }) => kind === "refused");
    expect(report).toMatchObject({ race: 1, problem: { message: "no images here" } });
    for (const kind of ["go", "pause", "step"] as const) order({ kind });
    expect(reports).toHaveLength(1);
  });

  test("is refused where its images were not shipped, which come as blanks", async () => {
    const images = { rows: 2, columns: 2, labels: Uint8Array.of(3, 6), pixels: Uint8Array.of(1, 0, 0, 2, 0, 0, 0, 0) };
    const fetchImages = async () => ({ train: images, test: images });
    const { order, until } = serve(async () => ({ kind: "wasm", host: { ...host, files: { images: fetchImages } } }));
    order(load(1, { ...small, data: { kind: "mnistPair", digits: [3, 6], trainSize: 2 } }));
    expect(await until(() => true)).toMatchObject({ kind: "refused", problem: { message: expect.stringContaining("not shipped") } });
  });

  test("is refused where the engine does not load, with the reason", async () => {
    const { order, until } = serve(() => Promise.reject(new Error("no binary")));
    order(load(1));
    expect(await until(() => true)).toEqual({ kind: "refused", race: 1, problem: { message: "no binary", hint: undefined } });
  });
});
