// Convolutions: WASM against the plain JavaScript twin and against the micro-kernel on panels in the first-level cache.
// node bench/kernel/convolution.mjs [--json] [--only=<case>]
import { readFile } from "node:fs/promises";
import { ArenaPlan, binaryUrl, conv2dOutputs, conv2dScratchBytes, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { interleave, median, pairedRatio } from "./measure.mjs";
import { generator } from "./operands.mjs";
import { loadPeak, peakFlop } from "./peak.mjs";
import { report } from "./report.mjs";

const first = { n: 100, channels: 1, height: 28, width: 28, filters: 8, size: 5, stride: 1, padding: 0 };
const second = { n: 100, channels: 8, height: 24, width: 24, filters: 16, size: 5, stride: 1, padding: 0 };
const padded = { n: 20, channels: 32, height: 14, width: 14, filters: 32, size: 3, stride: 1, padding: 1 };
const strided = { ...padded, height: 28, width: 28, stride: 2 };
const deep = { n: 4, channels: 128, height: 8, width: 8, filters: 128, size: 3, stride: 1, padding: 1 };

const layers = {
  "1 -> 8, 5x5, 28x28": first,
  "8 -> 16, 5x5, 24x24": second,
  "32, 3x3, 14x14": padded,
  "32, 3x3 / 2, 28x28": strided,
  "128, 3x3, 8x8": deep,
};
const kernels = {
  forward: (k, p, sizes) => k.conv2dForward(p.x, p.w, p.z, ...sizes),
  "input gradient": (k, p, sizes) => k.conv2dInputGradient(p.z, p.w, p.x, ...sizes),
  "weight gradient": (k, p, sizes) => k.conv2dWeightGradient(p.x, p.z, 0, p.w, ...sizes),
};
const cases = Object.entries(layers).flatMap(([layer, shape]) =>
  Object.entries(kernels).map(([kernel, run]) => ({ name: `${kernel} ${layer}`, shape, run })),
);

const factory = await loadKernels(await readFile(binaryUrl()));
const peak = await loadPeak();

function side(create, shape, run) {
  const { n, channels, height, width, filters, size, stride, padding } = shape;
  const { rows, columns } = conv2dOutputs(shape);
  const lengths = [n * channels * height * width, filters * channels * size * size, n * filters * rows * columns];
  const plan = new ArenaPlan().scratch(conv2dScratchBytes(shape));
  for (const length of lengths) plan.span(length);
  const arena = plan.allocate(create);
  const scratch = arena.scratch(conv2dScratchBytes(shape));
  const [x, w, z] = lengths.map((length) => arena.span(length));
  const random = generator(1);
  for (const { view } of [x, w, z]) for (let i = 0; i < view.length; i += 1) view[i] = random() - 0.5;
  const sizes = [n, channels, height, width, filters, size, stride, padding, scratch];
  return { call: () => run(arena.kernels, { x: x.ptr, w: w.ptr, z: z.ptr }, sizes), flop: 2 * z.view.length * channels * size * size };
}

report("convolution", cases, ({ shape, run }) => {
  const [wasm, twin] = [side(factory, shape, run), side(referenceKernels, shape, run)];
  const seconds = interleave({ wasm: wasm.call, twin: twin.call, peak });
  return {
    milliseconds: 1e3 * median(seconds.wasm),
    gigaflops: wasm.flop / median(seconds.wasm) / 1e9,
    shareOfPeak: (pairedRatio(seconds.peak, seconds.wasm) * wasm.flop) / peakFlop,
    overTwin: pairedRatio(seconds.twin, seconds.wasm),
  };
});
