"""Floor 5: runs every instrument for every suspect and reaction of a case; conflicts, open questions, completeness.

`assess` is the door, `model` the published JSON contract, `corrections` what a person enters instead of what was read.
May import the floors below (case, facts, instruments); never a report or the web.
"""
