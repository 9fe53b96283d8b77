"""Record linkage by weights: what counts, what is reported of a pair, and that nothing is removed unasked."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

pytest.importorskip("scipy", reason="the extra `population` is not installed")
pytest.importorskip("ibis", reason="the extra `population` is not installed")

from dechallenge.errors import InputError
from dechallenge.population import linkage
from dechallenge.population.cleaning import Policy, clean
from dechallenge.population.loading import load_table
from dechallenge.population.store import Store
from dechallenge.population.tables import TableMapping

Row = tuple[str, str, str, str | None, str | None, str | None, str | None]
NAMES = ("id", "drug", "event", "date", "sex", "age", "country")
MAPPING = TableMapping("id", "drug", "event", event_date="date", sex="sex", age_years="age", country="country")


def crowd(count: int = 400) -> list[Row]:
    """Reports that have little in common: 20 drugs, 23 events, 97 days, 60 ages."""
    return [
        (f"r{i}", f"drug {i % 20}", f"event {i * 7 % 23}", f"2020-{1 + i % 12:02d}-{1 + i % 28:02d}",
         "FM"[i % 2], str(20 + i * 11 % 60), ("US", "FR", "DE")[i % 3])
        for i in range(count)
    ]  # fmt: skip


def store_of(rows: list[Row], folder: Path) -> Store:
    columns = dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    return load_table(table, folder / "store", MAPPING, threads=1)


def linked(rows: list[Row], folder: Path, rule: linkage.Rule | None = None) -> list[dict[str, Any]]:
    """The pairs by the names of their reports."""
    analysis = clean(store_of(rows, folder), folder / "set", Policy(names="as written"), threads=1)
    found = linkage.link(analysis, rule)
    names = reports(analysis.path("reports"))
    return [{**row, "first": names[row["first"]], "second": names[row["second"]]} for row in found.pairs.to_pylist()]


def reports(path: Path) -> list[str]:
    from pyarrow import parquet

    return parquet.read_table(path).sort_by("report").column("report_id").to_pylist()


def one(rows: list[Row], folder: Path) -> dict[str, Any]:
    """The only pair, where pairs are linked sooner than they usually are."""
    (found,) = linked(rows, folder, linkage.Rule(share=0.5, certainty=0.2))
    assert sorted((found["first"], found["second"])) == ["copy", "own"]
    return found


OWN: Row = ("own", "rareol", "purple toes", "2021-03-04", "F", "47", "IT")


def _copy(**other: str | None) -> Row:
    row = dict(zip(NAMES, OWN, strict=True)) | {"id": "copy"} | other
    return tuple(row[name] for name in NAMES)  # type: ignore[return-value]


def test_what_agrees_differs_and_is_missing_is_told(tmp_path: Path) -> None:
    same = one([*crowd(), OWN, _copy()], tmp_path / "same")
    assert same["agree"] == ["event_date", "sex", "age", "country", "drugs", "events"]
    assert (same["in_part"], same["differ"], same["unknown"]) == ([], [], ["outcomes"])
    other = one([*crowd(), OWN, _copy(sex="M", age="48", date="2021-03-19", country=None)], tmp_path / "other")
    assert (other["agree"], other["in_part"]) == (["drugs", "events"], ["event_date", "age"])
    assert (other["differ"], other["unknown"]) == (["sex"], ["country", "outcomes"])
    assert other["weight"] < same["weight"]
    assert (other["weight_country"], other["weight_sex"]) == (0, pytest.approx(math.log2(0.02), abs=1e-6))


def test_a_weight_is_that_of_the_model_by_hand(tmp_path: Path) -> None:
    found = one([*crowd(), OWN, _copy()], tmp_path)
    # 402 reports; the sex of 202 of them is F, the country of 2 is IT, 2 have the drug.
    assert found["weight_sex"] == pytest.approx(math.log2(0.02 + 0.98 * 402 / 202), abs=1e-6)
    assert found["weight_country"] == pytest.approx(math.log2(0.05 + 0.95 * 402 / 2), abs=1e-6)
    assert found["weight_drugs"] == pytest.approx(math.log2(0.75 * 402 / 2), abs=1e-6)
    weights = [value for name, value in found.items() if name.startswith("weight_")]
    assert found["weight"] == pytest.approx(sum(weights), abs=1e-5)


def test_a_day_of_the_same_month_counts_less_than_the_day_and_more_than_another(tmp_path: Path) -> None:
    dates = ("2021-03-04", "2021-03-05", "2021-03", None, "2019-08-09")
    found = [
        one([*crowd(), OWN, _copy(date=date)], tmp_path / str(i))["weight_event_date"] for i, date in enumerate(dates)
    ]
    assert found[0] > found[1] > found[3] > found[4]
    assert found[2] == pytest.approx(found[1], rel=0.3) and found[3] == 0


def test_look_alikes_are_not_one_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve people with the same drug and the same two reactions: what goes together counts once."""
    soon = linkage.Rule(share=0.5, certainty=0.2)
    alike: list[Row] = [
        (f"x{i}", "rareol", event, None, None, None, None) for i in range(12) for event in ("pain", "suit")
    ]
    assert linked([*crowd(), *alike], tmp_path / "alike", soon) == []
    # Two with a drug and reactions that nobody else has are one.
    (pair,) = linked([*crowd(), *alike[:4]], tmp_path / "two", soon)
    assert pair["agree"] == ["drugs", "events"] and len(pair["unknown"]) == 5

    def alone(shared: dict[str, Any], items: dict[str, Any]) -> dict[str, Any]:
        return {name: items[name].share[item] for name, (_, item) in shared.items()}

    monkeypatch.setattr(linkage.linkage_pairs, "shares_together", alone)
    assert len(linked([*crowd(), *alike], tmp_path / "alone", soon)) > 12


