// The parts of a step of online softmax training (online.mjs): every kernel call of an epoch with its arguments, called again and again over the memory that it found, and whole
// steps; the fastest of many samples each, in wall time. node bench/softmax/parts.mjs
import { readFile } from "node:fs/promises";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { online } from "./online.mjs";

const [warmSteps, epoch, samples, sampleMicroseconds] = [2000, 64, 300, 200];
const factory = await loadKernels(await readFile(binaryUrl()));

/** Microseconds of a call, the fastest mean of a sample. */
function fastest(run) {
  const mean = (calls) => {
    const start = performance.now();
    for (let call = 0; call < calls; call += 1) run();
    return (1e3 * (performance.now() - start)) / calls;
  };
  const calls = Math.max(1, Math.round(sampleMicroseconds / Math.min(mean(3), mean(3), mean(3))));
  return Math.min(...Array.from({ length: samples }, () => mean(calls)));
}

/** Kernels that tell `seen` of every call. */
const observed = (seen, kernels) =>
  Object.fromEntries(
    Object.entries(kernels).map(([name, kernel]) => [
      name,
      typeof kernel !== "function"
        ? kernel
        : (...args) => {
            seen({ name, args, call: () => kernel(...args) });
            return kernel(...args);
          },
    ]),
  );

const memories = [];
const parts = new Map();
let isEpoch = false;
const run = await online((bytes) => {
  const kernels = factory(bytes);
  memories.push(new Uint8Array(kernels.buffer));
  return observed(({ name, args, call }) => {
    if (!isEpoch) return;
    const sizes = args.filter((value) => Number.isInteger(value) && value > 0 && value !== kernels.arenaBase && value <= 4096).join(" x ");
    const part = `${name} ${sizes}`;
    parts.set(part, { call, count: (parts.get(part)?.count ?? 0) + 1 });
  }, kernels);
});
for (let step = 0; step < warmSteps; step += 1) run.step();
isEpoch = true;
for (let step = 0; step < epoch; step += 1) run.step();
isEpoch = false;

const kept = memories.map((memory) => memory.slice());
const rows = [...parts].map(([part, { call, count }]) => {
  for (const [i, memory] of memories.entries()) memory.set(kept[i]);
  return { part, perStep: count / epoch, microseconds: (fastest(call) * count) / epoch };
});
const steps = [];
for (const looks of [true, false]) {
  const { step } = await online(factory, { looks });
  for (let i = 0; i < warmSteps; i += 1) step();
  const ofEpoch = () => {
    for (let i = 0; i < epoch; i += 1) step();
  };
  steps.push({ part: looks ? "step" : "step, never looking", perStep: 1, microseconds: fastest(ofEpoch) / epoch });
}
rows.sort((a, b) => b.microseconds - a.microseconds);
const sum = rows.reduce((total, { microseconds }) => total + microseconds, 0);
console.table(
  [...rows, { part: "kernels", perStep: 1, microseconds: sum }, ...steps].map((row) => ({
    ...row,
    microseconds: Number(row.microseconds.toPrecision(3)),
  })),
);
