"""Figures that turn measured values into facts, each once, with its source. Imports nothing of the package.

The definitions of instruments hold their own figures; a test keeps the two in step where they are the same rule.
"""

from __future__ import annotations

from typing import Final

# Case definition of drug-induced liver injury: Aithal GP, et al. Clin Pharmacol Ther 2011;89:806-15.
ALT_ALONE: Final = 5.0
"""ALT at or above this multiple of ULN qualifies alone."""
ALP_ALONE: Final = 2.0
"""Alkaline phosphatase at or above this multiple of ULN qualifies alone."""
ALT_WITH_BILIRUBIN: Final = 3.0
"""ALT at or above this multiple qualifies when bilirubin is above `BILIRUBIN_WITH_ALT` × ULN."""
BILIRUBIN_WITH_ALT: Final = 2.0

# Course after stopping: Danan & Teschke, Int J Mol Sci 2016;17:14, table 1, item 2.
HALF: Final = 0.5
"""Share of the distance from peak to ULN by which a value has to fall."""
FALL_DAYS_HEPATOCELLULAR: Final = 30.0
FALL_DAYS_CHOLESTATIC: Final = 180.0

# Re-exposure of the liver: Teschke, Medicines 2016;3:18, table 13.
RECHALLENGE_ALT_BEFORE: Final = 5.0
"""ALT just before re-exposure has to be below this multiple of ULN for the result to count."""
RECHALLENGE_ALP_BEFORE: Final = 2.0
RECHALLENGE_FACTOR: Final = 2.0

# Neutrophils (10⁹/L): Bénichou & Solal-Céligny, Nouv Rev Fr Hematol 1991;33:257-62.
NEUTROPENIA: Final = 1.5
"""Recovery is a count above this; neutropenia is a count below it."""
NEUTROPHILS_DEEP: Final = 1.0
NEUTROPHILS_LLN: Final = (1.5, 2.0)
"""Lower limits in use in laboratories; which one applies is unknown unless printed."""
BLOOD_FALL: Final = 0.5
"""Project rule for re-exposure of the blood (no published numeric standard was found): a fall by this share."""

# Visible jaundice stands for bilirubin of at least this (mg/dL): Fontana RJ, et al. Drug Saf 2009;32:55-68 (severity).
JAUNDICE_MG_DL: Final = 2.5
NOT_JAUNDICED_MG_DL: Final = 2.49
LASTING_JAUNDICE_DAYS: Final = 90.0
"""LiverTox, Severity grading (NBK548241), recalled: jaundice and symptoms beyond 3 months."""
MG_DL_ULN: Final = 1.2
"""Project default of the upper limit of total bilirubin, as LiverTox cases are judged."""

# Project choices.
SAME_SAMPLE_DAYS: Final = 7.0
"""Values this close in time may stand for one sample when a test of the sample itself is not reported."""
RISE_FACTOR: Final = 1.5
"""A value counts as a renewed rise from this multiple of the lowest value before it."""
AT_ONCE_DAYS: Final = 3.0
"""A treatment begun within so many days of the stop clouds what followed the stop."""
