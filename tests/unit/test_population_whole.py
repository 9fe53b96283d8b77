"""Nothing half-written looks whole: a disk that is full at any moment, a loading broken off, files that are cut.

A full disk is played by a limit on the size of any file: the smaller it is, the sooner writing stops. After each stop
everything that is left is looked at, and the same is done again with room.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("scipy", reason="the extra `population` is not installed")
pytest.importorskip("ibis", reason="the extra `population` is not installed")

from dechallenge.errors import DechallengeError, InputError
from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.cleaning import Policy, clean
from dechallenge.population.loading import Progress, load, load_table
from dechallenge.population.store import Store
from dechallenge.population.tables import TableMapping
from tests.functional.command import ROOT, environment
from tests.unit.population_files import AERS, FAERS, write_quarter
from tests.unit.test_population_loading import vaers

SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from dechallenge.errors import DechallengeError
from dechallenge.population.cleaning import Policy, clean
from dechallenge.population.loading import load
from dechallenge.population.store import Store
verb, source, target, limit = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
if verb == "write":
    import pyarrow, pyarrow.csv, pyarrow.parquet
    from dechallenge.population import scoring
    table = pyarrow.table({"n": list(range(5000))})
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    if verb == "load":
        load([source], target, threads=1)
    elif verb == "clean":
        clean(Store.open(source), target, Policy(linkage="weights"), threads=1)
    else:
        scoring.write_table(table, target, {"note": "x" * 200})
except DechallengeError as error:
    print(error)
    sys.exit(3)
"""


