"""The CIOMS form as one self-contained page: the form on the first sheet, what does not fit on the next.

No network, no script, everything that comes from a case escaped. The boxes grow rather than hide a line. May import
jinja2 and this folder.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from dechallenge.report import cioms, cioms_layout

_SIZE = 2.7
"""Height of the letters of the page in mm, as its style sheet has it."""
_NARROW = frozenset(" .,;:!|'’iljtfrI()[]/-–“”")


def render(form: cioms.Form) -> str:
    """The form as HTML5, for the screen and for A4 paper; the same form gives the same bytes."""
    cuts = cioms_layout.cut(form, _width)
    cells = {cell.number: cell for cell in cioms_layout.CELLS}
    return _template().render(
        form=form, cuts=cuts, cells=cells, parts=cioms_layout.PARTS, layout=cioms_layout, why=_why(form),
        rest=cioms_layout.rest(cuts), title=cioms.TITLE, remark=cioms.REMARK,
        more=cioms_layout.has_next(form, cuts), table=cioms_layout.has_table(form),
        drugs=cioms_layout.has_suspects(cuts), of_a_drug=cioms_layout.OF_A_DRUG,
        style=Markup(_resource("cioms.css").strip()),
        not_stated=cioms.NOT_STATED, answers=("yes", "no", "not applicable"),
    )  # fmt: skip


def _why(form: cioms.Form) -> dict[str, str]:
    """The reasons beside the ticks of boxes 20 and 21."""
    abated, again = cioms_layout.trial_shown(form)
    return {"20": abated, "21": again}


def _resource(name: str) -> str:
    return (files("dechallenge.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    env = Environment(
        loader=FunctionLoader(_resource), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, keep_trailing_newline=True,
    )  # fmt: skip
    return env.get_template("cioms.html.j2")


def _width(text: str) -> float:
    """Width in mm at most, in the sans-serif letters of the page (widths of Helvetica, rounded up)."""
    return _SIZE * sum(
        0.34 if c in _NARROW else 0.86 if c in "MWmw%×→" else 0.72 if c.isupper() else 0.57 for c in text
    )
