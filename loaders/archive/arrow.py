"""The tables of an archive as Arrow and Parquet; the only place that says how a column's type is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

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
ROWS_AT_A_TIME = 16_384
"""Rows that are held in memory when files are put together."""


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The columns of a table, as they are stored."""
    return pa.schema([pa.field(column.name, _TYPES[column.type]) for column in ARCHIVE[name].columns])


def parquet_bytes(name: str, cells: Mapping[str, Sequence[object]]) -> bytes:
    """A table as one Parquet file, from the cells of each of its columns (None where a cell is not known)."""
    out = pa.BufferOutputStream()
    with writer(out, name) as written:
        written.write_table(pa.Table.from_pydict(cells, schema=arrow_schema(name)))
    return bytes(out.getvalue())


def writer(where: Any, name: str) -> pq.ParquetWriter:
    """What writes a table's rows into a file; close it."""
    return pq.ParquetWriter(where, arrow_schema(name), compression="zstd", store_schema=False)


def without(batch: pa.RecordBatch, dropped: pa.Array) -> pa.RecordBatch:
    """The rows of a batch that are not of the dropped documents."""
    return batch.filter(pc.invert(pc.is_in(batch.column("document_id"), value_set=dropped)))
