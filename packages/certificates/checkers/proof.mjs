// What the multipliers of an entry prove, the combination z of gradients with an upper end of D*, and its direction v, a lower end.
import { absolute, around, dot, largest, must, sum, unit } from "./rules.mjs";

/** z = sum of lambda * gradient, lambda the multipliers divided by their sum; bounds of its errors; [lower, upper] of sum of lambda * q. */
export function combination({ kinks, support }, { network, constraints, theta }) {
  const [z, error, margin] = [theta.map(() => 0), theta.map(() => 0), [0, 0]];
  must(support.length > 0, "there are no multipliers");
  const total = sum(support.map(({ multiplier }) => multiplier));
  for (const { sample, other, multiplier, slopes = [] } of support) {
    const constraint = constraints.find((one) => one.sample === sample && one.other === other);
    must(constraint, `there is no constraint of sample ${sample} and class ${other}`);
    must(Number.isFinite(multiplier) && multiplier > 0, `the multiplier ${multiplier} of sample ${sample} is not positive`);
    const near = constraint.near(kinks);
    for (const [layer, at, slope, ...more] of slopes) {
      must(more.length === 0 && Number.isInteger(layer) && Number.isInteger(at), `${layer}, ${at} is not the number of a unit`);
      must(
        near.some(({ key }) => key === `${layer},${at}`),
        `unit ${at} of layer ${layer} is not at its kink in sample ${sample}`,
      );
      const [least, most] = network.kinks[layer];
      must(Number.isFinite(slope) && least <= slope && slope <= most, `${slope} is not a derivative at the kink of layer ${layer}`);
    }
    const lambda = multiplier / total;
    const gradient = constraint.gradient(Object.fromEntries(slopes.map(([layer, at, slope]) => [`${layer},${at}`, slope])));
    const errors = constraint.errors();
    gradient.forEach((entry, j) => {
      z[j] += lambda * entry;
      error[j] += lambda * (errors[j] + (support.length + 8) * unit * Math.abs(entry));
    });
    constraint.q.forEach((end, k) => {
      margin[k] += lambda * end;
    });
  }
  return { z, error, margin };
}

/** The direction v, its largest entry 1. */
export function directionOf({ from, entries }, z, { theta, norm, certificate }) {
  const length = norm.dual(z) || 1;
  const ascent = () => z.map((entry) => Math.sign(entry) * (Math.abs(entry) / length) ** norm.power);
  must(from !== "combination" || norm.power !== undefined, `no combination is the direction in ${certificate.norm}`);
  const bases = { theta: () => theta, zero: () => theta.map(() => 0), combination: ascent };
  must(Object.hasOwn(bases, from), `the direction from ${from} is not known`);
  const v = [...bases[from]()];
  for (const [j, value, ...more] of entries) {
    const isEntry = more.length === 0 && Number.isInteger(j) && j >= 0 && j < v.length && Number.isFinite(value);
    must(isEntry, `the direction has no entry ${j} of ${value}`);
    v[j] = value;
  }
  const most = largest(v) || 1;
  return v.map((entry) => entry / most);
}

/** A lower end of D*: the least that a margin grows by along v, for every derivative at kinks; NaN where kinks are of several layers. */
export function provenBy(v, kinks, { network, norm, constraints }) {
  const growths = constraints.map((constraint) => {
    const near = constraint.near(kinks * (1 + 2 ** -30)); // those too of which rounding decides whether they are within
    if (new Set(near.map(({ layer }) => layer)).size > 1) return Number.NaN;
    const growth = (slopes) => dot(constraint.gradient(slopes), v);
    const own = growth();
    const changes = near.map(({ key, layer }) => Math.min(...network.kinks[layer].map((slope) => growth({ [key]: slope }))) - own);
    return own + sum(changes) - dot(constraint.errors(), absolute(v));
  });
  return growths.reduce((least, one) => Math.min(least, one), Infinity) / around(norm.norm(v), 0, v.length)[1];
}
