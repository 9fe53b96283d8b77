"""What the editions of the LiverTox likelihood have in common: the item and the words for a drug without cases.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.documentation import convincing_cases
from dechallenge.logic.instrument import Item, Option, left_out

NOT_LISTED = left_out("not classified: the number of published convincing cases is not known (not listed is not X)")


def likelihood(options: tuple[Option, ...], source: str, note: str = "") -> Item:
    """The one item of an edition."""
    return Item(
        "likelihood",
        "Likelihood of the drug, from published convincing cases",
        options,
        missing=NOT_LISTED,
        source=source,
        note=note,
    )


NO_CASE = convincing_cases < 1

OF_THE_DRUG = "It judges the drug, not the case: a drug of category A may be innocent in a patient."
