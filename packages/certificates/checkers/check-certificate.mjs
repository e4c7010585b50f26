// node check-certificate.mjs CERTIFICATE WEIGHTS [DEFINITION]: accepts or rejects it from weights and data alone; rules: docs/certificates.md
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const must = (holds, what) => holds || (console.log(`rejected: ${what}`), process.exit(1)); process.on("uncaughtException", (error) => must(false, error.message));
const [sha, list] = [(...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex"), (n, of) => Array.from({ length: n }, (_, i) => of(i))];
const [sum, top, dot, abs] = [(x) => x.reduce((a, b) => a + b, 0), (x) => x.reduce((a, b) => Math.max(a, Math.abs(b)), 0), (x, y) => x.reduce((a, b, i) => a + b * y[i], 0), (x) => x.map(Math.abs)];
const within = ([a, b], [low, high], what, slack) => must([a, b].every(Number.isFinite) && a <= low && high <= b && b - a <= high - low + 1e-8 * Math.abs(high) + slack, what);
const [text, weightsText] = process.argv.slice(2, 4).map((path) => readFileSync(path, "utf8")), [c, file] = [text, weightsText].map((json) => JSON.parse(json)), raw = [file.weights, file.inputs, file.labels].map((base64) => Buffer.from(base64, "base64"));
must(text.slice(0, 75) === `{"seal":"${sha(`{${text.slice(75, -1)}`)}",` && `${JSON.stringify(JSON.parse(text))}\n` === text, "the seal is not that of the text, or this not canonical");
must(c.format === "steepest-certificate-1" && file.format === "steepest-weights-1" && JSON.stringify(c.network) === JSON.stringify(file.network), "format, or another network"), must(sha(raw[0]) === c.theta && sha(raw[1], raw[2]) === c.data, "other weights or data"), must(!process.argv[4] || sha(readFileSync(process.argv[4], "utf8").trimEnd()) === c.definition, "other definition");
const [w, x, y] = raw.map((bytes) => list(bytes.length / 8, (i) => bytes.readDoubleLE(8 * i))), [d, n, unit, blocks, units, kinkedLayers] = [file.inputDim, w.length, 2 ** -53, [], [], []];
// Values: d inputs, 1, 0, and one per unit, <slopes, t> / degree with t its products of weights `ws` (n: a 1) and values `vs`, and slopes = of(t), the derivatives by t.
const [total, mean, largest] = [(t) => t.map(() => 1), (t) => t.map(() => 1 / t.length), (t) => t.map((_, k) => Number(k === t.indexOf(Math.max(...t))))].map((of, k) => ({ of, isRough: k === 2 }));
const sides = (below, above) => ({ of: ([h]) => [h > 0 ? above : below], ends: below === above ? undefined : [below, above].sort((a, b) => a - b), isRough: below > 1 }), power = (r) => (r === 1 ? sides(0, 1) : { of: ([h]) => [r * Math.max(h, 0) ** (r - 1)], degree: r, isRough: r % 1 > 0 });
const block = (rows, columns, frozen, name = blocks.length) => blocks.find((one) => one.name === name) ?? blocks[blocks.push({ rows, columns, frozen, name, at: sum(blocks.map((one) => one.rows * one.columns)) }) - 1];
const after = ({ image, sizes }, entry) => { // the place after a layer: its values [channel][row][column], and `sizes`: degrees in trained weights and in inputs, factors, roundings
  const { kind, units: width, channels, size, stride = entry.kind === "conv2d" ? 1 : size, padding = 0, pieces, of: pool, sum: sums = [], bias = false, frozen = false, weights, ...rest } = typeof entry === "string" ? { kind: entry } : entry;
  const [ids, deep, [tall, wide]] = [image.flat(2), image.length, [image[0], image[0][0]].map(({ length }) => Math.floor((length + 2 * padding - size) / stride) + 1)], [[name, slope]] = kind ? [[kind]] : Object.entries(rest);
  const windows = image.map((rows) => list(tall * wide, (at) => list(size * size, (j) => rows[Math.floor(at / wide) * stride + Math.floor(j / size) - padding]?.[(at % wide) * stride + (j % size) - padding] ?? d + 1)));
  const [ends, cut, same] = [sums.map((entries) => entries.reduce(after, { image, sizes })), (length) => list(ids.length / length, (j) => ids.slice(j * length, (j + 1) * length)), [deep, image[0].length, image[0][0].length]];
  const layers = { dense: [[width, 1, 1], [ids], total, width], diagonal: [same, cut(1), total, 1], conv2d: [[channels, tall, wide], list(tall * wide, (at) => windows.flatMap((all) => all[at])), total, channels], flatten: [[ids.length, 1, 1], cut(1), total],
    maxPool: [[deep, tall, wide], windows.flat(), largest], averagePool: [[deep, tall, wide], windows.flat(), mean], globalPool: [[deep, 1, 1], image.map((rows) => rows.flat()), pool === "max" ? largest : mean], maxout: [[ids.length / pieces, 1, 1], cut(pieces), largest],
    branches: [ends[0]?.shape, ends[0]?.image.flat(2).map((_, j) => ends.map((end) => end.image.flat(2)[j])), total], relu: [same, cut(1), sides(0, 1)], identity: [same, cut(1), total], abs: [same, cut(1), sides(-1, 1)], leakyRelu: [same, cut(1), sides(slope, 1)], reluPower: [same, cut(1), power(slope)] };
  const [shape, groups, { of, degree = 1, ends: slopes, isRough }, rows = 0] = Object.hasOwn(layers, name) ? layers[name] : must(false, `the layer ${name} is not known`);
  const before = ends.length ? sizes.map((_, k) => (k === 1 && new Set(ends.map((end) => end.sizes[1])).size > 1 ? Number.NaN : Math.max(...ends.map((end) => end.sizes[k])))) : sizes;
  must(Object.keys(rest).length === (kind ? 0 : 1) && ends.every((end) => `${end.shape}` === `${shape}` && end.sizes[0] === before[0]) && !(bias && sizes[0] > 0), `${name}: ${Object.keys(rest)} not known, or not homogeneous`);
  const [own, columns, shift, from, layer] = [rows && block(rows, kind === "diagonal" ? ids.length : groups[0].length, frozen, weights).at, groups[0].length, Number(kind === "diagonal"), d + 2 + units.length, slopes && before[0] > 0 ? kinkedLayers.push(slopes) - 1 : undefined], [offset, terms] = [bias && block(shape[0], 1, frozen).at, list(rows || 1, (r) => groups.map((vs, at) => [vs, vs.map((_, j) => (rows ? own + r * columns + j + shift * at : n))])).flat()];
  for (const [u, [vs, ws]] of terms.entries()) units.push({ vs: bias ? [...vs, d] : vs, ws: bias ? [...ws, offset + Math.floor((u * shape[0]) / terms.length)] : ws, of, degree, isRough, layer, key: `${layer},${u}` });
  return { image: list(shape[0], (k) => list(shape[1], (i) => list(shape[2], (j) => from + (k * shape[1] + i) * shape[2] + j))), shape, sizes: before.map((one, k) => degree * one + [Number(rows > 0 && !frozen), bias ? Number.NaN : 0, Number(rows > 0), columns + 5][k]) };
};
const { kind, hidden = [], activation, frozenLayers = [], bias = false, image: { channels, height, width } = { channels: 1, height: 1, width: d }, layers, ...others } = c.network;
const dense = [...hidden, file.classes ?? 1].flatMap((units, l) => [...(l ? [activation] : []), { kind: "dense", units, frozen: frozenLayers.includes(l), bias }]), start = list(channels, (k) => list(height, (i) => list(width, (j) => (k * height + i) * width + j)));
const { sizes: [degree, ofInputs, factors, roundings] } = [...(layers ?? []), ...dense].reduce(after, { image: start, sizes: [0, 1, 1, 0] }), [isRough, matrices] = [units.some((one) => one.isRough), blocks.filter((one) => !one.frozen)];
const trained = matrices.flatMap(({ rows, columns, at }) => list(rows * columns, (j) => at + j)), inputs = x.map((v) => v * 2 ** c.scale.inputs), theta = trained.map((j) => (w[j] *= 2 ** c.scale.weights)), p = trained.length;
must(["mlp", "linear", layers && "layers"].includes(kind) && !Object.keys(others).length && c.rounding === (isRough ? "estimated" : "proven") && y.every((v) => (file.classes ? v % 1 === 0 && v >= 0 && v < file.classes : Math.abs(v) === 1)), "the network, its rounding, or labels");
must([c.scale.weights, c.scale.inputs].every(Number.isInteger) && (c.scale.inputs === 0 || ofInputs > 0) && Math.max(top(w), top(inputs)) ** (factors - 1) < 2 ** 300 && n === sum(blocks.map(({ rows, columns }) => rows * columns)) && x.length === y.length * d && d === channels * height * width && c.degree === degree, "sizes");
const gamma = isRough ? 2 ** -40 : (2 * roundings + units.length) * unit, products = ({ ws, vs }, weights, a) => vs.map((v, t) => (weights[ws[t]] ?? 1) * a[v]), forward = (weights, input, faint = 0) => units.reduce((a, one) => (a.push(((t) => dot(one.of(t), t) / one.degree + faint)(products(one, weights, a))), a), [...input, 1, 0]);
const gradient = (weights, a, seeds, slopes = {}) => { // of <seeds, scores>
  const [delta, g] = [[...list(a.length - seeds.length, () => 0), ...seeds], list(n + 1, () => 0)];
  for (const [k, { ws, vs, of, key }] of [...units.entries()].reverse()) for (const [t, s] of (key in slopes ? [slopes[key]] : of(products(units[k], weights, a))).entries()) g[ws[t]] += delta[d + 2 + k] * s * a[vs[t]], delta[vs[t]] += delta[d + 2 + k] * s * (weights[ws[t]] ?? 1);
  return trained.map((j) => g[j]);
};
const singular = (m) => matrices.flatMap(({ rows: r, columns }, l) => { // singular values by one-sided Jacobi rotations
  const first = sum(matrices.slice(0, l).map((one) => one.rows * one.columns)), q = list(r, (i) => m.slice(first + i * columns, first + (i + 1) * columns));
  for (const [i, j] of list(40 * r * r, (k) => [Math.floor(k / r) % r, k % r]).filter(([i, j]) => i > j)) {
    const [a, b, e] = [dot(q[i], q[i]), dot(q[j], q[j]), dot(q[i], q[j])], [cos, sin] = [Math.cos, Math.sin].map((of) => of(Math.atan2(2 * e, a - b) / 2));
    if (Math.abs(e) > 1e-16 * Math.sqrt(a * b)) [q[i], q[j]] = [q[i].map((v, l) => cos * v + sin * q[j][l]), q[j].map((v, l) => cos * v - sin * q[i][l])];
  }
  return q.map((row) => Math.sqrt(dot(row, row)));
});
const [order, lp] = [Number(/^lp\((.*)\)$/.exec(c.norm)?.[1] ?? 2), (e) => (v, m = top(v)) => m && m * sum(v.map((a) => (Math.abs(a) / m) ** e)) ** (1 / e)], [ofSingular, rank] = [(of) => (v, m = top(v)) => m && m * of(singular(v.map((e) => e / m))), Math.sqrt(Math.max(...matrices.map(({ rows, columns }) => Math.min(rows, columns))))];
const [norm, dual, grows = 1] = { l1: [lp(1), top], l2: [lp(2), lp(2)], linf: [top, lp(1)], spectral: [...[top, sum].map(ofSingular), rank], nuclear: [...[sum, top].map(ofSingular), rank] }[c.norm] ?? (order > 1 && c.norm.startsWith("lp(") ? [lp(order), lp(order / (order - 1))] : must(false, "the norm"));
const rounded = ([low, high]) => (16 * (high - low)) / low, around = (v, error = 0) => [v - error, v + error].map((end, k) => end + (k - 0.5) * 8 * (p + 64) * unit * Math.abs(end)); // rounded: the share that rounding may take of a stated interval
const pairs = list(y.length, (i) => [i, inputs.slice(i * d, (i + 1) * d)]).flatMap(([i, input]) => { // `most`: sums of |products|, of which a share may be rounded, faintly above what underflows
  const [run, most, seeds] = [forward(w, input), forward(abs(w), abs(input), 2 ** -700), file.classes ? list(file.classes, (j) => list(file.classes, (k) => (k === y[i]) - (k === j))).filter(top) : [[y[i]]]];
  return seeds.map((seed) => ({ i, seed, run, most, q: around(dot(seed, run.slice(-seed.length)), gamma * dot(abs(seed), most.slice(-seed.length))), gradient: (slopes) => gradient(w, run, seed, slopes) }));
});
const errorOf = ({ most, seed, gradient: own }) => (isRough ? ((g) => theta.map(() => gamma * top(g)))(own()) : gradient(abs(w), most, abs(seed)).map((v) => 2 * gamma * (v + 2 ** -700)));
const kinked = ({ run, most }, share) => units.filter(({ layer, vs }) => layer !== undefined && Math.abs(run[vs[0]]) <= share * most[vs[0]]), [size, q] = [around(norm(theta)), [0, 1].map((k) => Math.min(...pairs.map((pair) => pair.q[k])))];
must(q[0] > 0 && c.entries.length > 0, "no margin"), within(c.minMargin, q, "minMargin", rounded(q) * q[1]), within(c.size, size, "size", rounded(size) * size[1]);
for (const { kinks, kappa, dualNorm, fenchelYoungGap, slackness, support, direction } of c.entries) {
  const [zero, z, error, margin, changed] = [...list(3, () => theta.map(() => 0)), [0, 0], Object.fromEntries(direction.entries)];
  for (const { sample, other, multiplier, slopes = [] } of support) {
    const pair = pairs.find(({ i, seed }) => i === sample && (other === undefined ? seed.length === 1 : seed[other] === -1)), near = kinked(pair, kinks);
    must(Number.isFinite(multiplier) && multiplier > 0 && Number.isFinite(kinks) && kinks >= gamma && kinks < 1 && slopes.every(([l, u, s]) => Number.isFinite(s) && near.some(({ key }) => key === `${l},${u}`) && kinkedLayers[l][0] <= s && s <= kinkedLayers[l][1]), "support");
    const [g, e, share] = [pair.gradient(Object.fromEntries(slopes.map(([l, u, s]) => [[l, u], s]))), errorOf(pair), multiplier / sum(support.map((s) => s.multiplier))];
    g.forEach((v, j) => { z[j] += share * v, error[j] += share * (e[j] + (support.length + 8) * unit * Math.abs(v)); }), pair.q.forEach((end, k) => { margin[k] += share * end; });
  }
  const v = { theta, zero, combination: ((length) => z.map((e) => Math.sign(e) * (c.norm === "linf" ? 1 : (Math.abs(e) / length) ** (1 / (order - 1)))))(dual(z) || 1) }[direction.from].map((basis, j) => changed[j] ?? basis).map((e, _, all) => e / (top(all) || 1));
  const proven = Math.min(...pairs.map((pair) => {
    const [near, value, base] = [kinked(pair, kinks * (1 + 2 ** -30)), (slopes) => dot(pair.gradient(slopes), v), dot(pair.gradient(), v)];
    return new Set(near.map(({ layer }) => layer)).size > 1 ? Number.NaN : base + sum(near.map(({ key, layer }) => Math.min(...kinkedLayers[layer].map((slope) => value({ [key]: slope }))) - base)) - dot(errorOf(pair), abs(v));
  })) / around(norm(v))[1];
  const [b, inner] = [around(dual(z), grows * dual(error)), around(dot(z, theta), dot(error, abs(theta)))], [low, share] = [kappa[1] === null ? b[1] : proven, rounded(q) + rounded(b)]; // null: nothing is stated of the other end
  must(v.every(Number.isFinite) && (kappa[1] !== null || (direction.from === "theta" && !direction.entries.length && !(proven > (share + 1e-8) * b[1]))) && (kappa[1] === null) === (dualNorm[0] === null), "direction");
  within([dualNorm[0] ?? b[1], dualNorm[1]], [low, b[1]], "dualNorm", share * b[1]), within([kappa[0], kappa[1] ?? (degree * q[1]) / size[0] / low], [(degree * q[0]) / size[1] / b[1], (degree * q[1]) / size[0] / low], "kappa", (share * degree * q[1]) / size[0] / low);
  within(fenchelYoungGap, [inner[1] / size[0] / b[0], inner[0] / size[1] / b[1]].map((cos) => 1 - Math.min(Math.max(cos, 0), 1) ** 2), "fenchelYoungGap", share + 1e-9), within(slackness, [Math.max(margin[0] / q[1] - 1, 0), margin[1] / q[0] - 1], "slackness", (share * margin[1]) / q[0] + 1e-9);
}
console.log(`accepted: kappa in ${c.entries.map(({ kinks, kappa }) => `[${kappa}] at kinks within ${kinks}`).join(", ")}${isRough ? "; rounding errors are estimated" : ""}`);
