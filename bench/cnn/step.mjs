// One step of a small CNN at 100 images (network.mjs): against the twin, against PyTorch in float64 where python3 has torch, and against TensorFlow.js on WASM in
// float32 where bench/peers is installed; each on one thread. node bench/cnn/step.mjs [--json]
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { against } from "../against.mjs";
import { interleave, median, pairedRatio } from "../kernel/measure.mjs";
import { loadPeak, peakFlop } from "../kernel/peak.mjs";
import { report } from "../kernel/report.mjs";
import { startPeer } from "../peer.mjs";
import { keptMemory, startPython } from "../python.mjs";
import { figures, operands, stepFlop, stepSize, training } from "./network.mjs";
import { hasTfjs } from "./tfjs.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const startTorch = (env) => startPython("torch", here("torch_cnn.py"), env);
const startTfjs = () => (hasTfjs() ? startPeer(process.execPath, [here("tfjsCnn.mjs")]) : undefined);

const peers = {
  torch: { start: () => startTorch(keptMemory), tolerance: 1e-11 },
  "torch as installed": { start: () => startTorch({}), tolerance: 1e-11 },
  "tfjs-wasm": { start: startTfjs, rest: { inputGradient: "kernel" }, tolerance: 1e-3 },
  "tfjs-wasm by hand": { start: startTfjs, rest: { inputGradient: "convolution" }, tolerance: 1e-3 },
};

const factory = await loadKernels(await readFile(binaryUrl()));
const [wasm, twin] = [training(factory), training(referenceKernels)];
const agreed = figures(wasm);
const seconds = interleave({ wasm: () => wasm.advance(), twin: () => twin.advance(), peak: await loadPeak() }, 5);
const cases = [
  {
    name: "steepest",
    result: {
      milliseconds: 1e3 * median(seconds.wasm),
      peakGigaflops: peakFlop / median(seconds.peak) / 1e9,
      shareOfPeak: (pairedRatio(seconds.peak, seconds.wasm) * stepFlop) / peakFlop,
    },
  },
  { name: "twin", result: { milliseconds: 1e3 * median(seconds.twin), overPeer: pairedRatio(seconds.twin, seconds.wasm) } },
];
const arrays = Object.fromEntries(Object.entries(operands()).map(([name, values]) => [name, [...values]]));
for (const [name, { start, rest, tolerance }] of Object.entries(peers)) {
  const values = { ...arrays, stepSize, ...rest };
  const result = await against(start(), { values, figures: agreed, tolerance, step: () => wasm.advance() });
  if (result !== undefined) cases.push({ name, result });
}
report("cnn", cases, ({ result }) => result);
