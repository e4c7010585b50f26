// One step of a small CNN at 100 images (see network.mjs), by the kernels in the order of a step: against the twin, against PyTorch in float64 where python3 has
// torch, and against TensorFlow.js on WASM in float32 where bench/peers is installed; each on one thread. node bench/cnn/step.mjs [--json]
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { interleave, median, pairedRatio } from "../kernel/measure.mjs";
import { loadPeak, peakFlop } from "../kernel/peak.mjs";
import { report } from "../kernel/report.mjs";
import { startPeer } from "../peer.mjs";
import { startPython } from "../python.mjs";
import { kernelStep } from "./kernelStep.mjs";
import { operands, stepFlop } from "./network.mjs";
import { hasTfjs } from "./tfjs.mjs";

const rounds = 9;
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
// PyTorch allocates its buffers anew in every step; as installed, malloc takes them from the kernel and gives them back each time.
const keptMemory = { MALLOC_MMAP_THRESHOLD_: "4000000000", MALLOC_TRIM_THRESHOLD_: "8000000000", MALLOC_TOP_PAD_: "268435456" };

const peers = {
  torch: { start: () => startPython("torch", here("torch_cnn.py"), keptMemory), tolerance: 1e-11 },
  "torch as installed": { start: () => startPython("torch", here("torch_cnn.py")), tolerance: 1e-11 },
  "tfjs-wasm": { start: startTfjs, rest: { inputGradient: "kernel" }, tolerance: 1e-3 },
  "tfjs-wasm by hand": { start: startTfjs, rest: { inputGradient: "convolution" }, tolerance: 1e-3 },
};

function startTfjs() {
  return hasTfjs() ? startPeer(process.execPath, [here("tfjsCnn.mjs")]) : undefined;
}

/** Ours and the peer's in turn: their times drift together, so only the ratios within a pair count. */
async function against({ start, rest, tolerance }, { step, figures }) {
  const peer = await start();
  if (peer === undefined) return undefined;
  const values = Object.fromEntries(Object.entries(operands()).map(([name, array]) => [name, [...array]]));
  peer.tell(`case ${JSON.stringify({ ...values, ...rest })}`);
  const theirs = JSON.parse(await peer.answer());
  for (const [i, ours] of figures().entries()) {
    if (!(Math.abs(theirs[i] - ours) <= tolerance * Math.abs(ours)))
      throw new Error(`${peer.started}: computes ${theirs}, not ${figures()}`);
  }
  await peer.seconds(3);
  const seconds = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    step();
    step();
    const { user, system } = process.cpuUsage(before);
    seconds.ours.push((user + system) / 2e6);
    seconds.theirs.push(await peer.seconds(2));
  }
  peer.stop();
  return { milliseconds: 1e3 * median(seconds.theirs), overPeer: pairedRatio(seconds.theirs, seconds.ours) };
}

const factory = await loadKernels(await readFile(binaryUrl()));
const wasm = kernelStep(factory);
const twin = kernelStep(referenceKernels);
const seconds = interleave({ wasm: wasm.step, twin: twin.step, peak: await loadPeak() }, 5);
const cases = [
  {
    name: "kernels",
    result: {
      milliseconds: 1e3 * median(seconds.wasm),
      shareOfPeak: (pairedRatio(seconds.peak, seconds.wasm) * stepFlop) / peakFlop,
    },
  },
  { name: "twin", result: { milliseconds: 1e3 * median(seconds.twin), overPeer: pairedRatio(seconds.twin, seconds.wasm) } },
];
for (const [name, peer] of Object.entries(peers)) {
  const result = await against(peer, wasm);
  if (result !== undefined) cases.push({ name, result });
}
report("cnn", cases, ({ result }) => result);