def with_room(verb: str, source: Path, target: Path, limit: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SMALL_DISK, verb, str(source), str(target), str(limit)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr[-2000:]
    return done


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    write_quarter(folder, "2009Q2", AERS)
    write_quarter(folder, "2014Q1", FAERS)
    return folder


@pytest.fixture(scope="module")
def store(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load([source], tmp_path_factory.mktemp("whole") / "store", threads=1).folder


def biggest(folder: Path, *, without: str = "") -> int:
    return max(f.stat().st_size for f in folder.rglob("*") if f.is_file() and f.name != (without or None))


def test_a_disk_that_is_full_while_loading(source: Path, store: Path, tmp_path: Path) -> None:
    """Stopped at the first byte, at the tables of a part, and at the manifest, the last and largest file."""
    tables = biggest(store, without="manifest.json")
    manifest = (store / "manifest.json").stat().st_size
    assert 600 < tables < manifest
    for limit in (1, 900, tables - 1, manifest - 1):
        target = tmp_path / f"store-{limit}"
        done = with_room("load", source, target, limit)
        assert done.returncode == 3 and "Nothing half-written was left" in done.stdout, (limit, done.stdout)
        told = target / "manifest.json"
        if told.exists():
            assert json.loads(told.read_text(encoding="utf-8"))["state"] != "complete", limit
            with pytest.raises(InputError, match="the store is"):
                clean(Store.open(target), tmp_path / "set", threads=1)
        # A part that has its name holds what the same part of the whole store holds.
        for part in target.glob("parts/*"):
            for file in sorted((store / "parts" / part.name).iterdir()):
                assert (part / file.name).read_bytes() == file.read_bytes(), (limit, file)
        assert load([source], target, threads=1).complete
        for file in sorted(f.relative_to(store) for f in store.rglob("*") if f.is_file()):
            assert (target / file).read_bytes() == (store / file).read_bytes(), (limit, file)


def test_a_disk_that_is_full_while_cleaning(store: Path, tmp_path: Path) -> None:
    policy = Policy(linkage="weights")
    whole = clean(Store.open(store), tmp_path / "whole", policy, threads=1)
    sizes = sorted({f.stat().st_size for f in whole.folder.iterdir()})
    for limit in (1, sizes[0] - 1, sizes[len(sizes) // 2] - 1, sizes[-1] - 1):
        target = tmp_path / f"set-{limit}"
        done = with_room("clean", store, target, limit)
        assert done.returncode == 3 and "Nothing half-written was left" in done.stdout, (limit, done.stdout)
        assert [p.name for p in tmp_path.iterdir() if p.name != "whole"] == [], limit
    again = clean(Store.open(store), tmp_path / "again", policy, threads=1)
    assert again.policy == whole.policy


@pytest.mark.parametrize(("name", "limit"), [("table.parquet", 700), ("table.csv", 700), ("table.csv", 100)])
def test_a_disk_that_is_full_while_writing_a_table(tmp_path: Path, name: str, limit: int) -> None:
    """The file of conventions beside a CSV counts too: neither gets its name before both are whole."""
    (tmp_path / "out").mkdir()
    done = with_room("write", tmp_path, tmp_path / "out" / name, limit)
    assert done.returncode == 3 and "cannot be written" in done.stdout
    assert list((tmp_path / "out").iterdir()) == []


def test_conventions_that_cannot_be_written_leave_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    import pyarrow as pa

    from dechallenge.population import scoring

    def full(self: Path, *args: object, **more: object) -> int:
        self.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(DechallengeError, match="No space left"):
        scoring.write_table(pa.table({"n": [1]}), tmp_path / "table.csv", {})
    assert list(tmp_path.iterdir()) == []


def test_a_loading_that_is_broken_off_says_so_and_goes_on(source: Path, store: Path, tmp_path: Path) -> None:
    def stop(step: Progress) -> None:
        if (step.done, step.what) == (1, "loading"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load([source], tmp_path / "store", threads=1, progress=stop)
    broken = Store.open(tmp_path / "store")
    assert not broken.complete and [part.name for part in broken.parts()] == ["aers-2009Q2"]
    with pytest.raises(InputError, match="the store is loading"):
        clean(broken, tmp_path / "set", threads=1)
    seen: list[Progress] = []
    assert load([source], tmp_path / "store", threads=1, progress=seen.append).complete
    assert [p.what for p in seen if p.what != "loading"] == ["already loaded", "loaded"]
    assert (tmp_path / "store" / "manifest.json").read_bytes() == (store / "manifest.json").read_bytes()


def test_a_quarter_cut_anywhere_is_refused_or_every_lost_row_is_told(source: Path, tmp_path: Path) -> None:
    """Cut within a row it is refused; cut at the end of one nobody can know, and the rows that are read are counted."""
    text = AERS["DRUG"]
    header = text.index("\n") + 1
    for number, cut in enumerate(range(header + 1, len(text) - 1, 61)):
        write_quarter(tmp_path / f"in{number}", "2009Q2", {**AERS, "DRUG": text[:cut]})
        target = tmp_path / f"store{number}"
        whole_row = text[cut - 1] == "\n" or text[cut] == "\n"
        try:
            made = load([tmp_path / f"in{number}"], target, threads=1)
        except InputError as error:
            assert "ends in the middle of a row" in str(error) and not target.exists(), cut
            assert not whole_row, cut
        else:
            read = made.manifest()
            lines = text[header:cut].strip("\n").split("\n")
            assert read["rows"]["drugs"] + sum(read["set_aside"].values()) == len(lines), cut
            # The last row is whole, or it lacks nothing but empty fields that could be added back.
            assert whole_row or text[cut:].split("\n")[0].strip("$") == "", (cut, lines[-1])


def test_a_packed_file_that_is_cut_is_refused(tmp_path: Path) -> None:
    folder = vaers(tmp_path / "vaers")
    file = folder / "2022VAERSVAX.csv"
    packed = gzip.compress(file.read_bytes(), mtime=0)
    file.unlink()
    for cut in (len(packed) // 2, len(packed) - 4):
        (folder / "2022VAERSVAX.csv.gz").write_bytes(packed[:cut])
        with pytest.raises(InputError, match="cut off or damaged"):
            load([folder], tmp_path / f"store{cut}", threads=1)
        assert not (tmp_path / f"store{cut}").exists()


def test_a_table_with_a_wrong_delimiter_or_column_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    for text, cause in (("id drug event\n1 a x\n", "names one column only"), ("id,drug\n1,a\n", "no column event")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=cause):
            load_table(path, tmp_path / "store", TableMapping("id", "drug", "event"), threads=1)
        assert not (tmp_path / "store").exists()


def test_a_set_that_lacks_a_file_is_not_opened(store: Path, tmp_path: Path) -> None:
    made = clean(Store.open(store), tmp_path / "set", threads=1)
    for name in ("report_event.parquet", "policy.json"):
        (made.folder / name).rename(tmp_path / name)
        with pytest.raises(InputError, match=r"not whole|not an analysis set"):
            AnalysisSet.open(made.folder)
        (tmp_path / name).rename(made.folder / name)
    assert AnalysisSet.open(made.folder).total == made.total
