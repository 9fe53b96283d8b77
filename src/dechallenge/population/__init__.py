"""Floor 6: evidence from many reports, at the service of a case: loading, counting and measuring spontaneous reports.

`measures/` are pure functions on counts; the rest loads, cleans and counts. A measure says how often a drug and a
reaction are reported together, never how great a risk is; none of them enters the score of a case. Needs the extra
`population`. May import the lexicon, the case and errors.
"""
