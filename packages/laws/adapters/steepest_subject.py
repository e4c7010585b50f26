"""Answers `steepest check --subject "exec:..."`: one request per line on stdin, one answer per line on stdout.

The protocol stands in the README of @steepest/laws. Needs nothing but Python 3.8; copy it beside your own adapter.
"""

import json
import math
import sys

SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


def serve(hello, calls):
    """Until stdin ends. `hello` is what the subject says of itself, `calls` maps names to functions on floats and lists of floats."""
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request["id"]}
        try:
            if request["call"] == "hello":
                answer["value"] = {"members": list(calls), **hello}
            else:
                answer["value"] = encode(calls[request["call"]](*map(decode, request["args"])))
        except Exception as error:  # refutes the law that asked; the process goes on
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer), flush=True)


def encode(value):
    """A number, or anything with `tolist`, as JSON."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [encode(entry) for entry in value]
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return "-0" if value == 0 and math.copysign(1, value) < 0 else value


def decode(value):
    if isinstance(value, list):
        return [decode(entry) for entry in value]
    return SPECIAL[value] if isinstance(value, str) else float(value)
