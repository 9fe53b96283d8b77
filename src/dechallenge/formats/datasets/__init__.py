"""Tables of a trial or a laboratory to cases: `recognise`, show the `mapping`, `read`.

Long and wide tables of values, exposures, demography and reactions, CDISC SDTM and ADaM names among them, as CSV, XLSX
or Parquet. May import evidence, the case, the lexicon, knowledge, dates, and reading's and the facts' view of values.
"""

from dechallenge.formats.datasets.columns import Column, Given, Mapping, Question, TableMapping, given
from dechallenge.formats.datasets.dataset import Dataset, documents, mapping, open_tables, read, recognise, stream

__all__ = [
    "Column",
    "Dataset",
    "Given",
    "Mapping",
    "Question",
    "TableMapping",
    "documents",
    "given",
    "mapping",
    "open_tables",
    "read",
    "recognise",
    "stream",
]
