"""What an item is about, so that methods can be laid side by side: the topic that most of its facts belong to.

May import the instruments and the logic.
"""

from __future__ import annotations

from functools import cache

from dechallenge import instruments
from dechallenge.logic.instrument import Item
from dechallenge.logic.typed import item_terms


def _names(names: str) -> tuple[str, ...]:
    return tuple(names.split())


TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "time to onset",
        _names("latency stop_to_onset exposure onset_timing onset_time_stated slow_elimination half_life_days"),
    ),
    ("drug in the body", _names("elimination_impaired toxic_level dose_response")),
    (
        "course after stopping",
        _names(
            "dechallenge drug_continued action_stated alt_half_days alp_half_days bili_half_days alt_not_halved "
            "alt_rose_again alp_fell_short antidote_response below_2uln_days alt_halved_on_drug alp_halved_on_drug "
            "bili_halved_on_drug alt_fall_days alp_fall_days bili_fall_days stayed_high stop_not_possible "
            "lasting_disability symptoms_worsened neutrophil_recovery_days neutropenia_symptoms_gone growth_factor "
            "died_before_recovery"
        ),
    ),
    (
        "re-exposure",
        _names(
            "rechallenge rechallenge_setting rechallenge_alt_before rechallenge_alt_during rechallenge_alp_before "
            "rechallenge_alp_during rechallenge_ast_during rechallenge_bili_before rechallenge_bili_during "
            "rechallenge_days similar_reaction same_reaction_before necrolysis_before dili_jaundice_before"
        ),
    ),
    (
        "other causes",
        _names(
            "other_cause disease_could_explain hav hbv hcv hev hbc_igm hbsag hcv_rna hcv_chronic hcv_exposure "
            "anti_hcv biliary_imaging liver_imaging alcoholic_hepatitis ast_alt_ratio ast_found_u_l hypotension "
            "ischaemia_before sepsis_present underlying_disease cmv ebv hsv vzv cmv_igm cmv_dna ebv_igm ebv_dna "
            "hsv_igm hsv_dna autoimmune_tested aih_like_drug ana_titre sma_titre igg_xuln aih_histology "
            "stronger_suspect"
        ),
    ),
    ("other drugs", _names("concomitant")),
    (
        "what is known of the drug",
        _names(
            "known_reaction livertox_category years_marketed necrolysis_notoriety convincing_cases little_known_drug "
            "liver_reports high_dose_hepatotoxin"
        ),
    ),
    ("risk factors", _names("age sex alcohol_drinks pregnancy favouring_factor")),
    (
        "picture and tests",
        _names(
            "semiology specific_test objective_evidence placebo event_definitive cannot_be_assessed "
            "reaction_suspected rash_with_injury fever_with_injury arthralgia_with_injury eosinophils_pct "
            "cytopenia_with_injury dlst liver_biopsy dress_or_sjs neutrophils_nadir"
        ),
    ),
    ("expert opinion", _names("opinion_category opinion_percent")),
)
"""Topics in the order in which they are shown, each with its facts."""
OTHER = "the rest"
WHOLE = "the whole"
"""Items that ask about more than three topics: verdicts."""

_TOPIC_OF = {name: topic for topic, names in TOPICS for name in names}
_ORDER = {topic: place for place, (topic, _) in enumerate((*TOPICS, (OTHER, ()), (WHOLE, ())))}


def order(topic: str) -> int:
    """The place of a topic in a table."""
    return _ORDER[topic]


@cache
def topic_of(id: str) -> str:
    """The topic of an item or part.

    Args:
        id: Full id ("rucam-2016.5").
    """
    name, _, short = id.partition(".")
    return _topic(instruments.get(name).item(short))


@cache
def topics_within(id: str) -> frozenset[str]:
    """The topics that an instrument weighs within its items about the whole."""
    instrument = instruments.get(id)
    return frozenset(topic for item in instrument.items if len(found := _counts(item)) > 3 for topic in found)


def _counts(item: Item) -> dict[str, int]:
    """How many facts of each topic an item asks for."""
    found: dict[str, int] = {}
    for leaf in item.leaves:
        for term in item_terms(leaf):
            topic = _TOPIC_OF.get(term.name)
            if topic is not None:
                found[topic] = found.get(topic, 0) + 1
    return found


def _topic(item: Item) -> str:
    found = _counts(item)
    if len(found) > 3:
        return WHOLE
    return max(found, key=lambda topic: (found[topic], -order(topic)), default=OTHER)
