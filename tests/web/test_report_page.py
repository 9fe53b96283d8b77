"""The page in a real browser: the links work both ways, nothing overlaps or runs over, and nothing is refused.

Uses Debian's chromium when it is there; skipped, with the reason, when it is not.
"""

from __future__ import annotations

import html as escaping
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dechallenge.report import html
from tests.unit import report_fixture as fixture

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no chromium on this machine (Debian: apt-get install chromium)"
)


def browse(page: Path, profile: Path, width: int = 1400) -> tuple[str, str]:
    """The page's DOM after its scripts ran, and what the browser logged."""
    assert BROWSER
    done = subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={profile}", f"--window-size={width},1000", "--enable-logging=stderr",
            "--virtual-time-budget=3000", "--dump-dom", page.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if not done.stdout.strip():
        pytest.skip(f"chromium does not run here: {done.stderr.strip()[-200:]}")
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def source() -> str:
    return html.render(fixture.assessment(), fixture.TEXTS)


def measure(source: str, script: str, folder: Path, width: int = 1400) -> Any:
    """What a script finds in the page, shown in a frame of this width.

    The policy is lifted for this copy so that the script may run; the frame reports to its parent by a message.
    """
    inner = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", source)
    probe = f"<script>parent.postMessage(JSON.stringify((() => {{ {script} }})()), '*')</script>"
    (folder / "inner.html").write_text(inner.replace("</body>", probe + "</body>"), encoding="utf-8")
    (folder / "outer.html").write_text(
        "<!DOCTYPE html><html><script>addEventListener('message', "
        "(event) => { document.documentElement.dataset.found = event.data; })</script>"
        f'<iframe src="inner.html" style="width:{width}px;height:900px;border:0"></iframe></html>',
        encoding="utf-8",
    )
    dom, _ = browse(folder / "outer.html", folder / "profile", width + 40)
    found = re.search(r'data-found="([^"]*)"', dom)
    assert found, dom[:300]
    return json.loads(escaping.unescape(found.group(1)))


def test_nothing_is_refused_and_no_script_fails(source: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(source, encoding="utf-8")
    dom, log = browse(page, tmp_path / "profile")
    assert "RUCAM" in dom
    console = [line for line in log.splitlines() if "CONSOLE" in line]
    assert console == []


def test_a_point_lights_its_words_and_words_show_their_points(source: str, tmp_path: Path) -> None:
    found = measure(
        source,
        """
        const row = [...document.querySelectorAll('tr[data-w]')].find(r => r.textContent.includes('rucam-2016.5'));
        row.querySelector('td').click();
        const lit = [...document.querySelectorAll('#c1 .mk.lit')].map(n => n.textContent);
        const mark = [...document.querySelectorAll('#c1 a.mk')].find(n => n.textContent === 'HEV was not tested');
        mark.click();
        const uses = document.querySelector('#c1 .uses');
        const here = [...document.querySelectorAll('.here')].map(n => n.tagName);
        const shown = !uses.hidden;
        document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}));
        const left = document.querySelectorAll('.lit').length;
        return {lit, uses: uses.textContent, here, shown, after: uses.hidden, left};
        """,
        tmp_path,
    )
    assert found["lit"] == ["Tests for hepatitis A, B and C were negative", "HEV was not tested"]
    assert found["shown"] and "RUCAM 2016, Alternative causes" in found["uses"]
    assert "TR" in found["here"]
    assert found["after"] and found["left"] == 0


def test_a_mark_of_the_chart_answers_to_the_keyboard(source: str, tmp_path: Path) -> None:
    found = measure(
        source,
        """
        const marks = [...document.querySelectorAll('svg [data-w]')];
        const point = marks.find(n => n.getAttribute('aria-label').startsWith('ALT 3346'));
        point.focus();
        point.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));
        const lit = [...document.querySelectorAll('.mk.lit')].map(n => n.textContent);
        return {focus: document.activeElement === point, lit};
        """,
        tmp_path,
    )
    assert found == {"focus": True, "lit": ["ALT 3346 U/L"]}


@pytest.mark.parametrize("width", [1600, 1200, 800, 375])
def test_the_page_does_not_run_over_its_window(source: str, tmp_path: Path, width: int) -> None:
    found = measure(
        source,
        """
        const root = document.documentElement;
        const over = [...document.querySelectorAll('main *')].filter(n => !n.closest('.scroll') && !n.closest('.table')
          && n.getBoundingClientRect().right > root.clientWidth + 1).map(n => n.tagName + '.' + n.className);
        return {room: root.clientWidth, wide: root.scrollWidth, over: over.slice(0, 5)};
        """,
        tmp_path,
        width,
    )
    assert found["wide"] <= found["room"] and found["over"] == []


def test_no_words_of_the_chart_lie_on_each_other(source: str, tmp_path: Path) -> None:
    found = measure(
        source,
        """
        const clashes = [];
        for (const svg of document.querySelectorAll('svg.chart')) {
          const box = svg.getBoundingClientRect();
          const words = [...svg.querySelectorAll('text')].filter(t => !t.classList.contains('flag'));
          const at = words.map(t => t.getBoundingClientRect());
          words.forEach((a, i) => {
            if (at[i].right > box.right + 1 || at[i].left < box.left - 1) clashes.push('outside: ' + a.textContent);
            words.slice(i + 1).forEach((b, k) => {
              const p = at[i], q = at[i + 1 + k];
              const w = Math.min(p.right, q.right) - Math.max(p.left, q.left);
              const h = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
              if (w > 1 && h > 3) clashes.push(a.textContent + ' × ' + b.textContent);
            });
          });
        }
        return clashes;
        """,
        tmp_path,
    )
    assert found == []


def luminance(colour: str) -> float:
    channels = [int(c) / 255 for c in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_stands_out_from_its_ground(source: str, tmp_path: Path) -> None:
    pairs = measure(
        source,
        """
        const ground = (n) => { for (; n; n = n.parentElement) { const c = getComputedStyle(n).backgroundColor;
          if (/^rgb\\(/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
        const seen = new Set();
        for (const n of document.querySelectorAll('p, small, th, td, dt, dd, li, b, span, a, h2, h3, h4, summary')) {
          if (n.textContent.trim() && n.offsetParent) seen.add(getComputedStyle(n).color + ' on ' + ground(n));
        }
        return [...seen];
        """,
        tmp_path,
    )
    assert len(pairs) > 5
    for pair in pairs:
        ink, paper = (luminance(c) for c in pair.split(" on "))
        assert (max(ink, paper) + 0.05) / (min(ink, paper) + 0.05) >= 4.5, pair
