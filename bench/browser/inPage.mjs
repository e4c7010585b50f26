// The page's side of engine.mjs.
import { createEngine } from "@steepest/browser";
import { lapsOf, trainings } from "./trainings.mjs";

const laps = {};
let engine;

/** Milliseconds from the start of the navigation to script, engine and first step. Called for a name in the address, before anything else is loaded. */
async function firstStep(name) {
  const called = performance.now();
  const engine = await createEngine();
  const ready = performance.now();
  for await (const { step } of engine.train(trainings[name]()).points({ perDecade: 1 })) if (step === 1) break;
  return { script: called, engine: ready, step: performance.now() };
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

globalThis.bench = {
  firstStep: location.hash === "" ? undefined : firstStep(decodeURIComponent(location.hash.slice(1))),

  async host() {
    engine ??= await createEngine();
    return engine.host;
  },

  async lap(name, steps) {
    engine ??= await createEngine();
    laps[name] ??= lapsOf(engine, name);
    return laps[name](steps);
  },

  /** Milliseconds from abort() until the reader has heard of it, and until the worker answers something else. */
  async aborts(name, count) {
    const engine = await createEngine();
    const run = engine.train(trainings[name]());
    for await (const { step } of run.points({ perDecade: 1 })) if (step >= 10) break; // what follows is steps, up to the point at 100
    const results = [];
    for (let i = 0; i < count; i++) {
      const controller = new AbortController();
      const reading = run.points({ perDecade: 1, signal: controller.signal });
      const read = async () => {
        for await (const _ of reading);
      };
      const rejected = read().catch(() => performance.now());
      await wait(150 + ((i * 37) % 100)); // somewhere within a step
      const start = performance.now();
      controller.abort();
      const heard = (await rejected) - start;
      await run.parameters();
      results.push({ heard, stopped: performance.now() - start });
    }
    await engine[Symbol.asyncDispose]();
    return results;
  },
};
