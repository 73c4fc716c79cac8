"""A newsroom's archive: many saved live pages as one set of Parquet tables, read anew only where they changed.

`shape` says what the tables are, `documents` finds the files, `reading` reads a batch of them (on a worker),
`manifest` keeps what is in, `writing` puts files into place, `running` hands batches to Dask, and `building` does all
of it in order. `asking` and `query` open an archive again, through DuckDB.
"""
