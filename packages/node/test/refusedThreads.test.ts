import { beforeEach, expect, test, vi } from "vitest";
import { runJobs } from "../src/jobs.js";
import { refusal } from "./support/refusal.js";

/** Threads that the system still gives, and those that it gave and that have not ended. */
const { system } = vi.hoisted(() => ({ system: { left: 0, running: 0 } }));

vi.mock("node:worker_threads", async (original) => {
  const threads = await original<typeof import("node:worker_threads")>();
  class Worker extends threads.Worker {
    constructor(url: URL) {
      // What Node throws where pthread_create answers EAGAIN, as under a limit of processes.
      if (system.left-- <= 0) throw Object.assign(new Error("EAGAIN"), { code: "ERR_WORKER_INIT_FAILED" });
      super(url);
      system.running++;
      this.on("exit", () => system.running--);
    }
  }
  return { ...threads, Worker };
});

const worker = new URL("./support/workers/jobs.mjs", import.meta.url);

beforeEach(() => {
  system.running = 0;
});

test.each([0, 1, 3])(
  "after %d threads no more can be started: a typed error, and none is left that would keep the process",
  async (left) => {
    system.left = left;
    const jobs = Array.from({ length: 8 }, () => ({ do: "busy" }));
    expect(await refusal(() => runJobs({ worker, jobs, threads: 4 }))).toMatchObject({
      code: "RESOURCE",
      message: "the worker jobs.mjs cannot be started: EAGAIN",
      hint: expect.stringContaining("ulimit -u"),
    });
    expect(system.running).toBe(0);
  },
);
