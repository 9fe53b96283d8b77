"""The same counting on another backend: PySpark in local mode gives the counts of DuckDB, from the same expression."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

if importlib.util.find_spec("ibis") is None or importlib.util.find_spec("duckdb") is None:
    pytest.skip("Ibis on DuckDB is not installed", allow_module_level=True)
if importlib.util.find_spec("pyspark") is None:
    pytest.skip("PySpark is not installed (pip install 'pyspark<4.1')", allow_module_level=True)
if shutil.which("java") is None:
    pytest.skip("PySpark needs Java, and there is none (apt-get install default-jre-headless)", allow_module_level=True)

from dechallenge.population.counting import pairs
from dechallenge.population.synthetic import Shape, generate
from tests.functional.command import ROOT, environment
from tests.integration.spark_counts import ASKED


def test_spark_counts_what_duckdb_counts(tmp_path: Path) -> None:
    analysis = generate(Shape(reports=2_000, drugs=30, events=40, planted=5), tmp_path / "set")
    command = [sys.executable, "-m", "tests.integration.spark_counts", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    for form, (strata, least) in ASKED.items():
        table = pairs(analysis, strata=strata, least=least, threads=1).table
        rows = [list(row.values()) for row in table.to_pylist()]
        assert len(rows) > 100
        assert found[form] == sorted(rows, key=lambda row: [str(value) for value in row]), form
