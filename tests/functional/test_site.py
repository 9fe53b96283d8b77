"""The documentation site builds without a warning, every page is reachable, and the code on its pages runs.

Where Sphinx, MyST or Furo is not installed the tests of the built site are skipped (`make site` installs them).
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dechallenge import instruments
from dechallenge.instruments.describe_markdown import KINDS

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("sphinx", "myst_parser", "furo")
ABSENT = [name for name in NEEDED if importlib.util.find_spec(name) is None]


class Links(HTMLParser):
    """What a page refers to: pages by `a`, everything that a browser loads by itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pages: list[str] = []
        self.loaded: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.pages.append(str(told["href"]))
        elif tag in ("script", "img", "iframe", "source") and told.get("src"):
            self.loaded.append(str(told["src"]))
        elif tag == "link" and told.get("rel") in ("stylesheet", "icon", "preload"):
            self.loaded.append(str(told["href"]))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    if ABSENT:
        pytest.skip(f"the site needs {', '.join(ABSENT)}: make site installs it from requirements/docs.txt")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-E", "-q", "-b", "html"]
    command += ["-d", str(folder / "doctrees"), str(ROOT / "docs"), str(folder / "html")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "html"


def reached(site: Path) -> dict[str, Links]:
    """Every page that clicks lead to from the front page."""
    found: dict[str, Links] = {}
    waiting = [site / "index.html"]
    while waiting:
        page = waiting.pop().resolve()
        name = str(page.relative_to(site.resolve()))
        if name in found or page.suffix != ".html":
            continue
        found[name] = Links(page.read_text(encoding="utf-8"))
        for link in found[name].pages:
            target = link.split("#")[0]
            if target and "://" not in target:
                assert (page.parent / target).exists(), f"{name} leads to {link}, which is not there"
                waiting.append(page.parent / target)
    return found


def test_every_instrument_page_is_reachable(site: Path) -> None:
    pages = reached(site)
    assert {f"instruments/{one.id}.html" for one in instruments.all()} <= pages.keys()
    written = {f"{path.relative_to(ROOT / 'docs').with_suffix('')}.html" for path in (ROOT / "docs").rglob("*.md")}
    assert written <= pages.keys()


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for name, links in reached(site).items():
        assert [link for link in links.loaded if "://" in link or link.startswith("//")] == [], name


def test_the_reference_has_the_public_face(site: Path) -> None:
    page = (site / "api.html").read_text(encoding="utf-8")
    anchors = (
        "read",
        "assess",
        "read_paths",
        "assess_paths",
        "Corrections",
        "Assessment",
        "Reading",
        "Case",
        "Document",
    )
    missing = [name for name in (*anchors, "DechallengeError") if f'id="dechallenge.{name}"' not in page]
    assert missing == []


def test_the_code_in_the_documentation_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    blocks = [
        block
        for path in sorted((ROOT / "docs").glob("*.md"))
        for block in re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    ]
    assert len(blocks) >= 2
    for block in blocks:
        exec(compile(block, "docs", "exec"), {})
    assert "anakinra rucam-2016" in capsys.readouterr().out


def test_the_index_has_every_instrument_under_its_kind() -> None:
    index = (ROOT / "docs" / "instruments" / "index.md").read_text(encoding="utf-8")
    for kind, heading, _ in KINDS:
        listed = [one.id for one in instruments.all() if one.kind == kind]
        section = index.partition(f"## {heading}\n")[2].partition("\n## ")[0]
        assert re.findall(r"^\| \[.*?\]\((\S+)\.md\)", section, flags=re.MULTILINE) == listed
        assert re.findall(r"<(\S+)>$", section, flags=re.MULTILINE) == listed
    assert {one.kind for one in instruments.all()} <= {kind for kind, _, _ in KINDS}


def test_the_lock_of_the_site_agrees_with_the_others() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        assert not re.search(r"://|^-", text, flags=re.MULTILINE)
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+) \\$", text, flags=re.MULTILINE))

    docs, runtime, dev = (pins(name) for name in ("docs.txt", "runtime.txt", "dev.txt"))
    assert {"sphinx", "myst-parser", "furo"} <= docs.keys()
    assert runtime.items() <= docs.items()
    assert {name: dev[name] for name in dev.keys() & docs.keys()}.items() <= docs.items()
