"""Scoring without a narrative: tables of typed facts in, scored tables out, on one row or many millions.

`score_table` is the face of it, `dechallenge score` its command. `loading` reads files and tables and types the facts,
`template` says what an instrument asks for, `scored` holds the result. Imports the instruments and `logic.columns`.
"""

from __future__ import annotations

from dechallenge.tabular.scored import Scored, score_table

__all__ = ["Scored", "score_table"]
