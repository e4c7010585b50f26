// node check-certificate.mjs CERTIFICATE WEIGHTS [DEFINITION]: accepts or rejects it from weights and data alone; rules: docs/certificates.md
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const must = (holds, what) => holds || (console.log(`rejected: ${what}`), process.exit(1));
process.on("uncaughtException", (error) => must(false, error.message));
const [sha, list] = [(...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex"), (n, of) => Array.from({ length: n }, (_, i) => of(i))];
const [sum, top, l1] = [(x) => x.reduce((a, b) => a + b, 0), (x) => x.reduce((a, b) => Math.max(a, Math.abs(b)), 0), (x) => sum(abs(x))];
const [dot, abs, l2] = [(x, y) => x.reduce((a, b, i) => a + b * y[i], 0), (x) => x.map(Math.abs), (x) => Math.sqrt(dot(x, x))];
const within = ([a, b], [low, high], what, slack) => must([a, b].every(Number.isFinite) && a <= low && high <= b && b - a <= high - low + 1e-8 * Math.abs(high) + slack, what);
const [text, weightsText] = process.argv.slice(2, 4).map((path) => readFileSync(path, "utf8"));
must(text.slice(0, 75) === `{"seal":"${sha(`{${text.slice(75, -1)}`)}",` && `${JSON.stringify(JSON.parse(text))}\n` === text, "the seal is not that of the text, or this not canonical");
const [c, file] = [JSON.parse(text), JSON.parse(weightsText)];
must(c.format === "steepest-certificate-1" && file.format === "steepest-weights-1" && c.rounding + JSON.stringify(c.scale) === 'proven{"inputs":0,"weights":0}', "format");
const raw = [file.weights, file.inputs, file.labels].map((base64) => Buffer.from(base64, "base64"));
must(sha(raw[0]) === c.theta && sha(raw[1], raw[2]) === c.data, "other weights or data");
must(!process.argv[4] || sha(readFileSync(process.argv[4], "utf8").trimEnd()) === c.definition, "other definition");
const { kind, hidden = [], activation = "identity", ...others } = c.network;
must(JSON.stringify(c.network) === JSON.stringify(file.network) && /^(mlp|linear)$/.test(kind) && !Object.keys(others).length, "the network");
const [below, above] = { relu: [0, 1], identity: [1, 1], abs: [-1, 1] }[activation] ?? [activation.leakyRelu, 1];
const [theta, x, y] = raw.map((bytes) => list(bytes.length / 8, (i) => bytes.readDoubleLE(8 * i)));
const widths = [file.inputDim, ...hidden, file.classes ?? 1];
const blocks = list(widths.length - 1, (l) => ({ rows: widths[l + 1], columns: widths[l], at: dot(widths.slice(0, l), widths.slice(1)) }));
const [p, depth, unit, gamma] = [theta.length, blocks.length, 2 ** -53, (2 * sum(widths) + 16) * 2 ** -53];
must(Math.max(top(theta), top(x)) ** depth < 2 ** 300 && p === dot(widths.slice(0, -1), widths.slice(1)) && x.length === y.length * widths[0] && c.degree === depth && Math.abs(below) <= 1, "sizes"), must(y.every((v) => (file.classes ? v % 1 === 0 && v >= 0 && v < file.classes : Math.abs(v) === 1)), "labels");
const forward = (w, input, faint = 0) => blocks.reduce((layers, { rows, columns, at }, l) => { // inputs a, outputs h, derivatives s of the next activation
  const a = l === 0 ? input : layers[l - 1].h.map((v, i) => layers[l - 1].s[i] * v), h = list(rows, (i) => dot(a, w.slice(at + i * columns, at + (i + 1) * columns)) + faint);
  return [...layers, { a, h, s: h.map((v) => (v > 0 ? above : below)) }];
}, []);
const gradient = (w, layers, d, l = depth - 1) => { // of <d, h of layer l>
  const delta = (j) => layers[l - 1].s[j] * d.reduce((total, v, i) => total + v * w[blocks[l].at + i * widths[l] + j], 0);
  return [...(l ? gradient(w, layers, list(widths[l], delta), l - 1) : []), ...d.flatMap((v) => layers[l].a.map((b) => v * b))];
};
const singular = (m) => blocks.flatMap(({ rows: n, columns, at }) => { // singular values by one-sided Jacobi rotations
  const q = list(n, (i) => m.slice(at + i * columns, at + (i + 1) * columns));
  for (let k = 0; k < 40 * n * n; k++) {
    const [i, j] = [Math.floor(k / n) % n, k % n];
    const [a, b, d] = i > j ? [dot(q[i], q[i]), dot(q[j], q[j]), dot(q[i], q[j])] : [1, 1, 0];
    const [cos, sin] = Math.abs(d) > 1e-16 * Math.sqrt(a * b) ? [Math.cos, Math.sin].map((of) => of(Math.atan2(2 * d, a - b) / 2)) : [];
    if (cos) [q[i], q[j]] = [q[i].map((v, e) => cos * v + sin * q[j][e]), q[j].map((v, e) => cos * v - sin * q[i][e])];
  }
  return q.map(l2);
});
const [order, lp] = [Number(/^lp\((.*)\)$/.exec(c.norm)?.[1] ?? 2), (e) => (v, m = top(v)) => m && m * sum(v.map((a) => (Math.abs(a) / m) ** e)) ** (1 / e)], [ofSingular, rank] = [(of) => (v, m = top(v)) => m && m * of(singular(v.map((e) => e / m))), Math.sqrt(Math.max(...blocks.map(({ rows, columns }) => Math.min(rows, columns))))];
const [norm, dual, grows = 1] = { l1: [l1, top], l2: [lp(2), lp(2)], linf: [top, l1], spectral: [...[top, sum].map(ofSingular), rank], nuclear: [...[sum, top].map(ofSingular), rank] }[c.norm] ?? (order > 1 && c.norm.startsWith("lp(") ? [lp(order), lp(order / (order - 1))] : must(false, "the norm"));
const rounded = ([low, high]) => (16 * (high - low)) / low; // the share that rounding may take of a stated interval
const around = (v, error = 0) => [v - error, v + error].map((end, k) => end + (k - 0.5) * 8 * (p + 64) * unit * Math.abs(end));
const pairs = list(y.length, (i) => [i, forward(theta, x.slice(i * widths[0], (i + 1) * widths[0]))]).flatMap(([i, run]) => {
  const most = forward(abs(theta), abs(run[0].a), 2 ** -700); // the sums of |products|, a share of which is what may be rounded, faintly above what underflows
  const seeds = file.classes ? list(file.classes, (j) => list(file.classes, (k) => (k === y[i]) - (k === j))).filter(top) : [[y[i]]];
  return seeds.map((d) => ({ i, d, run, most, q: around(dot(d, run.at(-1).h), gamma * dot(abs(d), most.at(-1).h)) }));
});
const gradientOf = ({ run, d }, slopes) => gradient(theta, run.map((layer, l) => ({ ...layer, s: layer.s.map((s, u) => slopes[[l, u]] ?? s) })), d);
const errorOf = ({ most, d }) => gradient(abs(theta), most, abs(d)).map((v) => 2 * gamma * (v + 2 ** -700));
const kinked = ({ run, most }, share) => run.slice(0, -1).flatMap(({ h }, l) => h.flatMap((v, u) => (Math.abs(v) > share * most[l].h[u] || below === above ? [] : [`${l},${u}`])));
const [size, q] = [around(norm(theta)), [0, 1].map((k) => Math.min(...pairs.map((pair) => pair.q[k])))];
must(q[0] > 0 && c.entries.length > 0, "no margin"), within(c.minMargin, q, "minMargin", rounded(q) * q[1]), within(c.size, size, "size", rounded(size) * size[1]);
for (const { kinks, kappa, dualNorm, fenchelYoungGap, slackness, support, direction } of c.entries) {
  const [zero, z, error, margin, changed] = [...list(3, () => theta.map(() => 0)), [0, 0], Object.fromEntries(direction.entries)];
  for (const { sample, other, multiplier, slopes = [] } of support) {
    const pair = pairs.find(({ i, d }) => i === sample && (other === undefined ? d.length === 1 : d[other] === -1));
    must(Number.isFinite(multiplier) && multiplier > 0 && Number.isFinite(kinks) && kinks >= gamma && kinks < 1 && slopes.every(([l, u, s]) => Number.isFinite(s) && below <= s && s <= above && kinked(pair, kinks).includes(`${l},${u}`)), "support");
    const [g, e, share] = [gradientOf(pair, Object.fromEntries(slopes.map(([l, u, s]) => [[l, u], s]))), errorOf(pair), multiplier / sum(support.map((s) => s.multiplier))];
    for (let j = 0; j < p; j++) [z[j], error[j]] = [z[j] + share * g[j], error[j] + share * (e[j] + (support.length + 8) * unit * Math.abs(g[j]))];
    for (const k of [0, 1]) margin[k] += share * pair.q[k];
  }
  const v = { theta, zero, combination: ((length) => z.map((e) => Math.sign(e) * (c.norm === "linf" ? 1 : (Math.abs(e) / length) ** (1 / (order - 1)))))(dual(z) || 1) }[direction.from].map((basis, j) => changed[j] ?? basis).map((e, _, all) => e / (top(all) || 1));
  const proven = Math.min(...pairs.map((pair) => {
    const [near, value] = [kinked(pair, kinks * (1 + 2 ** -30)), (slopes) => dot(gradientOf(pair, slopes), v)];
    const falls = near.map((key) => Math.min(value({ [key]: below }), value({ [key]: above })) - value({}));
    return new Set(near.map((key) => key.split(",")[0])).size > 1 ? Number.NaN : value({}) + sum(falls) - dot(errorOf(pair), abs(v));
  })) / around(norm(v))[1];
  const [d, inner] = [around(dual(z), grows * dual(error)), around(dot(z, theta), dot(error, abs(theta)))];
  const [low, share] = [kappa[1] === null ? d[1] : proven, rounded(q) + rounded(d)]; // null: nothing is stated of the other end
  must(v.every(Number.isFinite) && (kappa[1] !== null || (direction.from === "theta" && !direction.entries.length && !(proven > (share + 1e-8) * d[1]))) && (kappa[1] === null) === (dualNorm[0] === null), "direction");
  within([dualNorm[0] ?? d[1], dualNorm[1]], [low, d[1]], "dualNorm", share * d[1]);
  within([kappa[0], kappa[1] ?? (depth * q[1]) / size[0] / low], [(depth * q[0]) / size[1] / d[1], (depth * q[1]) / size[0] / low], "kappa", (share * depth * q[1]) / size[0] / low);
  within(fenchelYoungGap, [inner[1] / size[0] / d[0], inner[0] / size[1] / d[1]].map((cos) => 1 - Math.min(Math.max(cos, 0), 1) ** 2), "fenchelYoungGap", share + 1e-9), within(slackness, [Math.max(margin[0] / q[1] - 1, 0), margin[1] / q[0] - 1], "slackness", (share * margin[1]) / q[0] + 1e-9);
}
console.log(`accepted: kappa in ${c.entries.map(({ kinks, kappa }) => `[${kappa}] at kinks within ${kinks}`).join(", ")}`);
