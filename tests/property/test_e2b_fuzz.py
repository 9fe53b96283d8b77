"""Whatever a report holds, it becomes a case, goes back, and an unchanged case gives identical elements."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dechallenge.case.model import Time
from dechallenge.errors import InputError
from dechallenge.evidence import Document
from dechallenge.formats.e2b import case_from, case_to, lines, openfda, r2_read, trials
from dechallenge.formats.e2b.icsr import Element, Icsr

MESSAGE = Document.from_text("", name="m", id="m1")
DEPTH = {
    "E.i": 1, "F.r": 1, "D.7.1.r": 1, "D.8.r": 1, "G.k.4.r": 2, "G.k.9.i.2.r": 3, "G.k.9.i": 2, "G.k": 1, "C.2.r": 1,
}  # fmt: skip
IDS = [
    "C.1.1", "C.1.3", "C.1.4", "C.2.r.4", "D.2.1", "D.2.2a", "D.2.2b", "D.2.3", "D.3", "D.4", "D.5", "D.7.1.r.1b",
    "D.7.1.r.2", "D.7.1.r.3", "D.7.1.r.5", "D.7.2", "D.8.r.1", "D.8.r.4", "D.8.r.7b", "D.9.1", "E.i.1.1a", "E.i.1.2",
    "E.i.2.1b", "E.i.3.1", "E.i.3.2a", "E.i.4", "E.i.5", "E.i.6a", "E.i.6b", "E.i.7", "F.r.1", "F.r.2.1", "F.r.3.1",
    "F.r.3.2", "F.r.3.3", "F.r.3.4", "F.r.4", "F.r.5", "F.r.6", "G.k.1", "G.k.2.2", "G.k.4.r.1a", "G.k.4.r.1b",
    "G.k.4.r.2", "G.k.4.r.3", "G.k.4.r.4", "G.k.4.r.5", "G.k.4.r.6a", "G.k.4.r.6b", "G.k.4.r.8", "G.k.8",
    "G.k.9.i.2.r.1", "G.k.9.i.2.r.3", "G.k.9.i.3.1a", "G.k.9.i.3.1b", "G.k.9.i.4", "G.k.11", "H.1", "H.2", "H.4",
]  # fmt: skip
LINE = "• Value: [analyte] ALT [value] 900 [unit] U/L [time] Day 21 after the first dose of x (day 20 to 22)"
VALUES = st.one_of(
    st.sampled_from(
        ["1", "2", "3", "4", "5", "0", "9", "true", "a", "d", "mo", "10.a", "2020", "202002", "20200229", "20210229",
         "20200101101010-0500", "ALT", "U/L", "<40", ">=1e999", "[5;10]", "nan", "-1", "²", "9" * 5000, "tocilizumab",
         "hepatitis", "normal", "27 x ULN", LINE, "• Drug: [role] king", "• Action: [kind] flown [time] Day x",
         "• Reaction: [number] 1 [onset] Day 1e999 after the first dose", "10000000"]
    ),
    st.text(max_size=30),
)  # fmt: skip


@st.composite
def reports(draw: st.DrawFn) -> Icsr:
    elements = {}
    for id in draw(st.lists(st.sampled_from(IDS), max_size=25)):
        depth = next((n for prefix, n in DEPTH.items() if id.startswith(prefix + ".")), 0)
        at = tuple(draw(st.integers(1, 2)) for _ in range(depth))
        null = draw(st.sampled_from(["", "", "", "UNK", "NASK", "NI"]))
        elements[id, at] = Element(id, at, "" if null else draw(VALUES), null, "", "/x", 0)
    return Icsr("E2B(R3)", 1, tuple(elements.values()))


@given(reports())
def test_every_report_is_a_case_and_an_unchanged_one_stays(report: Icsr) -> None:
    case = case_from.case(report, MESSAGE)
    assert case.model_dump_json()
    trials.trials(report, MESSAGE)
    assert case_to.icsr(case, report).elements == report.elements
    made = case_to.icsr(case, None, (MESSAGE, *case_from.narratives(report, MESSAGE)))
    case_from.case(made, MESSAGE)


FIGURES = st.floats(-4000, 4000, allow_nan=False, width=32).map(float)
TIMES = st.builds(
    Time,
    low=st.none() | FIGURES,
    high=st.none() | FIGURES,
    point=st.none() | FIGURES,
    text=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=30).map(str.split).map(" ".join),
    anchor=st.sampled_from(["", "start", "stop", "before restart", "restart:2"]),
    date=st.sampled_from(["", "2020", "2020-02-29T10:10:10-05:00"]),
)


@given(TIMES)
def test_a_moment_in_words_is_read_back(time: Time) -> None:
    if time.low is not None and time.high is not None and time.low > time.high:
        time = time.model_copy(update={"low": time.high, "high": time.low})
    words = lines.say_time(time, "the first dose of tocilizumab", lines.no_spans)
    back = lines.read_time(words, lambda told: ())
    assert back == time


@given(st.binary(max_size=300))
def test_bad_files_end_in_an_error_that_says_so(data: bytes) -> None:
    for reader in (r2_read.read, openfda.read):
        try:
            list(reader(b"<ichicsr>" + data if reader is r2_read.read else data, "x"))
        except InputError as error:
            assert error.next_step
