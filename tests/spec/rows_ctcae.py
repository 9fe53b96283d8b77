"""Spec tables of CTCAE 5.0 and 6.0, put together from the tables of their terms."""

from __future__ import annotations

from tests.spec.ctcae_blood_rows import BLOOD_5, BLOOD_6
from tests.spec.ctcae_chemistry_rows import CHEMISTRY_5, CHEMISTRY_6
from tests.spec.ctcae_clinical_rows import CLINICAL_5, CLINICAL_6
from tests.spec.table import Row

ALL: dict[str, list[Row]] = {
    "ctcae-5": [*BLOOD_5, *CHEMISTRY_5, *CLINICAL_5],
    "ctcae-6": [*BLOOD_6, *CHEMISTRY_6, *CLINICAL_6],
}
