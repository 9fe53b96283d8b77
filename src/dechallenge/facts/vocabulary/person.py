"""Terms about the patient. Imports only `logic`."""

from __future__ import annotations

from dechallenge.logic.terms import Choice, Flag, Number

age = Number(
    "age",
    "years",
    "age at onset",
    "How old was the patient?",
    supply="The printed age; 'in her 30s' is (30, 39.99).",
    low=0,
    high=130,
)
sex = Choice("sex", ("female", "male"), "sex of the patient", "Is the patient female or male?", supply="As stated.")
alcohol_drinks = Number(
    "alcohol_drinks",
    "drinks/day",
    "current alcohol, in drinks a day (one drink is about 10 g of ethanol); 0 = none",
    "How many alcoholic drinks a day does the patient take at present?",
    supply="0 when denied or none; the interval (0.1, None) when some is taken and the amount is not given; past "
    "drinking does not count; unknown when not mentioned.",
    low=0,
    high=100,
    label="alcohol",
)
pregnancy = Flag(
    "pregnancy",
    "pregnant at onset",
    "Was the patient pregnant?",
    supply="False for a male patient or when the age rules it out; unknown unless stated otherwise.",
)

TERMS = (age, sex, alcohol_drinks, pregnancy)
