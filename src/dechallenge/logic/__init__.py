"""The small language that instruments are written in, and the engine that scores one case.

`terms`, `predicates` and `quantities` are the language; `facts` is what is known of one case; `instrument` puts
options, items and results together; `engine` scores. Definitions are data: nothing in them is code that only Python
can run.
May import the ground floor (evidence, timeline, quantity, errors); in fact it needs only `errors`.
"""

from __future__ import annotations

from dechallenge.logic.facts import Fact, Facts
from dechallenge.logic.predicates import OTHERWISE, Predicate, all_of, any_of, count_true
from dechallenge.logic.quantities import Quantity, exp, indicator, ln, log10, maximum, minimum, picked, sqrt
from dechallenge.logic.terms import Choice, Derived, Flag, Number, Term

__all__ = [
    "OTHERWISE",
    "Choice",
    "Derived",
    "Fact",
    "Facts",
    "Flag",
    "Number",
    "Predicate",
    "Quantity",
    "Term",
    "all_of",
    "any_of",
    "count_true",
    "exp",
    "indicator",
    "ln",
    "log10",
    "maximum",
    "minimum",
    "picked",
    "sqrt",
]
