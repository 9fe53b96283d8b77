"""The analyte tables: complete, unambiguous, converting as the laboratory sheet says, and wary of impossible values."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from dechallenge.errors import FactError, UnitError
from dechallenge.lexicon.analytes import fold_surface, load_analytes
from dechallenge.lexicon.plausibility import Direction
from dechallenge.lexicon.units import parse_unit, unit
from dechallenge.quantity import Unit, from_uln
from tests.shared import shared_path

LEXICON = load_analytes()


def spelled(text: str) -> Unit:
    found = parse_unit(text)
    assert found is not None, text
    return found


# Analyte, value, unit, the same value in another unit, tolerance relative to the rounding of the printed figures.
CONVERSIONS = [
    ("BILI_TOT", 6.8, "mg/dL", 116.3, "µmol/L"),
    ("BILI_DIR", 1.0, "mg/dL", 17.104, "µmol/L"),
    ("BILI_IND", 1.0, "mg/dL", 17.104, "µmol/L"),
    ("CREAT", 1.0, "mg/dL", 88.42, "µmol/L"),
    ("GLU", 1.0, "mg/dL", 0.0555, "mmol/L"),
    ("GLU", 18.016, "mg/dL", 1.0, "mmol/L"),
    ("TG", 1.76, "mmol/L", 155.9, "mg/dL"),
    ("TG", 3.0, "mmol/L", 265.7, "mg/dL"),
    ("TG", 1.5, "mmol/L", 132.9, "mg/dL"),
    ("TG", 4.0, "mmol/L", 354.3, "mg/dL"),
    ("CHOL", 1.0, "mmol/L", 38.67, "mg/dL"),
    ("FIBRINOGEN", 3.6, "g/L", 360, "mg/dL"),
    ("FIBRINOGEN", 3.6, "g/L", 10.58, "µmol/L"),
    ("FIBRINOGEN", 1.5, "g/L", 4.41, "µmol/L"),
    ("HB", 9.2, "g/dL", 92, "g/L"),
    ("HB", 9.2, "g/dL", 5.71, "mmol/L"),
    ("HB", 8.0, "g/dL", 4.96, "mmol/L"),
    ("HB", 10.0, "g/dL", 6.21, "mmol/L"),
    ("ALT", 48, "U/L", 0.80, "µkat/L"),
    ("AST", 60, "U/L", 1.0, "µkat/L"),
    ("ALP", 60, "U/L", 1000, "nkat/L"),
    ("GGT", 60, "IU/L", 1.0, "µkat/L"),
    ("LDH", 60, "U/L", 1.0, "µkat/L"),
    ("CK", 60, "U/L", 1.0, "µkat/L"),
    ("AMYLASE", 60, "U/L", 1.0, "µkat/L"),
    ("LIPASE", 60, "U/L", 1.0, "µkat/L"),
    ("FERRITIN", 684, "µg/L", 684, "ng/mL"),
    ("FERRITIN", 684, "mcg/L", 1537, "pmol/L"),
    ("CRP", 120, "mg/L", 12, "mg/dL"),
    ("PLT", 181, "x10^9/L", 181000, "/mm3"),
    ("PLT", 178000, "/cmm", 178, "10^3/µL"),
    ("NEUT", 0.75, "x10^9/L", 750, "/mm3"),
    ("WBC", 22, "x109", 22000, "/µL"),
    ("LYMPH", 1.0, "G/L", 1000, "/mm3"),
    ("MONO", 3200, "/mm3", 3.2, "x10^9/L"),
    ("EOS", 500, "/mm3", 0.5, "x10^9/L"),
    ("RETIC", 50, "x10^9/L", 50000, "/mm3"),
    ("RBC", 4.5, "x10^12/L", 4.5, "M/µL"),
    ("BODY_TEMP", 38.0, "°C", 100.4, "°F"),
    ("BODY_TEMP", 38.5, "°C", 101.3, "°F"),
    ("HBA1C", 48, "mmol/mol", 6.542, "%"),
    ("BUN", 1.0, "mg/dL", 0.357, "mmol/L"),
    ("UREA", 0.357, "mmol/L", 2.14, "mg/dL"),
    ("ALB", 3.5, "g/dL", 35, "g/L"),
    ("TP_PROT", 7.0, "g/dL", 70, "g/L"),
    ("IGG", 1600, "mg/dL", 16, "g/L"),
    ("IGM", 230, "mg/dL", 2.3, "g/L"),
    ("TRANSFERRIN", 200, "mg/dL", 2, "g/L"),
    ("HAPTO", 100, "mg/dL", 1, "g/L"),
    ("CERULO", 20, "mg/dL", 200, "mg/L"),
    ("CERULO", 20, "mg/dL", 0.2, "g/L"),
    ("A1AT", 90, "mg/dL", 0.9, "g/L"),
    ("A2M", 150, "mg/dL", 1.5, "g/L"),
    ("APOA1", 110, "mg/dL", 1.1, "g/L"),
    ("IRON", 100, "µg/dL", 17.9, "µmol/L"),
    ("COPPER", 100, "µg/dL", 15.7, "µmol/L"),
    ("AMMONIA", 100, "µg/dL", 58.7, "µmol/L"),
    ("LACTATE", 10, "mg/dL", 1.11, "mmol/L"),
    ("NA", 140, "mEq/L", 140, "mmol/L"),
    ("K", 4, "mEq/L", 4, "mmol/L"),
    ("TSH", 2.5, "µIU/mL", 2.5, "mU/L"),
    ("D_DIMER", 250, "ng/mL DDU", 500, "ng/mL FEU"),
    ("D_DIMER", 0.5, "mg/L FEU", 500, "ng/mL FEU"),
    ("HCT", 0.42, "L/L", 42, "%"),
    ("WEIGHT", 100, "lb", 45.36, "kg"),
    ("HBV_DNA", 5, "log10 IU/mL", 100000, "IU/mL"),
    ("HCV_RNA", 6, "log IU/mL", 1000000, "IU/mL"),
]


@pytest.mark.parametrize(("analyte", "value", "first", "other", "second"), CONVERSIONS)
def test_conversion_both_ways(analyte: str, value: float, first: str, other: float, second: str) -> None:
    a, b = spelled(first), spelled(second)
    assert LEXICON.convert(analyte, value, a, b) == pytest.approx(other, rel=2e-3)
    assert LEXICON.convert(analyte, other, b, a) == pytest.approx(value, rel=2e-3)
    assert LEXICON.accepts(analyte, a) and LEXICON.accepts(analyte, b)


def test_units_that_do_not_convert() -> None:
    king_armstrong = spelled("K-A U/L")
    assert LEXICON.accepts("ALP", king_armstrong)
    for analyte, of in (("ALP", king_armstrong), ("ALT", spelled("mg/dL")), ("SIL2R", spelled("pg/mL"))):
        with pytest.raises(UnitError):
            LEXICON.to_canonical(analyte, 10, of)
    with pytest.raises(UnitError, match="upper limit"):
        LEXICON.to_canonical("AST", 70, spelled("UNL"))
    assert from_uln(70, 40) == 2800
    assert not LEXICON.accepts("ALT", spelled("mg/dL"))
    assert not LEXICON.accepts("BODY_TEMP", spelled("xULN"))
    assert LEXICON.accepts("AST", spelled("xULN"))


def test_what_a_conversion_takes_for_granted() -> None:
    assert "FEU" in LEXICON.assumption("D_DIMER", spelled("ng/mL"))
    assert "per litre" in LEXICON.assumption("WBC", spelled("x109"))
    assert LEXICON.assumption("BILI_TOT", spelled("µmol/L")) == ""


def test_printed_unit_decides_between_relatives() -> None:
    assert LEXICON.variant("NEUT", spelled("%")) == "NEUT_PCT"
    assert LEXICON.variant("PT_SEC", spelled("%")) == "PT_PCT"
    assert LEXICON.variant("PT_PCT", spelled("g/L")) == "TP_PROT"
    assert LEXICON.variant("PLT", spelled("/mm3")) is None


# Analyte, printed value and unit, what the text says, likely value and unit, factor.
REPAIRS: list[tuple[str, float, str, Direction | None, float, str, float | None]] = [
    ("PLT", 116, "x10^12/L", None, 116, "10*9/L", 1e-3),
    ("PLT", 116, "×1012", None, 116, "10*9", 1e-3),
    ("PLT", 115, "x10^12/L", "low", 115, "10*9/L", 1e-3),
    ("CRP", 120, "g/L", None, 120, "mg/L", 1e-3),
    ("FERRITIN", 905, "mg/L", None, 905, "ug/L", 1e-3),
    ("HB", 90, "g/dL", None, 90, "g/L", 0.1),
    ("HB", 9, "g/L", None, 9, "g/dL", 10),
    ("CREAT", 90, "mg/dL", None, 90, "umol/L", 0.0113097),
    ("FIBRINOGEN", 360, "g/L", None, 360, "mg/dL", 0.01),
    ("BODY_TEMP", 101.3, "C", None, 101.3, "[degF]", None),
    ("GGT", 400, "mg/dL", None, 400, "U/L", None),
    ("K", 45, "mmol/L", None, 4.5, "mmol/L", 0.1),
    ("RBC", 4.5, "x10^9/L", None, 4.5, "10*12/L", 1e3),
]


@pytest.mark.parametrize(("analyte", "value", "printed", "says", "likely", "code", "factor"), REPAIRS)
def test_repair(
    analyte: str, value: float, printed: str, says: Direction | None, likely: float, code: str, factor: float | None
) -> None:
    flag = LEXICON.check(analyte, value, spelled(printed), says)
    assert flag is not None and flag.repair is not None
    assert flag.kind in ("implausible", "unit")
    assert (flag.value, flag.unit) == (value, spelled(printed)), "the printed value is never overwritten"
    assert (flag.repair.value, flag.repair.unit) == (likely, unit(code))
    if factor is not None:
        assert flag.repair.factor == pytest.approx(factor, rel=1e-4)


@pytest.mark.parametrize(
    ("analyte", "value", "printed"),
    [("FIBRINOGEN", 20, "g/L"), ("PLT", 250, "/mm3"), ("ALT", 5000000, "U/L"), ("FERRITIN", 3000000, "ng/mL")],
)
def test_no_repair_where_several_or_none_would_fit(analyte: str, value: float, printed: str) -> None:
    flag = LEXICON.check(analyte, value, spelled(printed))
    assert flag is not None and flag.kind == "implausible"
    assert flag.repair is None and len(flag.candidates) != 1


def test_direction_settles_a_repair() -> None:
    undecided = LEXICON.check("PLT", 250, spelled("/mm3"))
    normal = LEXICON.check("PLT", 250, spelled("/mm3"), "normal")
    assert undecided is not None and len(undecided.candidates) > 1
    assert normal is not None and normal.repair is not None and normal.repair.value == 250000


@pytest.mark.parametrize(("analyte", "value", "printed"), [("FERRITIN", 278500, "µg/L"), ("ALT", 12000, "U/L")])
def test_extreme_values_are_accepted_and_marked(analyte: str, value: float, printed: str) -> None:
    flag = LEXICON.check(analyte, value, spelled(printed))
    assert flag is not None and flag.kind == "extreme" and flag.repair is None


@pytest.mark.parametrize(
    ("analyte", "value", "printed"),
    [
        ("ALT", 3346, "U/L"),
        ("PLT", 178000, "/cmm"),
        ("WBC", 22, "x109"),
        ("HB", 90, "g/L"),
        ("AST", 70, "UNL"),
        ("ALP", 40, "K-A U/L"),
        ("ALT", 10000, "U/L"),
        ("CRP", 700, "mg/L"),
        ("CRP", 0, "mg/L"),
    ],
)
def test_plausible_values_pass(analyte: str, value: float, printed: str) -> None:
    assert LEXICON.check(analyte, value, spelled(printed)) is None


def test_every_bound_of_every_analyte_is_on_the_right_side() -> None:
    for analyte in LEXICON:
        bounds = analyte.bounds
        if bounds.high is not None:
            flag = LEXICON.check(analyte.id, bounds.high, analyte.unit)
            assert flag is None or flag.kind == "extreme", analyte.id
            flag = LEXICON.check(analyte.id, bounds.high * 1.01, analyte.unit)
            assert flag is not None and flag.kind == "implausible", analyte.id
        if bounds.low:
            assert LEXICON.check(analyte.id, bounds.low, analyte.unit) is None, analyte.id
            below = bounds.low - 0.01 * abs(bounds.low)
            assert LEXICON.check(analyte.id, below, analyte.unit) is not None, analyte.id


@pytest.mark.parametrize(
    ("analyte", "value", "first"),
    [
        ("WBC", 7000, "/mm3"),
        ("WBC", 9500, "/mm3"),
        ("WBC", 5.4, "10*9/L"),
        ("PLT", 178000, "/mm3"),
        ("PLT", 221, "10*9/L"),
        ("NEUT", 150, "/mm3"),
        ("HB", 13.5, "g/dL"),
        ("HB", 90, "g/L"),
        ("ALT", 50, "U/L"),
        ("BILI_TOT", 6.8, "mg/dL"),
        ("BILI_TOT", 116, "umol/L"),
        ("CREAT", 88, "umol/L"),
        ("INR", 1.4, "{INR}"),
        ("BODY_TEMP", 101.3, "[degF]"),
        ("HCT", 0.42, "L/L"),
        ("ALT", 0.8, "ukat/L"),
    ],
)
def test_guess_of_a_unit_not_printed(analyte: str, value: float, first: str) -> None:
    assert LEXICON.guess_unit(analyte, value)[0] == unit(first)


@pytest.mark.parametrize(
    ("analyte", "value"), [("ALT", 50), ("HB", 14), ("FERRITIN", 905), ("CREAT", 1.2), ("WBC", 7000)]
)
def test_a_common_number_leaves_no_choice(analyte: str, value: float) -> None:
    assert len(LEXICON.guess_unit(analyte, value)) == 1


def test_bilirubin_without_a_unit_stays_open() -> None:
    assert [one.code for one in LEXICON.guess_unit("BILI_TOT", 6.8)] == ["mg/dL", "umol/L"]


def test_no_guess_for_an_impossible_number() -> None:
    assert LEXICON.guess_unit("HB", 5000) == []


def test_default_limits() -> None:
    for analyte, high in (("ALT", 40), ("AST", 40), ("ALP", 115), ("BILI_TOT", 1.2), ("GGT", 50)):
        limit = LEXICON.default_limits(analyte)
        assert limit.high == high and limit.mark == "project default" and limit.verified
    assert LEXICON.default_limits("PLT").low == 150 and not LEXICON.default_limits("PLT").verified
    assert LEXICON.default_limits("LDH").high is None, "the limit varies twofold, so there is no default"
    assert LEXICON.default_limits("FERRITIN", "female").high == 150
    assert LEXICON.default_limits("FERRITIN", "male").high == 300
    assert (LEXICON.default_limits("HB").low, LEXICON.default_limits("HB").high) == (12, 17.5)
    for analyte_ in LEXICON:
        limit = analyte_.limit
        assert (limit.low is None and limit.high is None) or (limit.source and limit.mark), analyte_.id


def test_ids_are_checked() -> None:
    with pytest.raises(FactError, match="NOPE"):
        LEXICON.get("NOPE")
    assert LEXICON.members("G_TRANSAMINASES") == ("ALT", "AST") and LEXICON.members("ALT") == ("ALT",)
    assert LEXICON.is_group("G_LIVER_TESTS") and not LEXICON.is_group("ALT")
    for group in LEXICON.groups.values():
        assert all(member in LEXICON for member in group.members), group.id
    for analyte in LEXICON:
        assert all(other in LEXICON for other in analyte.variants.values()), analyte.id
        for usual in (*analyte.usual_units, *analyte.rare_units):
            assert LEXICON.accepts(analyte.id, usual)
            LEXICON.to_canonical(analyte.id, 1.0, usual)
    assert all(LEXICON.members(implied.id) for implied in LEXICON.implied())


def test_every_surface_means_one_analyte_or_says_that_it_needs_context() -> None:
    ids: dict[str, set[str]] = defaultdict(set)
    plain: dict[str, set[str]] = defaultdict(set)
    for surface in LEXICON.surfaces():
        assert LEXICON.members(surface.id)
        ids[fold_surface(surface.text)].add(surface.id)
        if not surface.needs_context:
            plain[fold_surface(surface.text)].add(surface.id)
    ambiguous = {text: of for text, of in ids.items() if len(of) > 1}
    assert all(len(plain[text]) <= 1 for text in ambiguous), ambiguous
    seen = [(surface.text, surface.id) for surface in LEXICON.surfaces()]
    assert len(seen) == len(set(seen))


def test_short_forms_are_case_sensitive() -> None:
    for surface in LEXICON.surfaces():
        letters = "".join(mark for mark in surface.text if mark.isalpha())
        if len(letters) <= 3 and letters.isupper():
            assert surface.case_sensitive, surface.text


@pytest.mark.parametrize(
    ("text", "analyte"),
    [
        ("alaninaminotransferase", "ALT"),
        ("lactate dehydrase", "LDH"),
        ("GG", "GGT"),
        ("TP", "PT_PCT"),
        ("PAL", "ALP"),
        ("Alk P", "ALP"),
        ("VS", "ESR"),
        ("SOE", "ESR"),
        ("BSG", "ESR"),
        ("plaquettes", "PLT"),
        ("Thrombozyten", "PLT"),
        ("Leukozyten", "WBC"),
        ("LKC", "WBC"),
        ("PNN", "NEUT"),
        ("PMN", "NEUT"),
        ("prothrombin ratio", "PT_PCT"),
        ("taux de prothrombine", "PT_PCT"),
        ("thyroid-stimulating hormone", "TSH"),
        ("glycated hemoglobin", "HBA1C"),
        ("transaminases", "G_TRANSAMINASES"),
        ("liver enzymes", "G_LIVER_ENZYMES"),
        ("liver function tests", "G_LIVER_TESTS"),
        ("blood count", "G_BLOOD_COUNT"),
    ],
)
def test_surface(text: str, analyte: str) -> None:
    assert analyte in {surface.id for surface in LEXICON.surfaces() if surface.text == text}


def test_ambiguous_surfaces_ask_for_context() -> None:
    flags = {(surface.text, surface.id): surface.needs_context for surface in LEXICON.surfaces()}
    for key in (("GG", "GGT"), ("VS", "ESR"), ("TP", "PT_PCT"), ("direct", "BILI_DIR"), ("iron", "IRON"), ("K", "K")):
        assert flags[key], key


def sheet_rows() -> list[list[str]]:
    sheet = shared_path("criteria", "labs.md").read_text(encoding="utf-8")
    table = sheet.split("| Analyte | Synonyms seen |")[1].split("## Synonym rules")[0]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line.startswith("| ")]


# Cells of the sheet's synonym column that are remarks or halves of a name, not names.
NOT_NAMES = {
    ("GGT", "transpeptidase"),
    ("D_DIMER", "FEU"),
    ("D_DIMER", "DDU"),
    ("NEUT", "segs+bands"),
    ("MYELEMIA", "immature granulocytes, myelemia , left shift"),
    ("BUN", "urea"),
    ("CMV_IGM", "PCR"),
    ("HSV_PCR", "PCR"),
    ("HIV", "antigen"),
}


def test_every_analyte_of_the_laboratory_sheet_is_here() -> None:
    rows = sheet_rows()
    assert len(rows) >= 80
    missing = set()
    for cells in rows:
        name, synonyms, codes, of, bounds = cells[0], cells[1], cells[2], cells[3], cells[6]
        assert name in LEXICON, name
        # Printed there as urea nitrogen; here urea and its nitrogen are two analytes.
        analyte = LEXICON.get("BUN" if name == "UREA" else name)
        relatives = [analyte, *(LEXICON.get(other) for other in analyte.variants.values())]
        have = {(loinc.code, loinc.mark) for one in relatives for loinc in one.loinc}
        for code, mark in re.findall(r"(\d{3,6}-\d)[^;]*? ([VM])\b", codes):
            assert (code, mark) in have, (name, code, mark)
        assert spelled(of.split(" or ")[0]) == analyte.unit, (name, of)
        if figures := re.match(r"([\d.]+) - ([\d.]+)", bounds):
            assert (analyte.bounds.low, analyte.bounds.high) == (float(figures[1]), float(figures[2])), name
        known = {fold_surface(surface.text) for surface in LEXICON.surfaces() if surface.id == analyte.id}
        for synonym in re.split(r"[;/]", re.sub(r"\([^)]*\)|[*\"]", "", synonyms)):
            if fold_surface(synonym) and fold_surface(synonym) not in known:
                missing.add((analyte.id, synonym.strip()))
    assert missing == NOT_NAMES
