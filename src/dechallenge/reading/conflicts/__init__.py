"""Contradictions and doubtful values: between abstract, case and discussion, and within the figures.

May import `claims`, `story` and what stands below them in `dechallenge.reading`.
"""
