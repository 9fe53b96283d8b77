"""The drugs of E2B(R2) as elements of E2B(R3): dosage, action, re-administration, opinions, latency.

R2 gives re-administration and latency for the drug and names reactions by term; R3 has them for a reaction by number.
What is set for more than one reaction is noted. May import the code lists and the modules that put elements down.
"""

from __future__ import annotations

from dechallenge.formats.e2b import codes
from dechallenge.formats.e2b.icsr import At
from dechallenge.formats.e2b.r2_put import Translated, date, meddra, number
from dechallenge.formats.e2b.tree import Node

_DRUG = (
    ("drugcharacterization", "G.k.1"),
    ("medicinalproduct", "G.k.2.2"),
    ("obtaindrugcountry", "G.k.2.4"),
    ("drugauthorizationnumb", "G.k.3.1"),
    ("drugauthorizationcountry", "G.k.3.2"),
    ("drugauthorizationholder", "G.k.3.3"),
)


def drug_of(out: Translated, k: int, drug: Node, reactions: list[Node]) -> None:
    for tag, id in _DRUG:
        out.put(id, (k,), drug.first(tag))
    for r, substance in enumerate(drug.all("activesubstance"), start=1):
        out.put("G.k.2.3.r.1", (k, r), substance.first("activesubstancename"))
    _dosage(out, (k, 1), drug)
    number(out, "G.k.5", (k,), drug, "drugcumulativedosagenumb", codes.R2_DOSE_UNIT)
    indication = drug.first("drugindication")
    if not meddra(out, "G.k.7.r.2", (k, 1), indication, drug.first("drugindicationmeddraversion")):
        out.put("G.k.7.r.1", (k, 1), indication)
    action = drug.first("actiondrug")
    if action is not None:
        out.put("G.k.8", (k,), action, codes.R2_ACTION.get(action.text, action.text))
    for tag, id in (("drugstartperiod", "G.k.9.i.3.1"), ("druglastperiod", "G.k.9.i.3.2")):
        if drug.first(tag) is not None:
            for i in range(1, len(reactions) + 1):
                number(out, id, (k, i), drug, tag)
            if len(reactions) > 1:
                out.note(f"{id}: R2 gives one interval for the drug; it is set for each reaction")
    _recurrence(out, k, drug, reactions)
    _opinions(out, k, drug, reactions)
    more = drug.first("drugadditional")
    if more is not None and more.text in codes.OPENFDA_DECHALLENGE:
        out.put("G.k.11", (k,), more, codes.ABATED + codes.OPENFDA_DECHALLENGE[more.text])
    else:
        out.put("G.k.11", (k,), more)


def _dosage(out: Translated, at: At, drug: Node) -> None:
    number(out, "G.k.4.r.1", at, drug, "drugstructuredosagenumb", codes.R2_DOSE_UNIT)
    every = drug.first("drugintervaldosageunitnumb")
    unit = drug.first("drugintervaldosagedefinition")
    if every is not None:
        times = drug.value("drugseparatedosagenumb")
        value = every.text
        if times.isdecimal() and len(times) < 5 and int(times) > 1 and every.text.replace(".", "", 1).isdecimal():
            value = f"{float(every.text) / int(times):.4g}"
            out.note(f"G.k.4.r.2: {times} doses in {every.text} intervals are one dose every {value}")
        out.put("G.k.4.r.2", at, every, value)
    out.put("G.k.4.r.3", at, unit, codes.R2_TIME_UNIT.get(unit.text, unit.text) if unit is not None else None)
    date(out, "G.k.4.r.4", at, drug, "drugstartdate")
    date(out, "G.k.4.r.5", at, drug, "drugenddate")
    number(out, "G.k.4.r.6", at, drug, "drugtreatmentduration")
    out.put("G.k.4.r.7", at, drug.first("drugbatchnumb"))
    out.put("G.k.4.r.8", at, drug.first("drugdosagetext"))
    out.put("G.k.4.r.9.1", at, drug.first("drugdosageform"))
    out.put("G.k.4.r.10.2b", at, drug.first("drugadministrationroute"))


def _named(node: Node | None, reactions: list[Node]) -> list[int]:
    """The reactions that are called by this term; R2 names them by term, so that two of one term are both meant."""
    if node is None:
        return []
    wanted = node.text.casefold()
    tags = ("reactionmeddrallt", "reactionmeddrapt", "primarysourcereaction")
    return [i for i, r in enumerate(reactions, start=1) if wanted in {r.value(tag).casefold() for tag in tags}]


def _recurrence(out: Translated, k: int, drug: Node, reactions: list[Node]) -> None:
    answer = drug.first("drugrecurreadministration")
    named = [i for r in drug.all("drugrecurrence") for i in _named(r.first("drugrecuraction"), reactions)]
    if answer is None:
        for i in named:  # the reaction that recurred is named
            out.put("G.k.9.i.4", (k, i), drug.all("drugrecurrence")[0].first("drugrecuraction"), "1")
        return
    which = named or list(range(1, len(reactions) + 1))
    value = codes.R2_RECURRENCE.get(answer.text, "")
    for i in which:
        out.put("G.k.9.i.4", (k, i), answer, value, "" if value else "UNK")
    if value and not named and len(reactions) > 1:
        out.note(f"G.k.9.i.4[{k}]: which reaction recurred is not named; it is set for each reaction")
    if answer.text == "2":
        out.note(f"G.k.9.i.4[{k}]: 'no' does not say whether the drug was given again")


def _opinions(out: Translated, k: int, drug: Node, reactions: list[Node]) -> None:
    counted: dict[int, int] = {}
    for opinion in drug.all("drugreactionrelatedness"):
        about = opinion.first("drugreactionasses")
        which = _named(about, reactions)
        if not which and len(reactions) == 1:
            which = [1]
        if not which:
            what = about.text if about is not None else "no reaction"
            out.note(f"G.k.9.i.2[{k}]: an opinion about {what!r}, which is no reaction of the report; left out")
        for i in which[:1] if len(which) > 1 else which:
            r = counted[i] = counted.get(i, 0) + 1
            out.put("G.k.9.i.2.r.1", (k, i, r), opinion.first("drugassessmentsource"))
            out.put("G.k.9.i.2.r.2", (k, i, r), opinion.first("drugassessmentmethod"))
            out.put("G.k.9.i.2.r.3", (k, i, r), opinion.first("drugresult"))
        if len(which) > 1:
            out.note(f"G.k.9.i.2[{k}]: {len(which)} reactions share a term; the opinion is set for the first")


def first_times(out: Translated, drugs: list[Node], reactions: list[Node]) -> None:
    """B.2.i.7 counts from the suspect drug without naming it: it is set for a suspect that is alone."""
    suspects = [k for k, drug in enumerate(drugs, start=1) if drug.value("drugcharacterization") in ("1", "3")]
    for i, reaction in enumerate(reactions, start=1):
        for tag, id in (("reactionfirsttime", "G.k.9.i.3.1"), ("reactionlasttime", "G.k.9.i.3.2")):
            if reaction.first(tag) is None:
                continue
            if len(suspects) == 1:
                number(out, id, (suspects[0], i), reaction, tag)
            else:
                out.note(f"{id}: from which of {len(suspects)} suspects reaction {i} counts is not said; left out")
