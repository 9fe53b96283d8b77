"""The CIOMS form: what goes into each box, and how it is drawn as page and as PDF."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as markup

from dechallenge.api import assess, read
from dechallenge.case import Action, Case, Event, Exposure, Report, Statement
from dechallenge.errors import DechallengeError
from dechallenge.report import cioms, cioms_html, cioms_layout, cioms_pdf
from tests.unit.case_builder import EXAMPLES
from tests.unit.told_case import told_case

EMPTY = Case(id="c1", title="", document="d1")
SENDER = cioms.Sender("Example Ltd, Exampletown", "CTRL-55", "2031-03-09", "PRIVACY", "Dr. Example")


def ticked(ticks: tuple[cioms.Tick, ...]) -> list[str]:
    return [one.caption for one in ticks if one.ticked]


def pdf_text(data: bytes) -> list[str]:
    """The text of each sheet on one line."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def page_text(page: str) -> str:
    return " ".join(markup.fromstring(page).text_content().split())


def many(number: int) -> Case:
    """A case with many suspects and a long course."""
    drugs = tuple(
        Exposure(id=f"x{n}", drug=f"drugamine{n}", as_written=f"drugamine{n}", role="suspect") for n in range(number)
    )
    words = tuple(
        Statement(kind="dechallenge", by="sender", result="positive", drug=one.drug, event="e1") for one in drugs[:2]
    )
    base = told_case(exposures=drugs, statements=words, actions=())
    link = base.links[0]
    links = tuple(link.model_copy(update={"drug": one.drug}) for one in drugs)
    labs = tuple(
        m.model_copy(update={"id": f"m{n}", "value": 1000.0 + n}) for n in range(120) for m in base.measurements[:1]
    )
    return base.model_copy(update={"links": links, "measurements": labs})


# --- what goes into the boxes --------------------------------------------------------------------------------------


def test_every_box_has_what_the_case_says() -> None:
    form = cioms.form(told_case(), sender=SENDER)
    expected = {
        "1": ("PRIVACY",), "1a": ("XX",), "2": ("not stated",), "2a": ("43 years",), "3": ("female",),
        "4-6": ("23 Jan 2031 (day 22, 19–25)",), "14": ("#1 flarizumab (reported as Flarix)",),
        "15": ("#1 162.5 mg once weekly",), "16": ("#1 subcutaneous",), "17": ("#1 gout",),
        "18": ("#1 1 Jan 2031 (day 0) / day 31; single doses day 0 and day 7",), "19": ("#1 32 days",),
        "22": ("quilatrel, 3-5 mg/day, by day −11 / ongoing",), "24a": ("Example Ltd, Exampletown",),
        "24b": ("CTRL-55",), "24c": ("28 Feb 2031",), "25": ("9 Mar 2031",), "26": ("Dr. Example",),
    }  # fmt: skip
    assert {number: form.lines(number) for number in expected} == expected
    assert ticked(form.criteria) == ["involved or prolonged inpatient hospitalisation", "life threatening"]
    assert ticked(form.sources) == ["literature", "health professional"]
    assert ticked(form.kinds) == ["follow-up"]
    described = "\n".join(form.lines("7"))
    for words in ("HEPATITIS – outcome: recovered", "RASH – outcome: not recovered", "ALT 846 U/L", "HCV was not done"):
        assert words in described
    assert "oldamine" in form.lines("23")[0] and "psoriasis (mild)" in form.lines("23")[0]
    assert "remedol" not in " ".join(form.lines("22")), "treatment of the reaction is no concomitant"


def test_nothing_is_filled_in_for_an_empty_case() -> None:
    form = cioms.form(EMPTY)
    assert {number: form.lines(number) for number in form.boxes} == {n: ("not stated",) for n in form.boxes}
    assert ticked(form.criteria) == ticked(form.sources) == ticked(form.kinds) == []
    assert form.trials == ()
    for text in (page_text(cioms_html.render(form)), " ".join(pdf_text(cioms_pdf.render(form)))):
        assert "21. Did reaction reappear after reintroduction? yes no not applicable not stated" in text
    assert "×" not in page_text(cioms_html.render(form))


def test_what_one_suspect_lacks_is_not_stated_in_its_line() -> None:
    other = Exposure(id="x9", drug="secundil", as_written="secundil", role="interacting", route="oral")
    form = cioms.form(told_case(exposures=(*told_case().exposures, other)))
    assert form.lines("14")[1] == "#2 secundil" and form.lines("16")[1] == "#2 oral"
    assert {form.lines(n)[1] for n in ("15", "17", "18", "19")} == {"#2 not stated"}


