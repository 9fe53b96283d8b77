"""The same definitions on another backend: PySpark in local mode gives what is given here.

Scores are those of the one-case engine, counts of pairs those of DuckDB, both from the same expressions.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

if importlib.util.find_spec("ibis") is None or importlib.util.find_spec("duckdb") is None:
    pytest.skip("Ibis on DuckDB is not installed", allow_module_level=True)
if importlib.util.find_spec("pyspark") is None:
    pytest.skip("PySpark is not installed (pip install 'pyspark<4.1')", allow_module_level=True)
if shutil.which("java") is None:
    pytest.skip("PySpark needs Java, and there is none (apt-get install default-jre-headless)", allow_module_level=True)

from dechallenge import instruments
from dechallenge.logic.columns import COLUMNS
from dechallenge.logic.engine import score
from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.counting import pairs
from dechallenge.population.synthetic import Shape, generate
from tests.functional.command import ROOT, environment
from tests.integration.spark_counts import ASKED
from tests.integration.spark_rows import COUNT, SEED
from tests.property.columns_rows import cases

SHOWN = ("naranjo-1981", "r-value", "hys-law", "french-2011", "rucam-2016", "recam-2022")


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> AnalysisSet:
    return generate(Shape(reports=2_000, drugs=30, events=40, planted=5), tmp_path_factory.mktemp("spark") / "set")


@pytest.fixture(scope="module")
def by_spark(analysis: AnalysisSet) -> dict[str, Any]:
    """What one session of Spark finds: the rows of each instrument, the pairs of each form."""
    folder = analysis.folder.parent
    command = [sys.executable, "-m", "tests.integration.spark_session", str(folder), *SHOWN]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("id", SHOWN)
def test_spark_agrees_with_the_one_case_engine(id: str, by_spark: dict[str, Any]) -> None:
    instrument = instruments.get(id)
    rows = by_spark["rows"][id]
    assert len(rows) == COUNT
    for case, row in zip(cases(instrument, SEED, COUNT), rows, strict=True):
        expected = score(instrument, case.facts, questions=False)
        for name in COLUMNS:
            value = getattr(expected, name)
            assert row[name] == (pytest.approx(value) if isinstance(value, float) else value), (name, case.facts)


@pytest.mark.parametrize("form", ASKED)
def test_spark_counts_what_duckdb_counts(form: str, analysis: AnalysisSet, by_spark: dict[str, Any]) -> None:
    strata, least = ASKED[form]
    table = pairs(analysis, strata=strata, least=least, threads=1).table
    rows = [list(row.values()) for row in table.to_pylist()]
    assert len(rows) > 100
    assert by_spark["pairs"][form] == sorted(rows, key=lambda row: [str(value) for value in row])
