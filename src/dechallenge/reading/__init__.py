"""Floor 3: prose to case. Text, segments, mentions, values, assertion, time, the story, and the case they add up to.

``prose.ProseReader`` is the reader; every other file is one stage of it. May import evidence, timeline, quantity, the
lexicon and the case model; never facts, instruments or reports.
"""
