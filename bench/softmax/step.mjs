// One step of online training of a linear softmax model, 128 classes of 32 inputs, a fresh batch of 64 (kernelStep.mjs): against the twin and, where python3 has torch,
// against PyTorch in float64; each on one thread. node bench/softmax/step.mjs [--json]
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { against } from "../against.mjs";
import { interleave, median, pairedRatio } from "../kernel/measure.mjs";
import { loadPeak, peakFlop } from "../kernel/peak.mjs";
import { report } from "../kernel/report.mjs";
import { startPython } from "../python.mjs";
import { classes, inputDim, kernelStep, samples, stepFlop, stepSize } from "./kernelStep.mjs";

const wasm = kernelStep(await loadKernels(await readFile(binaryUrl())));
const seconds = interleave({ wasm: wasm.step, twin: kernelStep(referenceKernels).step, peak: await loadPeak() }, 5);
const cases = [
  {
    name: "kernels",
    result: {
      milliseconds: 1e3 * median(seconds.wasm),
      peakGigaflops: peakFlop / median(seconds.peak) / 1e9,
      shareOfPeak: (pairedRatio(seconds.peak, seconds.wasm) * stepFlop) / peakFlop,
    },
  },
  { name: "twin", result: { milliseconds: 1e3 * median(seconds.twin), overPeer: pairedRatio(seconds.twin, seconds.wasm) } },
];
const torch = await against(startPython("torch", fileURLToPath(new URL("torch_softmax.py", import.meta.url))), {
  values: { ...wasm.given, samples, inputDim, classes, stepSize },
  figures: wasm.figures,
  tolerance: 1e-12,
  step: wasm.step,
});
if (torch !== undefined) cases.push({ name: "torch", result: torch });
report("softmax", cases, ({ result }) => result);
