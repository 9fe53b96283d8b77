"""Builds cases by hand on a text, so that every value has its words: `b.lab("ALT", 3346, "U/L", "3346 U/L")`.

`example(name)` reads one of the texts under `examples/`; `SEEDS` are the seven published cases, typed from them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from dechallenge.case import (
    Action,
    Age,
    Case,
    DrugReaction,
    Event,
    Exposure,
    Finding,
    Flag,
    Limit,
    Measurement,
    Patient,
    TestResult,
    Time,
)
from dechallenge.evidence import Document, TextEvidence
from dechallenge.lexicon.findings import load_findings

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def at(
    low: float | None, high: float | None = None, point: float | None = None, text: str = "", anchor: str = ""
) -> Time:
    """Days on the axis; `at(4)` is exactly day 4, `at(18, 24, 21)` is day 21 with its tolerance."""
    if low is not None and high is None and point is None:
        high = point = low
    return Time(low=low, high=high, point=point, text=text, anchor=anchor)


def from_(low: float | None, text: str = "", anchor: str = "") -> Time:
    """This day or later."""
    return Time(low=low, text=text, anchor=anchor)


BEFORE = Time(high=0.0, text="before the first dose")
START = Time(low=0.0, high=0.0, point=0.0)


class Builder:
    """A case under construction; `case()` gives the finished value."""

    def __init__(self, text: str, title: str = "Case", name: str = "case.txt") -> None:
        self.document = Document.from_text(text, name=name)
        self.title = title
        self.patient = Patient()
        self.parts: dict[str, list[Any]] = {
            key: []
            for key in (
                "events",
                "exposures",
                "links",
                "actions",
                "measurements",
                "tests",
                "findings",
                "statements",
                "conflicts",
            )
        }

    def words(self, quote: str, nth: int = 0) -> tuple[TextEvidence, ...]:
        """The nth place where the text prints the quote; a line break may stand for a space."""
        pattern = r"\s+".join(re.escape(word) for word in quote.split())
        places = list(re.finditer(pattern, self.document.text))
        assert len(places) > nth, f"{quote!r} is not in the text {nth + 1} times"
        return (self.document.quote(*places[nth].span()),)

    def who(self, age: float | None = None, sex: Any = None, quote: str = "", **more: Any) -> None:
        evidence = self.words(quote) if quote else ()
        years = None if age is None else Age(value=age, evidence=evidence)
        self.patient = Patient(age=years, sex=sex, sex_evidence=evidence, **more)

    def event(
        self, kind: str, quote: str, onset: Time | None = None, outcome: str = "", outcome_quote: str = "", **more: Any
    ) -> None:
        number = len(self.parts["events"])
        more.setdefault("term", kind)
        self.parts["events"].append(
            Event(
                id=f"e{number + 1}",
                kind=kind,
                primary=number == 0,
                onset=onset,
                outcome=outcome or "unknown",
                evidence=self.words(quote),
                outcome_evidence=self.words(outcome_quote) if outcome_quote else (),
                **more,
            )
        )

    def drug(self, drug: str, quote: str, role: Any = "concomitant", **more: Any) -> None:
        nth = more.pop("nth", 0)
        self.parts["exposures"].append(
            Exposure(
                id=f"x{len(self.parts['exposures']) + 1}",
                drug=drug,
                as_written=quote.split()[0],
                ingredients=(drug,),
                role=role,
                evidence=self.words(quote, nth),
                **more,
            )
        )

    def suspect(self, drug: str, quote: str, basis: Any = "blamed", event: str = "e1", **more: Any) -> None:
        self.drug(drug, quote, "suspect", **more)
        because = "the report blames it" if basis == "blamed" else "running at onset"
        self.link(drug, quote, basis, event, because)

    def link(self, drug: str, quote: str, basis: Any = "blamed", event: str = "e1", because: str = "blamed") -> None:
        self.parts["links"].append(
            DrugReaction(
                drug=drug, event=event, role="suspect", basis=basis, because=because, evidence=self.words(quote)
            )
        )

    def act(self, kind: Any, drug: str, quote: str, time: Time | None = None, nth: int = 0, **more: Any) -> None:
        self.parts["actions"].append(Action(kind=kind, drug=drug, time=time, evidence=self.words(quote, nth), **more))

    def lab(
        self,
        analyte: str,
        value: float | str | tuple[float, float],
        unit: str,
        quote: str,
        time: Time | None = None,
        nth: int = 0,
        limit: float | None = None,
        low_limit: float | None = None,
        repair: tuple[float, str] | None = None,
        **more: Any,
    ) -> None:
        figures: dict[str, Any]
        if isinstance(value, str):
            figures = {"qualitative": value}
        elif isinstance(value, tuple):
            figures = {"low": value[0], "high": value[1]}
        else:
            figures = {"value": value}
        limits = None
        if limit is not None or low_limit is not None:
            limits = Limit(low=low_limit, high=limit, source="printed")
        flags = (Flag(kind="implausible", repair={"value": repair[0], "unit": repair[1]}),) if repair else ()
        self.parts["measurements"].append(
            Measurement(
                id=f"m{len(self.parts['measurements']) + 1}",
                analyte=analyte,
                unit=unit,
                time=time,
                limit=limits,
                flags=flags,
                evidence=self.words(quote, nth),
                **figures,
                **more,
            )
        )

    def test(self, test: str, state: Any, quote: str, nth: int = 0) -> None:
        self.parts["tests"].append(TestResult(test=test, state=state, evidence=self.words(quote, nth)))

    def finding(self, term: str, quote: str, state: Any = "present", nth: int = 0, **more: Any) -> None:
        entry = load_findings().get(term)
        kind = more.pop("kind", entry.kind if entry is not None else "sign")
        self.parts["findings"].append(
            Finding(term=term, kind=kind, state=state, evidence=self.words(quote, nth), **more)
        )

    def case(self) -> Case:
        return Case(
            id="c1",
            title=self.title,
            document=self.document.id,
            patient=self.patient,
            **{key: tuple(values) for key, values in self.parts.items()},
        )


def example(name: str) -> Builder:
    """A builder on one of the example texts."""
    text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    return Builder(text, title=text.splitlines()[0], name=f"{name}.txt")


# --- the seven published cases --------------------------------------------------------------------------------------


def hepatitis() -> Case:
    """LiverTox, anakinra, case 1."""
    b = example("anakinra-hepatitis")
    b.who(22, "female", "22-year-old woman")
    onset = at(18, 24, 21, "Three weeks after the first injection", "start")
    b.event("liver injury", "tired and jaundiced", onset, "recovering", "the liver injury improved rapidly")
    b.suspect("anakinra", "Anakinra 100 mg once daily", start=START)
    b.act("started", "anakinra", "was therefore added")
    b.act("stopped", "anakinra", "Anakinra was stopped", from_(18, anchor="onset"))
    b.drug("methylprednisolone", "Methylprednisolone in high doses", "previous")
    b.drug("prednisone", "oral prednisone at 1 mg/kg", start=Time(high=0.0))
    b.drug("folic acid", "took folate", ongoing=True)
    b.drug("immunoglobulin", "intravenous immunoglobulin", "treatment", start=from_(29))
    b.lab("ALT", "elevated", "", "already mildly elevated", BEFORE)
    b.lab("AST", "elevated", "", "already mildly elevated", BEFORE)
    for analyte, value, unit, quote in (
        ("ALT", 3346, "U/L", "3346 U/L"),
        ("AST", 2386, "U/L", "2386 U/L"),
        ("ALP", 300, "U/L", "300 U/L"),
        ("GGT", 538, "U/L", "538 U/L"),
        ("BILI_TOT", 6.8, "mg/dL", "6.8 mg/dL"),
        ("BILI_DIR", 6.6, "mg/dL", "6.6 mg/dL"),
    ):
        b.lab(analyte, value, unit, quote, onset)
    for virus, quote in (("HAV", "hepatitis A"), ("HBV", "A, B"), ("HCV", "B and C")):
        b.test(virus, "negative", quote)
    b.test("ultrasound", "negative", "ultrasound of the abdomen was normal")
    b.test("autoantibodies", "negative", "autoantibodies")
    b.finding("adult-onset Still disease", "adult-onset Still disease", "uncertain")
    b.finding("biliary obstruction", "no sign of biliary obstruction", "absent", time=onset)
    b.finding("jaundice", "jaundiced", time=onset)
    b.finding("fatigue", "tired", time=onset)
    b.finding("acute hepatitis", "acute hepatitis", time=onset, kind="histology")
    b.finding("necrosis", "necrosis", time=onset)
    b.finding("hemophagocytosis", "no hemophagocytosis", "absent", time=onset)
    b.finding("alcohol abuse", "did not abuse alcohol", "absent")
    return b.case()


def tocilizumab() -> Case:
    """Mahamid 2011, case 1: an abnormal biopsy with normal enzymes."""
    b = example("tocilizumab-liver-histology")
    evidence = b.words("did not drink alcohol")
    b.who(46, "female", "46-year-old woman", alcohol="absent", alcohol_evidence=evidence)
    onset = at(1, 58, text="February 2010", anchor="date")
    onset = Time(low=1.0, high=58.0, text="February 2010", anchor="date")
    b.event("liver injury", "abnormal liver biopsy", onset)
    b.suspect("tocilizumab", "Intravenous tocilizumab was started", start=START, ongoing=True)
    b.act("started", "tocilizumab", "tocilizumab was started")
    b.act("continued", "tocilizumab", "tocilizumab was continued")
    b.drug("methotrexate", "methotrexate 12.5 mg once weekly", "previous", stop=Time(high=-180.0))
    b.drug("corticosteroid", "systemic steroids in high doses", "previous")
    b.drug("infliximab", "infusions of infliximab", "previous", stop=Time(low=-210.0, high=-140.0))
    b.lab("AST", 22, "U/L", "GOT was 22 U/L", BEFORE)
    b.lab("ALT", 18, "U/L", "GPT 18 U/L", BEFORE)
    b.lab("LDH", 250, "U/L", "250 U/L", BEFORE)
    b.lab("ALP", "normal", "", "alkaline phosphatase was normal", BEFORE)
    b.lab("PLT", 178000, "/mm3", "178,000/mm3", BEFORE)
    b.lab("G_LIVER_ENZYMES", "normal", "", "Laboratory tests were still normal", onset)
    for test, quote in (
        ("HBsAg", "HBsAg"),
        ("anti-HCV", "anti-HCV"),
        ("HIV", "HIV"),
        ("CMV IgM", "CMV IgM"),
        ("EBV IgM", "EBV IgM"),
        ("ANA", "antinuclear antibodies"),
        ("LKM", "anti-LKM"),
    ):
        b.test(test, "negative", quote)
    b.test("ultrasound", "positive", "Ultrasound of the abdomen")
    b.finding("rheumatoid arthritis", "rheumatoid arthritis in May 2000", history=True)
    b.finding("fatigue", "weakness and fatigue", time=onset)
    b.finding("fatty liver", "a mild fatty liver", time=onset)
    later = Time(low=151.0, high=212.0, text="July 2010", anchor="date")
    b.finding("necrosis", "focal hemorrhagic necrosis", time=later)
    b.finding("macrovesicular steatosis", "macrovesicular steatosis", time=later)
    b.finding("perisinusoidal fibrosis", "perisinusoidal fibrosis", time=later)
    b.finding("inflammation", "no inflammation", "absent", time=later)
    b.finding("other medication", "took no other drugs", "absent")
    return b.case()


def steatosis() -> Case:
    """Mahamid 2011, case 2: slightly raised enzymes, steatosis."""
    b = example("anakinra-liver-steatosis")
    alcohol = b.words("did not drink alcohol")
    b.who(49, "female", "49-year-old woman", bmi=31, alcohol="absent", alcohol_evidence=alcohol)
    onset = Time(low=32.0, high=91.0, text="In January 2010", anchor="date")
    b.event("liver injury", "complained of fatigue", onset, "recovering", "the liver enzymes improved gradually")
    b.suspect("anakinra", "anakinra 100 mg/day", start=START)
    b.act("started", "anakinra", "was given by subcutaneous injection")
    b.act("stopped", "anakinra", "Anakinra was then discontinued", Time(low=63.0, high=119.0), reason="the reaction")
    b.drug("methotrexate", "methotrexate", "previous")
    b.drug("atenolol", "atenolol", ongoing=True)
    b.lab("AST", 16, "U/L", "GOT was 16 U/L", BEFORE)
    b.lab("ALT", 16, "U/L", "GPT 16 U/L", BEFORE)
    b.lab("GGT", 21, "U/L", "21 U/L", BEFORE)
    b.lab("AST", 30, "U/L", "30 U/L", onset)
    b.lab("ALT", 50, "U/L", "50 U/L", onset)
    b.lab("ALP", 161, "U/L", "161 U/L", onset)
    b.lab("GGT", 85, "U/L", "85 U/L", onset)
    b.lab("BILI_TOT", "normal", "", "Bilirubin and amylase were normal", onset)
    for test, quote in (
        ("ANA", "Antinuclear antibodies"),
        ("LKM", "anti-LKM"),
        ("HBsAg", "HBsAg"),
        ("anti-HCV", "anti-HCV"),
        ("EBV IgM", "EBV IgM"),
        ("CMV IgM", "CMV IgM"),
        ("anti-HAV", "anti-HAV"),
    ):
        b.test(test, "negative", quote)
    b.test("ultrasound", "positive", "ultrasound was repeated")
    b.finding("nonalcoholic fatty liver disease", "nonalcoholic fatty liver disease", history=True)
    b.finding("obesity", "obesity", history=True)
    b.finding("fatigue", "fatigue", time=onset)
    biopsy = Time(low=63.0, high=119.0, text="February 2010", anchor="date")
    b.finding("macrovesicular steatosis", "Macrovesicular steatosis", time=biopsy, extent="80%")
    b.finding("necrosis", "focal necrosis of hepatocytes", time=biopsy)
    return b.case()


def schnitzler() -> Case:
    """Perrin 2014, case 1: neutropenia on day 4, two re-exposures."""
    b = example("anakinra-neutropenia-schnitzler")
    b.who(68, "male", "68-year-old man")
    day4 = at(4, text="On day 4", anchor="start")
    b.event(
        "neutropenia",
        "isolated, persistent neutropenia",
        day4,
        "recovered",
        "the neutrophil count was normal again",
        recovery=Time(low=4.0, high=6.0),
        recovery_from_stop=Time(low=0.0, high=2.0, text="Within 2 days of stopping"),
    )
    b.suspect("anakinra", "anakinra (an interleukin-1 receptor antagonist", start=START)
    b.act("started", "anakinra", "was started at 100 mg/day", START)
    b.act("stopped", "anakinra", "anakinra was stopped", day4, reason="neutropenia")
    b.act("restarted", "anakinra", "Anakinra was reintroduced a first time", from_(4))
    b.act("restarted", "anakinra", "anakinra was reintroduced a second time", from_(64))
    b.drug("colchicine", "Colchicine", "previous")
    b.drug("pefloxacin", "pefloxacin", "previous")
    b.drug("corticosteroid", "Corticosteroids had helped", "previous")
    b.lab("WBC", 8660, "/mm3", "8660/mm3", BEFORE)
    b.lab("NEUT", 6190, "/mm3", "6190/mm3", BEFORE)
    b.lab("HB", 10.4, "g/dL", "10.4 g/dL", BEFORE)
    b.lab("PLT", "normal", "", "the platelet count was normal", BEFORE)
    b.lab("NEUT", 750, "/mm3", "750/mm3", day4)
    b.lab("NEUT", "normal", "", "the neutrophil count was normal again", Time(low=4.0, high=6.0, anchor="stop"))
    for value, quote in ((1120, "1120/mm3"), (3800, "3800/mm3"), (1500, "1500/mm3"), (3000, "3000/mm3")):
        b.lab("NEUT", value, "/mm3", quote, from_(4))
    b.lab("NEUT", (2000, 3000), "/mm3", "2000 and 3000/mm3", from_(4))
    b.finding("fever", "bouts of fever", history=True)
    b.finding("anemia", "anemia", history=True)
    return b.case()


def still_mas() -> Case:
    """Perrin 2014, case 2: neutropenia in a macrophage activation syndrome."""
    b = example("anakinra-neutropenia-still-mas")
    b.who(48, "male", "48-year-old man")
    day3, day10 = at(3, text="On day 3"), at(10, text="On day 10")
    b.event(
        "neutropenia",
        "neutrophils were only",
        day10,
        "recovered",
        "neutrophils had risen",
        recovery=Time(low=10.0, high=12.0),
        recovery_from_stop=at(2, text="Two days after stopping"),
    )
    b.suspect("anakinra", "Anakinra 100 mg/day was added", start=START)
    b.act("started", "anakinra", "was added", START)
    b.act("stopped", "anakinra", "Anakinra was stopped", at(10, 10, 10), reason="the reaction")
    b.act("restarted", "anakinra", "Anakinra was reintroduced", from_(12))
    b.drug("corticosteroid", "pulses of corticosteroids", ongoing=True, start=Time(high=0.0))
    b.drug("ciclosporin", "intravenous ciclosporin", ongoing=True, start=Time(high=0.0))
    b.lab("AST", 70, "xULN", "70 times", BEFORE)
    b.lab("ALT", 24, "xULN", "24 times", BEFORE)
    b.lab("WBC", 8040, "/mm3", "8040/mm3", BEFORE)
    b.lab("HB", 9.6, "g/dL", "9.6 g/dL", BEFORE)
    b.lab("PLT", 122000, "/mm3", "122,000/mm3", BEFORE)
    b.lab("FERRITIN", 278500, "ug/L", "278,500 µg/L", BEFORE)
    b.lab("AST", 8, "xULN", "8 times", day3)
    b.lab("ALT", 14, "xULN", "14 times", day3)
    b.lab("AST", (1, 2), "xULN", "1-2 times", day10)
    b.lab("ALT", (1, 2), "xULN", "1-2 times", day10)
    b.lab("PLT", 234000, "/mm3", "234,000/mm3", day10)
    b.lab("NEUT", 320, "/mm3", "320/mm3", day10)
    b.lab("NEUT", 2130, "/mm3", "2130/mm3", at(12))
    b.lab("MYELEMIA", 35, "%", "35%", from_(12))
    b.lab("MONO", 3200, "/mm3", "3200/mm3", from_(12))
    b.finding("adult-onset Still disease", "adult-onset Still disease", time=BEFORE)
    b.finding("macrophage activation syndrome", "macrophage activation syndrome proven", time=BEFORE, nth=0)
    b.finding("hemophagocytosis", "hemophagocytosis had disappeared", "absent", time=day10)
    b.finding("neutropenia", "neutropenia did not recur", "absent")
    b.finding("leukocytosis", "leukocytosis")
    return b.case()


def boy() -> Case:
    """Rodionovskaya and Nikishina, patient 1: MAS on methotrexate, which nobody blames."""
    b = example("mas-methotrexate-boy")
    b.who(10, "male", "10-year-old boy")
    b.event(
        "MAS",
        "macrophage activation syndrome (MAS) developed",
        None,
        "recovered",
        "MAS resolved",
        term="macrophage activation syndrome",
    )
    b.suspect("methotrexate", "methotrexate 30 mg intravenously", "timing")
    b.drug("ciclosporin", "ciclosporin did not control", "concomitant")
    b.drug("methylprednisolone", "methylprednisolone 15 mg/kg", "treatment")
    b.drug("tocilizumab", "tocilizumab 10 mg/kg", "treatment")
    b.lab("WBC", 22, "10*9/L", "22×10^9/L", Time())
    b.lab("CRP", 120, "g/L", "120 g/L", Time(), repair=(120, "mg/L"))
    b.lab("PLT", 116, "10*12/L", "116×10^12/L", repair=(116, "10*9/L"))
    b.lab("HB", 90, "g/L", "90 g/L")
    b.lab("FERRITIN", 905, "ug/L", "905 µg/L")
    b.lab("ALT", "elevated", "", "ALT and triglycerides were increased")
    b.finding("systemic juvenile idiopathic arthritis", "systemic juvenile idiopathic arthritis (sJIA)", history=True)
    b.finding("macrophage activation syndrome", "macrophage activation syndrome (MAS)")
    return b.case()


def girl() -> Case:
    """Rodionovskaya and Nikishina, patient 2: MAS after two months of anakinra."""
    b = example("mas-anakinra-girl")
    b.who(3, "female", "3-year-old girl")
    onset = at(45, 75, 60, "After 2 months of treatment", "start")
    b.event(
        "MAS", "(MAS) developed", onset, "recovered", "The cytopenia resolved", term="macrophage activation syndrome"
    )
    b.suspect("anakinra", "anakinra at 2-4 mg/kg", start=START)
    b.act("stopped", "anakinra", "Anakinra was discontinued", from_(45), reason="MAS")
    b.drug("glucocorticoid", "oral glucocorticoids", "treatment", start=from_(45))
    b.drug("tocilizumab", "intravenous tocilizumab", "treatment", start=from_(52))
    b.lab("PLT", 115, "10*12/L", "115×10^12/L", onset, repair=(115, "10*9/L"))
    b.lab("HB", 89, "g/L", "hemoglobin 89 g/L", onset)
    b.lab("FERRITIN", 10000, "ug/L", ">10000 µg/L", onset, comparator=">")
    b.lab("LDH", 1702, "U/L", "1702 U/L", onset)
    b.finding("systemic juvenile idiopathic arthritis", "systemic juvenile idiopathic arthritis (sJIA)", history=True)
    b.finding("macrophage activation syndrome", "macrophage activation syndrome (MAS)", time=onset)
    b.finding("fever", "uncontrolled fever", time=onset)
    return b.case()


SEEDS = {
    "hepatitis": hepatitis,
    "tocilizumab": tocilizumab,
    "steatosis": steatosis,
    "schnitzler": schnitzler,
    "still_mas": still_mas,
    "boy": boy,
    "girl": girl,
}


# --- made-up cases --------------------------------------------------------------------------------------------------


class Told(Builder):
    """A builder that writes its own text: each quotation is put at the end of the story as it is used."""

    def __init__(self) -> None:
        super().__init__("", title="made up")
        self.story = ""

    def words(self, quote: str, nth: int = 0) -> tuple[TextEvidence, ...]:
        start = len(self.story)
        self.story += quote + ". "
        return (TextEvidence(document="d1", start=start, end=start + len(quote), quote=quote),)


def made_up(kind: str = "liver injury", drug: str = "isoniazid", onset: Time | None = None, **event: Any) -> Told:
    """A case with one suspect from day 0 and one reaction, day 30 unless said otherwise."""
    b = Told()
    b.suspect(drug, f"{drug} was started", start=START)
    b.act("started", drug, f"{drug} began", START)
    b.event(kind, f"{kind} developed", onset if onset is not None else at(30), **event)
    return b


def liver(alt: float = 800, alp: float = 115, **event: Any) -> Told:
    """A liver injury on day 30 with ALT (ULN 40) and alkaline phosphatase (ULN 115) of that day."""
    b = made_up(**event)
    b.lab("ALT", alt, "U/L", f"ALT {alt}", at(30), limit=40)
    b.lab("ALP", alp, "U/L", f"alkaline phosphatase {alp}", at(30), limit=115)
    return b


def stopped(b: Told, day: float = 30, drug: str = "isoniazid") -> Told:
    """The suspect is stopped on a day."""
    b.act("stopped", drug, f"{drug} was stopped", at(day), reason="the reaction")
    return b
