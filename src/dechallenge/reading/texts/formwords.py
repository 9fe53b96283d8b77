"""What the fields of a report form say, in the words of a report: "Date of reaction: 1 May" is "X appeared on 1 May".

A box that is not ticked says nothing, nor does "not applicable". The drug and the reaction of a sentence are those
of the fields that name them. May import the labels, the boxes, the tables of drugs and the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.formboxes import boxes, chosen
from dechallenge.reading.texts.formdrugs import drug_tables
from dechallenge.reading.texts.formgroups import GOES_ON, ITEM, drugs_of, of_one_form, stopped_of, told_apart
from dechallenge.reading.texts.formlabels import Field, fields, fields_of_a_list

Piece = tuple[int, int, str]
"""Raw start and end of what is written out, and the words it stands for."""

_NOTHING = Pattern(
    r"(?:n\.?/?a\.?|not\s+(?:applicable|available|known|reported|assessable|provided)|does\s?n[o'’]t\s+apply|unknown|unk|-+|none|"
    r"not\s+(?:done|re-?challenged|performed))\W*$",
    re.IGNORECASE,
)
_YES = Pattern(r"(?:yes|positive)\b", re.IGNORECASE)
_NO = Pattern(r"(?:no|negative)\b(?!\s+(?:re-?challenge|information))", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s/.-]+(?:{_MONTH}|\d{{1,2}})[\s/.,-]+\d{{2,4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|"
    rf"\d{{4}}-\d{{2}}(?:-\d{{2}})?|(?:19|20)\d{{6}}(?!\d)|{_MONTH}[\s/.,-]+\d{{4}}|\d{{1,2}}/\d{{4}}|(?:19|20)\d\d)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"\d.*[\s/.-](?:{_MONTH}|\d{{1,2}})[\s/.,-]|{_MONTH}\s+\d{{1,2}},|\d{{4}}-\d\d-|\d{{8}}$", re.IGNORECASE
)
"""A date with its day."""
_COMPACT = Pattern(r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\d.])")
_DATED = re.compile(
    r"\b(?:dates?|on|from|to|until|since|start(?:ed)?|stop(?:ped)?|end(?:ed)?)\b[^\n\d]{0,12}$", re.IGNORECASE
)
"""What leads to a date of eight figures."""
_BETWEEN = re.compile(r"[ \t]*(?:/|-|–|—|to|until|through)[ \t]*", re.IGNORECASE)
_IN_SUSPECT = re.compile(
    r"\s*[-,;|]\s*Start(?:ed|\s+date)?\s*:?\s*(?P<a>[^\s,;|]{6,12})(?:\s*[-,;|]\s*(?:Stop(?:ped)?|End)(?:\s+date)?\s*:?\s*(?P<b>[^\s,;|]{6,12}))?",
    re.IGNORECASE,
)
"""Dates behind the suspect drug in one field: "X - 10 mg - Start 2016-03-01 - Stop 2020-02-15"."""
_ENDED = re.compile(
    r"\s*\((?P<how>(?:not\s+)?recovered(?:/resolved)?|(?:not\s+)?resolved|recovering|fatal|ongoing)[^()]{0,20}\)",
    re.IGNORECASE,
)
"""The outcome of a reaction in brackets: "Tardive dyskinesia (not recovered)"."""
_RECOVERED = Pattern(r"(?:recovered|resolved|recovery)(?:\s*/\s*resolved)?\W*$", re.IGNORECASE)
_NO_REACTION = Pattern(
    r"(?:none|unknown|no\b|yes\b|drug\s+interaction|medication\s+error|overdose|off[\s-]label|lack\s+of|product\s+|exposure\s+)",
    re.IGNORECASE,
)
_STOPPED = Pattern(
    r"\W*(?:drug\s+|medicine\s+)?(?:was\s+)?(?:permanently\s+)?(?:withdrawn|discontinued|stopped|ceased)", re.IGNORECASE
)
_REDUCED = Pattern(r"\W*dose\s+(?:was\s+)?(?:reduced|decreased)", re.IGNORECASE)
_KEPT = Pattern(r"\W*(?:dose\s+not\s+changed|(?:drug\s+)?continued|no\s+(?:change|action))", re.IGNORECASE)
_LABELS = {
    "reaction": "Reaction: ",
    "outcome": "Outcome: ",
    "concomitant": "Concomitant drugs: ",
    "indication": "Indication: ",
    "history": "Medical history: ",
    "suspect": "Suspect drug: ",
    "seriousness": "Seriousness: ",
    "remedy": "The reaction was treated with ",
    "start": "Start date: ",
    "stop": "End date: ",
    "onset": "Onset date: ",
}
_PERSON: tuple[tuple[Pattern, str], ...] = (
    (
        Pattern(
            r"(?<![\w.])age\s+\(?(?:at\s+(?:the\s+)?(?:time\s+of\s+)?(?:reaction|event|onset))\)?\s*[:=]?\s*(?=\d)|"
            r"(?<![\w.])age[ \t]*[,(]?[ \t]*years?\)?[ \t]*[:=][ \t]*(?=\d)",
            re.IGNORECASE,
        ),
        "Age: ",
    ),
    (
        Pattern(
            r"(?:(?<=\n)|^)patient[ \t]*:[ \t]*[^\n/|,]{1,20}[/|,][ \t]*(?P<sex>f(?:emale)?|m(?:ale)?)[ \t]*[/|,][ \t]*"
            r"(?P<age>\d{1,3})[ \t]*(?:y|yrs?|years?)\b(?:[ \t]*[/|,][ \t]*(?P<kg>\d{2,3}(?:\.\d)?)[ \t]*kg)?",
            re.IGNORECASE,
        ),
        "\nSex: {sex}\nAge: {age} years\nWeight: {kg} kg",
    ),
    (Pattern(r"(?:(?<=;\s)|(?<=\n)|(?<=\s\s))sex\s+(?=[MF]\b)", re.IGNORECASE), "Sex: "),
    (
        Pattern(
            r"(?<![\w.])weight(?:\s+if\s+known)?\s*\(\s*kg\s*\)\s*[:=]?\s*(?P<kg>\d{1,3}(?:\.\d+)?)(?!\s*kg|[\d.])",
            re.IGNORECASE,
        ),
        "Weight: {kg} kg",
    ),
)
"""Fields for the patient that are written without a colon, or with the unit in the label."""


_BOX = re.compile(
    r"\s*\n\s*(?:[A-H]|[IVX]{1,4})\.[ \t]+[A-Z][A-Z ()/,&]{5,60}(?=\n)|"
    r"\s*(?:\n|[ \t]{2,})\s*\d{1,2}[a-z]?[.)][ \t]+(?=[A-Z][^:\n]{2,60}:)"
)
"""The heading of a part of a form, and the number of a box."""


_NUMBERED_DRUG = re.compile(r"#[ \t]?(?P<n>\d)\b\)?[ \t]*")


def written_fields(raw: str) -> Iterator[Piece]:
    """What the fields of the forms in a document stand for.

    Args:
        raw: The document.
    """
    yield from boxes(raw)
    found = told_apart(fields(raw))
    if not found:
        for field in fields_of_a_list(raw):
            if field.value:
                yield field.start, field.end, "\nSuspect drug: " if field.role == "drug" else "\nReaction(s): "
            yield from _ended(raw, field)
            if field.value and raw[field.stop : field.stop + 2].strip() == "|":
                yield field.stop, field.stop + 2, "\n"
        return
    for pattern, words in _PERSON:
        for match in pattern.finditer(raw):
            yield match.start(), match.end(), words.format(**match.groupdict()).replace("\nWeight: None kg", "")
    tables = drug_tables(raw)
    for table in tables:
        yield from table.pieces
        for heading in found:
            if heading.start < table.start <= heading.end or raw[heading.end : table.start].isspace():
                yield heading.start, min(heading.end, table.start), "\n"
    found = [f for f in found if not any(t.start <= f.end < t.end or f.start < t.start < f.end for t in tables)]
    for day in _COMPACT.finditer(raw):
        if _DATED.search(raw, max(0, day.start() - 40), day.start()) is not None:
            yield day.start(), day.end(), f"{day['y']}-{day['m']}-{day['d']}"
    taken = {field.start for field in found}
    for box in _BOX.finditer(raw):
        if box.start() not in taken:
            yield box.start(), box.end(), "\n"
    named = [name for table in tables if table.suspects for name in table.names]
    drugs = drugs_of(found) or named
    for item in _NUMBERED_DRUG.finditer(raw):
        if 0 < int(item["n"]) <= len(drugs) and not any(f.start <= item.start() < f.stop for f in found):
            yield item.start(), item.end(), f"{drugs[int(item['n']) - 1]} "
    for i, field in enumerate(found):
        form = of_one_form(raw, found, i)
        dated = any(f.role == "recovery" and _DATE.match(f.value) for f in form)
        if field.role == "outcome" and dated and _RECOVERED.match(field.value):
            yield field.start, field.stop, "\n"  # the field of its date tells it
        elif field.role == "onset" and (onset := _BY_PARTS.match(raw, field.start)) is not None:
            appeared = f"appeared on {onset['d']} {onset['m']} {onset['y']}."
            yield field.start, onset.end(), f"\n{_reaction(form)} {appeared}"
        elif field.role == "character":
            yield field.start, field.stop, "\n"
        else:
            mine = [field.of] if field.of else drugs_of(form) or named
            if field.role in ("dechallenge", "rechallenge"):
                mine = stopped_of(form, mine) if not ITEM.match(field.value) else mine
            yield from _written(raw, field, mine, _reaction(form))
    for day in _BY_PARTS.finditer(raw):
        if not any(f.start <= day.start() < f.stop for f in found):
            form = of_one_form(raw, [*found, Field("onset", day.start(), day.end(), day.end(), "")], len(found))
            yield day.start(), day.end(), f"\n{_reaction(form)} appeared on {day['d']} {day['m']} {day['y']}."


_BY_PARTS = re.compile(
    r"\s*(?:\d{1,2}(?:[-+]\d{1,2})?[.)]?[ \t]+)?(?:reaction|event)[ \t]+onset[ \t:]*\s"
    r"(?:Day[ \t]*:?[ \t]*(?P<d>\d{1,2})\s+Month[ \t]*:?[ \t]*"
    rf"(?P<m>{_MONTH}|\d{{1,2}})\s+Year[ \t]*:?[ \t]*(?P<y>(?:19|20)\d\d))",
    re.IGNORECASE,
)
"""The onset of a CIOMS form by its parts: "REACTION ONSET Day: 14 Month: JUN Year: 2019"."""


def _reaction(form: Sequence[Field]) -> str:
    """The first reaction that the form names; "the reaction" where it is told in sentences."""
    for field in form:
        if field.role != "reaction":
            continue
        term = re.sub(r"^(?:\d{1,2}[).]\s*|[\"“'-]\s*)+", "", field.value)
        term = re.split(r"[,;.(\[|\n:]|\s(?:with|found|when|after|on|in|due|following)\s", term)[0].strip()
        if 3 < len(term) <= _LONGEST and not _NO_REACTION.match(term) and not re.search(r"\d", term):
            return term
    return "The reaction"


_LONGEST = 50
_MONTH_ONLY = re.compile(r"(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?!-?\d)")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _written(raw: str, field: Field, drugs: list[str], reaction: str) -> Iterator[Piece]:
    lead = "\n" if field.start else ""
    role, value = field.role, field.value
    reaction = reaction[0].upper() + reaction[1:]
    drug = " and ".join(drugs)
    were = "were" if len(drugs) > 1 else "was"
    if role in ("dechallenge", "rechallenge"):
        yield field.start, field.stop, lead + _challenge(role, value, reaction, drugs)
        return
    if role == "action" and drug:
        words = (
            f"The dose of {drug} was reduced." if _REDUCED.match(value)
            else f"{drug} {were} continued." if _KEPT.match(value)
            else f"{drug} {were} withdrawn." if _STOPPED.match(value)
            else ""
        )  # fmt: skip
        if words:
            yield field.start, field.stop, lead + words
            return
    if (
        role in ("start", "stop", "both")
        and drug
        and _DATE.match(ITEM.sub("", value, count=1) if ITEM.match(value) else value)
    ):
        yield from _taken(raw, field, drugs, drug, lead)
    elif role in ("onset", "recovery") and (date := _DATE.match(raw, field.end)) is not None:
        verb = "appeared" if role == "onset" else "resolved"
        month = _MONTH_ONLY.match(raw, field.end)
        named = f"{_MONTHS[int(month['m']) - 1]} {month['y']}" if month is not None else ""
        yield (
            field.start,
            month.end() if month is not None else field.end,
            f"{lead}{reaction} {verb} {_on(date.group())}{named}",
        )
    elif role in _LABELS and value and not (role == "reaction" and _ANSWER.match(value)):
        yield field.start, field.end, lead + _LABELS[role]
    elif not value and raw[field.stop : field.stop + 1]:
        yield field.start, field.end, lead
        return
    elif role != "drug":
        return
    if role == "suspect" and drug and (dated := _IN_SUSPECT.search(raw, field.end, field.stop)) is not None:
        if _DATE.fullmatch(dated["a"]):
            yield dated.start(), dated.start("a"), f". {drug} had been started {_on(dated['a'])}"
        if dated["b"] and _DATE.fullmatch(dated["b"]):
            yield dated.end("a"), dated.start("b"), f" and stopped {_on(dated['b'])}"
    if role == "reaction" and (ended := _ENDED.search(raw, field.end, field.stop)) is not None:
        yield ended.start(), ended.end(), f". Outcome: {ended['how'].lower()}."
    if role not in ("start", "stop", "both"):
        yield from _numbered(raw, field, drugs)
    yield from _ended(raw, field)


def _ended(raw: str, field: Field) -> Iterator[Piece]:
    """A full stop behind what is filled in."""
    last = field.end + len(raw[field.end : field.stop].rstrip())
    if field.value and raw[last - 1] not in ".;:|":
        yield last - 1, last, f"{raw[last - 1]}."


_ANSWER = Pattern(r"(?:yes|no)\b", re.IGNORECASE)


def _numbered(raw: str, field: Field, drugs: list[str]) -> Iterator[Piece]:
    """ "Indication: #1 gout; #2 fever" is of the first and of the second drug."""
    for item in ITEM.finditer(raw, field.end, field.stop):
        if not item.group().startswith("#") and item.start() > field.end:
            continue
        number = int(item["n"] or item["m"])
        if field.role in ("suspect", "concomitant") and item.start() > field.end:
            yield item.start(), item.end(), f"\n{_LABELS[field.role]}"
            continue
        named = field.role == "indication" and len(drugs) > 1 and 0 < number <= len(drugs)
        yield item.start(), item.end(), f"{drugs[number - 1]} for " if named else ""


def _challenge(role: str, value: str, reaction: str, drugs: list[str]) -> str:
    """ "Yes" (of the first of several drugs, where they are numbered) as a sentence; nothing for "not applicable"."""
    value = chosen(value)
    answers = ITEM.split(value) if ITEM.match(value) else []
    told = [(n or m, words) for n, m, words in zip(answers[1::3], answers[2::3], answers[3::3], strict=False)]
    out = []
    for number, words in told or [("", value)]:
        place = int(number) if number else 0
        drug = drugs[place - 1] if 0 < place <= len(drugs) else " and ".join(drugs) or "the drug"
        after = f"after {drug} was {'stopped' if role == 'dechallenge' else 'restarted'}."
        words = words.strip(" ;,.\n\t|")
        if _NOTHING.match(words):
            continue
        if _YES.match(words):
            out.append(f"{reaction} {'abated' if role == 'dechallenge' else 'recurred'} {after}")
        elif _NO.match(words):
            of = "the reaction" if reaction == "The reaction" else reaction
            again = f"{drug} was restarted without recurrence of {of}."
            out.append(f"{reaction} persisted {after}" if role == "dechallenge" else again)
    return " ".join(out) or " "


def _on(date: str) -> str:
    return "on " if _WHOLE.search(date) else "in "


def _taken(raw: str, field: Field, drugs: list[str], drug: str, lead: str) -> Iterator[Piece]:
    """When the drugs of a form were started and stopped; with numbers each of them."""
    position, start = field.end, field.start
    verbs = ("stopped", "") if field.role == "stop" else ("started", "stopped")
    while position < field.stop:
        item = ITEM.match(raw, position, field.stop)
        number = int(item["n"] or item["m"]) if item is not None else 0
        who = drugs[number - 1] if 0 < number <= len(drugs) else drug
        date = _DATE.match(raw, item.end() if item is not None else position, field.stop)
        if date is None:
            return
        yield start, date.start(), f"{lead}{who} had been {verbs[0]} {_on(date.group())}"
        position = date.end()
        between = _BETWEEN.match(raw, position, field.stop)
        if between is not None and field.role != "stop":
            if (last := _DATE.match(raw, between.end(), field.stop)) is not None:
                yield position, last.start(), f" and stopped {_on(last.group())}"
                position = last.end()
            elif (goes := GOES_ON.match(raw, between.end(), field.stop)) is not None:
                yield position, goes.end(), " and is ongoing"
                position = goes.end()
        following = _NEXT.match(raw, position, field.stop)
        if following is None:
            return
        start, position, lead = position, following.end(), ".\n"


_NEXT = re.compile(r"[ \t]*[;,\n][ \t]*(?=#)")
