"""Every instrument and criterion, one file per publication and edition, reachable by name.

`instruments.rucam_2016.score(latency=30, …)` scores on typed facts; `all()` lists them, `get("rucam-2016")` finds one,
`listing()` is plain data for JSON. Imports only the vocabulary of facts, the logic and `criteria`.
"""

from __future__ import annotations

import builtins
from difflib import get_close_matches

from dechallenge.criteria.ctcae_5 import INSTRUMENT as ctcae_5
from dechallenge.criteria.ctcae_6 import INSTRUMENT as ctcae_6
from dechallenge.errors import FactError
from dechallenge.instruments.aithal_2011 import INSTRUMENT as aithal_2011
from dechallenge.instruments.dilin_severity import INSTRUMENT as dilin_severity
from dechallenge.instruments.french_1985 import INSTRUMENT as french_1985
from dechallenge.instruments.french_2011 import INSTRUMENT as french_2011
from dechallenge.instruments.hys_law import INSTRUMENT as hys_law
from dechallenge.instruments.naranjo_1981 import INSTRUMENT as naranjo_1981
from dechallenge.instruments.r_value import INSTRUMENT as r_value
from dechallenge.instruments.rucam_1993 import INSTRUMENT as rucam_1993
from dechallenge.instruments.rucam_2016 import INSTRUMENT as rucam_2016
from dechallenge.instruments.who_umc import INSTRUMENT as who_umc
from dechallenge.logic.instrument import Instrument

_REGISTRY: tuple[Instrument, ...] = (
    rucam_2016,
    rucam_1993,
    naranjo_1981,
    who_umc,
    french_1985,
    french_2011,
    r_value,
    aithal_2011,
    hys_law,
    dilin_severity,
    ctcae_5,
    ctcae_6,
)


def all() -> tuple[Instrument, ...]:
    """Every instrument, in the order in which reports show them."""
    return _REGISTRY


def get(id: str) -> Instrument:
    """The instrument with this id ("rucam-2016").

    Raises:
        FactError: There is none.
    """
    for instrument in _REGISTRY:
        if instrument.id == id:
            return instrument
    ids = [instrument.id for instrument in _REGISTRY]
    close = get_close_matches(id, ids, n=1, cutoff=0.5)
    hint = f"Did you mean {close[0]!r}? " if close else ""
    raise FactError("there is no such instrument", place=id, next_step=f"{hint}Known: {', '.join(ids)}.")


def listing() -> builtins.list[dict[str, object]]:
    """Id, title, edition, kind, reference and verification state of every instrument, as plain data."""
    return [
        {
            "id": instrument.id,
            "title": instrument.title,
            "edition": instrument.edition,
            "kind": instrument.kind,
            "year": instrument.year,
            "reference": instrument.reference,
            "doi": instrument.doi,
            "verification": {
                "state": "partly unverified" if instrument.marks else "verified",
                "checked_against": instrument.verification,
                "unverified": builtins.list(instrument.marks),
            },
        }
        for instrument in _REGISTRY
    ]


__all__ = [
    "aithal_2011",
    "all",
    "ctcae_5",
    "ctcae_6",
    "dilin_severity",
    "french_1985",
    "french_2011",
    "get",
    "hys_law",
    "listing",
    "naranjo_1981",
    "r_value",
    "rucam_1993",
    "rucam_2016",
    "who_umc",
]
