// Activations over the hidden units of one step: WASM against the plain JavaScript twin.
// node bench/kernel/activation.mjs [--json] [--only=<case>]
import { readFile } from "node:fs/promises";
import { ArenaPlan, binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { interleave, median, pairedRatio } from "./measure.mjs";
import { generator } from "./operands.mjs";
import { report } from "./report.mjs";

const length = 100 * 128; // samples times hidden units of the figure

const cases = [
  { name: "reluForward", call: (k, { z, a }) => k.reluForward(z, a, length) },
  { name: "reluBackward", call: (k, { z, da, a }) => k.reluBackward(z, da, a, length) },
  { name: "leakyReluForward", call: (k, { z, a }) => k.leakyReluForward(z, a, length, 0.01) },
  { name: "leakyReluBackward", call: (k, { z, da, a }) => k.leakyReluBackward(z, da, a, length, 0.01) },
  { name: "reluPowerForward 3/2", call: (k, { z, a }) => k.reluPowerForward(z, a, length, 3) },
  { name: "reluPowerBackward 2", call: (k, { z, da, a }) => k.reluPowerBackward(z, da, a, length, 4) },
  ...["silu", "gelu", "softplus", "tanh", "elu"].flatMap((name) => [
    { name: `${name}Forward`, call: (k, { z, a }) => k[`${name}Forward`](z, a, length, 1) },
    { name: `${name}Backward`, call: (k, { z, da, a }) => k[`${name}Backward`](z, da, a, length, 1) },
  ]),
];

const factory = await loadKernels(await readFile(binaryUrl()));

function side(create) {
  const arena = new ArenaPlan().span(length).span(length).span(length).allocate(create);
  const [z, da, a] = [arena.span(length), arena.span(length), arena.span(length)];
  const random = generator(1);
  for (const { view } of [z, da]) for (let i = 0; i < length; i += 1) view[i] = random() - 0.5;
  return { kernels: arena.kernels, pointers: { z: z.ptr, da: da.ptr, a: a.ptr } };
}

report("activation", cases, ({ call }) => {
  const [wasm, twin] = [side(factory), side(referenceKernels)];
  const seconds = interleave({ wasm: () => call(wasm.kernels, wasm.pointers), twin: () => call(twin.kernels, twin.pointers) });
  return { nanosecondsPerElement: (1e9 * median(seconds.wasm)) / length, overTwin: pairedRatio(seconds.twin, seconds.wasm) };
});
