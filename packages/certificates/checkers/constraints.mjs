// The constraints q > 0 of the margin problem: their values, gradients and bounds of rounding errors at the scaled weights and inputs.
import { gradientOf, nearKinks, valuesOf } from "./network.mjs";
import { absolute, around, dot, largest, list, must, unit } from "./rules.mjs";

/** Covers what underflows, in values at absolute weights and inputs and in their gradients. */
const faint = 2 ** -700;

/** The seeds by which q = <seeds, scores>, for every constraint of a sample: one for labels -1 and 1, else one per other class. */
function seedsOf(label, classes) {
  if (classes === undefined) {
    must(Math.abs(label) === 1, `the label ${label} is not -1 or 1`);
    return [{ seeds: [label] }];
  }
  must(Number.isInteger(label) && label >= 0 && label < classes, `the label ${label} is not one of ${classes} classes`);
  const others = list(classes, (other) => other).filter((other) => other !== label);
  return others.map((other) => ({ other, seeds: list(classes, (k) => Number(k === label) - Number(k === other)) }));
}

/** The weights and inputs that everything is computed at: multiplied by powers of two, weights by theirs where they are trained. */
export function scaledPoint(network, file, scale) {
  const { blocks, weightCount, factors, inputDegree } = network;
  must(file.weights.length === weightCount, `there are ${file.weights.length} weights, the network has ${weightCount}`);
  must(file.inputs.length === file.labels.length * file.inputDim, "inputs and labels are not of as many samples");
  must(Number.isInteger(scale.weights) && Number.isInteger(scale.inputs), "the scale is not of integers");
  must(scale.inputs === 0 || inputDegree > 0, "inputs are scaled, in which the network is not homogeneous");
  const trained = blocks.filter(({ frozen }) => !frozen).flatMap(({ first, rows, columns }) => list(rows * columns, (j) => first + j));
  const weights = [1, ...file.weights];
  for (const j of trained) weights[j] *= 2 ** scale.weights;
  const inputs = file.inputs.map((entry) => entry * 2 ** scale.inputs);
  const most = Math.max(largest(weights), largest(inputs));
  must(most ** (factors - 1) < 2 ** 300, `weights or inputs of ${most} are too large`);
  return { weights, inputs, trained, theta: trained.map((j) => weights[j]) };
}

/** A bound of rounding: values, and entries of gradients, move by at most this share of what they are at absolute weights and inputs. */
export function gammaOf({ isRough, roundings, units }) {
  return isRough ? 2 ** -40 : (2 * roundings + units.length) * unit;
}

/** Every constraint: [lower, upper] of q, its gradient by chosen slopes and bounds of its errors in theta, and its units near kinks. */
export function constraintsOf(network, { weights, inputs, trained }, { labels, inputDim, classes }) {
  const gamma = gammaOf(network);
  const inTheta = (gradient) => trained.map((j) => gradient[j]);
  return [...labels].flatMap((label, sample) => {
    const input = inputs.slice(sample * inputDim, (sample + 1) * inputDim);
    const values = valuesOf(network, weights, input);
    const most = valuesOf(network, absolute(weights), absolute(input), faint);
    const near = (share) => nearKinks(network, values, most, share);
    return seedsOf(label, classes).map(({ other, seeds }) => {
      const error = gamma * dot(absolute(seeds), most.slice(-seeds.length));
      const q = around(dot(seeds, values.slice(-seeds.length)), error, trained.length);
      const gradient = (slopes) => inTheta(gradientOf(network, weights, values, seeds, slopes));
      const proven = () => inTheta(gradientOf(network, absolute(weights), most, absolute(seeds))).map((v) => 2 * gamma * (v + faint));
      const estimated = () => new Array(trained.length).fill(gamma * largest(gradient()));
      return { sample, other, q, gradient, errors: network.isRough ? estimated : proven, near };
    });
  });
}
