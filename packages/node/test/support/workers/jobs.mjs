import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { DataError } from "@steepest/core";
import { StorageError, serveJobs } from "@steepest/node";

const doings = {
  hash: async ({ text, wait = 0 }, { post }) => {
    post({ started: text });
    await setTimeout(wait);
    const hash = createHash("sha256").update(text).digest("hex");
    post({ finished: text });
    return { text, hash };
  },
  thread: async () => threadId,
  post: async ({ count }, { post }) => {
    for (let i = 0; i < count; i++) post(i);
    return count;
  },
  refuse: async () => {
    throw new DataError("train: has no samples", { path: "train", value: { got: 0n }, hint: "load some", cause: new RangeError("inner") });
  },
  store: async () => {
    throw new StorageError("full", { path: "/x" });
  },
  throwPlain: async () => {
    throw Object.assign(new RangeError("plain"), { code: "ERR_PLAIN" });
  },
  throwText: async () => {
    throw "just text";
  },
  throwSynchronously: () => {
    throw new TypeError("at once");
  },
  uncloneable: async () => () => 1,
  exit: async () => process.exit(3),
  uncaught: async () => {
    globalThis.setTimeout(() => {
      throw new Error("outside the job");
    });
    await new Promise(() => {});
  },
  exhaust: async () => {
    const hoard = [];
    for (;;) hoard.push(new Array(1e6).fill(hoard.length));
  },
  busy: async (_, { post }) => {
    post("busy");
    for (;;);
  },
  mark: async ({ path }) => writeFileSync(path, "started"),
  wait: async ({ path }, { post, signal }) => {
    post("waiting");
    await setTimeout(60_000, undefined, { signal }).catch(() => {});
    writeFileSync(path, signal.reason.message);
  },
};

serveJobs((job, context) => doings[job.do](job, context));
