"""What a case holds in the end, dated by its story: the event and how it ended, exposures, values, findings.

May import `reactions`, `tables` and what stands below them in `dechallenge.reading`.
"""
