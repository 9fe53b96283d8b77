"""What a part of a sentence holds, told from one search of the whole sentence: the same as a search of the part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dechallenge.reading.suspects.blamewords import NEWLY, OTHERS, PAST, Words

PIECES = st.sampled_from(
    (
        "was started", "were given", "was also taking", "other medications", "other medication", "also on", "was",
        "previously", "prior to", "prior toward", "years before", "had been tried", "tolerated", "for years",
        "ibuprofen", "and", "rice,", "(", ".", "5", "_", "medications included",
    )
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map(" ".join), st.integers(0, 200))
def test_a_part_holds_what_a_search_of_it_finds(sentence: str, cut: int) -> None:
    end = min(cut, len(sentence))
    words = Words(0, sentence)
    for pattern in (OTHERS, PAST):
        assert words.hold(pattern, 0, end) == (pattern.search(sentence[:end]) is not None)


@given(st.lists(PIECES, max_size=14), st.integers(0, 14))
def test_the_last_match_before_a_word_is_that_of_a_search_up_to_it(pieces: list[str], number: int) -> None:
    lead = "".join(f"{piece} " for piece in pieces[:number])
    words = Words(0, lead + " ".join(pieces[number:]))
    begin = max((m.start() for m in NEWLY.finditer(lead)), default=0)
    assert words.last(NEWLY, len(lead)) == begin
    assert words.hold(OTHERS, begin, len(lead)) == (OTHERS.search(lead[begin:]) is not None)


@pytest.mark.parametrize(
    ("end", "held"), [(len("He had previously"), True), (len("He had previous"), False), (len("He had"), False)]
)
def test_a_word_that_is_cut_is_not_held(end: int, held: bool) -> None:
    assert Words(0, "He had previously taken it").hold(PAST, 0, end) is held


def test_words_that_only_a_cut_makes_whole_are_held() -> None:
    """A search of the part takes "prior to" for whole where "toward" is cut; so does the look-up."""
    assert Words(0, "prior toward").hold(PAST, 0, len("prior to"))
    assert not Words(0, "prior toward").hold(PAST, 0, len("prior toward"))
