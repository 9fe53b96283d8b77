"""Exposures, actions and links of a case as elements (G.k, D.8.r) and lines.

Drugs of the reaction's time are G.k, the main suspect first; drugs of the past are D.8.r with a line in the history;
what was given for the reaction belongs to the narrative and is told there by a line. May import the case and the
modules of this folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dechallenge.case.model import Action, Case, DrugReaction, Exposure, Role
from dechallenge.evidence import DerivedEvidence, PathEvidence
from dechallenge.formats.e2b import codes, lines
from dechallenge.formats.e2b.icsr import At
from dechallenge.formats.e2b.made import REST
from dechallenge.formats.e2b.source import MEDDRA

if TYPE_CHECKING:
    from dechallenge.formats.e2b.case_to_parts import Writing

_TELL_ACTION = ("G.k.8[", "G.k.9.i.4[", "G.k.4.r.", "G.k.11[")
"""Elements that actions are inferred from."""
_DOSE_UNITS = frozenset({"mg", "g", "ug", "ng", "kg", "mL", "L", "mg/kg", "ug/kg", "mg/m2", "[iU]"})
"""Units of a single dose that E2B has; an amount per day is told in words (G.k.4.r.8)."""


def write_drugs(writing: Writing, case: Case) -> None:
    """Every exposure with what was done with it and its role for each reaction."""
    roles = _roles(case)
    taken: set[int] = set()
    past: set[int] = set()
    here = [(n, e) for n, e in enumerate(case.exposures) if roles.get(e.drug) or e.role in codes.ROLE_CODE]
    first = next((k.drug for k in case.links if k.role in ("suspect", "interacting")), "")
    here.sort(key=lambda pair: pair[1].drug != first)
    for n, exposure in here:
        k = writing.number(exposure.evidence, "G.k", taken)
        writing.drugs.setdefault(exposure.drug, k)
        _drug(writing, k, n, exposure, roles.get(exposure.drug) or exposure.role)
    for n, exposure in enumerate(case.exposures):
        if (n, exposure) in here:
            continue
        if exposure.role == "previous":
            r = writing.number(exposure.evidence, "D.8.r", past)
            writing.made.put("D.8.r.1", (r,), exposure.as_written or exposure.drug)
            writing.date("D.8.r.4", (r,), exposure.start)
            writing.date("D.8.r.5", (r,), exposure.stop)
            writing.made.put("D.8.r.7b", (r,), exposure.reaction.removeprefix(f"{MEDDRA} ")
                             if exposure.reaction.startswith(f"{MEDDRA} ") else "")  # fmt: skip
            if not writing.came_from(exposure.evidence, "D.8.r"):
                writing.line("D.7.2", (), "Drug", exposure, frozenset({"id"}), n=str(n))
        else:
            writing.line(REST, (1,), "Drug", exposure, frozenset({"id"}), n=str(n))
    for drug, role in roles.items():
        if drug not in writing.drugs:
            k = writing.number((), "G.k", taken)
            writing.drugs[drug] = k
            writing.made.put("G.k.1", (k,), codes.ROLE_CODE[role])
            writing.made.put("G.k.2.2", (k,), drug)
    _actions(writing, case)
    _links(writing, case)


def _roles(case: Case) -> dict[str, Role]:
    """The role of each suspect, for the first reaction that it is suspected of."""
    found: dict[str, Role] = {}
    for link in case.links:
        if link.role in ("suspect", "interacting"):
            found.setdefault(link.drug, link.role)
    return found


def _drug(writing: Writing, k: int, n: int, exposure: Exposure, role: Role) -> None:
    put, at = writing.made.put, (k,)
    put("G.k.1", at, codes.ROLE_CODE[role])
    put("G.k.2.2", at, exposure.as_written or exposure.drug)
    if writing.base is None:
        for r, name in enumerate(exposure.ingredients, start=1):
            put("G.k.2.3.r.1", (k, r), name)
    dose = exposure.dose
    if dose is not None and dose.value is not None and dose.unit in _DOSE_UNITS:
        put("G.k.4.r.1a", (k, 1), dose.value)
        put("G.k.4.r.1b", (k, 1), dose.unit)
    own = writing.came_from(exposure.evidence, "G.k")
    if not own:
        writing.date("G.k.4.r.4", (k, 1), exposure.start)
        writing.date("G.k.4.r.5", (k, 1), exposure.stop)
        put("G.k.4.r.8", (k, 1), _dosage(exposure))
        put("G.k.4.r.10.1", (k, 1), exposure.route)
    if exposure.indication and not exposure.indication.startswith(f"{MEDDRA} "):
        put("G.k.7.r.1", (k, 1), exposure.indication)
    writing.meddra("G.k.7.r.2", (k, 1), exposure.indication_codes)
    skip = {"id", "as_written", "indication", "indication_codes"}
    if role == exposure.role:
        skip.add("role")
    if own:
        skip |= {"drug", "ingredients", "kind", "reason", "dose", "route", "frequency", "start", "stop", "ongoing",
                 "administrations"}  # fmt: skip
    skip |= {name for name in ("start", "stop") if (t := getattr(exposure, name)) is not None and t.date}
    writing.line("G.k.4.r.8", (k, 1), "Drug", exposure, frozenset(skip), n=str(n))


def _dosage(exposure: Exposure) -> str:
    """The regimen in words."""
    dose = exposure.dose
    said = (dose.text or "") if dose is not None else ""
    often = exposure.frequency or ""
    return lines.clean(" ".join(part for part in (said, "" if often and often in said else often) if part))


def _actions(writing: Writing, case: Case) -> None:
    """What was done: the code of G.k.8, the re-administration of G.k.9.i.4, and a line for each action."""
    put = writing.made.put
    for drug, k in writing.drugs.items():
        mine = [a for a in case.actions if a.drug == drug]
        put("G.k.8", (k,), _taken(writing, case, drug, k))
        for event, i in writing.events.items():
            again = [a for a in mine if a.kind == "restarted" and a.event in ("", event)]
            refused = any(a.kind == "refused" and a.event in ("", event) for a in mine)
            results = [a.result for a in again]
            if again:
                best = "positive" if "positive" in results else "negative" if "negative" in results else ""
                put("G.k.9.i.4", (k, i), {"positive": "1", "negative": "2"}.get(best, "3"))
            elif refused:
                put("G.k.9.i.4", (k, i), "4")
    own = {a.drug for a in case.actions if writing.base is None or not _of_message(a)}
    for n, action in enumerate(case.actions):
        k_of = writing.drugs.get(action.drug)
        if action.drug not in own:
            continue
        place: tuple[str, At] = ("G.k.11", (k_of,)) if k_of is not None else (REST, (1,))
        about = action
        if action.event in writing.events:
            about = action.model_copy(update={"event": f"e{writing.events[action.event]}"})
        writing.line(*place, "Action", about, n=str(n))


def _taken(writing: Writing, case: Case, drug: str, k: int) -> str:
    """The action taken; a code of the base that says nothing stays where nothing but its own elements was read."""
    own = writing.base.value("G.k.8", k) if writing.base is not None else ""
    told = [a for a in case.actions if a.drug == drug]
    if writing.base is not None and own not in codes.ACTION:
        told = [a for a in told if not _of_message(a)]
    for kind in ("stopped", "switched", "reduced", "increased", "continued"):
        if any(a.kind == kind for a in told):
            return codes.ACTION_CODE[kind]
    ongoing = [e.ongoing for e in case.exposures if e.drug == drug and e.ongoing is not None]
    if writing.base is None and ongoing and ongoing[-1]:
        return codes.ACTION_CODE["continued"]
    return own if own not in codes.ACTION else ""


def _of_message(action: Action) -> bool:
    """The action was inferred from elements of the base, and needs no line."""
    return any(
        isinstance(inner, PathEvidence) and inner.path.startswith(_TELL_ACTION)
        for item in action.evidence
        for inner in (item.derived_from if isinstance(item, DerivedEvidence) else (item,))
    )


def _links(writing: Writing, case: Case) -> None:
    for n, link in enumerate(case.links):
        k, i = writing.drugs.get(link.drug), writing.events.get(link.event)
        if k is None or i is None:
            writing.line(REST, (1,), "Link", _numbered(link, i), n=str(n))
            continue
        for id, time in (("G.k.9.i.3.1", link.latency), ("G.k.9.i.3.2", link.stop_to_onset)):
            point = time.point if time is not None and writing.base is None else None
            if point is not None and point >= 0 and _figure(point):
                writing.made.put(f"{id}a", (k, i), point)
                writing.made.put(f"{id}b", (k, i), "d")
        if writing.base is None or not writing.came_from(link.evidence, "G.k.1["):
            writing.line("G.k.11", (k,), "Link", _numbered(link, i), n=str(n))


def _figure(point: float) -> bool:
    """A number that fits into five characters."""
    return len(lines.figure(point)) <= 5


def _numbered(link: DrugReaction, i: int | None) -> DrugReaction:
    return link.model_copy(update={"event": f"e{i}"}) if i is not None else link
