"""Facts: from a case to the facts that instruments ask for, for one suspect and one reaction.

`vocabulary` declares every term once; the other modules (one per subject: timing, liver, blood, work-up …) turn
the case into facts. May import the floors below (evidence, timeline, quantity, lexicon, knowledge, case, logic).
"""
