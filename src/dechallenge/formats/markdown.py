"""Markdown to text: the marks of headings, emphasis, links and quotations left out, pipe tables to tab-separated lines.

Imports `text` and `written` only. Where a mark may be part of a value ("2*ULN", "5_000") it stays.
"""

from __future__ import annotations

import re

from dechallenge.formats.written import Writer, Written, raised

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<text>[^\n]*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_QUOTED = re.compile(r"^(?: {0,3}>[ \t]?)+")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
_LINK = re.compile(
    r"\[(?P<text>[^\]\[\n]{1,300})\]\((?:<[^>\n]{0,1000}>|[^()\s]{1,1000})(?:[ \t]+[\"'][^\"'\n]{0,300}[\"'])?\)"
)
_STRONG = re.compile(r"(?<![\w*])\*\*(?=\S)(?P<text>[^*\n]{1,500}?)(?<=\S)\*\*(?!\*)")
_STRONG_2 = re.compile(r"(?<![\w_])__(?=\S)(?P<text>[^_\n]{1,500}?)(?<=\S)__(?![\w_])")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])(?P<text>[^*\n]{1,500}?)(?<=[^\s*])\*(?![\w*])")
_EMPHASIS_2 = re.compile(r"(?<![\w_\\])_(?=[^\s_])(?P<text>[^_\n]{1,500}?)(?<=[^\s_])_(?![\w_])")
_CODE = re.compile(r"`(?P<text>[^`\n]{1,300})`")
_INSIDE = (
    ("[", _LINK), ("`", _CODE), ("*", _STRONG), ("_", _STRONG_2), ("*", _EMPHASIS), ("_", _EMPHASIS_2)
)  # fmt: skip
"""Marks around words, in the order in which they are taken away, each with a sign that it needs."""
_POWER = re.compile(r"\b10<sup>(?P<text>[-−]?\d{1,2})</sup>", re.IGNORECASE)
_RAISED = re.compile(r"<(?P<tag>su[pb])>(?P<text>[^<\n]{1,40})</(?P=tag)>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_MARK = re.compile(r"[\\`*_\[<]")
"""One of these stands in all that is left out or changed inside a line."""
_MAX_LINE = 20_000


def read_markdown(text: str) -> Written:
    """The text of a Markdown file, with the line of each part."""
    writer = Writer()
    rows = text.splitlines()
    fenced = False
    joined = False
    for number, raw in enumerate(rows, start=1):
        place = f"line {number}"
        if _FENCE.match(raw):
            fenced, joined = not fenced, False
            continue
        line = raw if fenced else _QUOTED.sub("", raw, count=1)
        if not line.strip() or (not fenced and (_RULE.match(line) or (_UNDERLINE.match(line) and joined))):
            joined = False
            continue
        if not fenced:
            if "|" in line and _DIVIDER.match(line):
                continue
            heading = _HEADING.match(line)
            if heading is not None:
                writer.block(_inline(heading["text"]), place)
                joined = False
                continue
            line = _row(line) if line.count("|") > 1 else _inline(line)
        (writer.line if joined else writer.block)(line.rstrip(), place)
        joined = True
    return writer.finish()


def _row(line: str) -> str:
    cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return "\t".join(_inline(cell.strip()) for cell in cells)


def _level(match: re.Match[str]) -> str:
    if match["tag"].lower() == "sub":
        return match["text"]
    return raised(match.string[max(0, match.start() - 12) : match.start()], match["text"])


def _inline(line: str) -> str:
    if len(line) > _MAX_LINE or _MARK.search(line) is None:
        return line
    line = _POWER.sub(r"10^\g<text>", _IMAGE.sub("", line) if "![" in line else line)
    if "<" in line:
        line = _RAISED.sub(_level, line)
    for sign, pattern in _INSIDE:
        if sign in line:
            line = pattern.sub(r"\g<text>", line)
    return _ESCAPE.sub(r"\1", line) if "\\" in line else line
