"""Articles in XML to text: JATS (and its forerunner NLM) and the older format of BioMed Central. References left out.

Imports `markup`, `written`, `xml` and errors.
"""

from __future__ import annotations

from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.markup import Rules, Walk, local, names
from dechallenge.formats.written import Writer, Written, flat
from dechallenge.formats.xml import parse

_JATS = Rules(
    skip=names(
        "journal-meta contrib-group aff aff-alternatives author-notes pub-date history permissions article-id "
        "article-categories kwd-group funding-group counts custom-meta-group self-uri ref-list ack fn-group graphic "
        "media inline-graphic tex-math "
        "annotation annotation-xml object-id supplementary-material sub-article response notes "
        "bio processing-meta product related-article related-object alt-text long-desc attrib copyright-statement "
        "license trans-abstract trans-title-group alt-title"
    ),
    blocks=names(
        "article front article-meta title-group abstract body back sec p list list-item def-list def-item disp-quote "
        "disp-formula disp-formula-group table-wrap table-wrap-foot fig fig-group caption boxed-text app app-group "
        "glossary floats-group verse-group statement speech fn subtitle thead tbody tfoot"
    ),
    headings={"title": 2, "article-title": 1},
    tables=frozenset(["table"]),
    rows=frozenset(["tr"]),
    cells=frozenset(["td", "th"]),
    run_in=frozenset(["label", "term"]),
    captions=frozenset(["caption", "table-wrap", "fig", "sec", "def-item", "fn", "list-item", "def"]),
    floats=frozenset(["table-wrap", "fig", "fig-group", "table-wrap-group", "boxed-text", "disp-quote", "list"]),
    preformatted=frozenset(["preformat"]),
    links=frozenset(["xref"]),
)
_BMC = Rules(
    skip=names("ui ji aug insg history cpyrt kwdg source issn pubdate volume issue fpage xrefbib refgrp ack graphic "
                   "meta note suppl"),
    blocks=names("art fm bibl abs bdy bm sec p tbl tblfn fig text caption ul ol li tblbdy displayed"),
    headings={"st": 2},
    tables=frozenset(["tblbdy"]),
    rows=frozenset(["r"]),
    cells=frozenset(["c"]),
    captions=frozenset(["st", "caption", "title", "tbl", "fig"]),
    run_in=frozenset(["title"]),
    floats=frozenset(["tbl", "fig"]),
    marks=frozenset(["abbrgrp"]),
    links=frozenset(["abbr"]),
)  # fmt: skip
_LEFT_OUT = frozenset(["graphical", "teaser", "toc", "web-summary", "executive-summary", "plain-language-summary"])
"""Kinds of abstract that say the same again."""


def read_article(data: bytes, name: str) -> Written:
    """The text of an article in XML, with the path of the element of each part.

    Raises:
        InputError: Not well-formed, hostile, not an article that is known here, or without text.
    """
    root = parse(data, name)
    kind = local(root)
    writer = Writer()
    article = root if kind in ("article", "art") else _article(root)
    if article is None:
        raise InputError(
            f"this is XML of a kind that is not known here (“{kind[:60]}”)",
            place=name,
            next_step="Give JATS or BMC XML, HTML, PDF, DOCX or plain text.",
        )
    if local(article) == "art":
        _bmc(article, writer)
    else:
        _jats(article, writer)
    written = writer.finish()
    if not written.text.strip():
        raise InputError("this article holds no text", place=name, next_step="Get the file with the full text.")
    return written


def _article(root: etree._Element) -> etree._Element | None:
    """The first article inside a wrapper (a set of articles, an answer of an archive)."""
    return next((one for one in root.iterdescendants(tag=etree.Element) if local(one) in ("article", "art")), None)


def _first(element: etree._Element, *names: str) -> etree._Element | None:
    """The element at a path of local names."""
    found: etree._Element | None = element
    for name in names:
        if found is None:
            return None
        found = next((one for one in found.iterchildren(tag=etree.Element) if local(one) == name), None)
    return found


def _path(element: etree._Element) -> str:
    return element.getroottree().getpath(element)


def _jats(article: etree._Element, writer: Writer) -> None:
    meta = _first(article, "front", "article-meta")
    if meta is None:
        meta = _first(article, "front")
    title = None if meta is None else _first(meta, "title-group", "article-title")
    if title is not None:
        Walk(_JATS, writer).element(title, _path(title))
    for one in () if meta is None else meta.iterchildren(tag=etree.Element):
        if local(one) == "abstract" and (one.get("abstract-type") or "").lower() not in _LEFT_OUT:
            head = _first(one, "title")
            if head is None or not flat("".join(str(part) for part in head.itertext())):
                writer.block("Abstract", _path(one))
            Walk(_JATS, writer).element(one, _path(one))
    parts = (("body",), ("floats-group",), ("back", "app-group"), ("back", "glossary"))
    for way in parts:
        part = _first(article, *way)
        if part is not None:
            Walk(_JATS, writer).element(part, _path(part))


def _bmc(article: etree._Element, writer: Writer) -> None:
    title = _first(article, "fm", "bibl", "title")
    if title is not None:
        writer.block(flat("".join(str(part) for part in title.itertext())), _path(title))
    abstract = _first(article, "fm", "abs")
    if abstract is not None:
        if next((one for one in abstract.iterdescendants(tag=etree.Element) if local(one) == "st"), None) is None:
            writer.block("Abstract", _path(abstract))
        Walk(_BMC, writer).element(abstract, _path(abstract))
    body = _first(article, "bdy")
    if body is not None:
        Walk(_BMC, writer).element(body, _path(body))
