// One step of online training of a linear softmax model (online.mjs), as `Training` makes it: against the twin and, where python3 has torch, against PyTorch in float64; each
// on one thread. node bench/softmax/step.mjs [--json]
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { against } from "../against.mjs";
import { interleave, median, pairedRatio } from "../kernel/measure.mjs";
import { loadPeak, peakFlop } from "../kernel/peak.mjs";
import { report } from "../kernel/report.mjs";
import { startPython } from "../python.mjs";
import { online, stepFlop } from "./online.mjs";

const wasm = await online(await loadKernels(await readFile(binaryUrl())));
const againstTorch = [];
for (const [name, looks] of [
  ["torch", true],
  ["torch, which never looks", false],
]) {
  const result = await against(startPython("torch", fileURLToPath(new URL("torch_softmax.py", import.meta.url))), {
    values: { ...wasm.given, looks },
    figures: wasm.figures,
    tolerance: 1e-12,
    step: wasm.step,
  });
  if (result !== undefined) againstTorch.push({ name, result });
}
// Last, since kernels of two kinds in one process make every call of a kernel slower.
const twin = await online(referenceKernels);
const seconds = interleave({ wasm: wasm.step, twin: twin.step, peak: await loadPeak() }, 5);
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
  ...againstTorch,
];
report("softmax", cases, ({ result }) => result);
