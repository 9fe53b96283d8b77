"""Cautions: what has to be said with a result on these facts. Unknown facts say nothing.

Imports `atoms`, `derived`, `explain`, `kleene` and the language.
"""

from __future__ import annotations

from functools import cache

from dechallenge.logic import explain
from dechallenge.logic.atoms import Atoms, Tree
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Caution, Instrument
from dechallenge.logic.kleene import stated_truths, truth
from dechallenge.logic.results import CautionResult


def cautions(instrument: Instrument, facts: Facts) -> tuple[CautionResult, ...]:
    """The cautions that hold, in the instrument's order, each with the facts that call for it.

    Args:
        facts: The facts, with those that formulas give.
    """
    if not instrument.cautions:
        return ()
    atoms, trees = _lowered(instrument)
    truths = stated_truths(atoms, facts)
    found = []
    for caution, tree in zip(instrument.cautions, trees, strict=True):
        if truth(tree, truths) is True:
            found.append(_said(instrument, caution, tree, atoms, facts))
    return tuple(found)


@cache
def _lowered(instrument: Instrument) -> tuple[Atoms, tuple[Tree, ...]]:
    atoms = Atoms()
    return atoms, tuple(atoms.lower(caution.when) for caution in instrument.cautions)


def _said(instrument: Instrument, caution: Caution, tree: Tree, atoms: Atoms, facts: Facts) -> CautionResult:
    names = explain.names_of(atoms, explain.deciding(tree, stated_truths(atoms, facts)))
    because, evidence = explain.because(names, facts, atoms.terms)
    items = tuple(f"{instrument.id}.{item}" for item in caution.items)
    return CautionResult(caution.wording, items, because, evidence)
