"""Writes a record in the formats that others' tools read; one module a format, each a function from record to bytes.

The mirror of `loaders/sources`: there one reader a format, here one writer. Text from outside stays text in all of
them, and the same record always gives the same bytes.
"""
