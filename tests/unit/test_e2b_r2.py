"""E2B(R2) XML, FAERS SGML and openFDA JSON into the elements of R3: codes, dates, what R2 says otherwise."""

from __future__ import annotations

import json

import pytest

from dechallenge.errors import InputError
from dechallenge.evidence import Document
from dechallenge.formats.e2b import case_from, openfda, r2_read
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.e2b.lost import lost
from tests.shared import shared_path

HEAD = '<?xml version="1.0"?><!DOCTYPE ichicsr SYSTEM "http://example.org/icsr.dtd">'
MESSAGE = Document.from_text("", name="message", id="m1")


def read(report: str, head: str = HEAD) -> Icsr:
    """The one report of a message with this inside."""
    return next(iter(r2_read.read(f"{head}<ichicsr><safetyreport>{report}</safetyreport></ichicsr>".encode(), "m.xml")))


def drug(inside: str, reactions: str = "<reaction><reactionmeddrapt>RASH</reactionmeddrapt></reaction>") -> Icsr:
    """A report with one suspect drug."""
    start = "<drugcharacterization>1</drugcharacterization><medicinalproduct>IBUPROFEN</medicinalproduct>"
    return read(f"<patient>{reactions}<drug>{start}{inside}</drug></patient>")


@pytest.mark.parametrize(
    ("tag", "code", "id", "at", "value"),
    [
        ("actiondrug", "1", "G.k.8", (1,), "1"),
        ("actiondrug", "4", "G.k.8", (1,), "4"),
        ("actiondrug", "5", "G.k.8", (1,), "0"),
        ("actiondrug", "6", "G.k.8", (1,), "9"),
        ("drugadministrationroute", "048", "G.k.4.r.10.2b", (1, 1), "048"),
        ("drugenddate", "20230305", "G.k.4.r.5", (1, 1), "20230305"),
    ],
)
def test_codes_of_a_drug(tag: str, code: str, id: str, at: tuple[int, ...], value: str) -> None:
    found = drug(f"<{tag}>{code}</{tag}>").get(id, *at)
    assert found is not None
    assert found.value == value
    assert found.raw == ("" if code == value else code)
    assert tag in found.path


@pytest.mark.parametrize(("code", "value"), [("1", "1"), ("3", "3"), ("5", "5"), ("6", "0")])
def test_outcome_six_is_unknown(code: str, value: str) -> None:
    made = read(f"<patient><reaction><reactionoutcome>{code}</reactionoutcome></reaction></patient>")
    assert made.value("E.i.7", 1) == value


def test_units_of_age_dose_and_time() -> None:
    made = read(
        "<patient><patientonsetage>7</patientonsetage><patientonsetageunit>800</patientonsetageunit>"
        "<drug><medicinalproduct>X</medicinalproduct><drugstructuredosagenumb>20</drugstructuredosagenumb>"
        "<drugstructuredosageunit>003</drugstructuredosageunit><drugseparatedosagenumb>2</drugseparatedosagenumb>"
        "<drugintervaldosageunitnumb>1</drugintervaldosageunitnumb>"
        "<drugintervaldosagedefinition>804</drugintervaldosagedefinition></drug></patient>"
    )
    assert (made.value("D.2.2a"), made.value("D.2.2b")) == ("7", "10.a")
    assert [made.value(f"G.k.4.r.{n}", 1, 1) for n in ("1a", "1b", "2", "3")] == ["20", "mg", "0.5", "d"]
    age = case_from.case(made, MESSAGE).patient.age
    assert age is not None
    assert (age.low, age.high, age.value) == (70, 79, None)


@pytest.mark.parametrize(
    ("written", "format", "kept"), [("20230101", "602", "2023"), ("20230101", "610", "202301"), ("2023", "602", "2023")]
)
def test_a_date_has_the_precision_of_its_format(written: str, format: str, kept: str) -> None:
    made = drug(f"<drugstartdate>{written}</drugstartdate><drugstartdateformat>{format}</drugstartdateformat>")
    assert made.value("G.k.4.r.4", 1, 1) == kept


def test_seriousness_of_the_report_is_set_for_each_reaction_and_two_is_no_no() -> None:
    made = read(
        "<seriousnessdeath>2</seriousnessdeath><seriousnesshospitalization>1</seriousnesshospitalization>"
        "<patient><reaction><reactionmeddrapt>A</reactionmeddrapt></reaction>"
        "<reaction><reactionmeddrapt>B</reactionmeddrapt></reaction></patient>"
    )
    for i in (1, 2):
        assert made.value("E.i.3.2c", i) == "true"
        death = made.get("E.i.3.2a", i)
        assert death is not None
        assert (death.value, death.null, death.raw) == ("", "NI", "2")
    assert any("each of its reactions" in note for note in made.notes)


