"""python3 check_certificate.py CERTIFICATE WEIGHTS [DEFINITION]: accepts or rejects it from weights and data alone; rules: docs/certificates.md"""
import base64, functools, hashlib, json, sys
import numpy as np
must = lambda holds, what: holds or sys.exit(f"rejected: {what}")
within = lambda stated, ends, what, slack: must(all(isinstance(end, float) or type(end) is int for end in stated) and stated[0] <= ends[0] and ends[1] <= stated[1] and stated[1] - stated[0] <= ends[1] - ends[0] + 1e-8 * abs(ends[1]) + slack, what)
sys.excepthook, once, _ = lambda kind, error, trace: print("rejected:", error), lambda members: dict(members) if len(dict(members)) == len(members) else must(False, "a member stands twice"), np.seterr(all="ignore")
text, sha = open(sys.argv[1], "rb").read(), lambda data: hashlib.sha256(data).hexdigest()
must(text[:75] == b'{"seal":"%s",' % sha(b"{" + text[75:-1]).encode() and text.endswith(b"}\n"), "the seal is not that of the text")
c, given = json.loads(text, object_pairs_hook=once, parse_constant=lambda word: must(False, word)), json.load(open(sys.argv[2]))
raw = [base64.b64decode(given[name]) for name in ("weights", "inputs", "labels")]
must(c["format"] == "steepest-certificate-1" and given["format"] == "steepest-weights-1" and c["network"] == given["network"], "format, or another network"), must(sha(raw[0]) == c["theta"] and sha(raw[1] + raw[2]) == c["data"], "other weights or data"), must(len(sys.argv) < 4 or sha(open(sys.argv[3], "rb").read().rstrip()) == c.get("definition"), "other definition")
(w, x, y), d, classes, net, norm_id = (np.frombuffer(data, "<f8") for data in raw), given["inputDim"], given.get("classes"), c["network"], c["norm"]
n, m, unit, blocks, steps, ends = len(w), len(y), 2.0**-53, {}, [], []# Values: d inputs, 1, 0, and those of the steps: sums of slopes * t / degree with t the products weights[ws] values[vs] (the last weight is 1) and slopes = of(t), the derivatives by t; ends: of kinks
total, mean, largest = (lambda t: np.ones_like(t), 1, None, False), (lambda t: np.full_like(t, 1 / t.shape[1]), 1, None, False), (lambda t: 1.0 * (np.arange(t.shape[1]) == t.argmax(1)[:, None]), 1, None, True)
sides, power = lambda below, above: (lambda t: np.where(t > 0, float(above), float(below)), 1, sorted((below, above)) if below != above else None, below > 1), lambda r: sides(0, 1) if r == 1 else (lambda t: r * np.maximum(t, 0) ** (r - 1), r, None, r % 1 > 0)
block = lambda rows, columns, frozen, name: blocks.setdefault(len(blocks) if name is None else name, (sum(a * b for _, a, b, _ in blocks.values()), rows, columns, frozen))[0]  # where it begins in the file
def after(place, entry):  # the place after a layer: its values [channel][row][column], and sizes: degrees in trained weights and in inputs, factors, roundings
    (ids, sizes), layer = place, {"kind": entry} if isinstance(entry, str) else entry
    get, (kind, slope), flat, same = layer.get, (layer["kind"], 0) if "kind" in layer else [*layer.items()][0], ids.reshape(-1, 1), ids.shape
    size, stride, pieces, frozen, bias, branches = get("size", 1), get("stride", 1 if kind == "conv2d" else get("size", 1)), get("pieces", 1), get("frozen", False), get("bias", False), [functools.reduce(after, entries, place) for entries in get("sum", [])]
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(ids, ((0, 0), *[(get("padding", 0),) * 2] * 2), constant_values=d + 1), (size, size), (1, 2))[:, ::stride, ::stride]
    pooled, panes, pixels = windows.shape[:3], windows.reshape(-1, size * size), np.moveaxis(windows, 0, 2).reshape(-1, len(ids) * size * size)
    layers = {"dense": ((get("units"), 1, 1), flat.T, total, get("units")), "conv2d": ((get("channels"), *pooled[1:]), pixels, total, get("channels")), "diagonal": (same, flat, total, 1), "flatten": ((ids.size, 1, 1), flat, total, 0),
        "maxPool": (pooled, panes, largest, 0), "averagePool": (pooled, panes, mean, 0), "globalPool": ((len(ids), 1, 1), ids.reshape(len(ids), -1), largest if get("of") == "max" else mean, 0), "maxout": ((ids.size // pieces, 1, 1), ids.reshape(-1, pieces), largest, 0),
        "branches": (branches[0][0].shape, np.stack([end.ravel() for end, _ in branches], 1), total, 0) if branches else None, "relu": (same, flat, sides(0, 1), 0), "identity": (same, flat, total, 0), "abs": (same, flat, sides(-1, 1), 0), "leakyRelu": (same, flat, sides(slope, 1), 0), "reluPower": (same, flat, power(slope), 0)}
    (shape, groups, (of, degree, kinks, rough), rows), ways = layers.get(kind) or must(False, f"the layer {kind} is not known"), np.array([way for _, way in branches] or [sizes])
    must(set(layer) <= {"kind", "units", "channels", "size", "stride", "padding", "pieces", "of", "sum", "bias", "frozen", "weights", kind} and len({end.shape for end, _ in branches}) < 2 and np.ptp(ways[:, 0]) == 0 and not (bias and sizes[0] > 0), f"{layer} is not known, or not homogeneous")
    sizes, vs, columns, at = ways.max(0), np.tile(groups, (max(rows, 1), 1)), *((ids.size, np.arange(ids.size)[:, None]) if kind == "diagonal" else (groups.shape[1], 0))
    ws = block(rows, columns, frozen, get("weights")) + np.repeat(np.arange(rows), len(groups))[:, None] * columns + np.arange(groups.shape[1]) + at if rows else np.full(vs.shape, n)
    if bias: ws, vs = np.column_stack([ws, block(shape[0], 1, frozen, None) + np.arange(len(vs)) * shape[0] // len(vs)]), np.column_stack([vs, np.full(len(vs), d)])
    first, moved = steps[-1][0] + len(steps[-1][1]) if steps else d + 2, kinks and sizes[0] > 0
    steps.append((first, ws, vs, of, degree, rough, len(ends) if moved else None)), ends.extend([kinks] if moved else [])
    return (first + np.arange(len(vs))).reshape(shape), degree * sizes + [rows > 0 and not frozen, np.nan if bias or (ways[:, 1] != ways[0, 1]).any() else 0, rows > 0, vs.shape[1] + 4]
dense = [{"kind": "dense", "units": units, "frozen": l in net.get("frozenLayers", []), "bias": net.get("bias", False)} for l, units in enumerate([*net.get("hidden", []), classes or 1])]
start, layers = np.arange(d).reshape([net["image"][side] for side in ("channels", "height", "width")] if "image" in net else (d, 1, 1)), net.get("layers", []) + [one for entry in dense for one in (net.get("activation"), entry)][1:]
(_, (degree, of_inputs, factors, roundings)), scale = functools.reduce(after, layers, (start, np.array([0, 1, 1, 0.0]))), c["scale"]
rough, matrices, units = any(rough for *_, rough, _ in steps), [one[:3] for one in blocks.values() if not one[3]], sum(len(step[1]) for step in steps)
trained, order = np.concatenate([np.arange(at, at + rows * columns) for at, rows, columns in matrices]), float(norm_id[3:-1]) if norm_id[:3] + norm_id[-1] == "lp()" else 0
w, x, p, gamma = np.append(w, 1.0), np.ldexp(x, scale["inputs"]).reshape(m, d), len(trained), 2.0**-40 if rough else (2 * roundings + units) * unit
w[trained] = theta = np.ldexp(w[trained], scale["weights"])
must(net["kind"] in ("mlp", "linear", "layers")[: 3 if "layers" in net else 2] and set(net) <= {"kind", "hidden", "activation", "frozenLayers", "bias", "image", "layers"} and c["rounding"] == ("estimated" if rough else "proven"), "the network, or its rounding")
must((scale["inputs"] == 0 or of_inputs > 0) and max(abs(w).max(), abs(x).max()) ** (factors - 1) < 2.0**300 and n == sum(a * b for _, a, b, _ in blocks.values()) and c["degree"] == degree, "sizes, or the scale"), must(set(y) <= (set(range(classes)) if classes else {-1, 1}), "labels"), must(norm_id in ("l1", "l2", "linf", "spectral", "nuclear") or order > 1, "the norm")
forward = lambda weights, values, faint=0.0: functools.reduce(lambda a, step: np.append(a, (lambda t: (step[3](t) * t).sum(1) / step[4] + faint)(weights[step[1]] * a[step[2]])), steps, np.append(values, [1.0, 0.0]))
def gradient(weights, values, seeds, slopes={}):  # of <seeds, scores>
    delta, g = np.append(np.zeros(len(values) - len(seeds)), seeds), np.zeros(n + 1)
    for first, ws, vs, of, _, _, layer in reversed(steps):
        s = of(weights[ws] * values[vs])
        for (l, u), slope in slopes.items(): s[u if l == layer else [], 0] = slope
        s *= delta[first : first + len(vs), None]
        g, delta = g + np.bincount(ws.ravel(), (s * values[vs]).ravel(), n + 1), delta + np.bincount(vs.ravel(), (s * weights[ws]).ravel(), len(values))
    return g[trained]
forms = {"l1": (1, np.inf), "l2": (2, 2), "linf": (np.inf, 1), "spectral": (np.inf, 1), "nuclear": (1, np.inf)}.get(norm_id, (order, order and order / (order - 1)))
numbers = lambda v: v if norm_id not in ("spectral", "nuclear") else np.concatenate([np.linalg.svd(part.reshape(a, b), compute_uv=False) for part, (_, a, b) in zip(np.split(v, np.cumsum([a * b for _, a, b in matrices])), matrices)])
norm, dual, grows = *((lambda v, form=form: abs(v).max() * np.linalg.norm(numbers(v / (abs(v).max() or 1)), form)) for form in forms), max(min(a, b) for _, a, b in matrices) ** 0.5 if norm_id in ("spectral", "nuclear") else 1
rounded, around = lambda ends: 16 * (ends[1] - ends[0]) / ends[0], lambda v, error=0.0: [v - error - 4 * (p + 64) * unit * abs(v - error), v + error + 4 * (p + 64) * unit * abs(v + error)]  # rounded: the share that rounding may take of a stated interval
run, most, pairs = [forward(w, one) for one in x], [forward(abs(w), abs(one), 2.0**-700) for one in x], {(i, j): np.eye(classes)[int(y[i])] - np.eye(classes)[j] for i in range(m) for j in range(classes) if j != y[i]} if classes else {(i, None): y[i : i + 1] for i in range(m)}
margin = {(i, j): around(seed @ run[i][-len(seed) :], gamma * (abs(seed) @ most[i][-len(seed) :])) for (i, j), seed in pairs.items()}
error_of, kinked = lambda i, seed: np.full(p, gamma * abs(gradient(w, run[i], seed)).max()) if rough else 2 * gamma * (gradient(abs(w), most[i], abs(seed)) + 2.0**-700), lambda i, share: [(layer, int(u)) for _, _, vs, *_, layer in steps if layer is not None for u in np.flatnonzero(abs(run[i][vs[:, 0]]) <= share * most[i][vs[:, 0]])]
q, size = [np.min([ends[k] for ends in margin.values()]) for k in (0, 1)], around(norm(theta))
must(q[0] > 0 and len(c["entries"]) > 0, "no margin"), within(c["minMargin"], q, "minMargin", rounded(q) * q[1]), within(c["size"], size, "size", rounded(size) * size[1])
for e in c["entries"]:
    weight, z, error, sums = sum(s["multiplier"] for s in e["support"]), np.zeros(p), np.zeros(p), np.zeros(2)
    for member in e["support"]:
        key, share, slopes = (member["sample"], member.get("other")), member["multiplier"] / weight, {(l, u): s for l, u, s in member.get("slopes", [])}
        must(type(member["multiplier"]) in (int, float) and 0 < member["multiplier"] and gamma <= e["kinks"] < 1 and all(at in kinked(key[0], e["kinks"]) and ends[at[0]][0] <= s <= ends[at[0]][1] for at, s in slopes.items()), "support")
        g = share * gradient(w, run[key[0]], pairs[key], slopes)
        z, error, sums = z + g, error + share * error_of(key[0], pairs[key]) + (len(e["support"]) + 8) * unit * abs(g), sums + share * np.array(margin[key])
    changed, v = e["direction"]["entries"], {"theta": theta, "zero": 0 * theta, "combination": np.sign(z) * (1 if norm_id == "linf" else (abs(z) / (dual(z) or 1)) ** (1 / ((order or 2) - 1)))}[e["direction"]["from"]].copy()
    v[[j for j, _ in changed]], least = [value for _, value in changed], []
    v /= abs(v).max() or 1
    for (i, j), seed in pairs.items():
        near, value = kinked(i, e["kinks"] * (1 + 2.0**-30)), lambda slopes: gradient(w, run[i], seed, slopes) @ v
        least.append(np.nan if len({l for l, u in near}) > 1 else value({}) + sum(min(value({at: slope}) for slope in ends[at[0]]) - value({}) for at in near) - error_of(i, seed) @ abs(v))
    bound, inner, k, b = around(dual(z), grows * dual(error)), around(z @ theta, error @ abs(theta)), e["kappa"], e["dualNorm"]
    proven, share = np.min(least) / around(norm(v))[1], rounded(q) + rounded(bound)
    low = bound[1] if k[1] is None else proven  # None: nothing is stated of the other end
    must((k[1] is None) == (b[0] is None) and (low is proven or e["direction"] == {"from": "theta", "entries": []} and not proven > (share + 1e-8) * bound[1]), "direction")
    within([bound[1] if b[0] is None else b[0], b[1]], [low, bound[1]], "dualNorm", share * bound[1]), within([k[0], degree * q[1] / size[0] / low if k[1] is None else k[1]], [degree * q[0] / size[1] / bound[1], degree * q[1] / size[0] / low], "kappa", share * degree * q[1] / size[0] / low)
    within(e["fenchelYoungGap"], [1 - min(max(cos, 0), 1) ** 2 for cos in (inner[1] / size[0] / bound[0], inner[0] / size[1] / bound[1])], "fenchelYoungGap", share + 1e-9), within(e["slackness"], [max(sums[0] / q[1] - 1, 0), sums[1] / q[0] - 1], "slackness", share * sums[1] / q[0] + 1e-9)
print("accepted: kappa in", ", ".join(f"{e['kappa']} at kinks within {e['kinks']}" for e in c["entries"]) + ("; rounding errors are estimated" if rough else ""))
