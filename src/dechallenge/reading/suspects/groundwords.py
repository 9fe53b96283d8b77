"""What the words beside the name of a drug say for or against it: blamed, avoided, tested, taken when it began, past.

May import drugs and the words of blame.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dechallenge.reading.drugs.druglists import coordinated
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import Ground, Suspicion
from dechallenge.reading.suspects.blamewords import (
    ALLERGY_TEST,
    ATTRIBUTES,
    AVOIDED,
    BEGUN_LATELY,
    BETTER,
    BLAME_AFTER,
    BLAME_BEFORE,
    DURING,
    FOR_IT,
    NEWLY,
    NOT_BLAME,
    OTHERS,
    PAST,
    TEST_RESULT,
    Words,
    ruled_out,
)


def by_words(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], found: Mapping[str, Suspicion]
) -> None:
    """Count what the words beside every name of a drug say of it.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Mentions, in order.
        found: What speaks for each drug; grounds are added.
    """
    words: Words | None = None
    for mention in drugs:
        if not mention.drug:
            continue
        sentence = spans[mention.sentence]
        if words is None or words.index != mention.sentence:
            words = Words(mention.sentence, text[slice(*sentence)])
        _of_mention(text, sentence, mention, found[mention.drug], words)


_FORMERLY = Pattern(
    r"(?<!day\s)(?<!days\s)(?<!week\s)(?<!weeks\s)(?<!month\s)(?<!months\s)(?<!hour\s)(?<!hours\s)(?<!-day\s)\bhistory\s+of\s+"
    r"(?:(?!\b(?:who|which|presented|developed|was|were|had|admitted|took|after|taking|treated)\b)[^.;,:]){1,90}?\b"
    r"(?:induced\s+by|caused\s+by|due\s+to|secondary\s+to)\s+(?:[\w-]+\s+(?:and|or)\s+)?$",
    re.IGNORECASE,
)
"""What a drug did long before: "a history of rashes induced by phenobarbital and carbamazepine"."""


def _of_mention(text: str, sentence: tuple[int, int], mention: DrugMention, entry: Suspicion, words: Words) -> None:
    before, after = (
        text[max(sentence[0], mention.start - 60) : mention.start],
        text[mention.end : min(sentence[1], mention.end + 110)],
    )
    span = (mention.start, mention.end)
    general = words.general or bool(NOT_BLAME.search(before[-25:])) or ruled_out(text, mention, sentence)
    general = general or _FORMERLY.search(text, sentence[0], mention.start) is not None
    if not general and BLAME_AFTER.match(after):
        entry.add(Ground.NAMED, (mention.start, min(sentence[1], mention.end + 20)))
    joined = words.blamed is not None and coordinated(text, words.blamed, mention)
    if (
        not general
        and (joined or BLAME_BEFORE.search(before))
        and not re.search(r"\b(?:stopped|discontinued|withdrawn|(?<!lytic )an(?:a)?emia|believed)\b[^.]*$", before)
    ):
        entry.add(Ground.ATTRIBUTED, (max(sentence[0], mention.start - 30), mention.end))
        words.blamed = mention
    if not general and ATTRIBUTES.search(before):
        entry.add(Ground.ATTRIBUTED, (max(sentence[0], mention.start - 30), mention.end))
    _by_allergy_test(text, sentence, mention, entry)
    avoided = AVOIDED.search(after) if len(after.split(",")[0]) else None
    if avoided is not None and "," not in after[: avoided.start()]:
        entry.add(Ground.AVOIDED, (mention.start, mention.end + avoided.end()))
    if words.reaction and DURING.search(before):
        entry.add(Ground.DURING, (max(sentence[0], mention.start - 20), mention.end))
        why = FOR_IT.match(text, mention.end, sentence[1])
        if why is not None and not words.general and not BETTER.search(text, *sentence):
            entry.add(Ground.STOPPED_FOR_IT, (max(sentence[0], mention.start - 20), why.end()))
    if BEGUN_LATELY.match(text, mention.end, sentence[1]):
        return
    if entry.weight < 2:
        here = mention.start - sentence[0]
        if words.hold(OTHERS, words.last(NEWLY, here), here):
            entry.add(Ground.BESIDE, span)
    if not words.again and words.hold(PAST, 0, min(sentence[1], mention.end + 40) - sentence[0]):
        entry.add(Ground.PAST, span)


def _by_allergy_test(text: str, sentence: tuple[int, int], mention: DrugMention, entry: Suspicion) -> None:
    """ "Skin tests were positive to X and negative to Y and Z"."""
    lead = text[max(sentence[0], mention.start - 260) : mention.start]
    if not ALLERGY_TEST.search(lead):
        return
    told = list(TEST_RESULT.finditer(lead))
    if not told or re.search(r"[.;]", lead[told[-1].end() :]):
        return
    if told[-1]["yes"]:
        entry.add(Ground.ALLERGY_TEST, (mention.start, mention.end))
    else:
        entry.add(Ground.NO_ALLERGY, (mention.start, mention.end))
