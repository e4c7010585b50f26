// One training step at the size of figure 2 (100 images, 784-128-1, logistic loss), on one host: node bench/step/figure.mjs --host=wasm|twin
// Prints one JSON document: CPU microseconds per step of each optimiser, the median of samples of 50 steps after a warm-up.
import { adam, constant, losses, mlp, norms, steepestDescent, Training } from "@steepest/core";
import { hostFromArguments, numberFromArguments } from "../host.mjs";
import { images } from "../images.mjs";

const optimizers = {
  gradient: steepestDescent({ norm: norms.l2, normalized: false }),
  sign: steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" }),
  coordinate: steepestDescent({ norm: norms.l1, normalized: true, smoothing: "none" }),
  adam: adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }),
};

const kernels = await hostFromArguments();
const samples = numberFromArguments("samples", 9);
const stepsPerSample = 50;
const data = images(100);
const microseconds = {};
for (const [name, optimizer] of Object.entries(optimizers)) {
  const training = new Training(
    {
      network: mlp({ widths: [data.inputDim, 128, 1], activation: "relu" }),
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
