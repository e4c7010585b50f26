import { PassThrough } from "node:stream";
import type { PlannedRun } from "@steepest/experiments";
import { expect, test } from "vitest";
import { plainProgress } from "../../src/progress/plain.js";

test("plain progress speaks at powers of two from 1024 on and when a run ends, in whole lines", () => {
  const stream = new PassThrough();
  const run = { arm: "sign", seed: 3, run: { stop: { steps: 5000 } } } as unknown as PlannedRun;
  const progress = plainProgress(stream);
  progress.begin({ total: 1, reused: 0 });
  progress.start(run);
  for (let step = 0; step <= 5000; step += 100) progress.step(run, step, -1);
  progress.finish(run, { kind: "diverged", step: 5001, what: "scores" });
  progress.finish(run, { kind: "diverged", step: 7, what: "underflow" });
  progress.end();
  const text = String(stream.read());
  expect(text.split("\n").map((line) => line.replace(/ {2}\d+ steps\/s.*$/, ""))).toEqual([
    "1 run",
    "sign s3  step 1100  log risk -1",
    "sign s3  step 2100  log risk -1",
    "sign s3  step 4100  log risk -1",
    "sign s3  diverged at step 5001 (scores no longer finite)",
    "sign s3  diverged at step 7 (the gradient is 0 only because no double is so small)",
    "",
  ]);
});
