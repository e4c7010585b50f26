// One training step at the size of figure 2 (100 images, 784-128-1, logistic loss), on one host: node bench/step/figure.mjs --host=wasm|twin
// Prints one JSON document: CPU microseconds per step of each optimiser, the median of samples of 50 steps after a warm-up.
import { adam, constant, losses, mlp, norms, steepestDescent, Training } from "@steepest/core";
import { hostFromArguments, numberFromArguments } from "../host.mjs";

const sampleCount = 100;
const inputDim = 784;
const usedColumns = 450; // of these images
const density = 0.33; // within the used columns

/** Sparse inputs like those of the figure, from a small linear congruential generator: the same for both hosts. */
function images() {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const inputs = new Float64Array(sampleCount * inputDim);
  for (let i = 0; i < sampleCount; i++) for (let k = 0; k < usedColumns; k++) if (next() < density) inputs[i * inputDim + k] = next();
  return { inputs, labels: Array.from({ length: sampleCount }, (_, i) => (i % 2 ? 1 : -1)), inputDim };
}

const optimizers = {
  gradient: steepestDescent({ norm: norms.l2, normalized: false }),
  sign: steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" }),
  coordinate: steepestDescent({ norm: norms.l1, normalized: true, smoothing: "none" }),
  adam: adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }),
};

const kernels = await hostFromArguments();
const samples = numberFromArguments("samples", 9);
const stepsPerSample = 50;
const data = images();
const microseconds = {};
for (const [name, optimizer] of Object.entries(optimizers)) {
  const training = new Training(
    {
      network: mlp({ widths: [inputDim, 128, 1], activation: "relu" }),
      data,
      loss: losses.logistic,
      optimizer,
      step: constant({ size: 1e-4 }),
      init: { law: "uniformFanIn", scale: 0.01 },
      seed: 0,
    },
    { kernels },
  );
  const times = [];
  for (let sample = -3; sample < samples; sample++) {
    const before = process.cpuUsage();
    for (let step = 0; step < stepsPerSample; step++) training.advance();
    const { user, system } = process.cpuUsage(before);
    if (sample >= 0) times.push((user + system) / stepsPerSample);
  }
  microseconds[name] = times.sort((a, b) => a - b)[times.length >> 1];
}
console.log(JSON.stringify({ microseconds }));
