"""What the fibrosis indices share: when they do not hold, and where they are shown.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.inflammation import il6_blockade
from dechallenge.facts.vocabulary.liver_scores import (
    acute_phase,
    fibrosis_alt_u_l,
    fibrosis_ast_u_l,
    fibrosis_ast_xuln,
    fibrosis_values,
)
from dechallenge.logic.instrument import Caution, left_out

FLARE_U_L = 200
"""AST or ALT from which a flare is taken for granted: 5 × a limit of 40 U/L (project choice)."""
FLARE_XULN = 5

CHRONIC = Caution("Made for chronic liver disease; it says nothing about a drug as the cause.")
DURING = Caution(
    "Invalid here: taken during the reaction. A rise of ALT and AST in acute injury changes the index without "
    "fibrosis.",
    when=fibrosis_values.one_of("during the reaction", "from both times"),
)
FLARE = Caution(
    "Invalid here: AST or ALT of 200 U/L or more is a flare, which changes the index without fibrosis (the figure is "
    "5 × a limit of 40 U/L, project choice).",
    when=(fibrosis_ast_u_l >= FLARE_U_L) | (fibrosis_alt_u_l >= FLARE_U_L),
)
FLARE_OF_MULTIPLES = Caution(
    "Invalid here: AST of 5×ULN or more is a flare, which changes the index without fibrosis (project choice).",
    when=fibrosis_ast_xuln >= FLARE_XULN,
)
PLATELETS = Caution(
    "Systemic inflammation, macrophage activation and IL-6 blockade change the platelet count by themselves; so the "
    "index may be too low or too high.",
    when=acute_phase | il6_blockade,
)

NOT_COMPUTED = left_out("not computed: a value is missing, and none may be assumed")
