"""Writes the Parquet files of pandas, PyArrow and polars in this folder: python3 write-parquet.py, with pandas 3.0.6, PyArrow 25.0.1 and polars 1.44.2."""
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ROWS, COLUMNS = 6, 4
doubles = np.array([[(i - 2.5) / 3 + j * 0.1 for j in range(COLUMNS)] for i in range(ROWS)])
frame = pd.DataFrame(doubles, columns=["a", "b", "c", "d"])
frame["who"] = ["rock" if i % 2 else "mine" for i in range(ROWS)]

frame.to_parquet("pandas.parquet")
frame.set_index(pd.Index([3, 1, 4, 1, 5, 9])).to_parquet("pandas-index.parquet", compression="zstd")
table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata({})
pq.write_table(table, "pyarrow-lz4.parquet", compression="lz4", store_schema=False)
encodings = {"a": "BYTE_STREAM_SPLIT", "b": "BYTE_STREAM_SPLIT", "c": "PLAIN", "d": "PLAIN", "who": "DELTA_BYTE_ARRAY"}
options = {"use_dictionary": False, "column_encoding": encodings, "data_page_version": "2.0", "write_page_checksum": True, "store_schema": False}
pq.write_table(table, "pyarrow-encodings.parquet", compression="zstd", **options)
long = pa.table({"who": [f"a long beginning, {i % 7}" for i in range(300)]})
pq.write_table(long, "pyarrow-beginnings.parquet", use_dictionary=False, column_encoding={"who": "DELTA_BYTE_ARRAY"}, compression="none", store_schema=False)

columns = {name: doubles[:, j] for j, name in enumerate("abcd")}
pl.DataFrame({**columns, "who": list(frame["who"])}).write_parquet("polars.parquet")

bomb = pa.table({"x": [0.0], "text": ["a" * 2**24]})
pq.write_table(bomb, "pyarrow-bomb.parquet", compression="zstd", use_dictionary=False, write_statistics=False, store_schema=False)

odd = pa.Table.from_arrays(
    [pa.array([{"x": 9.0}] * 2), pa.array([1.0, 2.0]), pa.array([3.0, 4.0]), pa.array([1, 2**63 + 1], pa.uint64()), pa.nulls(2), pa.array([b"\xff"] * 2)],
    names=["pair", "x", "x", "unsigned", "nothing", "bytes"],
)
pq.write_table(odd, "pyarrow-odd.parquet", store_schema=False)
