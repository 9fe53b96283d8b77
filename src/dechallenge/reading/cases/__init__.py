"""The reader itself: documents to cases, each put together from what the other folders read.

May import every folder of `dechallenge.reading`; `prose.ProseReader` is the entry.
"""
