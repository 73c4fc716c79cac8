"""The tables of an archive as Arrow and Parquet; the only place that says how a column's type is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from loaders.archive.shape import ARCHIVE
from loaders.schema import ColumnType

_TYPES: Mapping[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "list": pa.string(),
    "country": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "instant": pa.timestamp("us", "UTC"),
}
COMPRESSION = "zstd"
ROWS_AT_A_TIME = 16_384
"""Rows that are held in memory when files are put together."""


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The columns of a table; each carries its meaning."""
    fields = (
        pa.field(column.name, _TYPES[column.type], metadata={"description": column.meaning})
        for column in ARCHIVE[name].columns
    )
    return pa.schema(fields, metadata={"description": f"One row: {ARCHIVE[name].meaning}."})


def parquet_bytes(name: str, frames: Sequence[pd.DataFrame]) -> bytes:
    """Rows of a table as one Parquet file; every frame has all its columns."""
    schema = arrow_schema(name)
    tables = [pa.Table.from_pandas(frame, schema=schema, preserve_index=False) for frame in frames]
    whole = pa.concat_tables(tables).replace_schema_metadata(schema.metadata)
    out = pa.BufferOutputStream()
    pq.write_table(whole, out, compression=COMPRESSION)
    return bytes(out.getvalue())


def rows_in(data: bytes) -> int:
    """How many rows a Parquet file has."""
    return int(pq.read_metadata(pa.BufferReader(data)).num_rows)


def without(batch: pa.RecordBatch, dropped: pa.Array) -> pa.RecordBatch:
    """The rows of a batch that are not of the dropped documents."""
    return batch.filter(pc.invert(pc.is_in(batch.column("document_id"), value_set=dropped)))
