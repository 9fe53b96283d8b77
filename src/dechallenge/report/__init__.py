"""Floor 7: one assessment as a page. ``terminal`` for the command line, ``html`` for one self-contained file.

Both take the published contract (``dechallenge.assessment.model``) and nothing else.
"""
