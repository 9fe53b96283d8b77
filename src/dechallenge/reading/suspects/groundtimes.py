"""Times that a report counts from a drug, as grounds to suspect it. May import drugs, times and the words of blame."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dechallenge.reading.drugs.drugforms import by_form
from dechallenge.reading.drugs.druglists import coordinated
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import Ground, Suspicion
from dechallenge.reading.suspects.blamewords import GOT_BETTER, OTHERS, REACTION
from dechallenge.reading.suspects.focusforms import one_so_far
from dechallenge.reading.times.timeofdrug import counts_from
from dechallenge.reading.times.times import read_times

_NO_REACTION = 0.5
"""Weight of a time counted from a drug where its sentence tells no reaction."""


def by_times(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], found: Mapping[str, Suspicion]
) -> None:
    """Count the times that a report counts from a drug ("two weeks after starting X he developed …").

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Mentions, in order.
        found: What speaks for each drug; grounds are added.
    """
    named_in: dict[int, list[DrugMention]] = {}
    for drug in drugs:
        if drug.drug:
            named_in.setdefault(drug.sentence, []).append(drug)
    only, second = one_so_far(drugs)
    for index, (start, end) in enumerate(spans):
        sentence = text[start:end]
        mine = named_in.get(index, [])
        if not mine:
            mine = only if start <= second else []
            mine = mine if mine and mine[0].start < start else by_form(text, (start, end), drugs)
        for time in read_times(sentence):
            if time.kind == "sequence" and time.sign > 0 and REACTION.search(sentence):
                of = next((d for d in mine if d.start > start + time.end), None)
                if (
                    of is not None
                    and counts_from(text, start + time.end, of)
                    and not GOT_BETTER.match(text, of.end, end)
                ):
                    quote = text[start + time.start : of.end]
                    found[of.drug].add(Ground.TIMED, (start + time.start, of.end), quote=quote)
            if (time.kind not in ("offset", "duration") or time.sign < 0) or (
                time.anchor not in ("start", "stop", "restart", "other") and time.kind == "offset"
            ):
                continue
            if mine and mine[0].sentence != index:
                if time.kind == "offset" and time.anchor != "restart" and REACTION.search(sentence):
                    span = (start + time.start, start + time.end)
                    found[mine[0].drug].add(Ground.TIMED, span, quote=sentence[time.start : time.end].strip())
                continue
            if time.anchor == "start" and GOT_BETTER.match(text, start + time.end, end):
                continue  # "after three days of corticosteroids the patient experienced resolution"
            after = [
                d
                for d in mine
                if 0 <= d.start - (start + time.end) < 70 or start + time.start <= d.start < start + time.end
            ]
            if time.kind == "duration":
                after = [d for d in mine if d.end <= start + time.start and start + time.start - d.end < 70][-1:]
                if not REACTION.search(sentence) or OTHERS.search(sentence):
                    continue
            weight = None if REACTION.search(sentence) and time.kind == "offset" else _NO_REACTION
            if time.anchor == "stop" and len({d.drug for d in mine}) > 1 and not REACTION.search(sentence):
                continue
            if re.search(r"\bswitch", text[start + time.start : start + time.end + 12]):
                reach = [d for d in mine if start + time.end <= d.start < start + time.end + 130]
                to = [
                    d for d in reach if re.search(r"\bto\s+(?:\w+\s+){0,2}$", text[max(start, d.start - 20) : d.start])
                ]
                after = to or after
            for i, drug in enumerate(after):
                if i and not coordinated(text, after[i - 1], drug):
                    break
                quote = sentence[time.start : time.end].strip()
                found[drug.drug].add(Ground.TIMED, (start + time.start, start + time.end), weight=weight, quote=quote)
