"""The verbs load-reports and signals: a small database in the quarterly layout, asked about a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.command import NEUTROPENIA, run

pytest.importorskip("scipy", reason="the extra `population` is not installed")
pytest.importorskip("duckdb", reason="the extra `population` is not installed")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """One quarter: neutropenia is reported with anakinra more often than with others."""
    folder = tmp_path / "ascii"
    folder.mkdir()
    demo = ["primaryid$caseid$caseversion$i_f_code$event_dt$fda_dt$age$age_cod$sex$occr_country"]
    drug = ["primaryid$caseid$drug_seq$role_cod$drugname$prod_ai$dechal$rechal"]
    reac = ["primaryid$caseid$pt$drug_rec_act"]
    ther = ["primaryid$caseid$dsg_drug_seq$start_dt$end_dt$dur$dur_cod"]
    for number in range(1, 121):
        id = f"{number + 1000}1${number + 1000}"
        demo.append(f"{id}$1$I$202201{number % 27 + 1:02d}$20220301$40$YR${'F' if number % 2 else 'M'}$FR")
        name = ("KINERET", "ANAKINRA") if number % 4 == 0 else ("PARACETAMOL", "ACETAMINOPHEN")
        drug.append(f"{id}$1$PS${name[0]}${name[1]}$Y$N")
        hit = number % 8 == 0 or number % 29 == 0
        reac.append(f"{id}${'Neutropenia' if hit else 'Rash'}$")
        ther.append(f"{id}$1$20211220$20220201$$")
    for name, rows in (("DEMO", demo), ("DRUG", drug), ("REAC", reac), ("THER", ther)):
        (folder / f"{name}22Q1.txt").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


@pytest.fixture
def store(source: Path, tmp_path: Path) -> Path:
    made = tmp_path / "store"
    answer = run("load-reports", source, "--store", made)
    assert answer.code == 0
    assert "120 rows of reports" in answer.out
    assert "[1 of 1]" in answer.err
    return made


def test_a_case_is_asked_of_the_reports(store: Path, tmp_path: Path) -> None:
    page, rows = tmp_path / "page.html", tmp_path / "rows.csv"
    answer = run("signals", NEUTROPENIA, "--reports", store, "--html", page, "-o", rows)
    assert answer.code == 0, answer.err
    assert "anakinra" in answer.out
    assert "IC" in answer.out
    assert "None of this enters a causality score" in " ".join(answer.out.split())
    text = page.read_text("utf-8")
    assert "<svg" in text
    assert "READUS" in text
    assert rows.exists() or list(tmp_path.glob("rows*.csv"))


def test_the_case_is_assessed_as_before(store: Path) -> None:
    before = run("assess", NEUTROPENIA, "--json").out
    assert run("signals", NEUTROPENIA, "--reports", store, "--json").code == 0
    assert run("assess", NEUTROPENIA, "--json").out == before


def test_every_pair(store: Path) -> None:
    answer = run("signals", "--all", "--reports", store, "--least", 1)
    assert answer.code == 0, answer.err
    assert "anakinra" in answer.out.lower()
    assert "eutropenia" in answer.out


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ((), "--reports"),
        (("--reports", "nowhere", "--all"), "nowhere"),
        (("--reports", "nowhere"), "what to ask"),
        (("--reports", "nowhere", "--all", "--convention", "best"), "convention"),
    ],
)
def test_wrong_usage_says_the_next_step(args: tuple[str, ...], why: str) -> None:
    answer = run("signals", *args)
    assert answer.code in (1, 2)
    assert why in answer.err


def test_a_cut_file_leaves_a_store_that_says_so(source: Path, tmp_path: Path) -> None:
    file = source / "DRUG22Q1.txt"
    file.write_bytes(b"report;drug\n" + file.read_bytes()[:50])
    answer = run("load-reports", source, "--store", tmp_path / "store")
    assert answer.code == 1
    assert "DRUG22Q1" in answer.out + answer.err
    refused = run("signals", "--all", "--reports", tmp_path / "store")
    assert refused.code in (1, 2)


def test_any_table_is_loaded_with_its_columns_named(tmp_path: Path) -> None:
    table, made = tmp_path / "mine.csv", tmp_path / "store"
    rows = [
        f"{n},{'anakinra' if n % 4 == 0 else 'paracetamol'},{'Neutropenia' if n % 8 == 0 else 'Rash'}"
        for n in range(80)
    ]
    table.write_text("id,medicine,reaction\n" + "\n".join(rows) + "\n", "utf-8")
    named = ("--column", "report=id", "--column", "drug=medicine", "--column", "event=reaction")
    answer = run("load-reports", table, "--store", made, *named)
    assert answer.code == 0, answer.err
    assert "80 rows of reports" in answer.out
    assert "drug = medicine" in answer.err
    pairs = run("signals", "--all", "--reports", made)
    assert pairs.code == 0, pairs.err
    assert "anakinra" in pairs.out


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        (("drug=medicine",), "report=COLUMN"),
        (("report=id", "pill=medicine"), "a meaning is one of"),
        (("report=id", "drug=tablet"), "no column tablet"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(tmp_path: Path, columns: tuple[str, ...], why: str) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("id,medicine,reaction\n1,anakinra,Rash\n", "utf-8")
    named = [word for column in columns for word in ("--column", column)]
    answer = run("load-reports", table, "--store", tmp_path / "store", *named)
    assert answer.code in (1, 2)
    assert why in answer.err
    assert not (tmp_path / "store" / "manifest.json").exists()


def test_strata_and_the_likelihood_ratio_test_are_options(store: Path, tmp_path: Path) -> None:
    answer = run("signals", NEUTROPENIA, "--reports", store, "--strata", "sex,age-band")
    assert answer.code == 0, answer.err
    assert "adjusted for sex, age band" in " ".join(answer.out.split())
    wrong = run("signals", NEUTROPENIA, "--reports", store, "--strata", "colour")
    assert wrong.code in (1, 2) and "age_band" in wrong.err
    weighed = run("signals", NEUTROPENIA, "--reports", store, "--linkage", "weights")
    assert weighed.code == 0 and "by weights of evidence" in " ".join(weighed.out.split()), weighed.err
    assert list(store.glob("analysis/*/linked_pairs.parquet"))
    table = run("signals", "--all", "--reports", store, "--measure", "LRT", "-o", tmp_path / "t.csv")
    assert table.code == 0, table.err
    assert "lr_p" in (tmp_path / "t.csv").read_text("utf-8").splitlines()[0]
    misplaced = run("signals", NEUTROPENIA, "--reports", store, "--measure", "LRT")
    assert misplaced.code in (1, 2) and "--all" in misplaced.err
