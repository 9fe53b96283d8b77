"""The columnar engine: instruments compiled to Ibis expressions, for tables of one row or many millions.

`score_table` adds the result of an instrument to every row of a table, on DuckDB or any other backend of Ibis. Needs
the extra `population`; nothing of it is imported before the first table is scored. Imports the rest of `logic`.
"""

from __future__ import annotations

from dechallenge.logic.columns.cells import staged
from dechallenge.logic.columns.engine import COLUMNS, fact_columns, score_table

__all__ = ["COLUMNS", "fact_columns", "score_table", "staged"]
