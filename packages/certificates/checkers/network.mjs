// A network of a definition as units in the order of computation: each a function (activations.mjs) of its products of weights and values.
// Weight 0 is the number 1, those of the file follow; values 0 and 1 are the numbers 0 and 1, inputs and units follow.
import { dot, list, must } from "./rules.mjs";
import { after } from "./units.mjs";

function perceptron({ hidden, activation, frozenLayers = [] }, last) {
  const dense = [...hidden.map((units) => ({ kind: "dense", units })), last];
  return dense.flatMap((layer, l) => [...(l > 0 ? [activation] : []), { ...layer, frozen: frozenLayers.includes(l) }]);
}

/** Every kind of network that is known: its members in definitions, and its layers, of which the last gives the scores. */
const kinds = {
  mlp: { members: ["hidden", "activation", "frozenLayers"], entries: perceptron },
  linear: { members: ["bias"], entries: ({ bias = false }, last) => [{ ...last, bias }] },
  layers: { members: ["layers", "image"], entries: (members, last) => [...members.layers, last] },
};

/** The network: its units, blocks of weights and kinks; degrees of the scores; and the factors and roundings that they pass. */
export function networkOf({ kind, ...members }, inputDim, scores) {
  must(Object.hasOwn(kinds, kind), `the network ${kind} is not known`);
  for (const name of Object.keys(members)) must(kinds[kind].members.includes(name), `the member ${name} of ${kind} is not known`);
  const { channels, height, width } = members.image ?? { channels: inputDim, height: 1, width: 1 };
  must([channels, height, width].every(Number.isInteger), "an image has no integer sides, or inputDim is none");
  must(channels * height * width === inputDim, `images of ${channels} x ${height} x ${width} do not have ${inputDim} entries`);
  const network = { units: [], blocks: [], kinks: [], nextValue: 2 + inputDim, nextWeight: 1 };
  const values = list(inputDim, (j) => 2 + j);
  const start = { shape: [channels, height, width], values, degree: 0, inputDegree: 1, factors: 1, roundings: 0 };
  const entries = kinds[kind].entries(members, { kind: "dense", units: scores });
  const { degree, inputDegree, factors, roundings } = entries.reduce((place, entry) => after(network, place, entry), start);
  const { units, blocks, kinks, nextWeight } = network;
  const isRough = units.some(({ rule }) => rule.isRough);
  return { units, blocks, kinks, weightCount: nextWeight - 1, degree, inputDegree, factors, roundings, isRough };
}

/** The values of all units: f(t) of the products t = weight * value, plus what covers underflow. */
export function valuesOf({ units }, weights, input, faint = 0) {
  const values = [0, 1, ...input];
  for (const unit of units) {
    const products = productsOf(unit, weights, values);
    values.push(dot(unit.rule.slopes(products), products) / unit.rule.degree + faint);
  }
  return values;
}

const productsOf = (unit, weights, values) => unit.values.map((v, k) => weights[unit.weights[k]] * values[v]);

/** The gradient of <seeds, scores> in all weights; `slopes`: derivatives that are chosen at kinks, by the key of the unit. */
export function gradientOf({ units }, weights, values, seeds, slopes = {}) {
  const [delta, gradient] = [values.map(() => 0), weights.map(() => 0)];
  seeds.forEach((seed, k) => {
    delta[delta.length - seeds.length + k] = seed;
  });
  for (let u = units.length - 1; u >= 0; u--) {
    const unit = units[u];
    const own = delta[delta.length - units.length + u];
    const derivatives = unit.key in slopes ? [slopes[unit.key]] : unit.rule.slopes(productsOf(unit, weights, values));
    derivatives.forEach((derivative, k) => {
      const [w, v] = [unit.weights[k], unit.values[k]];
      gradient[w] += own * derivative * values[v];
      delta[v] += own * derivative * weights[w];
    });
  }
  return gradient;
}

/** Units at their kinks: |h| is at most a share of `most`, what their inputs h would be of absolute values. */
export function nearKinks({ units }, values, most, share) {
  return units.filter(({ layer, values: [h] }) => layer !== undefined && Math.abs(values[h]) <= share * most[h]);
}
