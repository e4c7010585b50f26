"""python3 check_certificate.py CERTIFICATE WEIGHTS [DEFINITION]: accepts or rejects a certificate from weights and data alone.

The rules are those of docs/certificates.md; it imports numpy and the files beside it, to be read in this order: rules, this, entry, proof,
constraints, network, units, activations, layers, windows, norms.
"""
import base64
import hashlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace

sys.dont_write_bytecode = True  # leaves the folder as it is
import numpy as np

from constraints import Point, constraints_of, gamma_of
from entry import check_entry
from network import Network
from norms import norm_of
from rules import Rejected, around, moved_share, must, must_hold


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def once(members):
    must(len(dict(members)) == len(members), "a member stands twice")
    return dict(members)


def read_certificate(path):
    """The members of a certificate whose seal is that of its text."""
    text = Path(path).read_bytes()
    seal = sha256(b"{" + text[75:-1])  # of what is behind {"seal":"<64 digits>", and before the line feed
    must(text[:75] == b'{"seal":"%s",' % seal.encode() and text.endswith(b"}\n"), "the seal is not that of the text")
    certificate = json.loads(text, object_pairs_hook=once, parse_constant=lambda word: must(False, f"{word} is no number"))
    must(certificate["format"] == "steepest-certificate-1", f"the format {certificate['format']} is not known")
    return certificate


def check(certificate_path, weights_path, definition_path=None):
    certificate, file = read_certificate(certificate_path), json.loads(Path(weights_path).read_bytes())
    must(file["format"] == "steepest-weights-1", f"the format {file['format']} of weights is not known")
    weights, inputs, labels = (base64.b64decode(file[name]) for name in ("weights", "inputs", "labels"))
    must(certificate["network"] == file["network"], "another network: that of the weights differs")
    must(certificate["theta"] == sha256(weights), "other weights: theta is not their hash")
    must(certificate["data"] == sha256(inputs + labels), "other data: data is not the hash of inputs and labels")
    definition = definition_path and sha256(Path(definition_path).read_bytes().rstrip())
    must(definition in (None, certificate.get("definition")), "other definition: definition is not its hash")

    network = Network(certificate["network"], file["inputDim"], file.get("classes", 1))
    norm = norm_of(certificate["norm"], [block for block in network.blocks if not block.frozen])
    must(certificate["degree"] == network.degree, f"the degree is stated as {certificate['degree']}, it is {network.degree}")
    rounding = "estimated" if network.is_rough else "proven"
    must(certificate["rounding"] == rounding, f"the rounding is stated as {certificate['rounding']}, it is {rounding}")

    weights, inputs, labels = (np.frombuffer(data, "<f8") for data in (weights, inputs, labels))
    point = Point(network, weights, inputs.reshape(len(labels), file["inputDim"]), certificate["scale"])
    constraints = constraints_of(network, point, labels, file.get("classes"))
    min_margin = [float(np.min([constraint.q[end] for constraint in constraints.values()])) for end in (0, 1)]
    size = around(norm.norm(point.theta), 0.0, len(point.theta))
    must(min_margin[0] > 0, f"there is no margin: it is in {min_margin}")
    must_hold("minMargin", certificate["minMargin"], min_margin, moved_share(min_margin) * min_margin[1])
    must_hold("size", certificate["size"], size, moved_share(size) * size[1])

    must(len(certificate["entries"]) > 0, "there are no entries")
    parts = {"network": network, "norm": norm, "constraints": constraints, "theta": point.theta, "gamma": gamma_of(network)}
    for entry in certificate["entries"]:
        check_entry(entry, SimpleNamespace(**parts, min_margin=min_margin, size=size))
    kappas = ", ".join(f"{entry['kappa']} at kinks within {entry['kinks']}" for entry in certificate["entries"])
    print(f"accepted: kappa in {kappas}" + ("; rounding errors are estimated" if network.is_rough else ""))


np.seterr(all="ignore")
try:
    check(*sys.argv[1:])
except Exception as error:
    sys.exit(f"rejected: {error if isinstance(error, Rejected) else repr(error)}")
