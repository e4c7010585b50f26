// Times steps of gradient descent on the small CNN in TensorFlow.js on its WASM backend, float32, one thread, in CPU seconds per step; prints "ready" first. Lines as in torch_cnn.py,
// but "case JSON" also has "inputGradient".
//
// The backend has no kernel for the gradient of a convolution by its filters (Conv2DBackpropFilter), so that none of its own optimisers trains a CNN on it: here it
// is a convolution of transposed tensors, which its fastest kernel computes. For the gradient by the inputs there are two ways: "kernel", Conv2DBackpropInput, which
// its automatic differentiation takes, and "convolution", of the padded gradient with turned filters, which nobody gets without writing it.
import { createInterface } from "node:readline";
import { requirePeer } from "./tfjs.mjs";

const tf = requirePeer("@tensorflow/tfjs-core");
const wasm = requirePeer("@tensorflow/tfjs-backend-wasm");
wasm.setThreadsCount(1);
wasm.setWasmPaths(requirePeer.resolve("@tensorflow/tfjs-backend-wasm/package.json").replace("package.json", "dist/"));
await tf.setBackend("wasm");
await tf.ready();

const correlate = (x, w) => tf.conv2d(x, w, 1, "valid");

function filterGradient(x, dz) {
  const correlated = correlate(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dz, [1, 2, 0, 3]));
  return tf.transpose(correlated, [1, 2, 0, 3]);
}

const inputGradients = {
  kernel: (dz, w, [n, height, width, channels]) =>
    tf
      .engine()
      .runKernel(
        "Conv2DBackpropInput",
        { dy: dz, filter: w },
        { inputShape: [n, height, width, channels], strides: 1, pad: "valid", dataFormat: "NHWC" },
      ),
  convolution: (dz, w) => {
    const around = [w.shape[0] - 1, w.shape[0] - 1];
    const turned = tf.transpose(tf.reverse(w, [0, 1]), [0, 1, 3, 2]);
    return correlate(tf.pad(dz, [[0, 0], around, around, [0, 0]]), turned);
  },
};

/** The network's tensors: channels last, as this backend wants them. */
function tensorsOf({ x, labels, w1, w2, w3 }) {
  const channelsLast = (values, shape) => tf.tidy(() => tf.transpose(tf.tensor(values, shape), [2, 3, 1, 0]));
  return {
    x: tf.tensor(x, [labels.length, 28, 28, 1]),
    labels: tf.tensor(labels, [labels.length, 1]),
    w1: channelsLast(w1, [8, 1, 5, 5]),
    w2: channelsLast(w2, [16, 8, 5, 5]),
    w3: tf.tidy(() => tf.reshape(tf.transpose(tf.tensor(w3, [16, 20, 20]), [1, 2, 0]), [6400, 1])),
  };
}

function step({ x, labels, w1, w2, w3 }, inputGradient) {
  return tf.tidy(() => {
    const z1 = correlate(x, w1);
    const a1 = tf.relu(z1);
    const z2 = correlate(a1, w2);
    const a2 = tf.relu(z2);
    const flat = tf.reshape(a2, [labels.shape[0], 6400]);
    const margins = tf.mul(labels, tf.matMul(flat, w3));
    const risk = tf.sum(tf.log1p(tf.exp(tf.neg(margins))));
    const ds = tf.neg(tf.mul(labels, tf.sigmoid(tf.neg(margins))));
    const dw3 = tf.matMul(flat, ds, true, false);
    const d2 = tf.mul(tf.reshape(tf.matMul(ds, w3, false, true), z2.shape), tf.step(z2));
    const dw2 = filterGradient(a1, d2);
    const d1 = tf.mul(inputGradient(d2, w2, a1.shape), tf.step(z1));
    return [risk, filterGradient(x, d1), dw2, dw3];
  });
}

function descend() {
  const [risk, ...gradients] = step(tensors, inputGradient);
  for (const [i, gradient] of gradients.entries()) {
    const w = tensors[`w${i + 1}`];
    tensors[`w${i + 1}`] = tf.tidy(() => tf.sub(w, tf.mul(size, gradient)));
    tf.dispose([w, gradient]);
  }
  risk.dispose();
}

console.log(`ready ${tf.version_core}`);
let tensors;
let inputGradient;
let size;
for await (const line of createInterface({ input: process.stdin })) {
  const [word, rest] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
  if (word === "case") {
    const { inputGradient: name, stepSize, ...values } = JSON.parse(rest);
    size = tf.scalar(stepSize);
    inputGradient = inputGradients[name];
    tensors = tensorsOf(values);
    const [risk, ...gradients] = step(tensors, inputGradient).map((tensor) => tensor.dataSync());
    const length = (values) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    console.log(JSON.stringify([Math.log(risk[0]), ...gradients.map((values) => length(values) / risk[0])]));
  } else {
    const steps = Number(rest);
    const start = process.cpuUsage();
    for (let i = 0; i < steps; i += 1) descend();
    const { user, system } = process.cpuUsage(start);
    console.log((user + system) / 1e6 / steps);
  }
}
