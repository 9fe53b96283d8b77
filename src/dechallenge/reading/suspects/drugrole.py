"""The role of one drug for the reaction, how it is known, and the reason as it is told. May import the case model."""

from __future__ import annotations

from typing import NamedTuple

from dechallenge.case.model import Role


class DrugRole(NamedTuple):
    """What a drug is for the reaction.

    Attributes:
        role: Suspect, interacting, concomitant, treatment or previous.
        basis: ``blamed`` by the report, ``timing`` where it only was running, empty where it is no suspect.
        reason: Why, in words.
        mere: The reason tells what happened to the drug, without a word of blame.
    """

    role: Role
    basis: str = ""
    reason: str = ""
    mere: bool = False


AT_ONSET = DrugRole("concomitant", reason="taken at the time of the reaction")
