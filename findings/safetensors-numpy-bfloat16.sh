#!/usr/bin/env bash
# safetensors 0.8.0 (Python), with NumPy 2.4.6 and ml_dtypes 0.6.0: safetensors.numpy saves arrays of bfloat16 and cannot
# load them again.
#
# `save` writes them as BF16, as the format has it, and says nothing. `load` of the same bytes raises KeyError: 'BF16',
# not SafetensorError, and gives none of the other tensors in the file either. Arrays of float16 come back.
# Seen 2026-11-30: "half comes back, brain: KeyError 'BF16'". What helps: astype(numpy.float32) before saving, in which
# every bfloat16 is exact; or safetensors.torch on the other side.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv library
library/bin/pip install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6 ml_dtypes==0.6.0

cat > program.py <<'PROGRAM'
import ml_dtypes
import numpy as np
from safetensors.numpy import load, save

half = np.array([1.5, -2.0], dtype=np.float16)
came_back = np.array_equal(load(save({"half": half}))["half"], half)
try:
    load(save({"half": half, "brain": half.astype(ml_dtypes.bfloat16)}))
    told = "comes back"
except KeyError as error:
    told = f"KeyError {error}"
print(f"half {'comes back' if came_back else 'is lost'}, brain: {told}")
PROGRAM
seen=$(library/bin/python program.py)
echo "$seen"
[ "$seen" = "half comes back, brain: KeyError 'BF16'" ]
