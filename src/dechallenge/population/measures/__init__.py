"""Measures of disproportionate reporting: arrays of counts in, arrays out, each with its convention and its source.

`cells` builds the 2x2 table of distinct reports; one module per family of measures. Needs numpy and scipy; imports
nothing else of the package but errors.
"""
