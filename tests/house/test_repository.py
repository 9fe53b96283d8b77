"""The checkout can be given to anybody: locked with hashes, no addresses, no paths of one machine, no network."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [ROOT / "requirements" / "runtime.txt", ROOT / "requirements" / "dev.txt"]
BUILT = {".git", ".venv", "build", "dist", "__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "urllib3"}


def files() -> list[Path]:
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and not BUILT.intersection(path.relative_to(ROOT).parts)
    ]


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+) \\$", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_pin_has_a_hash_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(blocks) == len(pins(lock)) > 10
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|^-|--(?:extra-)?index-url|--find-links", text, flags=re.MULTILINE)


def test_both_locks_agree_and_hold_every_declared_dependency() -> None:
    runtime, dev = (pins(lock) for lock in LOCKS)
    assert runtime.items() <= dev.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=\[ ]", entry)[0] for entry in project["dependencies"]}
    assert names <= runtime.keys()
    assert {re.split(r"[<>=\[ ]", entry)[0] for entry in project["optional-dependencies"]["dev"]} <= dev.keys()


def test_nothing_names_a_path_of_this_machine() -> None:
    here = str(ROOT).encode()
    if len(ROOT.parts) < 3:
        pytest.skip("the checkout lies at the top of the file system: its path is an ordinary word")
    assert [str(path.relative_to(ROOT)) for path in files() if here in path.read_bytes()] == []


def test_the_package_imports_no_network_module() -> None:
    found = []
    asked_for = ROOT / "src" / "dechallenge" / "reading_llm" / "client.py"  # speaks only to the address given to it
    for path in sorted((ROOT / "src").rglob("*.py")):
        if path == asked_for:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            found += [(path.name, name) for name in names if name.split(".")[0] in NETWORK or name == "urllib.request"]
    assert found == []


def test_the_readme_shows_the_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for verb in ("assess", "read", "score", "explain", "instruments", "schema"):
        assert f"dechallenge {verb}" in readme
