"""What an amount of time counts from: a start, a stop, a re-exposure, the onset or a stay, as noun or as clause.

"After stopping", "of treatment", "after he had begun taking", "after it was withdrawn", "after a ten day course". May
import the words of time.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.timewords import ANCHOR, NUMBER, RESTART, UNIT

_SUBJECT = (
    r"(?:she|he|I|we|they|it|this|which|both|treatment|therapy|(?:the|this|his|her)\s+(?:patient|woman|man|girl|boy|child|"
    r"(?:first\s+)?(?:drug|medication|medicine|agent|product|supplement|antibiotic|treatment|therapy)))"
)
_HELPING = (
    r"(?:had|has|have|was|were|been|being|first|initially|already|finally|last|then|again|inadvertently|voluntarily)"
)
_CLAUSE_STOP = (
    r"(?:stopp(?:ed|ing)|discontinued|withdr[ae]wn?|ceased|finish(?:ed|ing)|complet(?:ed|ing)|quit|taken\s+off|"
    r"come\s+off|came\s+off|withheld|interrupted|(?:took|taken|received|given|swallowed)\s+(?:the|his|her|a)\s+(?:last|final)\s+"
    r"(?:\w+\s+)?(?:dose|tablet|capsule|pill|injection|infusion)|last\s+(?:took|taken|given|received))\b"
)
_CLAUSE_START = (
    r"(?:beg[au]n|start(?:ed|ing)|commenc(?:ed|ing)|initiated|introduced|instituted|(?:put|placed)\s+on|(?:went|gone)\s+on(?!\s+to)|took|taken|taking|"
    r"prescribed|received|given|used|ingested|added|administered|switched|changed\s+to)\b"
)
_CLAUSE_ONSET = r"(?:developed|became|presented|noticed|complained|experienced|collapsed|fell\s+ill)\b"
_CLAUSE_ADMIT = r"(?:admitted|hospitali[sz]ed)\b"
_CLAUSE = Pattern(
    rf"(?:the\s+(?:time|day|moment|point)\s+(?:that\s+|when\s+|at\s+which\s+)?)?{_SUBJECT}\s+(?:{_HELPING}\s+){{0,3}}(?:(?P<restart>{RESTART})\b|(?P<stop>{_CLAUSE_STOP})|"
    rf"(?P<admit>{_CLAUSE_ADMIT})|(?P<start>{_CLAUSE_START})|(?P<onset>{_CLAUSE_ONSET}))",
    re.IGNORECASE,
)
_NAMED_CLAUSE = Pattern(
    rf"(?P<pre>(?:[\w®/-]+\s+){{1,3}}?)(?:(?:had|has|was|were)\s+)(?:{_HELPING}\s+){{0,2}}(?:(?P<restart>{RESTART})\b|"
    rf"(?P<stop>{_CLAUSE_STOP})|(?P<start>{_CLAUSE_START}))",
    re.IGNORECASE,
)
"""The same of a drug by its name ("after dapsone had been withdrawn")."""
_COURSE = Pattern(
    rf"(?:a|an|the|his|her|their|this)\s+(?:(?:first|short|brief|full|single|initial|oral|intravenous|standard)\s+){{0,2}}"
    rf"(?:{NUMBER}[\s-]+{UNIT}[\s-]+)?(?:\w+\s+)?(?:course|cycle)\b(?!\s+(?:was|of\s+(?:the|his|her)\s+(?:illness|disease)))",
    re.IGNORECASE,
)
FIRST_DOSE = Pattern(
    r"[^.;\n]{0,80}?[\s(,:](?:first\s+(?:dose|tablet|capsule|injection|infusion|given|taken)|start(?:ed|\s+date)?|"
    r"commenced|begun)\s*[:,]?\s*(?:on\s*)?",
    re.IGNORECASE,
)
"""Between a drug and the date of its first dose ("rivaroxaban 10 mg once daily (first dose 9 February 2017)")."""
_FIRST = Pattern(r"the\s+first(?=\s*(?:[,.;:)]|$|and\b|but\b|she\b|he\b|one\b|of\s+(?:these|them)))", re.IGNORECASE)
"""\"14 weeks after the first" of infusions that were told before."""
_HAD_USED = Pattern(
    r"\bhad\s+(?:\w+ly\s+)?(?:used|taken|received|ingested|been\s+(?:given|taking|using))$", re.IGNORECASE
)
_FOR_A_TIME = Pattern(rf"[^.;,]{{0,60}}?\s+for\s+(?:an?|{NUMBER})[\s-]+{UNIT}\b", re.IGNORECASE)
"""Behind them: a course with its length, which is over ("21 days since he had used X for 7 days")."""
_CHANGE = r"(?:doubl|tripl|increas|rais|escalat|up-?titrat|lower|reduc|halv|taper)"
DOSE_CHANGE = Pattern(
    rf"\s*(?:(?:an?|the|his|her|this|that)\s+)?(?:{_CHANGE}\w*\s+(?:(?:of|in|the|his|her|its|daily|[\w-]+)\s+){{0,3}}?dos(?:e|es|age)\b|"
    rf"(?:daily\s+)?dos(?:e|es|age)\s+(?:(?:of\s+)?[\w-]+\s+){{0,3}}?{_CHANGE}\w*)",
    re.IGNORECASE,
)
"""A change of the dose that a time counts from ("1 month of doubling her dose", "after the dose was increased")."""
_TELLS = Pattern(r"\b(?:and|but|she|he|which|who|was|were|that)\b", re.IGNORECASE)


def anchor_after(text: str, position: int, gap: str) -> tuple[str, int] | None:
    """The kind of what stands at a position (``start``, ``stop``, …) and the end of its words; ``None``: no anchor.

    Args:
        gap: Pattern of what stands between.
    """
    lead = re.compile(gap).match(text, position)
    if lead is None:
        return None
    clause = _CLAUSE.match(text, lead.end())
    if clause is not None and clause.lastgroup is not None:
        over = (
            clause.lastgroup == "start" and _HAD_USED.search(clause.group()) and _FOR_A_TIME.match(text, clause.end())
        )
        return "stop" if over else str(clause.lastgroup), clause.end()
    match = ANCHOR.match(text, lead.end())
    if match is None:
        named = _NAMED_CLAUSE.match(text, lead.end())
        if named is None or named.lastgroup in (None, "pre") or _TELLS.search(named["pre"]):
            return None
        return str(named.lastgroup), named.end()
    pre = match["pre"] or ""
    if _TELLS.search(pre):
        return None
    if match["restart"] or match["restart2"]:
        kind = "restart"
    elif match["stop"] or match["stop2"]:
        kind = "stop"
    elif match["onset"]:
        kind = "onset"
    elif match["admit"]:
        kind = "admission"
    elif match["start"] or match["start2"]:
        kind = "start"
    else:
        kind = "other"
    return kind, match.end()


def of_a_course(text: str, position: int) -> bool:
    """A course stands there, whose end an amount "after" it counts from ("6 weeks after a ten day course of X")."""
    while position < len(text) and text[position].isspace():
        position += 1
    return _COURSE.match(text, position) is not None


def the_first(text: str, position: int) -> int | None:
    """End of "the first", where it stands for the first dose of those told before; ``None`` where it does not."""
    while position < len(text) and text[position].isspace():
        position += 1
    found = _FIRST.match(text, position)
    return found.end() if found is not None else None
