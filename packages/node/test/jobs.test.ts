import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { JobPool, runJobs } from "../src/jobs.js";
import { serveJobs } from "../src/workerSide.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

const worker = new URL("./support/workers/jobs.mjs", import.meta.url);
const texts = Array.from({ length: 12 }, (_, i) => `job ${i}`);

/** The reason with which `action` rejects. */
const rejection = (action: Promise<unknown>): Promise<unknown> =>
  action.then(
    (value) => `accepted ${JSON.stringify(value)}`,
    (error: unknown) => error,
  );

describe("results", () => {
  test("are in the order of the jobs and equal for every number of threads", async () => {
    const jobs = texts.map((text, i) => ({ do: "hash", text, wait: i % 3 === 0 ? 30 : 0 }));
    const [one, two, many] = await Promise.all([1, 2, 5].map((threads) => runJobs({ worker, jobs, threads })));
    expect(one!.map((result) => (result as { text: string }).text)).toEqual(texts);
    expect(two).toEqual(one);
    expect(many).toEqual(one);
  });

  test("no jobs give no results and start no thread", async () => {
    expect(await runJobs({ worker: new URL("file:///missing.mjs"), jobs: [], threads: 2 })).toEqual([]);
  });

  test("a thread is reused, and no more threads than asked for are started", async () => {
    const jobs = texts.map(() => ({ do: "thread" }));
    expect(new Set(await runJobs({ worker, jobs, threads: 1 })).size).toBe(1);
    expect(new Set(await runJobs({ worker, jobs, threads: 2 })).size).toBeLessThanOrEqual(2);
  });
});

describe("messages", () => {
  test("arrive under the index of their job, in order, before its result", async () => {
    const seen: number[][] = [[], [], []];
    const jobs = [5, 0, 3].map((count) => ({ do: "post", count }));
    await runJobs<object, number, number>({ worker, jobs, threads: 2, onMessage: (index, message) => seen[index]!.push(message) });
    expect(seen).toEqual([[0, 1, 2, 3, 4], [], [0, 1, 2]]);
  });

  test("jobs start in their order", async () => {
    const started: unknown[] = [];
    const onMessage = (_: number, message: { started?: string }) => message.started && started.push(message.started);
    await runJobs({ worker, jobs: texts.map((text) => ({ do: "hash", text })), threads: 1, onMessage });
    expect(started).toEqual(texts);
  });

  test("an error in onMessage rejects", async () => {
    const onMessage = () => {
      throw new RangeError("mine");
    };
    expect(await rejection(runJobs({ worker, jobs: [{ do: "post", count: 1 }, { do: "busy" }], threads: 2, onMessage }))).toMatchObject({
      message: "mine",
    });
  });
});

describe("errors of a job", () => {
  test("keep code, path, value, hint, cause, name and stack", async () => {
    const error = await refusal(() => runJobs({ worker, jobs: [{ do: "refuse" }], threads: 1 }));
    expect(error).toMatchObject({
      name: "DataError",
      code: "DATA",
      message: "train: has no samples",
      path: "train",
      value: { got: 0n },
      hint: "load some",
      cause: { name: "RangeError", message: "inner" },
    });
    expect(error.stack).toContain("jobs.mjs");
    expect(await refusal(() => runJobs({ worker, jobs: [{ do: "store" }], threads: 1 }))).toMatchObject({
      code: "STORAGE",
      hint: undefined,
    });
  });

  test.each([
    ["throwPlain", { name: "RangeError", message: "plain", code: "ERR_PLAIN" }],
    ["throwText", { message: "just text" }],
    ["throwSynchronously", { name: "TypeError", message: "at once" }],
    ["uncloneable", { name: "DataCloneError" }],
  ])("%s rejects with the same error", async (doing, expected) => {
    expect(await rejection(runJobs({ worker, jobs: [{ do: doing }], threads: 1 }))).toMatchObject(expected);
  });

  test("a job that cannot be sent rejects", async () => {
    expect(await rejection(runJobs({ worker, jobs: [() => 1], threads: 1 }))).toMatchObject({ name: "DataCloneError" });
  });

  test("call off the other jobs, and none is started afterwards", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "started");
    // The second job ends when it is called off, while the third is still being waited for: its thread would be free for the fourth.
    const jobs = [{ do: "refuse" }, { do: "wait", path: join(folder, "tidied") }, { do: "busy" }, { do: "mark", path }];
    expect(await refusal(() => runJobs({ worker, jobs, threads: 3 }))).toMatchObject({ code: "DATA" });
    expect(existsSync(path)).toBe(false);
  });
});

