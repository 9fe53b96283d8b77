"""Laboratory values of running text: the grammar that links names, figures, units and limits, and their sizes.

May import `matching`, `texts` and `times`.
"""
