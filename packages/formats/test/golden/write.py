"""Writes the golden files of NumPy, SciPy / scikit-learn and pandas in this folder: python3 write.py.

The expected numbers are functions of row and column that the tests compute again; README.md names the versions.
"""
import gzip
import struct
import numpy as np
import pandas as pd
from sklearn.datasets import dump_svmlight_file

ROWS, COLUMNS = 6, 4


def cell(i, j):
    """A number that needs all 53 bits in most places."""
    return (i - 2.5) / 3 + j * 0.1


doubles = np.array([[cell(i, j) for j in range(COLUMNS)] for i in range(ROWS)])
whole = np.array([[7 * i - 3 * j for j in range(COLUMNS)] for i in range(ROWS)])
labels = np.array([i % 2 for i in range(ROWS)])
names = np.array(["rock" if i % 2 else "mine" for i in range(ROWS)])

for descr in ["<f8", ">f8", "<f4", ">f4", "<f2"]:
    np.save(f"c-{descr[0].replace('<', 'le').replace('>', 'be')}-{descr[1:]}.npy", doubles.astype(descr))
for descr in ["<i8", ">i8", "<i4", ">i2", "|i1"]:
    np.save(f"c-{descr[0].replace('<', 'le').replace('>', 'be').replace('|', 'any')}-{descr[1:]}.npy", whole.astype(descr))
np.save("c-any-u1.npy", (whole + 100).astype("|u1"))
np.save("c-le-u8.npy", (whole + 100).astype("<u8"))
np.save("c-any-b1.npy", whole % 2 == 0)
np.save("fortran-le-f8.npy", np.asfortranarray(doubles))
np.save("fortran-be-i8.npy", np.asfortranarray(whole.astype(">i8")))
np.save("fortran-images-u1.npy", np.asfortranarray((np.arange(3 * 2 * 4) % 256).astype("u1").reshape(3, 2, 4)))
np.save("colour-images-u1.npy", (np.arange(2 * 3 * 2 * 2) % 256).astype("u1").reshape(2, 3, 2, 2))
np.save("texts.npy", names)
np.save("objects.npy", names.astype(object))
np.save("records.npy", np.array([(1.0, 2)], dtype=[("a", "<f8"), ("b", "<i4")]))
np.savez("stored.npz", X=doubles, y=labels, who=names)
np.savez_compressed("deflated.npz", X=doubles, y=labels, who=names)
np.savetxt("savetxt.csv", np.column_stack([doubles, labels]), delimiter=",", header="a,b,c,d,label")

frame = pd.DataFrame(doubles, columns=["a", "b", "c", "d"])
frame["who"] = names
frame.to_csv("pandas.csv")
frame.to_csv("pandas.tsv", sep="\t", index=False)
frame.to_csv("pandas-utf16.csv", index=False, encoding="utf-16")
with open("pandas.csv.gz", "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", filename="pandas.csv", mtime=0) as file:
    file.write(frame.to_csv(index=False).encode())

sparse = np.where(whole % 2 == 0, doubles, 0.0)
dump_svmlight_file(sparse, 2 * labels - 1, "zero-based.libsvm", zero_based=True, comment="made by scikit-learn")
dump_svmlight_file(sparse, 2 * labels - 1, "one-based.libsvm", zero_based=False)

pixels = (np.arange(3 * 2 * 2) * 20 % 256).astype("u1")
open("images.idx", "wb").write(struct.pack(">HBBIII", 0, 8, 3, 3, 2, 2) + pixels.tobytes())
open("labels.idx", "wb").write(struct.pack(">HBBI", 0, 8, 1, 3) + bytes([0, 1, 1]))
record = (np.arange(3072) % 256).astype("u1").tobytes()
with open("batch.bin.gz", "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
    file.write(bytes([3]) + record + bytes([5]) + record[::-1])
