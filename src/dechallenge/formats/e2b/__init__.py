"""ICH E2B messages: individual case safety reports in and out.

`icsr` is what all of them are read into: data elements by their ICH number. `r3_*` reads and writes E2B(R3), `r2_*`
reads E2B(R2) XML and FAERS SGML, `openfda` the JSON of openFDA drug/event; `case_from` and `case_to` turn reports into
cases and back. May import the case, evidence, errors, quantity, timeline and the lexicon; never a reader of prose.
"""