class TestReadministration:
    """``drugrecurreadministration`` is the rechallenge, and never the dechallenge."""

    def test_yes_is_a_recurrence_of_the_named_reaction(self) -> None:
        reactions = "".join(f"<reaction><reactionmeddrapt>{t}</reactionmeddrapt></reaction>" for t in ("RASH", "FEVER"))
        made = drug(
            "<drugrecurreadministration>1</drugrecurreadministration>"
            "<drugrecurrence><drugrecuraction>Fever</drugrecuraction></drugrecurrence>",
            reactions,
        )
        assert made.get("G.k.9.i.4", 1, 1) is None
        assert made.value("G.k.9.i.4", 1, 2) == "1"
        assert made.value("G.k.8", 1) == ""

    @pytest.mark.parametrize("code", ["2", "3"])
    def test_no_does_not_say_whether_it_was_given_again(self, code: str) -> None:
        made = drug(f"<drugrecurreadministration>{code}</drugrecurreadministration>")
        found = made.get("G.k.9.i.4", 1, 1)
        assert found is not None
        assert (found.value, found.null, found.raw) == ("", "UNK", code)
        assert case_from.case(made, MESSAGE).actions == ()

    def test_the_reused_tag_is_the_dechallenge(self) -> None:
        made = drug("<drugadditional>1</drugadditional>")
        assert made.value("G.k.11", 1) == "Event abated after use stopped or dose reduced: yes"
        assert made.get("G.k.9.i.4", 1, 1) is None
        case = case_from.case(made, MESSAGE)
        assert [(s.kind, s.result) for s in case.statements] == [("dechallenge", "positive")]
        assert [a.kind for a in case.actions] == ["stopped"]

    def test_as_free_text_it_stays_text(self) -> None:
        made = drug("<drugadditional>taken with food</drugadditional>")
        assert made.value("G.k.11", 1) == "taken with food"
        assert case_from.case(made, MESSAGE).actions == ()


def test_an_opinion_names_its_reaction_by_term() -> None:
    made = drug(
        "<drugreactionrelatedness><drugreactionasses>rash</drugreactionasses>"
        "<drugassessmentsource>Reporter</drugassessmentsource><drugassessmentmethod>global</drugassessmentmethod>"
        "<drugresult>Related</drugresult></drugreactionrelatedness>"
        "<drugreactionrelatedness><drugreactionasses>other thing</drugreactionasses>"
        "<drugresult>Related</drugresult></drugreactionrelatedness>",
        "<reaction><reactionmeddrapt>FEVER</reactionmeddrapt></reaction>"
        "<reaction><reactionmeddrapt>RASH</reactionmeddrapt></reaction>",
    )
    assert [made.value(f"G.k.9.i.2.r.{n}", 1, 2, 1) for n in (1, 2, 3)] == ["Reporter", "global", "Related"]
    assert any("other thing" in note for note in made.notes)


def test_history_tests_and_latency() -> None:
    made = read(
        "<patient><medicalhistoryepisode><patientepisodename>Asthma</patientepisodename>"
        "<patientmedicalcontinue>1</patientmedicalcontinue></medicalhistoryepisode>"
        "<patientpastdrugtherapy><patientdrugname>Aspirin</patientdrugname>"
        "<patientdrugreaction>10037844</patientdrugreaction></patientpastdrugtherapy>"
        "<reaction><reactionmeddrapt>RASH</reactionmeddrapt><reactionfirsttime>3</reactionfirsttime>"
        "<reactionfirsttimeunit>804</reactionfirsttimeunit></reaction>"
        "<test><testname>ALT</testname><testresult>900</testresult><testunit>U/L</testunit>"
        "<hightestrange>40</hightestrange></test><test><testname>HBsAg</testname><testresult>negative</testresult></test>"
        "<drug><drugcharacterization>1</drugcharacterization><medicinalproduct>X</medicinalproduct></drug></patient>"
    )
    case = case_from.case(made, MESSAGE)
    asthma = case.findings[0]
    assert (asthma.term, asthma.history, asthma.state) == ("asthma", False, "present")
    assert [(e.drug, e.role, "10037844" in e.reaction) for e in case.exposures if e.role == "previous"] == [
        ("acetylsalicylic acid", "previous", True)
    ]
    (alt,) = case.measurements
    assert (alt.analyte, alt.value, alt.unit, alt.limit.high if alt.limit else None) == ("ALT", 900, "U/L", 40)
    assert [(t.test, t.state) for t in case.tests] == [("HBsAg", "negative")]
    latency = case.links[0].latency
    assert latency is not None
    assert (latency.low, latency.high, latency.point) == (3, 3, 3)


