"""Which reaction a case is about: its names, its first signs, its course in words, and reactions of any other kind.

May import `story` and what stands below it in `dechallenge.reading`.
"""