@pytest.mark.parametrize(
    ("words", "caption"),
    [
        (("death",), ["patient died"]), (("congenital anomaly",), ["congenital anomaly"]),
        (("hospitalization", "disability"), ["involved or prolonged inpatient hospitalisation",
                                             "involved persistent or significant disability or incapacity"]),
        (("other medically important",), ["other medically important condition"]),
        (("liver transplantation",), ["other medically important condition: liver transplantation"]),
    ],
)  # fmt: skip
def test_criteria(words: tuple[str, ...], caption: list[str]) -> None:
    event = Event(id="e1", kind="x", term="x", primary=True, seriousness=words)
    assert ticked(cioms.form(EMPTY.model_copy(update={"events": (event,)})).criteria) == caption


def test_a_fatal_outcome_is_a_death() -> None:
    event = Event(id="e1", kind="x", term="x", primary=True, outcome="fatal")
    assert ticked(cioms.form(EMPTY.model_copy(update={"events": (event,)})).criteria) == ["patient died"]


@pytest.mark.parametrize(
    ("report", "kinds"),
    [
        (Report(received="2031-02-05", latest="2031-02-05"), ["initial"]),
        (Report(received="2031-02-05", latest="2031-02-28"), ["follow-up"]),
        (Report(received="2031-02-05"), []),
    ],
)
def test_the_kind_of_report_follows_from_its_dates(report: Report, kinds: list[str]) -> None:
    assert ticked(cioms.form(EMPTY.model_copy(update={"report": report})).kinds) == kinds


def test_a_consumer_is_no_health_professional() -> None:
    case = EMPTY.model_copy(update={"report": Report(reporter="consumer", kind="study")})
    assert ticked(cioms.form(case).sources) == ["study", "other: consumer"]


# --- boxes 20 and 21 -----------------------------------------------------------------------------------------------


def trial(name: str) -> cioms.Trial:
    reading = read(EXAMPLES / name)
    return cioms.form(reading.cases[0], assess(reading).cases[0]).trials[0]


def test_the_assessment_answers_boxes_20_and_21() -> None:
    found = trial("anakinra-neutropenia-schnitzler.txt")
    assert (found.abated, found.reappeared) == ("yes", "yes")
    assert found.reappeared_why.startswith("re-exposure 1: positive")


def test_no_re_exposure_told_is_not_a_no() -> None:
    found = trial("anakinra-hepatitis.txt")
    assert (found.abated, found.reappeared, found.reappeared_why) == ("yes", "", "")


def test_a_drug_that_went_on_makes_both_boxes_not_applicable() -> None:
    found = trial("tocilizumab-liver-histology.txt")
    assert (found.abated, found.reappeared) == ("not applicable", "not applicable")


def told(**changed: Any) -> cioms.Trial:
    case = told_case(statements=(), **changed)
    return cioms.form(case).trials[0]


def test_without_an_assessment_only_what_the_case_says_itself() -> None:
    assert (told().abated, told().reappeared) == ("", "no")
    assert told(actions=()).reappeared == ""
    kept = Action(kind="refused", drug="flarizumab", event="e1")
    assert told(actions=(kept,)).reappeared == "not applicable"
    other = Action(kind="refused", drug="flarizumab", event="e2")
    assert told(actions=(other,)).reappeared == ""
    stopped = (Action(kind="continued", drug="flarizumab"), Action(kind="stopped", drug="flarizumab"))
    assert told(actions=stopped).reappeared == ""
    said = Statement(kind="dechallenge", by="sender", result="negative", drug="flarizumab")
    assert cioms.form(told_case(statements=(said,))).trials[0].abated == "no"


def test_several_pairs_stand_in_a_table_on_the_next_sheet() -> None:
    form = cioms.form(many(4))
    assert [(t.drug, t.abated) for t in form.trials] == [
        ("drugamine0", "yes"), ("drugamine1", "yes"), ("drugamine2", ""), ("drugamine3", ""),
    ]  # fmt: skip
    first, *rest = pdf_text(cioms_pdf.render(form))
    assert "other drugs and reactions: next sheet" in first and "drugamine3, hepatitis" not in first
    for text in (plain(" ".join(rest)), plain(page_text(cioms_html.render(form)))):
        assert plain("drugamine1 hepatitis yes – as reported not stated") in text
        assert plain("drugamine3 hepatitis not stated not stated") in text


# --- drawing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 40])
def test_a_long_text_goes_on_and_nothing_is_lost(number: int) -> None:
    form = cioms.form(many(number))
    sheets = pdf_text(cioms_pdf.render(form))
    assert len(sheets) > 1
    page = page_text(cioms_html.render(form))
    marks = [f"{1000 + n} U/L" for n in range(120)] + [f"#{n + 1} drugamine{n}" for n in range(number)]
    for text in (" ".join(sheets), page):
        assert [mark for mark in marks if not re.search(rf"(?<!\w){mark.split()[0]}(?!\w)", text)] == []
        assert [mark for mark in marks[120:] if mark not in text] == []
        where = plain(text)
        assert plain("7+13. Describe reaction(s) (including relevant tests/lab data) (continued)") in where
    assert len(sheets) > 2 or number == 1
    assert "Sheet 2" in sheets[1] and "continuation" in sheets[1]