describe("a failure that is taken note of", () => {
  const failures: [number, string | undefined][] = [];
  const onFailure = (index: number, error: unknown): void => {
    failures.push([index, (error as { readonly code?: string }).code]);
  };
  const hash = { do: "hash", text: "x" };

  test.each([1, 3])("does not end the others, whatever it was: %d threads", async (threads) => {
    failures.length = 0;
    const jobs = [hash, { do: "refuse" }, hash, { do: "exit" }, hash, { do: "uncaught" }, { do: "throwPlain" }, hash];
    const results = await runJobs({ worker, jobs, threads, onFailure });
    expect(results.map((result) => result !== undefined)).toEqual([true, false, true, false, true, false, false, true]);
    expect(failures.sort(([a], [b]) => a - b)).toEqual([
      [1, "DATA"],
      [3, "WORKER_CRASH"],
      [5, "WORKER_CRASH"],
      [6, "ERR_PLAIN"],
    ]);
  });

  test("may be that of the message's reader: its job ends, and the others run", async () => {
    failures.length = 0;
    const onMessage = (index: number): void => {
      if (index === 0) throw Object.assign(new Error("full"), { code: "STORAGE" });
    };
    const results = await runJobs<object, unknown, unknown>({ worker, jobs: [{ do: "busy" }, hash], threads: 1, onMessage, onFailure });
    expect([results[0], (results[1] as { text: string }).text]).toEqual([undefined, "x"]);
    expect(failures).toEqual([[0, "STORAGE"]]);
  });

  test("ends all where taking note of it throws", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "started");
    const noting = (_: number, error: unknown): void => {
      throw error;
    };
    const jobs = [{ do: "refuse" }, { do: "busy" }, { do: "mark", path }];
    expect(await refusal(() => runJobs({ worker, jobs, threads: 2, onFailure: noting }))).toMatchObject({ code: "DATA" });
    expect(existsSync(path)).toBe(false);
  });

  test("does not outlive an abort", async () => {
    failures.length = 0;
    const controller = new AbortController();
    const onMessage = (): void => controller.abort(new Error("enough"));
    const jobs = [{ do: "busy" }, { do: "busy" }];
    expect(await rejection(runJobs({ worker, jobs, threads: 1, onMessage, onFailure, signal: controller.signal }))).toMatchObject({
      message: "enough",
    });
    expect(failures).toEqual([]);
  });
});

describe("a job whose turn has come", () => {
  test("is left out where it is not admitted, and fails where the question does", async () => {
    const failures: number[] = [];
    const admit = async (index: number): Promise<boolean> => {
      await setTimeout(1);
      if (index === 2) throw new Error("no");
      return index !== 1;
    };
    const jobs = texts.slice(0, 4).map((text) => ({ do: "hash", text }));
    const results = await runJobs({ worker, jobs, threads: 2, admit, onFailure: (index) => failures.push(index) });
    expect(results.map((result) => result !== undefined)).toEqual([true, false, false, true]);
    expect(failures).toEqual([2]);
    expect(await rejection(runJobs({ worker, jobs, threads: 2, admit }))).toMatchObject({ message: "no" });
  });

  test("needs no thread if none is admitted", async () => {
    const missing = new URL("file:///missing.mjs");
    expect(await runJobs({ worker: missing, jobs: [1, 2], threads: 2, admit: () => false })).toEqual([undefined, undefined]);
  });
});

