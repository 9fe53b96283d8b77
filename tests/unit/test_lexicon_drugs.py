"""The drug lexicon: size, names, spellings, ambiguity, classes; drugs of the texts in the shared folder are found."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from importlib import resources

import pytest

from dechallenge.errors import DechallengeError
from dechallenge.lexicon.drugs import DrugEntry, DrugLexicon, cut, load_drugs, normal_token, tokens_of
from tests.shared import shared_path

DRUGS = load_drugs()


def table(name: str) -> list[dict[str, str]]:
    text = resources.files("dechallenge.lexicon").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def substance_rows() -> list[dict[str, str]]:
    data = resources.files("dechallenge.lexicon").joinpath("data")
    files = sorted(f.name for f in data.iterdir() if re.fullmatch(r"drugs_\w+\.csv", f.name))
    return [row for file in files for row in table(file)]


def found_in(text: str, lexicon: DrugLexicon = DRUGS) -> list[DrugEntry]:
    """The longest names from left to right, as the reader's matcher finds them."""
    tokens = list(cut(text))
    entries, at = [], 0
    while at < len(tokens):
        for size in range(min(lexicon.longest, len(tokens) - at), 0, -1):
            run = tokens[at : at + size]
            entry = lexicon.at(tuple(token for token, _, _ in run), text[run[0][1] : run[-1][2]])
            if entry is not None:
                entries.append(entry)
                at += size
                break
        else:
            at += 1
    return entries


def test_size() -> None:
    rows = substance_rows()
    listed = [row for row in rows if re.search(r"FAERS|BC5CDR", row["source"])]
    assert len(rows) >= 2_500
    assert len(listed) >= 1_500, "substances whose name stands in a public-domain or CC BY list"
    assert len(table("herbs.csv")) >= 200


def test_every_row_names_its_source_and_a_known_class() -> None:
    classes = {row["class"] for row in table("drug_classes.csv")}
    names = [row["inn"] for row in substance_rows()] + [row["herb"] for row in table("herbs.csv")]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    for row in substance_rows() + table("herbs.csv"):
        assert row["source"], row
        assert row["drug_class"] in classes, row
    for row in table("drug_classes.csv"):
        assert set(filter(None, row["parents"].split("|"))) <= classes, row
        assert set(filter(None, row["members"].split("|"))) <= set(names), row
    for row in table("drug_combinations.csv"):
        assert set(row["ingredients"].split("|")) <= set(names), row


def test_canonical_names_are_lower_case() -> None:
    for surface in DRUGS.surfaces():
        assert surface.entry.inn == surface.entry.inn.lower(), surface
        assert surface.tokens == tokens_of(surface.entry.name)


def test_flags_name_existing_surfaces() -> None:
    names = {surface.entry.name for surface in DRUGS.surfaces()}
    for row in table("drug_flags.csv"):
        assert row["flags"] == "drop" or row["name"] in names, row
        assert row["reason"]


