"""FHIR R4 and R5 in, R4 out: `read` is tolerant, `write` gives a document bundle.

May import evidence, the case, the lexicon, knowledge, dates and reading's measure; nothing above the formats.
"""

from dechallenge.formats.fhir.read import Message, Story, is_fhir, read, read_message
from dechallenge.formats.fhir.write import bundle, write

__all__ = ["Message", "Story", "bundle", "is_fhir", "read", "read_message", "write"]
