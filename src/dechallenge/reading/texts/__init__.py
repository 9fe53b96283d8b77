"""A text before it means anything: normal form with offsets, sentences, clauses, shorthand, dates as printed.

May import `matching`.
"""