@pytest.mark.parametrize(
    ("name", "inn"),
    [
        ("acetaminophen", "paracetamol"),
        ("cyclosporine", "ciclosporin"),
        ("cyclosporine A", "ciclosporin"),
        ("ciclosporine", "ciclosporin"),
        ("pefloxacine", "pefloxacin"),
        ("sulphasalazine", "sulfasalazine"),
        ("cephalexin", "cefalexin"),
        ("oestradiol", "estradiol"),
        ("MTX", "methotrexate"),
        ("CsA", "ciclosporin"),
        ("HCQ", "hydroxychloroquine"),
        ("AZA", "azathioprine"),
        ("MMF", "mycophenolic acid"),
        ("SSZ", "sulfasalazine"),
        ("INH", "isoniazid"),
        ("5-ASA", "mesalazine"),
        ("ATRA", "tretinoin"),
        ("G-CSF", "filgrastim"),
        ("IVIG", "immunoglobulin"),
        ("MP", "methylprednisolone"),
        ("PCM", "paracetamol"),
        ("6-MP", "mercaptopurine"),
        ("IFX", "infliximab"),
        ("TCZ", "tocilizumab"),
        ("TMP-SMX", "sulfamethoxazole/trimethoprim"),
        ("Kineret®", "anakinra"),
        ("RoActemra", "tocilizumab"),
        ("Kevzara", "sarilumab"),
        ("Ilaris", "canakinumab"),
        ("ACZ885", "canakinumab"),
        ("Arcalyst", "rilonacept"),
        ("IL-1 Trap", "rilonacept"),
        ("Remicade", "infliximab"),
        ("Synthroid", "levothyroxine"),
        ("metformin hydrochloride", "metformin"),
        ("diclofenac sodium tablets", "diclofenac"),
        ("green tea extract", "green tea"),
        ("Camellia sinensis", "green tea"),
        ("Herbalife", "herbalife"),
        ("OxyELITE Pro", "oxyelite pro"),
        ("He Shou Wu", "he shou wu"),
        ("Polygonum multiflorum", "he shou wu"),
        ("ticrynafen", "tienilic acid"),
        ("interferon-β-1a", "interferon beta-1a"),
        ("NSAIDs", "nsaid"),
        ("nonsteroidal anti-inflammatory drugs", "nsaid"),
        ("oral contraceptives", "hormonal contraceptive"),
    ],
)
def test_names_resolve(name: str, inn: str) -> None:
    assert DRUGS.inn_of(name) == inn


@pytest.mark.parametrize(
    "name", ["IL-1Ra", "IL1-Ra", "IL1Ra", "IL-1ra", "il-1 ra", "IL‑1Ra", "interleukin-1 receptor antagonist"]
)
def test_all_spellings_of_the_receptor_antagonist(name: str) -> None:
    assert DRUGS.inn_of(name) == "anakinra"


def test_abbreviations_keep_their_case() -> None:
    assert DRUGS.lookup("mtx") is None
    assert DRUGS.lookup("mtx", any_case=True) == DRUGS.lookup("MTX")
    assert DRUGS.inn_of("GCs") == "glucocorticoid"
    assert [entry.inn for entry in found_in("the art of soma and the fleet")] == []


def test_an_enumeration_is_not_a_combination() -> None:
    assert [e.inn for e in found_in("isoniazid, rifampicin and ethambutol")] == [
        "isoniazid",
        "rifampicin",
        "ethambutol",
    ]
    assert [e.inn for e in found_in("amoxicillin-\nclavulanate")] == ["amoxicillin/clavulanic acid"]
    entry = DRUGS.lookup("Augmentin")
    assert entry is not None and entry.ingredients == ("amoxicillin", "clavulanic acid")


@pytest.mark.parametrize(
    "name", ["iron", "calcium", "glucose", "oxygen", "water", "alcohol", "cortisol", "folate", "potassium"]
)
def test_body_substances_and_everyday_words_ask_for_context(name: str) -> None:
    entry = DRUGS.lookup(name)
    assert entry is not None and entry.context and entry.ambiguous


# Everyday words of case reports, analytes, findings and abbreviations of tests.
NOT_DRUGS = (
    "a about after again all also although an and any are as at because been before being between both but by can "
    "case cases child course daily day days did disease do dose doses drug drugs due during each elevated event "
    "few first following for from further had has have he her his history hospital however ice if improved in "
    "increased into is it its jaundice last lead less level levels liver low man may medication mg month months "
    "more most negative no normal not of on one only or other our over patient patients positive presented rash "
    "rest result results she since some soon start stopped such test tests than that the their then there "
    "therefore these they this three time to today treatment two under until up upper was we week weeks well were "
    "when which while who with within without woman year years young bilirubin albumin ferritin platelets "
    "leukocytes neutrophils hemoglobin creatinine transaminases fibrinogen triglycerides protein sodium urea "
    "blood serum biopsy fibrosis necrosis fever pain nausea fatigue ultrasound antibody antigen ALT AST ALP GGT "
    "LDH CRP ESR INR WBC HB PLT ANA HIV EBV CMV HAV HBV HCV MAS RA SS TP CT MRI ICU ECG BP PT "
)