def test_the_cut_keeps_every_word_in_its_order() -> None:
    form = cioms.form(many(9))
    for number, cut in cioms_layout.cut(form, lambda text: 1.3 * len(text)).items():
        lines = form.lines(number)
        shown = cut.text[:-1] if cut.rest else cut.text
        assert plain("".join((*shown, *cut.rest))) == plain("".join(lines)), number
        assert len(cut.printed) <= cioms_layout.TOP[number].lines
        if cut.rest:
            assert cut.printed[-1] == cioms_layout.CONTINUED
            assert plain("".join(cut.printed[:-1])) == plain("".join(shown))


def test_a_word_longer_than_the_box_is_broken() -> None:
    wrapped = cioms_layout.wrapped(["ab " + "x" * 25 + " c", ""], 10, len)
    assert wrapped == ("ab", "x" * 10, "x" * 10, "xxxxx c", "")


def test_the_boxes_cover_the_sheet_without_overlap() -> None:
    cells = cioms_layout.CELLS
    for n, a in enumerate(cells):
        assert a.x >= 0 and a.x + a.width <= cioms_layout.WIDTH and a.y + a.height <= cioms_layout.HEIGHT
        for b in cells[n + 1 :]:
            apart = a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
            assert apart, (a.number, b.number)
    area = sum(cell.width * cell.height for cell in cells) + len(cioms_layout.PARTS) * cioms_layout.BAR * 190
    assert area == pytest.approx(190 * (270 - 15))


def test_the_same_form_gives_the_same_bytes() -> None:
    one, two = (cioms.form(told_case(), sender=SENDER) for _ in range(2))
    assert cioms_pdf.render(one) == cioms_pdf.render(two)
    assert cioms_html.render(one) == cioms_html.render(two)
    assert cioms_pdf.render(cioms.form(EMPTY)) != cioms_pdf.render(one) == cioms_pdf.render(two)


def test_the_page_is_self_contained_and_escapes() -> None:
    page = cioms_html.render(cioms.form(told_case(), sender=cioms.Sender("<script>alert(1)</script> & Co")))
    assert "<script" not in page and "&lt;script&gt;" in page
    assert not re.search(r"""(?:src|href)=|url\(|https?:""", page)
    assert "default-src 'none'" in page
    labelled = markup.fromstring(page).xpath("count(//span[@class='caption'])")
    assert labelled == len(cioms_layout.CELLS) - 1


def test_letters_that_the_font_lacks_are_not_dropped() -> None:
    sender = cioms.Sender("Żółć Οδός 中 10⁻⁹ 5⁹")
    text = " ".join(pdf_text(cioms_pdf.render(cioms.form(EMPTY, sender=sender))))
    assert "[U+4E2D]" in text and "10^-9" in text and "5^9" in text and "[U+039F]" in text


def test_another_font_can_be_given(tmp_path: Path) -> None:
    with pytest.raises(DechallengeError, match="the font cannot be read"):
        cioms_pdf.render(cioms.form(EMPTY), tmp_path / "none.ttf")
    bad = tmp_path / "bad.ttf"
    bad.write_bytes(b"no font at all")
    with pytest.raises(DechallengeError, match=r"Name a TrueType file"):
        cioms_pdf.render(cioms.form(EMPTY), bad)


def test_without_reportlab_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reportlab.pdfgen.canvas", None)
    with pytest.raises(DechallengeError, match=r"pip install 'dechallenge\[pdf\]'"):
        cioms_pdf.render(cioms.form(EMPTY))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(min_size=1, max_size=60), st.text(max_size=2000))
def test_any_text_can_be_drawn(name: str, drug: str, reported: str) -> None:
    one = Exposure(id="x1", drug=drug, as_written=name, role="suspect", indication=name, route=drug)
    event = Event(id="e1", kind="x", term=drug, primary=True)
    case = EMPTY.model_copy(update={"title": name, "exposures": (one,), "events": (event,)})
    form = cioms.form(case, sender=cioms.Sender(name, drug), as_reported=reported)
    assert cioms_pdf.render(form).startswith(b"%PDF")
    page = cioms_html.render(form)
    assert page.encode("utf-8") and markup.fromstring(page.replace("\0", "")) is not None
    for number, cut in cioms_layout.cut(form, lambda text: 1.3 * len(text)).items():
        assert len(cut.printed) <= cioms_layout.TOP[number].lines


def test_the_reports_own_narrative_stands_in_its_own_words() -> None:
    form = cioms.form(told_case(), as_reported="First line.\n\nSecond  line.")
    lines = form.lines("7")
    at = lines.index("As reported:")
    assert lines[at : at + 4] == ("As reported:", "First line.", "Second line.", "From the data of the report:")
