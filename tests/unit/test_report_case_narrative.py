"""The narrative written from a case: every statement is a value of the case, and nothing else is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dechallenge.api import assess, read
from dechallenge.case import Age, Case, Code, Event, Exposure, Finding, Limit, Measurement, Patient, TestResult, Time
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.report import case_words as words
from dechallenge.report.case_narrative import write
from dechallenge.report.told import Told
from dechallenge.timeline import Interval
from tests.unit.case_builder import EXAMPLES
from tests.unit.told_case import day, told_case

EMPTY = Case(id="c1", title="", document="d1")
TEXTS = sorted(path.name for path in EXAMPLES.glob("*.txt"))


def at(case: Case, place: str) -> Any:
    """The value of the case at a place."""
    value: Any = case
    for step in place.split("."):
        if isinstance(value, tuple):
            value = next((one for one in value if getattr(one, "id", None) == step), None) or value[int(step)]
        elif step == "value" and isinstance(value, Measurement):
            continue
        else:
            value = getattr(value, step)
    return value


def without(case: Case, place: str) -> Case:
    """The case without the value at a place: an entry of a list is taken out, a field set to its default."""
    head, _, rest = place.partition(".")
    return case.model_copy(update={head: _without(getattr(case, head), rest)}) if rest else _cleared(case, head)


def _without(value: Any, place: str) -> Any:
    step, _, rest = place.partition(".")
    if isinstance(value, tuple):
        index = next((n for n, one in enumerate(value) if getattr(one, "id", None) == step), None)
        index = int(step) if index is None else index
        gone = (
            not rest or (rest == "value" and isinstance(value[index], Measurement)) or rest in ("drug", "kind", "term")
        )
        kept = () if gone else (_without(value[index], rest),)
        return (*value[:index], *kept, *value[index + 1 :])
    if rest:
        return value.model_copy(update={step: _without(getattr(value, step), rest)})
    return _cleared(value, step)


def _cleared(value: Any, name: str) -> Any:
    field = type(value).model_fields[name]
    return value.model_copy(update={name: "" if field.is_required() else field.get_default(call_default_factory=True)})


def statements(case: Case) -> list[Told]:
    return [told for sentence in write(case).sentences for told in sentence.told]


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)


def figures(value: Any) -> set[str]:
    """Every number in a value of the case, as prose may print it; the names of months are not numbers."""
    found: set[str] = set()
    if isinstance(value, dict):
        found = {f for key, one in value.items() if key != "evidence" for f in figures(one)}
    elif isinstance(value, list | tuple):
        found = {f for one in value for f in figures(one)}
    elif isinstance(value, float | int) and not isinstance(value, bool):
        found = {words.figure(abs(value))}
    elif isinstance(value, str):
        found = set(numbers(value)) | set(re.findall(r"\d+", value)) | set("0123456789" if value == "ALT" else "")
    elif hasattr(value, "model_dump"):
        found = figures(value.model_dump())
    return found


def names(case: Case) -> set[str]:
    return {one.drug for one in case.exposures} | {one.drug for one in case.actions}


def every(case: Case) -> Iterator[str]:
    return (place for told in statements(case) for place in told.at)


# --- what stands in it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", *TEXTS])
def test_each_number_drug_and_date_is_a_value_of_the_case(name: str) -> None:
    case = read(EXAMPLES / name).cases[0] if name else told_case()
    for sentence in write(case).sentences:
        rest = sentence.text.casefold()
        for told in sentence.told:
            assert told.text.casefold() in rest
            rest = rest.replace(told.text.casefold(), "", 1)
            values = [at(case, place) for place in told.at]
            known = {f for value in values for f in figures(value)}
            unit = " ".join(words.unit(v.unit) for v in case.measurements)
            analytes = " ".join(words.analyte(v.analyte) for v in case.measurements)
            known |= set(numbers(unit)) | set(numbers(analytes))
            known |= {str(int(f)) for f in known if f.isdecimal()}
            assert {n for n in numbers(told.text)} <= known, (told, known)
            dump = " ".join(value if isinstance(value, str) else str(value) for value in values).casefold()
            owner = " ".join(str(at(case, ".".join(place.split(".")[:2]))) for place in told.at).casefold()
            for drug in names(case):
                if re.search(rf"\b{re.escape(drug)}\b", told.text):
                    assert drug in dump or drug in owner, (drug, told)
        for term in {event.term for event in case.events} | names(case):
            rest = rest.replace(term.casefold(), "")
        assert not numbers(rest), (sentence.text, rest)


@pytest.mark.parametrize("name", ["", *TEXTS])
def test_each_statement_has_the_evidence_of_its_value(name: str) -> None:
    case = read(EXAMPLES / name).cases[0] if name else told_case()
    for told in statements(case):
        of_values = {e for place in told.at for e in getattr(at(case, place), "evidence", ())}
        assert of_values <= set(told.evidence), told
    assert all(told.evidence for told in statements(case) if told.at[0].startswith(("measurements", "tests", "find")))


def test_taking_out_one_value_takes_out_its_statement_and_no_other() -> None:
    case = told_case()
    before = statements(case)
    places = list(dict.fromkeys(every(case)))
    assert len(places) > 80
    for place in places:
        owner = place.rsplit(".", 1)[0] if _whole(place) else place
        about = [t for t in before if any(p == place or p.startswith(f"{owner}.") for p in t.at)]
        if place.endswith(".term"):  # the links of a reaction are told with it
            link_of = {f"links.{n}.": link.event for n, link in enumerate(case.links)}
            about += [
                t for t in before for head, event in link_of.items()
                if t.at[0].startswith(head) and f"events.{event}" == owner
            ]  # fmt: skip
        others = Counter(t.text for t in before if t not in about)
        after = statements(without(case, place))
        texts = Counter(t.text for t in after)
        lost = [text for text in others - texts if not (_whole(place) and named(case, owner) in text)]
        assert not lost, (place, lost)
        for told in after:
            if told.text in texts - others:
                shared = [t for t in about if len(t.at) > 1]
                shared += [t for t in before if len(t.at) > 1 and any(place.startswith(f"{p}.") for p in t.at)]
                fits = [t for t in shared if set(told.at) < set(t.at) or set(told.text.split()) <= _words(t.text)]
                fits += [t for t in before if _whole(place) and t.at == told.at and named(case, owner) in t.text]
                assert fits, (place, told)


def named(case: Case, owner: str) -> str:
    """The name by which other statements speak of an entry: that of the drug or reaction."""
    entry = at(case, owner)
    return getattr(entry, "drug", None) or getattr(entry, "term", None) or "\0"


def _whole(place: str) -> bool:
    """Without this value nothing of its entry is left."""
    return place.count(".") == 2 and place.endswith((".drug", ".term", ".kind", ".value"))


def _words(text: str) -> set[str]:
    """Words of a statement, also as they stand where a neighbour in the bracket is gone."""
    found = set(text.split())
    return found | {w.strip("();") for w in found} | {f"({w.strip('();')}" for w in found} | {
        f"{w.strip('();')})" for w in found} | {f"({w.strip('();')})" for w in found}  # fmt: skip


FIELDS = sorted({place for place in every(told_case()) if re.match(r"(patient|report)\.[a-z_]+$", place)}
                | {f"exposures.x1.{name}" for name in ("dose", "frequency", "route", "indication", "start", "stop")}
                | {f"events.e1.{name}" for name in ("onset", "recovery", "recovery_from_stop")})  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(FIELDS)))
def test_any_set_of_values_can_be_missing(gone: set[str]) -> None:
    case = told_case()
    for place in sorted(gone):
        case = without(case, place)
    full = {place for told in statements(told_case()) for place in told.at}
    assert {place for told in statements(case) for place in told.at} == full - gone


# --- what does not stand in it -------------------------------------------------------------------------------------


def test_what_is_not_known_is_not_told() -> None:
    assert write(EMPTY).text == "" and write(EMPTY).sentences == ()
    unknown = EMPTY.model_copy(
        update={
            "patient": Patient(age=Age()),
            "exposures": (Exposure(id="x1", drug="flarizumab", as_written="flarizumab", role="suspect"),),
            "tests": (TestResult(test="HAV", state="not reported"),),
            "measurements": (Measurement(id="l1", analyte="ALT", limit=Limit(high=40)),),
        }
    )
    assert write(unknown).text == "Suspect drugs\nThe suspect drug was flarizumab.\n"


def test_not_done_uncertain_and_absent_are_told_apart() -> None:
    text = write(told_case()).text
    assert "HCV was not done." in text and "EBV" not in text
    assert "On day 23, fever was said to be absent." in text
    unsure = EMPTY.model_copy(update={"findings": (Finding(term="rash", kind="sign", state="uncertain"),)})
    assert write(unsure).text.endswith("At a time that is not stated, rash was uncertain.\n")


def test_opinions_stand_apart_from_facts_and_from_our_assessment() -> None:
    by = {p.title: p.text for p in write(told_case()).paragraphs}
    assert by["Opinions of the reporter, sender and author"] == (
        "According to the reporter (Investigator), causality for flarizumab and hepatitis, by WHO-UMC: probable. "
        "According to the sender, comment: “Follow-up 9 is asked for.”"
    )
    assert by["Assessment by Dechallenge"] == (
        "According to Dechallenge, causality for flarizumab and hepatitis, by RUCAM 2016: 6 probable."
    )


def test_an_assessment_is_told_with_its_ranges_and_evidence() -> None:
    reading = read(EXAMPLES / "anakinra-hepatitis.txt")
    out = assess(reading).cases[0]
    told = write(reading.cases[0], out)
    last = told.paragraphs[-1]
    assert last.title == "Assessment by Dechallenge"
    rucam = next(i for i in out.suspects[0].instruments if i.id == "rucam-2016")
    assert rucam.score is not None and f"RUCAM 2016: {rucam.score:.0f} (" in last.text
    assert "dechallenge positive" in last.text and "rechallenge" not in last.text
    assert all(sentence.evidence for sentence in last.sentences)
    assert told == write(reading.cases[0], out)


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (Age(value=1), "1 year old"), (Age(value=2), "2 years old"), (Age(value=1, unit="month"), "1 month old"),
        (Age(low=30, high=39), "30–39 years old"), (Age(value=0.5), "0.5 years old"), (Age(low=65), "≥ 65 years old"),
    ],
)  # fmt: skip
def test_ages(age: Age, text: str) -> None:
    case = EMPTY.model_copy(update={"patient": Patient(age=age)})
    assert write(case).text == f"Patient\nThe patient was {text}.\n"


@pytest.mark.parametrize(("much", "text"), [((1, 1), "1 drink per day"), ((2, 3), "2–3 drinks per day")])
def test_drinks(much: tuple[float, float], text: str) -> None:
    case = EMPTY.model_copy(update={"patient": Patient(drinks_per_day=Interval(*much))})
    assert write(case).text == f"Patient\nThe amount of alcohol was {text}.\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [(3346.0, "3346"), (278500.0, "278,500"), (0.00012345, "0.00012345"), (-2.5, "−2.5"), (-0.0, "0"),
     (1.16e14, "116,000,000,000,000"), (0.1 + 0.2, "0.30000000000000004")],
)  # fmt: skip
def test_a_figure_is_written_in_full(value: float, text: str) -> None:
    assert words.figure(value) == text


@pytest.mark.parametrize(
    ("iso", "text"),
    [("2022", "2022"), ("2022-06", "Jun 2022"), ("2022-06-14", "14 Jun 2022"),
     ("2022-06-14T10:10-05:00", "14 Jun 2022, 10:10−05:00"), ("soon", "soon")],
)  # fmt: skip
def test_a_date_keeps_its_precision(iso: str, text: str) -> None:
    assert words.date(iso) == text


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (None, ""), (day(None), ""), (day(4), "on day 4"), (day(18, 24, 21), "on day 21 (18–24)"),
        (day(None, 0), "before day 0"), (day(32, None, None).model_copy(update={"high": None, "point": None}),
                                        "on day 32 or later"),
        (day(None, date="2022-06"), "in Jun 2022"), (day(12, date="2022-06-14"), "on 14 Jun 2022 (day 12)"),
        (day(None).model_copy(update={"text": "in spring"}), "at the time told as “in spring”"),
    ],
)  # fmt: skip
def test_moments(time: Any, text: str) -> None:
    assert words.on(time) == text


def gap(low: float | None, high: float | None, point: float | None = None) -> Time:
    return Time(low=low, high=high, point=point)


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (gap(1, 1, 1), "1 day after the stop"), (gap(2, 2), "2 days after the stop"), (None, ""), (gap(None, None), ""),
        (gap(18, 24, 21), "21 days (18–24) after the stop"), (gap(3, None), "≥ 3 days after the stop"),
        (gap(0, 0, 0), "on the day of the stop"), (gap(-3, -3, -3), "3 days before the stop"),
        (gap(-9, -3), "3–9 days before the stop"),
        (gap(-7, 0), "0–7 days before the stop"), (gap(None, 0), "not after the stop"),
        (gap(None, -4), "≥ 4 days before the stop"), (gap(None, 5), "at most 5 days after the stop"),
        (gap(-7, None), "at the earliest 7 days before the stop"),
        (gap(-7, 1), "between 7 days before and 1 day after the stop"),
    ],
)  # fmt: skip
def test_days_from_the_stop(time: Time | None, text: str) -> None:
    assert words.since(time, "the stop") == text


def test_values_carry_units_comparators_and_the_source_of_their_limits() -> None:
    text = write(told_case()).text
    assert "ALT 846 U/L (upper limit 41 U/L)" in text
    assert "total bilirubin > 2.35 mg/dL (default limits 0.15–1.25 mg/dL)" in text
    assert f"{words.analyte('NEUT')} 5.4 × 10⁹/L" in text and "NEUT" in load_analytes()
    assert "On day 40, 9 days after the stop, the following value was measured: AST 8–14 × ULN (marked" in text
    assert "(marked implausible: too high)" in text
    assert "the following value was measured: ALP normal" in text


def test_values_of_one_day_and_distance_from_the_stop_stand_together() -> None:
    since = day(9)
    labs = tuple(
        Measurement(id=f"l{n}", analyte="ALT", value=v, unit="U/L", time=when, since_stop=since)
        for n, (v, when) in enumerate(((11, day(40)), (22, day(40)), (33, None)))
    )
    assert write(EMPTY.model_copy(update={"measurements": labs})).text.startswith(
        "Reaction and course\nOn day 40, 9 days after the stop, the following values were measured: ALT 11 U/L; "
        "ALT 22 U/L. 9 days after the stop, the following value was measured: ALT 33 U/L.\n"
    )


def test_a_term_that_is_only_a_code_gets_the_name_that_came_with_it() -> None:
    code = Code(system="MedDRA", code="90000001", version="90.1", text="Glass liver")
    event = Event(id="e1", kind="x", term="MedDRA 90000001", primary=True, codes=(code,))
    named = write(EMPTY.model_copy(update={"events": (event,)}))
    assert named.sentences[0].text == "The reaction was Glass liver (MedDRA 90000001)."
    bare = event.model_copy(update={"codes": ()})
    assert write(EMPTY.model_copy(update={"events": (bare,)})).sentences[0].text == "The reaction was MedDRA 90000001."


def test_values_stand_in_the_order_of_time() -> None:
    late, early = (
        Measurement(id=f"l{n}", analyte="ALT", value=v, unit="U/L", time=day(n)) for n, v in ((9, 11), (3, 22))
    )
    open_end = Measurement(id="l0", analyte="ALT", value=33, unit="U/L", time=day(2).model_copy(
        update={"high": None, "point": None}))  # fmt: skip
    span = Measurement(id="l1", analyte="ALT", value=44, unit="U/L", time=day(1, 4))
    text = write(EMPTY.model_copy(update={"measurements": (late, open_end, early, span)})).text
    assert re.findall(r"ALT (\d+)", text) == ["44", "22", "33", "11"]
