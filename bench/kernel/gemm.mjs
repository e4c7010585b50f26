// Dense and sparse layer products: WASM against the plain JavaScript twin and against the micro-kernel on panels in the first-level cache.
// node bench/kernel/gemm.mjs [--json] [--only=<case>]
import { readFile } from "node:fs/promises";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { interleave, median, pairedRatio } from "./measure.mjs";
import { layerOperands } from "./operands.mjs";
import { loadPeak, peakFlop } from "./peak.mjs";
import { report } from "./report.mjs";

const density = 0.19; // MNIST, all ten digits

const cases = [
  { name: "forward 64x64x64", kernel: "denseForward", n: 64, inputs: 64, outputs: 64 },
  { name: "forward 1000x100x50", kernel: "denseForward", n: 1000, inputs: 50, outputs: 100 },
  { name: "forward 2400x256x784", kernel: "denseForward", n: 2400, inputs: 784, outputs: 256 },
  { name: "input gradient 2400x784x256", kernel: "denseInputGradient", n: 2400, inputs: 784, outputs: 256 },
  { name: "weight gradient 256x784x2400", kernel: "denseWeightGradient", n: 2400, inputs: 784, outputs: 256 },
  { name: "figure forward 100x128x784", kernel: "denseForward", n: 100, inputs: 784, outputs: 128 },
  { name: "figure weight gradient 128x784x100", kernel: "denseWeightGradient", n: 100, inputs: 784, outputs: 128 },
  { name: "last layer forward 100x1x128", kernel: "denseForward", n: 100, inputs: 128, outputs: 1 },
  { name: "last layer input gradient 100x128x1", kernel: "denseInputGradient", n: 100, inputs: 128, outputs: 1 },
  { name: "last layer weight gradient 1x128x100", kernel: "denseWeightGradient", n: 100, inputs: 128, outputs: 1 },
  { name: "figure sparse forward", kernel: "sparseForward", n: 100, inputs: 784, outputs: 128, density },
  { name: "figure sparse weight gradient", kernel: "sparseWeightGradient", n: 100, inputs: 784, outputs: 128, density },
  { name: "sparse forward 2400x256x784", kernel: "sparseForward", n: 2400, inputs: 784, outputs: 256, density },
  { name: "sparse weight gradient 256x784x2400", kernel: "sparseWeightGradient", n: 2400, inputs: 784, outputs: 256, density },
];

const calls = {
  denseForward: (k, p, { n, inputs, outputs }) => k.denseForward(p.x, p.w, p.z, n, inputs, outputs, p.scratch),
  denseInputGradient: (k, p, { n, inputs, outputs }) => k.denseInputGradient(p.dz, p.w, p.dx, n, inputs, outputs, p.scratch),
  denseWeightGradient: (k, p, { n, inputs, outputs }) => k.denseWeightGradient(p.x, p.dz, p.dw, n, inputs, outputs, p.scratch),
  sparseForward: (k, p, { n, inputs, outputs }) => k.sparseForward(p.csr, p.w, p.z, n, inputs, outputs, p.scratch),
  sparseWeightGradient: (k, p, { n, inputs, outputs }) => k.sparseWeightGradient(p.csc, p.dz, p.dw, n, inputs, outputs, p.scratch),
};

const factory = await loadKernels(await readFile(binaryUrl()));
const peak = await loadPeak();

function measureCase(shape) {
  const wasm = layerOperands(factory, shape);
  const twin = layerOperands(referenceKernels, shape);
  const run = calls[shape.kernel];
  const sides = {
    wasm: () => run(wasm.kernels, wasm.pointers, shape),
    twin: () => run(twin.kernels, twin.pointers, shape),
    peak,
  };
  const denseCall = calls[shape.kernel.replace("sparse", "dense")];
  if (shape.density !== undefined) sides.dense = () => denseCall(wasm.kernels, wasm.pointers, shape);

  const seconds = interleave(sides);
  const flop = 2 * shape.n * shape.inputs * shape.outputs;
  const work = (flop * wasm.nonzeros) / (shape.n * shape.inputs);
  return {
    milliseconds: 1e3 * median(seconds.wasm),
    gigaflops: work / median(seconds.wasm) / 1e9,
    peakGigaflops: peakFlop / median(seconds.peak) / 1e9,
    shareOfPeak: (pairedRatio(seconds.peak, seconds.wasm) * work) / peakFlop,
    overTwin: pairedRatio(seconds.twin, seconds.wasm),
    ...(seconds.dense && { overDense: pairedRatio(seconds.dense, seconds.wasm) }),
  };
}

report("gemm", cases, measureCase);