class TestFiles:
    def test_sgml_with_open_tags_and_bare_signs(self) -> None:
        text = (
            "<ichicsr>\n<safetyreport>\n<safetyreportid>1\n<patient>\n<patientsex>2\n"
            "<drug>\n<medicinalproduct>A & B\xe9\n<drugcharacterization>1\n</drug>\n</patient>\n"
            "</safetyreport>\n</ichicsr>"
        )
        (made,) = r2_read.read(text.encode("latin-1"), "old.sgm")
        assert (made.value("C.1.1"), made.value("D.5"), made.value("G.k.2.2", 1)) == ("1", "2", "A & Bé")

    def test_tags_in_capitals(self) -> None:
        (made,) = r2_read.read(
            b"<ICHICSR><SAFETYREPORT><SAFETYREPORTID>7</SAFETYREPORTID></SAFETYREPORT></ICHICSR>".replace(
                b"ICHICSR", b"ichicsr"
            ),
            "x",
        )
        assert made.value("C.1.1") == "7"

    def test_several_reports_are_numbered(self) -> None:
        two = "<safetyreport><safetyreportid>{}</safetyreportid></safetyreport>"
        made = list(r2_read.read(f"<ichicsr>{two.format(1)}{two.format(2)}</ichicsr>".encode(), "x"))
        assert [(r.number, r.value("C.1.1")) for r in made] == [(1, "1"), (2, "2")]

    @pytest.mark.parametrize(
        ("data", "word"),
        [
            (b"", "empty"),
            (b"<ichicsr><safetyreport>", "damaged"),
            (b"<ichicsr></ichicsr>", "no report"),
            (b'<!DOCTYPE ichicsr [<!ENTITY a "b">]><ichicsr><safetyreport>&a;</safetyreport></ichicsr>', "entities"),
            (b'<ichicsr xmlns="urn:hl7-org:v3"><safetyreport/></ichicsr>', "neither"),
            (b"<html/>", "no E2B"),
        ],
    )
    def test_what_is_no_message_is_refused_with_a_next_step(self, data: bytes, word: str) -> None:
        with pytest.raises(InputError, match=word) as error:
            list(r2_read.read(data, "x.xml"))
        assert error.value.next_step

    @pytest.mark.parametrize("data", [b"{", b"[]", b'{"results": [{"patient": 1}]}', b"\xff"])
    def test_what_is_no_event_is_refused(self, data: bytes) -> None:
        with pytest.raises(InputError) as error:
            list(openfda.read(data, "x.json"))
        assert error.value.next_step

    def test_a_result_set_and_one_event(self) -> None:
        event = {
            "safetyreportid": "5",
            "openfda": {"x": 1},
            "patient": {"patientsex": "1", "drug": [], "summary": None},
        }
        (one,) = openfda.read(json.dumps(event).encode(), "x")
        (other,) = openfda.read(json.dumps({"meta": {}, "results": [event]}).encode(), "x")
        assert [(e.id, e.value) for e in one.elements] == [(e.id, e.value) for e in other.elements]
        assert other.get("D.5") is not None
        assert other.get("D.5").path == "$.results[0].patient.patientsex"  # type: ignore[union-attr]


class TestSamples:
    """The public FAERS report as SGML and as openFDA JSON, and the R2 message of the HL7 guide."""

    def test_sgml_and_json_are_the_same_case(self) -> None:
        folder = shared_path("interop", "samples", "e2b", "openfda")
        (sgml,) = r2_read.read((folder / "faers_event.sgm").read_bytes(), "faers_event.sgm")
        (other,) = openfda.read((folder / "openfda_event_postannotation.json").read_bytes(), "event.json")
        told = [{(e.id, e.at, e.value, e.null, e.raw) for e in report.elements} for report in (sgml, other)]
        assert told[0] == told[1]
        one, two = case_from.case(sgml, MESSAGE), case_from.case(other, MESSAGE)
        assert (len(one.events), len(one.exposures)) == (86, 23)
        assert lost(one, two) == lost(two, one) == []
        suspects = {link.drug for link in one.links if link.role == "suspect"}
        assert suspects == {"rofecoxib"}
        first = one.exposures[0]
        assert first.start is not None
        assert first.stop is not None
        assert (first.start.date, first.stop.date, first.stop.point) == ("2000-09-18", "2001-05-01", 225)

    def test_the_message_of_the_hl7_guide(self) -> None:
        path = shared_path("interop", "samples", "e2b", "hl7_ig_FAERS_EXAMPLE.xml")
        (made,) = r2_read.read(path.read_bytes(), path.name)
        case = case_from.case(made, MESSAGE)
        assert [e.term for e in case.events] == ["Allergic transfusion reaction"]
        assert case.events[0].codes[0].code == "10066173"
        assert [(e.drug, e.role) for e in case.exposures][1:] == [
            ("epinephrine", "concomitant"),
            ("diphenhydramine", "concomitant"),
        ]
        assert case.events[0].seriousness == ()
        assert "D.7.2: no information given (NI)" in case.notes
        (narrative,) = case_from.narratives(made, MESSAGE)
        assert narrative.id == "m1.H.1"
        assert "Stridor" in narrative.text
