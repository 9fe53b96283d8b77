"""Explanations: which facts made a predicate hold or fail, and how they are said in plain words.

Imports `atoms`, `facts`, `kleene` and `terms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dechallenge.logic.atoms import Among, Atoms, Cut, Multiple, Tree, Yes, branches
from dechallenge.logic.facts import Fact, Facts
from dechallenge.logic.kleene import Truth, truth
from dechallenge.logic.terms import Flag, Number, Term


def deciding(tree: Tree, truths: Sequence[Truth]) -> Iterator[int]:
    """The atoms that make the tree true or false; all of its atoms when it is undecided."""
    if isinstance(tree, bool):
        return
    if isinstance(tree, int):
        yield tree
        return
    outcome = truth(tree, truths)
    parts = branches(tree)
    if outcome is None or tree[0] == "!":
        chosen = parts
    elif tree[0] == "#":
        chosen = tuple(part for part in parts if truth(part, truths) is outcome)
    elif outcome is (tree[0] == "|"):
        chosen = next((part,) for part in parts if truth(part, truths) is outcome)
    else:
        chosen = parts
    for part in chosen:
        yield from deciding(part, truths)


def names_of(atoms: Atoms, indices: Iterable[int]) -> tuple[str, ...]:
    """The names of the terms that atoms ask about, each once, in order."""
    found: dict[str, None] = {}
    for index in indices:
        match atoms.atoms[index]:
            case Multiple(number, _, _, base):
                found[number] = None
                found[base] = None
            case Cut(name, _, _) | Yes(name) | Among(name, _):
                found[name] = None
    return tuple(found)


def say(fact: Fact) -> str:
    """A fact in words: its label, its value, and how it was found."""
    text = f"{fact.term.title}: {say_value(fact)}"
    return f"{text} ({fact.because})" if fact.because else text


def say_value(fact: Fact) -> str:
    """The value of a fact in words."""
    term = fact.term
    if isinstance(term, Flag):
        return {True: "yes", False: "no", None: "not known"}[fact.value]
    if not isinstance(term, Number):
        if fact.best is not None and len(fact.possible) > 1:
            return f"{fact.best} (possible: {', '.join(fact.possible)})"
        return " or ".join(fact.possible) if len(fact.possible) < len(term.values) else "not known"
    unit = f" {term.unit}" if term.unit else ""
    if fact.point is not None:
        if fact.low == fact.high:
            return f"{fact.point:.4g}{unit}"
        return f"{fact.point:.4g}{unit} ({say_interval(fact.low, fact.high)})"
    return f"{say_interval(fact.low, fact.high)}{unit}"


def say_interval(low: float | None, high: float | None) -> str:
    """A closed interval in words."""
    if low is None and high is None:
        return "not known"
    if low is None:
        return f"at most {high:.4g}"
    if high is None:
        return f"at least {low:.4g}"
    return f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}"


def because(names: Iterable[str], facts: Facts, terms: dict[str, Term]) -> tuple[str, tuple[object, ...]]:
    """What is known of the named terms in words, with the evidence; unknown ones are named last."""
    said: list[str] = []
    unknown: list[str] = []
    evidence: list[object] = []
    for name in names:
        fact = facts.get(name)
        if fact is None or (fact.empty and not fact.because):
            unknown.append(terms[name].title)
            continue
        said.append(say(fact))
        evidence += [piece for piece in fact.evidence if piece not in evidence]
    if unknown:
        said.append(f"not known: {', '.join(unknown)}")
    return "; ".join(said), tuple(evidence)


def listed(names: Sequence[str]) -> str:
    """A list in words: "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
