"""Terms of what is known of drug and reaction, and of what the picture points to. Imports only `logic`."""

from __future__ import annotations

from dechallenge.logic.terms import Choice, Flag

known_reaction = Choice(
    "known_reaction",
    ("labelled", "published", "few reports", "indirect", "unconvincing", "not described"),
    "how well this reaction is known with this drug: listed in its product information; described in reference works "
    "or published widely; published once or twice; only with a related drug, a rather different picture or in "
    "experiments; only unconvincing reports; none after an exhaustive search",
    "Is this reaction known with this drug (label, reference works, single reports)?",
    supply="From the sourced table of known reactions. A drug without a row is unknown, never 'not described'. "
    "Where the source says 'published' without a count: both 'published' and 'few reports' are possible.",
    label="known reaction",
)
semiology = Choice(
    "semiology",
    ("evocative", "other"),
    "whether the picture of the reaction points to the drug (pharmacology, withdrawal syndrome, site of effects)",
    "Does the picture of the reaction point to the drug?",
    supply="Cytopenia: 'evocative' when it is isolated and the drug's pharmacology explains it or the label lists it; "
    "'other' when a disease that lowers the same line is active (MAS, haemophagocytosis, aplasia, sepsis).",
    label="picture of the reaction",
)
favouring_factor = Flag(
    "favouring_factor",
    "a well-validated favouring factor for this drug and this reaction is present",
    "Is a well-validated favouring factor for this drug and reaction present?",
    supply="Unknown unless the report names one, or says that there is none.",
)
event_definitive = Flag(
    "event_definitive",
    "the reaction is definitive: an objective and specific disorder, or a recognised effect of the drug",
    "Is the reaction an objective, specific disorder or a recognised pharmacological effect of the drug?",
    supply="From a sourced table of reaction and drug; unknown otherwise.",
)
cannot_be_assessed = Flag(
    "cannot_be_assessed",
    "the report is insufficient or contradictory and cannot be supplemented or verified",
    "Is the report too poor or contradictory to judge, with no way to complete it?",
    supply="Normally False for a report that was read; True only on a reader's word.",
)

TERMS = (known_reaction, semiology, favouring_factor, event_definitive, cannot_be_assessed)