@pytest.mark.parametrize("word", NOT_DRUGS.split())
def test_no_common_word_or_finding_is_a_drug(word: str) -> None:
    entries = found_in(word)
    assert all(entry.context for entry in entries), entries


def test_classes() -> None:
    assert {"atorvastatin", "cerivastatin"} <= set(DRUGS.members("statins"))
    assert {"anakinra", "rilonacept", "canakinumab", "tocilizumab", "infliximab"} <= set(DRUGS.members("biologic"))
    assert {"prednisone", "fludrocortisone"} <= set(DRUGS.members("corticosteroid"))
    assert DRUGS.classes_of("Kineret")[:2] == ("il-1 receptor antagonist", "il-1 blocker")
    assert "disease-modifying antirheumatic drug" in DRUGS.classes_of("methotrexate")
    assert "corticosteroid" in DRUGS.classes_of("glucocorticoids")
    assert set(DRUGS.classes_of("Augmentin")) >= {"penicillin", "beta-lactam", "antibiotic"}
    with pytest.raises(DechallengeError, match="no drug class"):
        DRUGS.members("not a class")


def test_what_is_inside_a_name() -> None:
    assert [(entry.inn, entry.atc) for entry in DRUGS.find("warfarin")] == [("warfarin", "B01AA")]
    assert [entry.inn for entry in DRUGS.find("co-trimoxazole")] == ["sulfamethoxazole", "trimethoprim"]
    assert DRUGS.find("not a drug") == ()


def test_codes_are_told_apart() -> None:
    entry = DRUGS.lookup("ACZ885")
    assert entry is not None and entry.kind == "code" and entry.atc == "L04AC08"


@pytest.mark.parametrize(
    ("word", "token"), [("Sulphate", "sulfate"), ("β", "beta"), ("alfa", "alpha"), ("Ménière", "meniere")]
)
def test_normal_tokens(word: str, token: str) -> None:
    assert normal_token(word) == token


def test_every_drug_of_the_livertox_cases_is_found() -> None:
    not_drugs = re.compile(r"none|mentioned|unspecified", re.IGNORECASE)
    records = [json.loads(line) for line in shared_path("corpora", "livertox", "dev.jsonl").read_text().splitlines()]
    for record in records:
        assert found_in(record["drug"]), record["drug"]
        others = (record["key_points"] or {}).get("other_medications") or ""
        for part in re.split(r"[,;.]|\band\b", re.sub(r"\(.*?\)", "", others)):
            name = part.strip()
            if re.search(r"[a-z]{4}", name) and not not_drugs.search(name) and "continued" not in name:
                assert found_in(name), name


@pytest.mark.parametrize(
    ("seed", "inns"),
    [
        (
            "000_eb96b64139c05774.txt",
            "tocilizumab anakinra methotrexate infliximab atenolol nsaid steroid",
        ),
        ("001_abc053d80063b204.txt", "anakinra methylprednisolone prednisone immunoglobulin"),
        ("002_8455bf4894d4cdee.txt", "anakinra corticosteroid colchicine pefloxacin ciclosporin oxygen"),
        ("003_87e56f74505cfa52.txt", "tocilizumab anakinra methotrexate ciclosporin methylprednisolone glucocorticoid"),
    ],
)
def test_every_drug_of_the_seeds_is_found(seed: str, inns: str) -> None:
    read = {entry.inn for entry in found_in(shared_path("seeds", seed).read_text(encoding="utf-8"))}
    assert set(inns.split()) <= read


def test_recall_on_published_drug_mentions() -> None:
    """PHEE: nine of ten drug mentions of the literature hold a name of the lexicon (0.94 when written)."""
    mentions = [
        name
        for line in shared_path("corpora", "phee_v2", "dev.jsonl").read_text(encoding="utf-8").splitlines()
        for annotation in json.loads(line)["annotations"]
        for event in annotation["events"]
        for group in event.get("Treatment", {}).get("Drug", {}).get("text", [])
        for name in group
    ]
    assert sum(bool(found_in(name)) for name in mentions) / len(mentions) >= 0.9
