"""The door of this folder: from a case to the facts of one suspect and one reaction.

`make_facts` serves causality (drug × reaction), `event_facts` what judges the reaction alone (severity, gradings).
May import the other modules of this folder, case and logic.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dechallenge.case.model import Case, Event
from dechallenge.facts import (
    causality_more,
    concomitants,
    decline,
    documentation,
    grading,
    hepatitis,
    histology,
    inflammation,
    judgement,
    liver,
    liver_causes,
    liver_scores,
    neutropenia,
    person,
    reexposure,
    response,
    rheumatology,
    skin,
    timing,
    workup,
)
from dechallenge.facts.concomitants import Other
from dechallenge.facts.liver import Found
from dechallenge.facts.pair import CaseView, Pair
from dechallenge.facts.reexposure import Episode
from dechallenge.logic import Fact, Facts


@dataclass(frozen=True)
class Made:
    """The facts of a pair, and what they were read from; each part is worked out once.

    Attributes:
        pair: The drug (None for the reaction alone) and the reaction on the case's time line.
    """

    pair: Pair

    @cached_property
    def found(self) -> Found | None:
        """The liver values when the injury was found."""
        return liver.find(self.pair)

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """Every re-exposure with its result."""
        return reexposure.episodes(self.pair, self.found)

    @cached_property
    def others(self) -> tuple[Other, ...]:
        """The other drugs of the case and how their time fits."""
        return concomitants.others(self.pair)

    @cached_property
    def facts(self) -> Facts:
        """All facts; a term that nothing is known of is left out."""
        pair = self.pair
        found: list[Fact] = []
        found += timing.facts(pair)
        if pair.is_liver:
            found += liver.facts(pair, self.found)
            found += decline.facts(pair)
        found += person.facts(pair)
        found += workup.facts(pair, self.found)
        found += response.facts(pair)
        found += reexposure.facts(pair, self.episodes)
        found += judgement.facts(pair)
        found += grading.facts(pair)
        found += neutropenia.facts(pair)
        found += hepatitis.facts(pair)
        found += skin.facts(pair)
        found += documentation.facts(pair)
        found += inflammation.facts(pair)
        found += rheumatology.facts(pair)
        made = Facts(found)
        if pair.is_liver:
            scores = (*liver_scores.facts(pair, self.found), *liver_causes.facts(pair), *histology.facts(pair))
            made = made.with_(*(fact for fact in scores if fact.name not in made))
        made = made.with_(*causality_more.facts(pair, self.found, made, self.episodes))
        extra = [concomitants.concomitant(pair, self.others), concomitants.other_cause(pair, made, self.others)]
        return made.with_(*(fact for fact in extra if fact is not None))


def make(view: CaseView, drug: str | None, event: Event) -> Made:
    """Facts of a pair on a view of the case that may be shared by several pairs."""
    return Made(Pair(view, event, drug))


def make_facts(case: Case, drug: str, event: Event) -> Facts:
    """What is known of one suspect and one reaction.

    Args:
        case: The case.
        drug: Canonical name of the suspect, as in `case.exposures`.
        event: A reaction of the case.
    """
    return make(CaseView(case), drug, event).facts


def event_facts(case: Case, event: Event) -> Facts:
    """What is known of a reaction for gradings and criteria; time counts from the first dose of its main suspect."""
    view = CaseView(case)
    return make(view, view.main_suspect(event), event).facts
