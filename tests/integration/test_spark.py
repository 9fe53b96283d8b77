"""The same definitions on another backend: PySpark in local mode gives what the one-case engine gives."""

from __future__ import annotations

import functools
import importlib.util
import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

from dechallenge import instruments
from dechallenge.logic.columns import COLUMNS
from dechallenge.logic.engine import score
from tests.functional.command import ROOT, environment
from tests.integration.spark_rows import COUNT, SEED
from tests.property.columns_rows import cases

if importlib.util.find_spec("ibis") is None:
    pytest.skip("Ibis is not installed", allow_module_level=True)
if importlib.util.find_spec("pyspark") is None:
    pytest.skip("PySpark is not installed (pip install 'pyspark<4.1')", allow_module_level=True)
if shutil.which("java") is None:
    pytest.skip("PySpark needs Java, and there is none (apt-get install default-jre-headless)", allow_module_level=True)

SHOWN = ("naranjo-1981", "r-value", "hys-law", "french-2011", "rucam-2016", "recam-2022")


@functools.cache
def by_spark() -> dict[str, list[dict[str, Any]]]:
    command = [sys.executable, "-m", "tests.integration.spark_rows", *SHOWN]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("id", SHOWN)
def test_spark_agrees_with_the_one_case_engine(id: str) -> None:
    instrument = instruments.get(id)
    rows = by_spark()[id]
    assert len(rows) == COUNT
    for case, row in zip(cases(instrument, SEED, COUNT), rows, strict=True):
        expected = score(instrument, case.facts, questions=False)
        for name in COLUMNS:
            value = getattr(expected, name)
            assert row[name] == (pytest.approx(value) if isinstance(value, float) else value), (name, case.facts)
