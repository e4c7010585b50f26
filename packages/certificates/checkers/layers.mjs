// Layers: what each makes of a place { shape: [channels, height, width], values: a number for every value, channel by channel, by rows }.
// It is `reads`, the values that a unit reads, for each unit of a row of weights; `rows` of weights (none: they are all 1); and `rule`,
// the function of a unit, by default the total of its products.
import { activationOf, maximum, mean } from "./activations.mjs";
import { list, must } from "./rules.mjs";
import { pooled, windowsOf } from "./windows.mjs";

/** Neighbouring values, `length` at a time. */
const cut = (values, length) => list(values.length / length, (k) => values.slice(k * length, (k + 1) * length));

const dense = ({ values }, { units }) => ({ shape: [units, 1, 1], reads: [values], rows: units });
/** One row with a weight per value: its unit k has the k-th. */
const diagonal = ({ shape, values }) => ({ shape, reads: cut(values, 1), rows: 1, isDiagonal: true });

function conv2d(place, { channels, size, stride = 1, padding = 0 }) {
  const { shape, windows } = windowsOf(place, { size, stride, padding });
  const reads = windows[0].map((_, at) => windows.flatMap((ofChannel) => ofChannel[at]));
  return { shape: [channels, ...shape.slice(1)], reads, rows: channels };
}

const flatten = ({ values }) => ({ shape: [values.length, 1, 1], reads: cut(values, 1) });
const maxPool = (place, window) => pooled(place, window, maximum);
const averagePool = (place, window) => pooled(place, window, mean);

function globalPool({ shape: [channels], values }, { of }) {
  must(of === "max" || of === "average", `globalPool of ${of} is not known`);
  return { shape: [channels, 1, 1], reads: cut(values, values.length / channels), rule: of === "max" ? maximum : mean };
}

const maxout = ({ values }, { pieces }) => ({ shape: [values.length / pieces, 1, 1], reads: cut(values, pieces), rule: maximum });

/** The sum of branches whose last places are `ends`. */
function branches(_place, _options, ends) {
  must(
    ends.every(({ shape }) => `${shape}` === `${ends[0].shape}`),
    "branches end in different shapes",
  );
  return { shape: ends[0].shape, reads: ends[0].values.map((_, k) => ends.map(({ values }) => values[k])) };
}

const ofWeights = ["bias", "frozen", "weights"];

/** Every layer that is known, by its name in definitions: its options, and what it makes of a place. */
const layers = {
  dense: { options: ["units", ...ofWeights], make: dense },
  diagonal: { options: ofWeights, make: diagonal },
  conv2d: { options: ["channels", "size", "stride", "padding", ...ofWeights], make: conv2d },
  flatten: { options: [], make: flatten },
  maxPool: { options: ["size", "stride"], make: maxPool },
  averagePool: { options: ["size", "stride"], make: averagePool },
  globalPool: { options: ["of"], make: globalPool },
  maxout: { options: ["pieces"], make: maxout },
  branches: { options: ["sum"], make: branches },
};

/** The least of every option that counts. */
const least = { units: 1, channels: 1, size: 1, stride: 1, pieces: 1, padding: 0 };

/** The layer or activation that an entry of a definition makes of a place; `ends`: the last places of its branches. */
export function layerAt(place, entry, ends) {
  if (!Object.hasOwn(entry, "kind")) {
    return { shape: place.shape, reads: place.values.map((value) => [value]), rule: activationOf(entry) };
  }
  const { kind, ...options } = entry;
  must(Object.hasOwn(layers, kind), `the layer ${kind} is not known`);
  for (const [name, value] of Object.entries(options)) {
    must(layers[kind].options.includes(name), `the option ${name} of ${kind} is not known`);
    must(!Object.hasOwn(least, name) || (Number.isInteger(value) && value >= least[name]), `${name} of ${kind} is ${value}`);
  }
  const layer = layers[kind].make(place, options, ends);
  must(
    layer.shape.every((side) => Number.isInteger(side) && side > 0),
    `the shape after ${kind} is ${layer.shape}`,
  );
  return layer;
}