def test_the_threshold_rises_with_the_reports_and_the_certainty() -> None:
    rule = linkage.Rule()
    assert rule.threshold(2_000_001) - rule.threshold(1_000_001) == pytest.approx(1)
    assert linkage.Rule(certainty=0.99).threshold(1000) > rule.threshold(1000) > linkage.Rule(share=0.3).threshold(1000)
    assert rule.threshold(1001) == pytest.approx(math.log2(1000 / 0.1) + math.log2(19))
    for wrong in ({"share": 0.0}, {"certainty": 1.0}, {"fields": {}}, {"window": 0}):
        with pytest.raises(InputError):
            linkage.Rule(**wrong)


def test_cleaning_reports_them_and_removes_them_only_on_request(tmp_path: Path) -> None:
    from pyarrow import parquet

    store = store_of([*crowd(), OWN, _copy(age="48", country=None)], tmp_path)
    exact = clean(store, tmp_path / "exact", Policy(names="as written"), threads=1)
    assert exact.policy["linked"]["redundant"] == 0
    kept = clean(store, tmp_path / "kept", Policy(names="as written", linkage="weights"), threads=1)
    told = kept.policy["linked"]
    assert (told["groups"], told["redundant"], told["removed"], kept.total) == (1, 1, 0, 402)
    assert told["assumptions"]["fields"]["sex"] == {"chance": 0.02, "near": 0.0}
    assert "hit-miss" in kept.policy["rules"]["linked"]
    (pair,) = parquet.read_table(kept.folder / "linked_pairs.parquet").to_pylist()
    assert {pair["first_id"], pair["second_id"]} == {"own", "copy"} and pair["weight"] >= told["threshold_bits"]
    assert pair["in_part"] == ["age"] and "country" in pair["unknown"]
    both = parquet.read_table(kept.folder / "linked.parquet").to_pylist()
    assert {row["report"] for row in both} == {pair["first"], pair["second"]}
    removed = clean(
        store, tmp_path / "removed", Policy(names="as written", linkage="weights", linked="remove"), threads=1
    )
    assert (removed.policy["linked"]["removed"], removed.total) == (1, 401)
    gone = {"own", "copy"} - set(reports(removed.path("reports")))
    assert len(gone) == 1


def test_the_same_store_gives_the_same_bytes(tmp_path: Path) -> None:
    store = store_of([*crowd(), OWN, _copy(sex=None), ("copy 2", *OWN[1:])], tmp_path)
    policy = Policy(names="as written", linkage="weights")
    one_, two = (clean(store, tmp_path / name, policy, threads=2) for name in ("one", "two"))
    for file in sorted(path.name for path in one_.folder.iterdir()):
        assert (one_.folder / file).read_bytes() == (two.folder / file).read_bytes(), file
    assert one_.policy["linked"]["groups"] == 1 and one_.policy["linked"]["redundant"] == 2


def test_one_report_and_none(tmp_path: Path) -> None:
    assert linked([OWN], tmp_path / "one") == []
    store = store_of([OWN], tmp_path)
    with pytest.raises(InputError, match="no report has a counted drug"):
        clean(store, tmp_path / "none", Policy(sources=("VAERS",), linkage="weights"), threads=1)
    assert not (tmp_path / "none").exists()


def test_a_block_of_many_is_looked_at_in_a_window_and_whole_copies_are_found(tmp_path: Path) -> None:
    """Sixty reports share day, drug and event: far from one another in the list, the same two stand together."""
    rows: list[Row] = [(f"z{i:02d}", "a", "x", "2020-05-06", "FM"[i % 2], str(20 + i), "US") for i in range(60)]
    rows[58] = ("z58", *rows[1][1:])
    narrow = linked([*crowd(), *rows], tmp_path / "narrow", linkage.Rule(window=1))
    (pair,) = narrow
    assert {pair["first"], pair["second"]} == {"z01", "z58"}
    assert pair["weight"] < linkage.Rule().threshold(460)  # linked because all is known and the same


def test_the_page_of_the_documentation_states_the_assumptions() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "signals.md").read_text(encoding="utf-8")
    words = {
        "event_date": "date of the event",
        "sex": "sex",
        "age": "age in years (below two in months)",
        "country": "country",
        "outcomes": "outcomes",
        "drugs": "a drug, an event that only one of both has",
        "events": "a drug, an event that only one of both has",
    }
    for name, assumed in linkage.FIELDS.items():
        assert f"| {words[name]} | {assumed.chance:g} |" in page, name
    rule = linkage.Rule()
    told = f"{rule.threshold(100_000):.1f} bits for 100,000 reports, {rule.threshold(1_000_000):.1f} for 1,000,000"
    assert told in page
    assert f"a chance of {rule.certainty:g}" in page and f"{100 * rule.share:.0f} % of reports" in page
    assert rule.window == 10 and "window of ten neighbours" in page
