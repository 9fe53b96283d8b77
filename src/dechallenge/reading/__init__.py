"""Floor 3: prose to case. Text, layout, mentions, values, assertion, time, the story, and the case they add up to.

``cases.prose.ProseReader`` is the reader. Every folder is one stage and imports only folders of the stages before it
(``tests/house/test_floors.py`` holds the order): ``matching``, ``mentions``, ``texts``, ``assertion``, ``times``,
``layout``, ``drugs``, ``actions``, ``laboratory``, ``findings``, ``tables``, ``claims``, ``story``, ``reactions``,
``suspects``, ``entries``, ``conflicts``, ``cases``. May import evidence, timeline, quantity, the lexicon and the case
model; never facts, instruments or reports.
"""
