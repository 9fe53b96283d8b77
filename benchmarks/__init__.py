"""Measurements on real texts: each command reads only the published JSON of an assessment and a reference file.

Imports of the package itself happen in `benchmarks.run` and nowhere else, so that a benchmark cannot look at anything
that a user does not get.
"""
