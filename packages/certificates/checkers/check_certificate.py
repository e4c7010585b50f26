"""python3 check_certificate.py CERTIFICATE WEIGHTS [DEFINITION]: accepts or rejects it from weights and data alone; rules: docs/certificates.md"""
import base64, hashlib, json, sys
import numpy as np
def must(holds, what):
    holds or sys.exit(f"rejected: {what}")
def within(stated, ends, what, slack):
    must(all(isinstance(end, float) or type(end) is int for end in stated) and stated[0] <= ends[0] and ends[1] <= stated[1] and stated[1] - stated[0] <= ends[1] - ends[0] + 1e-8 * abs(ends[1]) + slack, what)
once = lambda members: dict(members) if len(dict(members)) == len(members) else must(False, "a member stands twice")
sys.excepthook, _ = lambda kind, error, trace: print("rejected:", error), np.seterr(all="ignore")
text, sha = open(sys.argv[1], "rb").read(), lambda data: hashlib.sha256(data).hexdigest()
must(text[:75] == b'{"seal":"%s",' % sha(b"{" + text[75:-1]).encode() and text.endswith(b"}\n"), "the seal is not that of the text")
c, given = json.loads(text, object_pairs_hook=once, parse_constant=lambda word: must(False, word)), json.load(open(sys.argv[2]))
must(c["format"] == "steepest-certificate-1" and given["format"] == "steepest-weights-1" and c["rounding"] == "proven", "format")
must(c["scale"] == {"weights": 0, "inputs": 0} and c["network"] == given["network"], "another network, or a scale")
raw = [base64.b64decode(given[name]) for name in ("weights", "inputs", "labels")]
must(sha(raw[0]) == c["theta"] and sha(raw[1] + raw[2]) == c["data"], "other weights or data")
must(len(sys.argv) < 4 or sha(open(sys.argv[3], "rb").read().rstrip()) == c.get("definition"), "other definition")
network, act, order = {"hidden": [], "activation": "identity", **c["network"]}, c["network"].get("activation", "identity"), float(c["norm"][3:-1]) if c["norm"][:3] + c["norm"][-1] == "lp()" else 0
must(network.pop("kind") in ("mlp", "linear") and set(network) == {"hidden", "activation"}, "the network"), must(c["norm"] in ("l1", "l2", "linf", "spectral", "nuclear") or order > 1, "the norm")
below, above = (act["leakyRelu"], 1) if isinstance(act, dict) else {"relu": (0, 1), "identity": (1, 1), "abs": (-1, 1)}[act]
theta, x, y = (np.frombuffer(data, "<f8") for data in raw)
widths = [given["inputDim"], *network["hidden"], given.get("classes") or 1]
depth, p, n, unit = len(widths) - 1, len(theta), len(y), 2.0**-53
places = np.cumsum([0] + [a * b for a, b in zip(widths, widths[1:])])
must(max(abs(theta).max(), abs(x).max()) ** depth < 2.0**300 and p == places[-1] and len(x) == n * widths[0] and c["degree"] == depth and abs(below) <= 1, "sizes"), must(set(y) <= (set(range(given["classes"])) if "classes" in given else {-1, 1}), "labels")
matrices = lambda v: [v[places[l] : places[l + 1]].reshape(widths[l + 1], widths[l]) for l in range(depth)]
forms = {"l1": (1, np.inf), "l2": (2, 2), "linf": (np.inf, 1), **({c["norm"]: (order, order / (order - 1))} if order else {})}
unscaled = lambda k: (lambda v: np.linalg.norm(v, forms[c["norm"]][k])) if c["norm"] in forms else (lambda v: (max, sum)[k ^ (c["norm"] == "nuclear")](map((max, sum)[k ^ (c["norm"] == "nuclear")], singular(v))))
lengths = lambda k: lambda v: abs(v).max() * unscaled(k)(v / (abs(v).max() or 1))  # no power underflows
singular = lambda v: [np.linalg.svd(m, compute_uv=False) for m in matrices(v)]
norm, dual, grows = lengths(0), lengths(1), 1 if c["norm"] in forms else max(map(min, zip(widths, widths[1:]))) ** 0.5
around = lambda v, error=0.0: [v - error - 4 * (p + 64) * unit * abs(v - error), v + error + 4 * (p + 64) * unit * abs(v + error)]
rounded = lambda ends: 16 * (ends[1] - ends[0]) / ends[0]  # the share that rounding may take of a stated interval
def forward(w, a, faint=0.0):  # inputs a, outputs h and derivatives s of every layer, for all samples
    layers = []
    for m in matrices(w):
        h = a @ m.T + faint
        layers.append((a, h, np.where(h > 0, above, below)))
        a = layers[-1][2] * h
    return layers
