"""Whether a laboratory table shows a liver injury: a liver test of it above its limit.

May import the tables, the analytes and quantities.
"""

from __future__ import annotations

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.reading.laboratory.sizes import canonical
from dechallenge.reading.tables.tables import LabTable, TableCell

LIVER_TESTS = frozenset({"ALT", "AST", "ALP", "BILI_TOT"})
_RAISED = 1.0
"""Multiple of the upper limit above which a value is raised."""


def shows_liver(table: LabTable) -> bool:
    """Whether a table has a column of a liver test, and not all its values are normal."""
    if not any(c.analyte in LIVER_TESTS for c in table.columns):
        return False
    cells = [cell for row in table.rows for cell in row.cells if cell.analyte in LIVER_TESTS]
    known = [raised for cell in cells if (raised := _raised(table, cell)) is not None]
    return any(known) or not known


def _raised(table: LabTable, cell: TableCell) -> bool | None:
    if cell.qualitative is not None:
        return cell.qualitative not in ("normal", "normalised", "decreased", "low")
    value = cell.value if cell.value is not None else cell.high
    if value is None:
        return None
    if cell.unit == "xULN":
        return value > _RAISED
    limit = cell.limit or table.limits.get(cell.analyte)
    if limit is not None and limit.high is not None:
        return value > _RAISED * limit.high
    usual = load_analytes().default_limits(cell.analyte).high
    figure = canonical(cell.analyte, value, cell.unit) if cell.unit else value
    return None if figure is None or usual is None else figure > _RAISED * usual