test("a pool takes batches of jobs one after the other, with the same threads, and others after a failure", async () => {
  const pool = new JobPool({ worker, threads: 1 });
  const jobs = [{ do: "thread" }];
  const first = await pool.run({ jobs });
  expect(await pool.run({ jobs })).toEqual(first);
  expect(await refusal(() => pool.run({ jobs: [{ do: "refuse" }] }))).toMatchObject({ code: "DATA" });
  expect(await pool.run({ jobs })).not.toEqual(first);
  await pool.close();
});

describe("a worker that crashes", () => {
  test.each([
    ["exit", "jobs[1]: the worker jobs.mjs ended with exit code 3", { value: 3 }],
    ["uncaught", "jobs[1]: the worker jobs.mjs failed: outside the job", { cause: { message: "outside the job" } }],
  ])("%s rejects with the job it was at", async (doing, message, details) => {
    const jobs = [{ do: "thread" }, { do: doing }, { do: "thread" }];
    expect(await refusal(() => runJobs({ worker, jobs, threads: 1 }))).toMatchObject({
      code: "WORKER_CRASH",
      path: "jobs[1]",
      message,
      ...details,
    });
  });

  test("running out of memory is named", async () => {
    const script = fileURLToPath(new URL("./support/workers/exhaust.mjs", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ["--max-old-space-size=40", script]);
    expect(JSON.parse(stdout)).toEqual({
      code: "WORKER_CRASH",
      path: "jobs[0]",
      hint: "use fewer threads or smaller jobs",
      cause: "ERR_WORKER_OUT_OF_MEMORY",
    });
  });

  test.each([
    ["missing.mjs", "Cannot find module", expect.stringContaining("is not there")],
    ["broken.mjs", "broken module", undefined],
  ])("a module that cannot be loaded is named: %s", async (name, message, hint) => {
    const error = await refusal(() => runJobs({ worker: new URL(`./support/workers/${name}`, import.meta.url), jobs: [{}], threads: 2 }));
    expect(error.code).toBe("WORKER_CRASH");
    expect(error.message).toContain(name);
    expect(error.message).toContain(message);
    expect(error.hint).toEqual(hint);
  });
});

describe("abort", () => {
  test("terminates busy threads and rejects with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const onMessage = () => controller.abort(reason);
    const jobs = texts.map(() => ({ do: "busy" }));
    const begun = performance.now();
    expect(await rejection(runJobs({ worker, jobs, threads: 2, signal: controller.signal, onMessage }))).toBe(reason);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test("lets a handler that listens tidy up first", async () => {
    const path = join(temporaryFolder(), "tidied");
    const controller = new AbortController();
    const onMessage = () => controller.abort(new Error("enough"));
    expect(
      await rejection(runJobs({ worker, jobs: [{ do: "wait", path }], threads: 1, signal: controller.signal, onMessage })),
    ).toMatchObject({
      message: "enough",
    });
    expect(readFileSync(path, "utf8")).toBe("enough");
  });

  test("before the start nothing is started", async () => {
    const signal = AbortSignal.abort(new Error("already"));
    expect(await rejection(runJobs({ worker: new URL("file:///missing.mjs"), jobs: [1], threads: 1, signal }))).toBe(signal.reason);
  });
});

describe("misuse", () => {
  test.each([0, -1, 1.5, Number.NaN, Infinity])("%s threads are refused", async (threads) => {
    expect(await refusal(() => runJobs({ worker, jobs: [], threads }))).toMatchObject({ code: "DEFINITION", path: "runJobs.threads" });
  });

  test("an unknown option is refused with the nearest name", async () => {
    const options = { worker, jobs: [], threads: 1, onMesage: () => {} };
    expect(await refusal(() => runJobs(options))).toMatchObject({ code: "DEFINITION", hint: "did you mean onMessage?" });
  });

  test("serveJobs outside a worker is refused", async () => {
    // vitest runs tests in a child process, where there is no parent port
    expect(await refusal(() => serveJobs(async () => 1))).toMatchObject({ code: "DEFINITION", path: "serveJobs" });
  });
});
