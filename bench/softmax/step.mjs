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

const kernels = await loadKernels(await readFile(binaryUrl()));
const sides = [
  { looks: true, note: "" },
  { looks: false, note: ", never looking" },
];
for (const side of sides) {
  side.run = await online(kernels, side);
  side.torch = await against(startPython("torch", fileURLToPath(new URL("torch_softmax.py", import.meta.url))), {
    values: side.run.given,
    figures: side.run.figures,
    tolerance: 1e-12,
    step: side.run.step,
  });
}
// Last, since kernels of two kinds in one process make every call of a kernel slower.
const peak = await loadPeak();
for (const side of sides) {
  const twin = await online(referenceKernels, side);
  side.seconds = interleave({ wasm: side.run.step, twin: twin.step, peak }, 5);
}
const cases = sides.flatMap(({ looks, note, seconds: { wasm, twin, peak }, torch }) => [
  {
    name: `steepest${note}`,
    result: {
      milliseconds: 1e3 * median(wasm),
      peakGigaflops: peakFlop / median(peak) / 1e9,
      shareOfPeak: (pairedRatio(peak, wasm) * stepFlop(looks)) / peakFlop,
    },
  },
  { name: `twin${note}`, result: { milliseconds: 1e3 * median(twin), overPeer: pairedRatio(twin, wasm) } },
  ...(torch === undefined ? [] : [{ name: `torch${note}`, result: torch }]),
]);
report("softmax", cases, ({ result }) => result);
