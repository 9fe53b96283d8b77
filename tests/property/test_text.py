"""Whatever the text, every quotation of the clean text stands in the document at its offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dechallenge.evidence import Document
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean

texts = st.text(
    st.sampled_from("abcXYZ 019.,;:()-\n\t\u00a0\u2013\u00b5\u201c\u201d\ufb01\u00ad×µé²"), min_size=1, max_size=300
)


@given(texts)
def test_quotes_stand_in_the_document(raw: str) -> None:
    document = Document.from_text(raw)
    text = clean(document)
    for start, end in sentences(text.text):
        evidence = text.quote(start, end)
        assert raw[evidence.start : evidence.end] == evidence.quote
        visible = [c for c in text.text[start:end] if c.isalnum() and c not in "fiμ"]
        assert [c for c in evidence.quote if c.isalnum() and c not in "fi\ufb01µ"] == visible


@given(texts)
def test_clean_positions_never_run_backwards(raw: str) -> None:
    text = clean(Document.from_text(raw))
    places = [text.raw_start(i) for i in range(len(text.text))]
    assert places == sorted(places)
