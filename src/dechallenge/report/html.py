"""One self-contained page: the verdicts, the narrative with the words that were used, the chart, every point.

No network, no fonts from elsewhere, no library in the page; a content security policy pins the only script and style.
Everything that comes from a text is escaped. Imports the contract, jinja2, and this folder.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from dechallenge.assessment.model import Assessment, CaseOut
from dechallenge.report import chart, labs, narrative, view, wording
from dechallenge.report.asked import open_questions
from dechallenge.report.links import Links

_KINDS = (
    ("statements", "said"),
    ("conflicts", "doubt"),
    ("actions", "drug"),
    ("exposures", "drug"),
    ("measurements", "lab"),
    ("tests", "test"),
    ("findings", "finding"),
    ("competing_causes", "finding"),
    ("patient", "who"),
    ("events", "event"),
    ("suspects", "event"),
)
"""Which part of a case gives its words their colour; the first that claims the words."""


def _resource(name: str) -> str:
    return (files("dechallenge.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    for name in (
        "number", "signed", "days", "duration", "day", "value", "unit", "times", "patient", "person", "name",
        "full_name", "result", "score_range", "is_open", "attainable", "span", "clip", "limit", "minus",
    ):  # fmt: skip
        env.filters[name] = getattr(wording, name)
    env.globals.update(
        {f.__name__: f for f in (
            view.blame, view.dose, view.exposure_of, view.pattern_words, view.lead, view.ordered, view.suspects_of,
            view.time_course, view.work_up, view.histology, view.onset, view.headline, open_questions, view.has_result,
            view.is_part, view.further_latencies, labs.course,
        )},
        grade=view.severity, SUPPORT=wording.SUPPORT,
    )  # fmt: skip
    return env


def render(assessment: Assessment, texts: Mapping[str, str]) -> str:
    """The page as HTML5; the same input gives the same bytes.

    Args:
        assessment: What ``assess`` gives.
        texts: Document id to text; without its text a case is shown with quotations only.
    """
    style, script = _resource("style.css").strip(), _resource("page.js").strip()
    names = {d.id: d.name for d in assessment.documents}
    cases = [_case(case, texts, number) for number, case in enumerate(assessment.cases, start=1)]
    page = _environment().get_template("page.html.j2")
    return page.render(
        assessment=assessment, cases=cases, names=names, style=Markup(style), script=Markup(script),
        style_hash=_digest(style), script_hash=_digest(script),
    )  # fmt: skip


def _digest(source: str) -> str:
    """A script or style as its content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")


class _CasePage:
    """What the template of one case needs: the case, its links, its chart, and its text on demand."""

    def __init__(self, case: CaseOut, texts: Mapping[str, str], number: int) -> None:
        self.case = case
        self.number = number
        self.id = f"c{number}"
        self.links = Links(prefix=self.id, shown=frozenset({case.document} & set(texts)))
        for part, kind in _KINDS:
            self.links.register(getattr(case, part), kind)
        self.links.register(case.completeness.unread, "unread")
        self._text = texts.get(case.document)
        self._document = case.document

    def chart(self) -> Markup:
        """The chart; its marks are drawn by this package with every text escaped."""
        return Markup(chart.draw(self.case, self.links.attributes, "Laboratory values and drugs over days"))

    def passages(self) -> list[narrative.Passage]:
        """The narrative with the words of this case marked; call it after all points are made."""
        if self._text is None:
            return []
        spans = self.links.spans.items()
        marks = {(start, end): name for (document, start, end), name in spans if document == self._document}
        return narrative.passages(self._text, marks)


def _case(case: CaseOut, texts: Mapping[str, str], number: int) -> _CasePage:
    return _CasePage(case, texts, number)
