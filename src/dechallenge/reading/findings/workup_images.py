"""What an image or a biopsy showed, as the report words it. May import the lexicon, scopes and findings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.evidence import State
from dechallenge.lexicon.findings import load_findings
from dechallenge.lexicon.workup import WorkupTest
from dechallenge.reading.assertion.scopes import Scope
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.findings.workup_names import Found
from dechallenge.reading.matching.triggers import Pattern

_SHOWED = Pattern(
    r"\b(?:show(?:ed|s|ing)|contained|reveal(?:ed|s|ing)|demonstrat(?:ed|es|ing)|disclosed|suggest(?:ed|s|ing)|confirm(?:ed|s"
    r"|ing)|indicat(?:ed|es|ing)|excluded|ruled out|found|"
    r"identified|detected|was (?:considered |thought |judged )?(?:to be )?(?:consistent|compatible) with"
    r"|was (?:remarkable|notable|significant) for|did not (?:show|reveal|demonstrate|"
    r"disclose|identify|detect))\b",
    re.IGNORECASE,
)
_NORMAL_ON = Pattern(
    r"\b(?:normal|unremarkable|without abnormalit\w+|no abnormalit\w+(?: (?:was|were|could be) \w+)?)"
    r" (?:on|by|in|at|per) (?:(?:an?|the|repeat(?:ed)?|subsequent|follow-up|further) ){0,3}$",
    re.IGNORECASE,
)
_OTHER_ORGAN = Pattern(
    r"\b(?:kidneys?|renal|spleen|heart|cardiac|lungs?|thyroid|brain|ovar\w+|uter\w+|f(?:o)?et\w+|testes)\b",
    re.IGNORECASE,
)
_TISSUE = Pattern(
    r"\s+(?:was|were|appeared)\s+(?:(?:\w+ly|almost|quite)\s+)?(?:(?P<normal>normocellular)|hypocellular|hypercellular|acellular|"
    r"aplastic|empty|diagnostic\s+of|(?:consistent|compatible)\s+with)\b",
    re.IGNORECASE,
)
"""What a tissue was."""
_COLON = Pattern(r"\s?:(?=\s)")
_RULED_OUT = Pattern(r"did not|excluded|ruled out", re.IGNORECASE)
_NOTHING = Pattern(r"(?:show|reveal|demonstrat|disclos)\w*\s+no\s(?!longer|doubt)", re.IGNORECASE)
"""A biopsy that showed that something was not there ("showed no haemophagocytosis")."""
_DID_NOT = Pattern(r"did not\b", re.IGNORECASE)
_AND_A_LESION = Pattern(
    r"\b(?:and|but|with|,)\s+(?:an?\s+)?(?!no\b|without\b)(?:[\w-]+\s+){0,3}?(?:stenos[ie]s|occlusions?|thromb\w+|lesions?|mass(?:es)?|"
    r"nodules?|collections?|abscess\w*|opacit\w+|effusions?|infiltrat\w+|dilatation|thickening|enlargement|hypertrophy|o?edema|"
    r"stones?|cysts?|fractures?)\b",
    re.IGNORECASE,
)
"""Beside what is normal: "a patent stent and severe stenosis"."""
_ASIDE = Pattern(r"\b(?:despite|in\s+spite\s+of|notwithstanding|although|even\s+though)\b", re.IGNORECASE)
"""What stands behind it is no part of the image ("an enlarged pancreas despite normal lipase")."""
_DANGLING = Pattern(r",?\s+(?:and|but|while)(?:\s+\w+){0,3}\s*$")
_LONGEST_RESULT = 240


def shown_by(
    sentence: str,
    offset: int,
    found: Found,
    test: WorkupTest,
    findings: Sequence[FindingMention],
    held: Sequence[Scope],
    others: Sequence[Found],
) -> tuple[State, str, int, int, str] | None:
    """What an image or a biopsy showed."""
    following = min(
        (f.start for f in others if f.start > found.end and _SHOWED.search(sentence, found.end, f.start)),
        default=len(sentence),
    )
    before = _NORMAL_ON.search(sentence, 0, found.start)
    if before is not None and not _OTHER_ORGAN.search(sentence, max(0, before.start() - 40), before.start()):
        return "negative", "normal", before.start(), found.end, "normal on"
    shown = _COLON.match(sentence, found.end) or _SHOWED.search(sentence, found.end, following)
    post = next(
        (s for s in held if s.side == "post" and s.cue_start < (shown.start() if shown else len(sentence))), None
    )
    if test.kind == "biopsy" and (tissue := _TISSUE.match(sentence, found.end)):
        state: State = "negative" if tissue["normal"] else "positive"
        return state, tissue.group().strip(), found.start, tissue.end(), "was"
    if post is not None or shown is None or shown.start() - found.end > 160:
        return None
    end = _result_end(sentence, shown.end(), following)
    result = sentence[shown.start() : end].strip(" ,;")[:_LONGEST_RESULT]
    span = (found.start, shown.start() + len(result))
    if test.kind == "biopsy":
        normal = re.match(r"\s*(?:an? )?(?:normal|no abnormalit)", sentence[shown.end() : end], re.IGNORECASE)
        none = _DID_NOT.match(shown.group()) or (
            _NOTHING.match(sentence, shown.start())
            and not any(f.state == "present" and shown.start() <= f.start - offset < end for f in findings)
        )
        return ("negative" if normal or none else "positive"), result, *span, "showed"
    seen = [f for f in findings if offset + shown.start() <= f.start < offset + following]
    lexicon = load_findings()
    causes = set(test.causes)
    hits = [f for f in seen if not causes or causes & set(lexicon[f.term].causes)]
    if any(f.state == "present" for f in hits):
        return "positive", result, *span, "showed"
    aside = _ASIDE.search(sentence, shown.end(), end)
    denies = re.search(
        r"^\s*(?:neither|no (?!longer|doubt))|\b(?:normal|no abnormalit\w+|unremarkable|patent|no growth"
        r"|without (?:any )?abnormalit\w+)\b",
        sentence[shown.end() : aside.start() if aside is not None else end],
        re.IGNORECASE,
    )
    if denies and _AND_A_LESION.search(sentence, shown.end() + denies.end(), end):
        return "not interpretable", result, *span, "showed something else"
    if any(f.state == "absent" for f in hits) or denies or _RULED_OUT.match(shown.group()):
        return "negative", result, *span, "showed"
    return "not interpretable", result, *span, "showed something else"


def _result_end(sentence: str, start: int, stop: int) -> int:
    cut = Pattern(r";|,? but (?=\w+ (?:was|were|is|remained))").search(sentence, start, stop)
    if cut:
        return cut.start()
    told = sentence[:stop]
    if stop < len(sentence):
        told = _DANGLING.sub("", told)
    return max(start, len(told.rstrip(" .,;")))
