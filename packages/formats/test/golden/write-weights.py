"""Writes the files of weights in this folder: python3 write-weights.py, with safetensors 0.8.0, NumPy 2.4.6 and ml_dtypes 0.6.0.

The numbers are functions of their place, which the tests compute again. What safetensors itself never writes, but its specification allows, is put together here
byte by byte, and so is what it does not allow; the package reads the former and refuses the latter, which is asserted before a file is written.
"""
import json
import struct
import ml_dtypes
import numpy as np
import safetensors
from safetensors.numpy import save


def cells(count):
    """Numbers that need all 53 bits in most places."""
    return np.array([(i - 2.5) / 3 for i in range(count)])


weights = {
    "layers.2.weight": cells(6).reshape(2, 3),
    "layers.0.weight": cells(12).reshape(3, 4).astype("f4"),
    "half": cells(5).astype("f2"),
    "brain": cells(5).astype(ml_dtypes.bfloat16),
    "scale": np.array(-0.0),
    "none": np.zeros((0, 3), "f4"),
    "special": np.array([np.nan, np.inf, -np.inf, 5e-324, -1.7976931348623157e308]),
    "ünï.gewicht": cells(1),
}
open("reference.safetensors", "wb").write(save(weights, metadata={"format": "np", "Größe": 'with "quotes"\n'}))
open("reference-empty.safetensors", "wb").write(save({}))
open("reference-counter.safetensors", "wb").write(save({"weight": cells(2), "num_batches_tracked": np.array(7)}))


def file(header, data, padding=0, before=""):
    text = (before + (header if isinstance(header, str) else json.dumps(header, indent=1)) + " " * padding).encode()
    return struct.pack("<Q", len(text)) + text + data


def place(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


# 12 bytes of F32, 1 of I8 or BOOL make what follows lie at odd bytes; the header is in the other order, has line breaks, and ends in blanks
a, b = np.arange(3).astype("<f4").tobytes(), cells(2).astype("<f8").tobytes()
allowed = {
    "order": file({"b": place("F64", [2], 12, 28), "__metadata__": {}, "a": place("F32", [3], 0, 12), "z": place("F16", [0], 12, 12)}, a + b, 13),
    "odd": file({"b": place("F64", [2], 2, 18), "a": place("BF16", [], 0, 2)}, struct.pack("<H", 0x3FC0) + b),
}
for name, content in allowed.items():
    safetensors.deserialize(content)
    open(f"allowed-{name}.safetensors", "wb").write(content)

one = struct.pack("<d", 1.5)
refused = {
    "hole": file({"a": place("F64", [1], 8, 16)}, one * 2),
    "overlap": file({"a": place("F64", [1], 0, 8), "b": place("F64", [1], 0, 8)}, one),
    "rest": file({"a": place("F64", [1], 0, 8)}, one * 2),
    "short": file({"a": place("F64", [1], 0, 8)}, one[:5]),
    "size": file({"a": place("F64", [2], 0, 8)}, one),
    "twice": file('{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}', one),
    "blank": file({"a": place("F64", [1], 0, 8)}, one, before=" "),
    "tab": file('{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}\0\0', one),
    "number": file('{"__metadata__":{"a":1}}', b""),
    "field": file('{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8],"strides":[1]}}', one),
    "float": file('{"a":{"dtype":"F64","shape":[1.0],"data_offsets":[0,8]}}', one),
}
for name, content in refused.items():
    try:
        safetensors.deserialize(content)
    except safetensors.SafetensorError as error:
        print(f"{name}: {error}")
        continue
    print(f"{name} is read")

arrays = {
    "2.weight": cells(6).reshape(2, 3),
    "0.weight": np.asfortranarray(cells(12).reshape(3, 4).astype(">f4")),
    "half": cells(5).astype("<f2"),
    "counts": np.arange(4),
    "flags": np.arange(3) % 2 == 0,
    "scale": np.array(-0.0),
    "none": np.zeros((0, 3)),
    "special": np.array([np.nan, np.inf, -np.inf, 5e-324]),
}
np.savez("weights-stored.npz", **arrays)
np.savez_compressed("weights-deflated.npz", **arrays)
