// Functions of units: f(t) = <slopes(t), t> / degree of the products t = weight * value of a unit, slopes(t) the derivatives of f by t.
// `kink`: the least and the largest derivative at 0. `isRough`: f at absolute values does not bound how rounding errors of t grow.
import { must } from "./rules.mjs";

export const total = { degree: 1, slopes: (t) => t.map(() => 1) };
export const mean = { degree: 1, slopes: (t) => t.map(() => 1 / t.length) };
/** The first of the largest products. */
export const maximum = { degree: 1, isRough: true, slopes: (t) => t.map((_, k) => Number(k === t.indexOf(Math.max(...t)))) };

const sides = (below, above) => ({
  degree: 1,
  slopes: ([h]) => [h > 0 ? above : below],
  kink: below === above ? undefined : [Math.min(below, above), Math.max(below, above)],
  isRough: below > 1,
});

function leakyRelu(slope) {
  must(slope > 0, `the slope of leakyRelu is ${slope}`);
  return sides(slope, 1);
}

function reluPower(r) {
  must(Number.isInteger(2 * r) && r >= 1, `the power of reluPower is ${r}`);
  if (r === 1) return sides(0, 1);
  return { degree: r, slopes: ([h]) => [r * Math.max(h, 0) ** (r - 1)], isRough: !Number.isInteger(r) };
}

const plain = { identity: total, relu: sides(0, 1), abs: sides(-1, 1) };
const families = { leakyRelu, reluPower };

/** The function of an activation as definitions write it: a name, or { name: parameter }. */
export function activationOf(entry) {
  if (typeof entry === "string" && Object.hasOwn(plain, entry)) return plain[entry];
  const [[name, parameter]] = typeof entry === "string" ? [[entry]] : Object.entries(entry);
  must(Object.hasOwn(families, name) && Object.keys(entry).length === 1, `the layer ${name} is not known`);
  return families[name](parameter);
}
