"""The story of a case: the moment that every clause speaks of, and the network that dates the moments.

May import everything listed before it in `dechallenge.reading`, except `tables`, `findings` and `claims`.
"""
