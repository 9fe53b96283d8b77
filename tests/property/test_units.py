"""Units: every spelling of a unit is that unit, pattern and parser agree, conversions come back to where they began."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.units import parse_unit, unit, unit_pattern, units
from dechallenge.quantity import NUMBER_PATTERN, convert, parse_number, parse_quantity
from tests.steps import calls, nested_repeats

LEXICON = load_analytes()
ANY = re.compile(unit_pattern("lab", "vital", "dose", "time"))
LAB = re.compile(unit_pattern())

SPELLINGS = {
    "U/L": "U/L|U/l|u/l|U / L|units/L|units per liter|U L-1|U·L−1|U l⁻¹|U/L.|unit/litre",
    "[IU]/L": "IU/L|iu/l|I.U./L|UI/L|UI/l|IU /L|international units per litre|IU l(-1)",
    "ukat/L": "µkat/L|μkat/l|ukat/L|microkat/L|μkatal/L",
    "nkat/L": "nkat/L|nkat/l",
    "mg/dL": "mg/dL|mg/dl|mg/ dL|mg %|mg%|mg/100 ml|mg/100mL|MG/DL|mg dL-1|mg per dl|mg·dl⁻¹|milligrams per deciliter",
    "g/dL": "g/dL|gm/dL|gm/dl|gm%|g%|gms/dl|gr/dL|G/DL|grams per decilitre|g/100 ml",
    "g/L": "g/L|g/l|gm/L|g/litre",
    "mg/L": "mg/L|mg/l|mgs/L|mg/liter|mg L-1",
    "ug/L": "µg/L|μg/L|ug/l|mcg/L|microg/l|microgram/L|mcg/l",
    "ug/dL": "µg/dL|mcg/dl|ug/dL|µg%",
    "ng/mL": "ng/mL|ng/ml|ng/ ml|nanograms per milliliter|ng/cc",
    "pg/mL": "pg/mL|pg/ml",
    "umol/L": "µmol/L|μmol/l|umol/l|micromol/L|μ mol/L|mcmol/L|micromoles/liter|µmol l⁻¹|µM",
    "mmol/L": "mmol/L|mmol/ L|mmol/litre|mmol/l|MMOL/L|mmol·L-1|mM",
    "meq/L": "mEq/L|meq/L|mEq/liter",
    "/mm3": "/mm3|/mm³|/mm^3|/ mm3|/mm 3|/cmm|/cumm|/cu mm|/cu. mm|/cu.mm|/c.mm|per cubic millimetre|per mm3"
    "|per cubic mm|cells/mm3|cells/cmm|cells per cubic millimeter|/mm<sup>3</sup>",
    "/uL": "/µL|/μl|/uL|/ul|/mcL|per microliter|per μL|cells/µL|cells/uL|cells per microlitre|/microL",
    "10*3/uL": "K/µL|K/uL|k/uL|10^3/µL|x10^3/uL|×10³/µL|x 10(3)/uL|×103/μL|1000/μL|thou/µL|thousand/µL|10*3/uL"
    "|x10e3/uL",
    "10*3/mm3": "x10³/mm³|x 10(3)/mm3|K/cumm|thousand/mm3",
    "10*6/uL": "10^6/µL|M/uL|x10^6/uL|million/µL|mill/µL",
    "10*5/mm3": "lakhs/mm3|lakh/cumm|lakhs/cu mm",
    "10*12/L": "x10^12/L|×10¹²/L|10*12/L|x1012/L|T/L|tera/L|10e12/L|10(12)/L|× 10 12/L",
    "10*9": "x109|×10⁹|x10^9|10*9|x 10(9)",
    "10*12": "×1012|x10^12",
    "%": "%|percent|per cent|pct",
    "mm/h": "mm/h|mm/hr|mm/hour|mm/1st hour|mm/1h|mm in the first hour|mm per hour|mm/1 h|mm/1st hr|mm 1st hour",
    "s": "s|sec|secs|seconds|second",
    "{ULN}": "ULN|UNL|xULN|×ULN|x ULN|times ULN|times the ULN|times the upper limit of normal"
    "|-fold the upper limit of normal|times upper normal limit|upper normal limit [UNL]|x N|xN|N|times normal"
    "|times the upper limit of the normal range|times the normal upper limit|fois la normale|x LSN"
    "|fois la limite supérieure de la normale|x GGN|ULRR|xUNL"
    "|times higher than the upper limit of normal|times above the ULN|-fold elevated|fold ULN"
    "|upper limit of normal (ULN)",
    "{fold}": "fold|-fold",
    "Cel": "°C|ºC|C|degrees Celsius|degrees C|℃|deg C",
    "[degF]": "°F|F|degrees Fahrenheit",
    "[ka'U]/dL": "King-Armstrong units|KA units|K.A. units|King-Armstrong units/dL|KAU/dL",
    "[ka'U]/L": "K-A U/L",
    "[bdsk'U]/dL": "Bodansky units|Bodansky units/dL",
    "ng/mL{FEU}": "ng/mL FEU|ngFEU/ml|ng FEU/mL|ng/ml (FEU)",
    "u[IU]/mL": "μIU/mL|uIU/mL|µUI/ml",
    "m[IU]/L": "mIU/L|mUI/l",
    "kU/L": "kU/L|KU/L",
    "mL/min/{1.73_m2}": "ml/min/1.73 m2|mL/min/1.73m²|mL/min per 1.73 m2",
    "kg/m2": "kg/m2|kg/m²|kg/m^2",
    "mm[Hg]": "mmHg|mm Hg",
    "mg/kg/d": "mg/kg/day|mg/kg/d|mg/kg per day|mg/Kg/j|mg/kg day",
    "mg/d": "mg/day|mg/d|mg per day|mg/24h|mg/j",
    "mg/m2": "mg/m2|mg/m²",
    "ug": "µg|mcg|μg|micrograms",
    "[IU]": "IU|UI|international units",
    "M[IU]": "MU|million units|million IU|MIU",
    "d": "days|day|d|jours",
    "wk": "weeks|week|wk|wks",
    "mo": "months|mo|mois",
    "a": "years|yrs|year|ans",
}


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in SPELLINGS.items() for text in texts.split("|") if text]
)
def test_spelling(code: str, text: str) -> None:
    assert parse_unit(text) == unit(code)
    found = ANY.match(text)
    assert found is not None and found.group() == text.rstrip(".")


POWER = st.sampled_from(
    ["10^9", "10⁹", "10*9", "10**9", "10e9", "10E9", "10(9)", "10 (9)", "10[9]", "10^(9)", "10<sup>9</sup>", "10 ^ 9"]
)
LOST = st.sampled_from(["109", "10 9"])
TIMES = st.sampled_from(["x", "X", "×", "* ", "x ", "× ", "·", "• "])
PER_LITRE = st.sampled_from(["/L", "/l", " / L", "/litre", "/liter", " per L", " per litre", "/ L", " L-1", " l⁻¹"])


@given(st.one_of(st.tuples(TIMES, LOST), st.tuples(st.one_of(st.just(""), TIMES), POWER)), PER_LITRE)
def test_every_spelling_of_ten_to_the_ninth_per_litre(power: tuple[str, str], per: str) -> None:
    text = "".join(power) + per
    assert parse_unit(text) == unit("10*9/L"), text
    found = LAB.match(text)
    assert found is not None and found.group() == text
    # "22·109/L" is 22.109/L as likely: only there the printed space decides.
    quantity = parse_quantity(f"22{text}" if text[0] in "xX×*" else f"22 {text}", parse_unit)
    assert quantity is not None and quantity.value == 22 and quantity.unit == unit("10*9/L")


@pytest.mark.parametrize(("upper", "lower"), [("G/L", "g/L"), ("T/L", "t/L")])
def test_case_is_the_meaning(upper: str, lower: str) -> None:
    assert parse_unit(upper) != parse_unit(lower)
    assert parse_unit("G/L") == unit("10*9/L") and parse_unit("g/L") == unit("g/L")


@pytest.mark.parametrize(
    "text", ["", " ", "GPT", "xyz", "mgdL", "day 3", "n", "c", "in", "and", "U/L/", "109/L", "/", "x" * 500, "mg/xyz"]
)
def test_no_unit(text: str) -> None:
    assert parse_unit(text) is None


@pytest.mark.parametrize(
    "text", ["daily", "mgdL", "UNLIKE", "normally", "Leucocytes", "secondary", "Nausea", "kgx", "%x"]
)
def test_pattern_ends_at_a_word(text: str) -> None:
    assert ANY.match(text) is None


WORDS = """mg g µg ng U IU u L dL l mL ml / per x × 10 ^ 9 3 ( ) 12 6 ⁹ mm3 cells K k % N ULN times the upper limit
of normal fold h hr 1st hour - . · day kg m2 FEU C °C F s min log copies"""
PIECES = st.sampled_from([*WORDS.split(), " ", " ", "  "])


@given(st.lists(PIECES, min_size=1, max_size=9).map("".join))
def test_what_the_pattern_matches_has_a_meaning(text: str) -> None:
    for pattern in (ANY, LAB):
        found = pattern.match(text)
        if found:
            assert parse_unit(found.group()) is not None, found.group()


def read_as_unit_and_quantity(text: str) -> None:
    ANY.match(text)
    parse_unit(text)
    parse_quantity(text, parse_unit)


@given(st.text(alphabet="mgdLUul/ x×10^9( )%Nstherfoup", max_size=300))
def test_the_work_on_a_text_does_not_grow_with_its_length(text: str) -> None:
    read_as_unit_and_quantity(text)  # what is made once
    assert calls(lambda: read_as_unit_and_quantity(text)) <= 250


@pytest.mark.parametrize("pattern", [ANY, LAB, NUMBER_PATTERN])
def test_no_pattern_can_run_away(pattern: str | re.Pattern[str]) -> None:
    assert nested_repeats(pattern) == []


def test_a_pattern_that_can_run_away_is_seen() -> None:
    assert nested_repeats(r"(?:a+b?)*c") and not nested_repeats(r"(?:a{1,9}b?)*c+")


# A second reading of the codes, by the rules of UCUM, to check the factors of the table.
PREFIXES = {"": 1.0, "k": 1e3, "d": 1e-1, "c": 1e-2, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15, "M": 1e6}
# kat is mol/s and U is µmol/min; IU and U are taken as equal, as laboratories print either for the same enzyme.
ATOMS = {
    "g": 1.0, "L": 1.0, "mol": 1.0, "U": 1.0, "[IU]": 1.0, "kat": 60e6, "s": 1.0, "min": 60.0, "h": 3600.0,
    "d": 86400.0, "wk": 604800.0, "a": 31557600.0, "mm3": 1e-6, "eq": 1.0, "osm": 1.0, "m": 1.0, "m2": 1.0,
    "[arb'U]": 1.0, "[lb_av]": 453.59237, "[in_i]": 0.0254, "{FEU}": 1.0, "{DDU}": 1.0, "{copies}": 1.0,
}  # fmt: skip


def ucum(code: str) -> float | None:
    """Size of a UCUM code in base units, None for annotations and arbitrary units."""
    size = 1.0
    for place, part in enumerate(re.sub(r"\{(FEU|DDU)\}", "", code).split("/")):
        value = 1.0
        if power := re.fullmatch(r"10\*(\d+)", part):
            value = 10.0 ** int(power[1])
        elif part:
            sizes = [
                PREFIXES[prefix] * atom
                for prefix in PREFIXES
                for name, atom in ATOMS.items()
                if part == prefix + name and not (part == "min" and prefix) and not (part == "d" and prefix)
            ]
            if part in ATOMS:
                sizes = [ATOMS[part]]
            if len(sizes) != 1:
                return None
            value = sizes[0]
        size = size * value if place == 0 else size / value
    return size


def test_factors_follow_from_the_codes() -> None:
    checked = 0
    for dimension in sorted({one.dimension for one in units().values()} - {"number"}):
        family = [one for one in units().values() if one.dimension == dimension]
        sized = [(one, size) for one in family if (size := ucum(one.code)) is not None]
        for one, size in sized[1:]:
            first, base = sized[0]
            assert one.factor / first.factor == pytest.approx(size / base, rel=1e-9), (one.code, first.code)
            checked += 1
    assert checked > 80


@given(st.data(), st.floats(min_value=1e-3, max_value=1e6, allow_nan=False))
def test_conversions_come_back(data: st.DataObject, value: float) -> None:
    analyte = data.draw(st.sampled_from([one for one in LEXICON if len(one.usual_units + one.rare_units) > 1]))
    printed = analyte.usual_units + analyte.rare_units
    first = data.draw(st.sampled_from(printed))
    second = data.draw(st.sampled_from(printed))
    assume("Log" not in first.code + second.code or value < 300)
    there = LEXICON.convert(analyte.id, value, first, second)
    assume(math.isfinite(there) and not (analyte.id == "HBA1C" and there <= 0))
    assert LEXICON.convert(analyte.id, there, second, first) == pytest.approx(value, rel=1e-6, abs=1e-9)


@given(st.data(), st.floats(min_value=1e-3, max_value=1e6), st.floats(min_value=1e-3, max_value=1e6))
def test_conversions_keep_order(data: st.DataObject, a: float, b: float) -> None:
    analyte = data.draw(st.sampled_from([one for one in LEXICON if one.usual_units and one.family != "viral load"]))
    of = data.draw(st.sampled_from(analyte.usual_units + analyte.rare_units))
    low, high = sorted((a, b))
    assert LEXICON.to_canonical(analyte.id, low, of) <= LEXICON.to_canonical(analyte.id, high, of)


@given(st.floats(min_value=1e-6, max_value=1e9), st.sampled_from(sorted(units())), st.sampled_from(sorted(units())))
def test_units_of_one_dimension_convert_and_come_back(value: float, first: str, second: str) -> None:
    a, b = unit(first), unit(second)
    assume(a.dimension == b.dimension)
    assert convert(convert(value, a, b), b, a) == pytest.approx(value, rel=1e-6, abs=1e-9)


@given(st.data())
def test_check_never_changes_a_value_and_a_repair_is_possible(data: st.DataObject) -> None:
    analyte = data.draw(st.sampled_from([one for one in LEXICON if one.usual_units]))
    of = data.draw(
        st.sampled_from([*analyte.usual_units, *analyte.rare_units, *(printed for printed, _ in analyte.slips)])
    )
    value = data.draw(st.floats(min_value=1e-4, max_value=1e8))
    flag = LEXICON.check(analyte.id, value, of)
    if flag is None:
        assert analyte.bounds.hold(LEXICON.to_canonical(analyte.id, value, of))
        return
    assert (flag.value, flag.unit) == (value, of)
    for repair in flag.candidates:
        assert analyte.bounds.hold(LEXICON.to_canonical(analyte.id, repair.value, repair.unit))
    assert flag.repair == (flag.candidates[0] if len(flag.candidates) == 1 else None)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_thousands_separators_do_not_change_a_number(number: int) -> None:
    for separator in (",", "\u2009", "\u00a0", "'"):
        assert parse_number(f"{number:,}".replace(",", separator)) == number
    assert parse_number(str(number)) == number
    if number >= 1_000_000:
        assert parse_number(f"{number:,}".replace(",", ".")) == number


@given(st.integers(min_value=0, max_value=9999), st.integers(min_value=0, max_value=99))
def test_decimal_comma_and_point_agree(whole: int, cents: int) -> None:
    assert parse_number(f"{whole},{cents:02d}") == parse_number(f"{whole}.{cents:02d}") == float(f"{whole}.{cents:02d}")
