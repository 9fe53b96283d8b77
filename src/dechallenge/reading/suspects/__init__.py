"""Which drug is meant as the cause: what blames or spares a drug, and the role of every drug with its reason.

May import `reactions` and what stands below it in `dechallenge.reading`.
"""
