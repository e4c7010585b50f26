// One step, aim and move, of every optimiser on a 256 x 390 matrix and a row of 256: WASM against the twin and, where python3 has torch, against torch.optim.
// node bench/optimizers/step.mjs [--json] [--only=<case>]
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildOptimizer, optimizers } from "@steepest/experiments";
import { ArenaPlan, binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { interleave, median, pairedRatio } from "../kernel/measure.mjs";
import { generator } from "../kernel/operands.mjs";
import { benchmarkOptions, report } from "../kernel/report.mjs";
import { startPython } from "../python.mjs";

const sizes = [
  [256, 390],
  [1, 256],
];
const samples = 5;

const steepest = (norm, rest = {}) => ({ kind: "steepest", norm, normalized: true, ...rest });

const exactMuon = { momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" };
const someAdam = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };

/** Optimisers as in definitions, each with its counterpart in torch if there is one. */
const cases = [
  { name: "steepest l2", choice: { ...steepest("l2"), normalized: false }, torch: ["SGD", {}] },
  { name: "steepest linf", choice: steepest("linf", { smoothing: "none" }) },
  { name: "steepest l1", choice: steepest("l1", { smoothing: "none" }) },
  { name: "steepest spectral", choice: steepest("spectral"), torch: ["spectral", {}] },
  {
    name: "heavyBall",
    choice: { kind: "heavyBall", momentum: 0.9, nesterov: false },
    torch: ["SGD", { momentum: 0.9 }],
  },
  {
    name: "nesterov",
    choice: { kind: "heavyBall", momentum: 0.9, nesterov: true },
    torch: ["SGD", { momentum: 0.9, nesterov: true }],
  },
  { name: "momentum linf", choice: { kind: "momentum", norm: "linf", momentum: 0.9, nesterov: false } },
  { name: "signum", choice: { kind: "signum", momentum: 0.9 } },
  { name: "lion", choice: { kind: "lion", beta1: 0.9, beta2: 0.99, decay: 0.01 } },
  { name: "muon", choice: { kind: "muon", ...exactMuon } },
  { name: "muon Newton-Schulz", choice: { kind: "muon", ...exactMuon, orthogonalization: "newtonSchulz" }, torch: ["muon", {}] },
  { name: "muonSignum", choice: { kind: "muonSignum", muon: exactMuon, signum: { momentum: 0.9 }, rowScale: 1 } },
  { name: "muonAdam", choice: { kind: "muonAdam", muon: exactMuon, adam: someAdam, rowScale: 1 } },
  { name: "scion colMax", choice: { kind: "scion", norm: "colMax", momentum: 0.9 } },
  {
    name: "PRGD",
    choice: { kind: "progressiveRescaling", optimizer: { kind: "steepest", norm: "l2", normalized: false }, period: 10, growth: 1.2 },
  },
  {
    name: "adamW",
    choice: { kind: "adamW", ...someAdam, decay: 0.01 },
    torch: ["AdamW", { betas: [0.9, 0.99], eps: 1e-8, weight_decay: 0.01 }],
  },
  { name: "adam", choice: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, torch: ["Adam", { betas: [0.9, 0.99], eps: 1e-8 }] },
  {
    name: "rmsProp",
    choice: { kind: "rmsProp", decay: 0.99, epsilon: 1e-8, momentum: 0 },
    torch: ["RMSprop", { alpha: 0.99, eps: 1e-8 }],
  },
  {
    name: "rmsProp momentum",
    choice: { kind: "rmsProp", decay: 0.99, epsilon: 1e-8, momentum: 0.9 },
    torch: ["RMSprop", { alpha: 0.99, eps: 1e-8, momentum: 0.9 }],
  },
  { name: "adaGrad", choice: { kind: "adaGrad", epsilon: 1e-10 }, torch: ["Adagrad", { eps: 1e-10 }] },
  {
    name: "shampoo",
    choice: { kind: "shampoo", exponent: "quarter", accumulate: true, epsilon: 1e-4 },
    torch: ["shampoo", { eps: 1e-4 }],
  },
  { name: "mirrorDescent quadratic", choice: { kind: "mirrorDescent", potential: { kind: "quadratic" } }, torch: ["SGD", {}] },
  { name: "mirrorDescent power 3", choice: { kind: "mirrorDescent", potential: { kind: "power", p: 3 } } },
  { name: "mirrorDescent entropy", choice: { kind: "mirrorDescent", potential: { kind: "hyperbolicEntropy", beta: 0.1 } } },
];

const missing = Object.keys(optimizers).filter((kind) => !cases.some(({ choice }) => choice.kind === kind));
if (missing.length > 0) throw new Error(`optimizers: no case for ${missing.join(", ")}`);

function shapeOf() {
  let length = 0;
  const blocks = sizes.map(([rows, columns]) => {
    const block = { offset: length, rows, columns };
    length += rows * columns;
    return block;
  });
  return { length, blocks };
}

/** One step on a fixed gradient, in the memory of one side. */
function side(factory, choice) {
  const optimizer = buildOptimizer(choice);
  const shape = shapeOf();
  const plan = new ArenaPlan().span(shape.length).span(shape.length).span(shape.length);
  optimizer.plan(plan, shape);
  const arena = plan.allocate(factory);
  const [theta, ghat, direction] = [0, 1, 2].map(() => arena.span(shape.length));
  const random = generator(1);
  for (let i = 0; i < shape.length; i += 1) {
    theta.view[i] = 2 * random() - 1;
    ghat.view[i] = random() - 0.5;
  }
  const { aim, move } = optimizer.bind({ kernels: arena.kernels, arena, shape, theta, ghat, direction });
  return () => {
    aim(-3);
    move({ size: 1e-6, logScale: 0 });
  };
}

/** Ours and torch's in turn: their times drift together, so only the ratios within a pair count. */
async function againstTorch(peer, step, [optimizer, options]) {
  peer.tell(`case ${JSON.stringify({ sizes, optimizer, options })}`);
  const { step: once } = interleave({ step }, 1);
  const calls = Math.max(1, Math.ceil(0.02 / once[0]));
  const ours = [];
  const theirs = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const start = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) step();
    const { user, system } = process.cpuUsage(start);
    ours.push((user + system) / 1e6 / calls);
    theirs.push(await peer.seconds(calls));
  }
  return { torchMicroseconds: 1e6 * median(theirs), overTorchTime: pairedRatio(ours, theirs) };
}

const factory = await loadKernels(await readFile(binaryUrl()));
const peer = await startPython("torch", fileURLToPath(new URL("torch_optim.py", import.meta.url)));
const { only } = benchmarkOptions();
const comparisons = new Map();
for (const { name, choice, torch } of cases) {
  if (peer === undefined || torch === undefined || (only !== undefined && name !== only)) continue;
  comparisons.set(name, await againstTorch(peer, side(factory, choice), torch));
}
peer?.stop();

report("optimizers", cases, ({ name, choice }) => {
  const seconds = interleave({ wasm: side(factory, choice), twin: side(referenceKernels, choice) }, samples);
  return { microseconds: 1e6 * median(seconds.wasm), overTwin: pairedRatio(seconds.twin, seconds.wasm), ...comparisons.get(name) };
});
