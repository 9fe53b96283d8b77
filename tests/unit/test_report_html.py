"""The page: self-contained, escaped, linked both ways, the narrative unchanged, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from dechallenge.assessment import model as m
from dechallenge.report import html
from tests.unit import report_fixture as fixture

VOID = {"meta", "br", "link", "img", "hr", "input", "path", "circle", "rect"}


class Page(HTMLParser):
    """A page as its tags, with a check that they nest."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.stack: list[str] = []
        self.errors: list[str] = []
        self.story: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.stack or self.stack.pop() != tag:
            self.errors.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if "aside" in self.stack:
            self.story.append(data)

    def values(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.tags if name in attrs]


@pytest.fixture(scope="module")
def source() -> str:
    return html.render(fixture.assessment(), fixture.TEXTS)


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_the_same_input_gives_the_same_bytes(source: str) -> None:
    assert html.render(fixture.assessment(), dict(fixture.TEXTS)) == source


def test_tags_nest_and_ids_are_unique(page: Page) -> None:
    assert page.errors == [] and page.stack == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))


def test_every_link_has_its_target(page: Page) -> None:
    ids = set(page.values("id"))
    assert {h[1:] for h in page.values("href") if h.startswith("#")} <= ids
    words = {name for value in page.values("data-m") for name in value.split()}
    points = {name for value in page.values("data-w") for name in value.split()}
    assert points and points <= words
    assert all(h.startswith("#") for h in page.values("href"))


def test_nothing_is_fetched(source: str, page: Page) -> None:
    assert page.values("src") == []
    assert "url(" not in source and "@import" not in source
    assert set(re.findall(r"https?://[^\s\"'<]+", source)) == {"http://www.w3.org/2000/svg"}


def test_the_policy_pins_the_only_script_and_style(source: str, page: Page) -> None:
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    for tag in ("script", "style"):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.S)
        assert len(bodies) == 1
        digest = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert page.values("style") == [] and not [n for _, a in page.tags for n in a if n.startswith("on")]


def test_markup_of_a_text_stays_text(source: str, page: Page) -> None:
    assert "&lt;b&gt;folate&lt;/b&gt; &amp; vitamins" in re.sub(r"</?a[^>]*>|</?span[^>]*>", "", source)
    assert not [t for t, _ in page.tags if t == "b" and "folate" in t]
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    case = fixture.hepatitis()
    measured = case.measurements[2].model_copy(update={"name": evil})
    exposure = case.exposures[0].model_copy(update={"drug": evil, "dose_text": evil})
    hostile = case.model_copy(
        update={"title": evil, "id": evil, "measurements": (measured,), "exposures": (exposure,), "notes": (evil,)}
    )
    bad = html.render(fixture.assessment(hostile), {"d1": evil + fixture.LIVER_TEXT[len(evil) :]})
    parsed = Page(bad)
    assert [t for t, _ in parsed.tags].count("script") == 1
    assert "img" not in [t for t, _ in parsed.tags]
    assert parsed.errors == []


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_narrative_keeps_every_character_in_order(page: Page) -> None:
    one = Page(html.render(fixture.assessment(fixture.hepatitis()), fixture.TEXTS))
    told = squeeze("".join(one.story))
    assert squeeze(fixture.LIVER_TEXT) in told


def test_each_item_stands_in_its_table_with_points_range_and_words(source: str) -> None:
    row = next(r for r in re.findall(r"<tr .*?</tr>", source, re.S) if "rucam-2016.5" in r)
    flat = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))
    assert "Alternative causes" in flat
    assert " 0 −2 to +2 " in flat
    assert "HEV was not tested" in flat
    assert "not known: hev, hypotension" in flat


def test_statements_stand_apart_and_work_up_states_are_not_merged(source: str) -> None:
    flat = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", source))
    assert "shown, and not used in any score" in flat
    assert "not done 1 Hepatitis E" in flat
    assert "not reported 8 CMV IgM" in flat


def test_without_texts_the_quotations_stay(page: Page) -> None:
    bare = html.render(fixture.assessment(), {})
    assert "“HEV was not tested”" in bare
    assert "<aside" not in bare and Page(bare).errors == []


def test_an_assessment_without_cases_is_still_a_page() -> None:
    empty = html.render(m.Assessment(problems=fixture.assessment().problems), {})
    assert "No case was found" in empty and "Save the text as a .txt file." in empty
    assert Page(empty).errors == []


def test_a_long_stretch_that_was_not_used_is_folded_but_kept() -> None:
    filler = "\n\n".join(f"Paragraph {n} tells nothing about this patient." for n in range(60))
    text = fixture.LIVER_TEXT + "\n\n" + filler + "\n"
    source = html.render(fixture.assessment(fixture.hepatitis()), {"d1": text})
    assert "characters not used for this case</summary>" in source
    assert "Paragraph 30 tells nothing" in source


def test_a_very_long_stretch_is_left_out_and_said_so() -> None:
    text = fixture.LIVER_TEXT + "\n\n" + ("word " * 10 + "\n\n") * 3000
    source = html.render(fixture.assessment(fixture.hepatitis()), {"d1": text})
    assert "without a used word are left out" in source
    assert len(source) < 200_000