def gradient(w, layers, i, d, slopes={}, parts=()):  # of <d, scores of sample i>
    for l in reversed(range(depth)):
        parts = (np.outer(d, layers[l][0][i]).ravel(), *parts)
        if l > 0:
            s = np.array([slopes.get((l - 1, u), s) for u, s in enumerate(layers[l - 1][2][i])])
            d = (d @ matrices(w)[l]) * s
    return np.concatenate(parts)
x, gamma = x.reshape(n, widths[0]), (2 * sum(widths) + 16) * unit
run, most = forward(theta, x), forward(abs(theta), abs(x), 2.0**-700)  # faint: above what underflows
pairs = {(i, j): np.eye(widths[-1])[int(y[i])] - np.eye(widths[-1])[j] for i in range(n) for j in range(widths[-1]) if j != y[i]} if "classes" in given else {(i, None): y[i : i + 1] for i in range(n)}
margin = {(i, j): around(d @ run[-1][1][i], gamma * (abs(d) @ most[-1][1][i])) for (i, j), d in pairs.items()}
error_of = lambda i, d: 2 * gamma * (gradient(abs(theta), most, i, abs(d)) + 2.0**-700)
kinked = lambda i, share: [(l, int(u)) for l in range(depth - 1) for u in np.flatnonzero(abs(run[l][1][i]) <= share * most[l][1][i]) if below < above]
q, size = [np.min([ends[k] for ends in margin.values()]) for k in (0, 1)], around(norm(theta))
must(q[0] > 0 and len(c["entries"]) > 0, "no margin"), within(c["minMargin"], q, "minMargin", rounded(q) * q[1]), within(c["size"], size, "size", rounded(size) * size[1])
for e in c["entries"]:
    total, z, error, sums = sum(s["multiplier"] for s in e["support"]), np.zeros(p), np.zeros(p), np.zeros(2)
    for member in e["support"]:
        key, slopes = (member["sample"], member.get("other")), {(l, u): s for l, u, s in member.get("slopes", [])}
        near, share = kinked(key[0], e["kinks"]), member["multiplier"] / total
        must(type(member["multiplier"]) in (int, float) and 0 < member["multiplier"] and gamma <= e["kinks"] < 1 and all(at in near and below <= s <= above for at, s in slopes.items()), "support")
        g = share * gradient(theta, run, key[0], pairs[key], slopes)
        z, error = z + g, error + share * error_of(key[0], pairs[key]) + (len(e["support"]) + 8) * unit * abs(g)
        sums = sums + share * np.array(margin[key])
    v = {"theta": theta, "zero": 0 * theta, "combination": np.sign(z) * (1 if c["norm"] == "linf" else (abs(z) / (dual(z) or 1)) ** (1 / ((order or 2) - 1)))}[e["direction"]["from"]].copy()
    v[[j for j, value in e["direction"]["entries"]]] = [value for j, value in e["direction"]["entries"]]
    v, least = v / (abs(v).max() or 1), []
    for (i, j), d in pairs.items():
        near, value = kinked(i, e["kinks"] * (1 + 2.0**-30)), lambda slopes: gradient(theta, run, i, d, slopes) @ v
        falls = [min(value({at: below}), value({at: above})) - value({}) for at in near]
        least.append(np.nan if len({l for l, u in near}) > 1 else value({}) + sum(falls) - error_of(i, d) @ abs(v))
    ends, inner = around(dual(z), grows * dual(error)), around(z @ theta, error @ abs(theta))
    proven, share = np.min(least) / around(norm(v))[1], rounded(q) + rounded(ends)
    low = ends[1] if e["kappa"][1] is None else proven  # nothing is stated of the other end
    must((e["kappa"][1] is None) == (e["dualNorm"][0] is None) and (low is proven or e["direction"] == {"from": "theta", "entries": []} and not proven > (share + 1e-8) * ends[1]), "direction")
    within([ends[1] if e["dualNorm"][0] is None else e["dualNorm"][0], e["dualNorm"][1]], [low, ends[1]], "dualNorm", share * ends[1])
    within([e["kappa"][0], depth * q[1] / size[0] / low if e["kappa"][1] is None else e["kappa"][1]], [depth * q[0] / size[1] / ends[1], depth * q[1] / size[0] / low], "kappa", share * depth * q[1] / size[0] / low)
    gap = [1 - min(max(cos, 0), 1) ** 2 for cos in (inner[1] / size[0] / ends[0], inner[0] / size[1] / ends[1])]
    within(e["fenchelYoungGap"], gap, "fenchelYoungGap", share + 1e-9), within(e["slackness"], [max(sums[0] / q[1] - 1, 0), sums[1] / q[0] - 1], "slackness", share * sums[1] / q[0] + 1e-9)
print("accepted: kappa in", ", ".join(f"{e['kappa']} at kinks within {e['kinks']}" for e in c["entries"]))
