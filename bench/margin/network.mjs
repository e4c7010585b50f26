// Certificates of a trained network at size: MNIST 3 against 6, 784-128-1, 100 480 parameters, after mini-batches of Adam and steps of gradient descent. CPU seconds,
// the ends of κ and how far they are apart: node bench/margin/network.mjs [--json] [--only="l2, 12000 images"]; BENCH_WEIGHTS=FILE keeps the trained weights.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { certify } from "@steepest/certificates";
import { adam, constant, losses, marginPaced, mlp, normFromText, norms, steepestDescent, Training } from "@steepest/core";
import { drawData } from "@steepest/experiments";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { dataFolders, inputFiles } from "../../packages/cli/dist/imageFiles.js";
import { benchmarkOptions, report } from "../kernel/report.mjs";

const kernels = await loadKernels(readFileSync(binaryUrl()));
const network = mlp({ widths: [784, 128, 1], activation: "relu" });
const kept = process.env.BENCH_WEIGHTS;

async function images(trainSize) {
  const dataset = { kind: "mnistPair", digits: [3, 6], trainSize };
  const { inputs, inputDim, labels } = (await drawData(dataset, 0, { kernels, files: inputFiles(dataFolders(dataset, ".")).files })).train;
  return { inputs, inputDim, labels };
}

/** Perfect accuracy by mini-batches, then a step of gradient descent after another for the late phase. */
function trained(data) {
  const file = kept && `${kept}-${data.labels.length}.f64`;
  if (file && existsSync(file)) return new Float64Array(Uint8Array.from(readFileSync(file)).buffer);
  const common = { network, data, loss: losses.logistic, seed: 0 };
  const size = Math.min(400, data.labels.length);
  const first = new Training(
    {
      ...common,
      optimizer: adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }),
      step: constant({ size: 3e-4 }),
      init: { law: "uniformFanIn", scale: 1 },
      batch: { size, order: "shuffled" },
    },
    { kernels },
  );
  for (let step = 0; step < 4000; step++) first.advance();
  const second = new Training(
    {
      ...common,
      optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
      step: marginPaced({ c: 0.25 }),
      init: first.parameters(),
    },
    { kernels },
  );
  for (let step = 0; step < 40; step++) second.advance();
  const weights = second.parameters();
  if (file) writeFileSync(file, new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));
  return weights;
}

const { only } = benchmarkOptions();
const sets = new Map();
const cases = [];
for (const [count, ids] of [
  [12_000, ["l2", "l1", "linf", "spectral", "nuclear", "lp(3)"]],
  [1000, ["l2", "l1", "linf", "spectral", "nuclear", "lp(3)"]],
]) {
  for (const id of ids) {
    for (const kinks of [0, 0.01]) {
      const name = `${id}, ${count} images${kinks > 0 ? ", kinks" : ""}`;
      if (only !== undefined && only !== name) continue;
      if (!sets.has(count)) {
        const data = await images(count);
        sets.set(count, { data, weights: trained(data) });
      }
      const before = process.cpuUsage();
      const answer = await certify({ network, norm: normFromText(id), kernels, kinks, ...sets.get(count) });
      const { user, system } = process.cpuUsage(before);
      if (answer.kind !== "certified") throw new Error(`${name}: no margin`);
      const entry = answer.document.entries.at(-1);
      const [lower, upper] = entry.kappa;
      const gigabytes = process.resourceUsage().maxRSS / 2 ** 20;
      const result = {
        seconds: (user + system) / 1e6,
        lower,
        upper,
        apart: (upper - lower) / upper,
        support: entry.support.length,
        gigabytes,
      };
      cases.push({ name, result });
    }
  }
}
report("certificates of a network", cases, ({ result }) => result);
