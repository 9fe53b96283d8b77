"""The reader: the rules first, then what a language model finds beyond them and can prove by the words.

May import reading, this folder, the case, evidence and errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dechallenge.case import Case, Problem, Reading
from dechallenge.evidence import Document
from dechallenge.reading.cases.coverage import coverage
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading_llm.check import Words
from dechallenge.reading_llm.claims import Claim, claims, messages, schema
from dechallenge.reading_llm.client import NoAnswer, Settings, ask, settings
from dechallenge.reading_llm.join import Joined
from dechallenge.reading_llm.place import Place, Refused, locate, places

NAME = "llm"
DROPPED = "dropped"
MAX_TEXT = 200_000
"""Characters of a report that are sent; a longer one is read by the rules alone."""
_LOOK = "Look at the text there; what is right can be entered by hand (dechallenge read FILE -o case.yaml)."


class LanguageModelReader:
    """Reads by rules and asks a language model for more; each claim is checked against the text.

    Args:
        where: The address of the model.
    """

    name = NAME

    def __init__(self, where: Settings) -> None:
        self._where = where
        self._rules = ProseReader()

    def read(self, documents: Sequence[Document]) -> Reading:
        """The cases of the rules with what the model added, its contradictions as conflicts, and what was dropped."""
        cases: list[Case] = []
        problems: list[Problem] = []
        for document in documents:
            # Numbers of cases run on over the documents, as those of the rules do.
            found = self._rules.read([document])
            numbered = [c.model_copy(update={"id": f"c{len(cases) + i}"}) for i, c in enumerate(found.cases, start=1)]
            problems += found.problems
            more, trouble = self._document(document, numbered)
            cases += more
            problems += trouble
        return Reading(documents=tuple(documents), cases=tuple(cases), problems=tuple(problems))

    def _document(self, document: Document, cases: list[Case]) -> tuple[list[Case], list[Problem]]:
        if not cases:
            return cases, []
        if len(document.text) > MAX_TEXT:
            cause = (
                f"The text has {len(document.text):,} characters; at most {MAX_TEXT:,} are sent to a language model."
            )
            return cases, [self._trouble(document, cause, "Split it into its reports.")]
        where = places(document, cases)
        if not where:
            return cases, [self._trouble(document, "The cases could not be found again in the text.", "Split it.")]
        try:
            answer = ask(self._where, messages(document.text), schema())
        except NoAnswer as error:
            cause = f"{error.cause[:1].upper()}{error.cause[1:]}; the rules alone were used."
            return cases, [self._trouble(document, cause, error.step)]
        return self._joined(document, where, answer)

    def _joined(self, document: Document, where: list[Place], answer: Any) -> tuple[list[Case], list[Problem]]:
        joined = [Joined(place.read) for place in where]
        dropped: list[str] = []
        total = 0
        for claim in claims(answer):
            total += 1
            if isinstance(claim, str):
                dropped.append(claim)
                continue
            try:
                self._join(document, claim, where, joined)
            except Refused as refused:
                dropped.append(f"{claim.said}: {refused}")
        unsure = [note for one in joined for note in one.notes]
        cases = [_counted(place, one.case) if one.added else one.case for place, one in zip(where, joined, strict=True)]
        if not dropped and not unsure:
            return cases, []
        head = f"{len(dropped)} of {total} claims of {self._title} were dropped."
        kept = f"Added {sum(j.added for j in joined)}, agreed {sum(j.agreed for j in joined)}, "
        kept += f"in conflict {sum(j.conflicts for j in joined)}."
        lines = [Problem(document=document.id, kind=DROPPED, message=head, next_step=kept)]
        return cases, lines + [self._dropped(document, why) for why in [*dropped, *unsure]]

    def _join(self, document: Document, claim: Claim, where: list[Place], joined: list[Joined]) -> None:
        quote = locate(document, claim.quote)
        for place, one in zip(where, joined, strict=True):
            span = place.clean(quote)
            if place.holds(span):
                one.join(claim, Words(place, quote, span, place.sentence(span), self._title))
                return
        raise Refused("the quotation does not stand in the story of a case")

    @property
    def _title(self) -> str:
        return f"{NAME} ({self._where.model})"

    def _dropped(self, document: Document, why: str) -> Problem:
        told = " ".join(why.split())
        told = told if len(told) <= 300 else f"{told[:300]} …"
        return Problem(document=document.id, kind=DROPPED, message=f"Dropped: {told}.", next_step=_LOOK)

    def _trouble(self, document: Document, cause: str, step: str) -> Problem:
        return Problem(document=document.id, kind="reader", message=cause, next_step=step)


def _counted(place: Place, case: Case) -> Case:
    """The case with the numbers that the model's facts explain no longer among the unread ones."""
    return case.model_copy(update={"coverage": coverage(place.text, place.case.parts, case)})


def from_options(options: Mapping[str, str]) -> LanguageModelReader:
    """The reader of the options and the environment; see :func:`client.settings`.

    Raises:
        DechallengeError: No address or model is given, or an option is wrong.
    """
    return LanguageModelReader(settings(options))
