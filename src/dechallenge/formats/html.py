"""Saved web pages to text: the article of the page, without navigation, scripts, forms and references.

Imports `markup`, `text`, `written` and errors.
"""

from __future__ import annotations

import itertools
import re

from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.markup import Rules, Walk, local, names
from dechallenge.formats.written import Writer, Written, flat

_SKIP = names(
    "script style noscript template nav footer aside form button select option input textarea label svg "
    "iframe object embed applet audio video canvas map dialog menu head annotation annotation-xml mjx-container"
)
_BLOCKS = names(
    "html body main article section div header hgroup p li ul ol dl dt dd blockquote pre address figure figcaption "
    "caption center details summary fieldset hr tr td th thead tbody tfoot"
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|consent|banner|sidebar|side-?bar|toolbar|share|sharing|"
    r"social|footer|masthead|advert(?:isement)?s?|ads?|related|recommend(?:ed|ations)?|references?|ref-?list|reflist|"
    r"bibliography|citation-?list|metrics|altmetric|newsletter|skip-?link|sr-only|visually-?hidden|pagination|"
    r"login|search|toc|table-of-contents|comments?-list)(?=$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog", "doc-bibliography"]
)
_CONTENT_IDS = frozenset(["content", "main-content", "maincontent", "main", "article", "mc", "article-content"])
_ENOUGH = 0.6
"""Share of the page's paragraphs that the element taken for the article must hold."""
_MAX_CANDIDATES = 12
_MASTHEAD = 2000
"""Characters above the title that may be left out."""
_LINKS = 400
"""Characters of a list of links at the most."""
_UNPRINTED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], " ")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile(r"""(?P<name><[A-Za-z][^\s/>]{0,40})(?:[^"'>]+|"[^"]*"|'[^']*')*""")
_LONG_TAG = 20_000
_MAX_ATTRIBUTES = 1000
"""Attributes of one element at the most; the parser compares each with all before it."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def read_html(data: bytes, name: str) -> Written:
    """The text of a saved page, with the path of the element of each part.

    Raises:
        InputError: It holds no text, or cannot be parsed.
    """
    root = _parsed(_decoded(data), name)
    page = _Page(root)
    article = page.article()
    page.clear_masthead(article)
    writer = Writer()
    heading = page.title(article)
    if heading:
        writer.block(heading, "/html/head/title")
    rules = Rules(
        skip=_SKIP,
        blocks=_BLOCKS,
        headings={f"h{level}": level for level in range(1, 7)},
        tables=frozenset(["table"]),
        rows=frozenset(["tr"]),
        cells=frozenset(["td", "th"]),
        preformatted=frozenset(["pre"]),
        links=frozenset(["a"]),
        drop=page.furniture,
    )
    walk = Walk(rules, writer)
    walk.element(article, _path(article))
    written = writer.finish()
    if not written.text.strip():
        raise InputError(
            "this page holds no text", place=name, next_step="Save the page again when it has loaded, or copy its text."
        )
    return written


def _decoded(data: bytes) -> str:
    """The page's characters: by its mark, its declaration, UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
        named = declared[1].decode("ascii").lower() if declared else "cp1252"
        if named in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "utf-8", "utf8"):
            named = "cp1252"
        try:
            return data.decode(named, errors="replace")
        except (LookupError, ValueError):
            return data.decode("cp1252", errors="replace")


def _thinned(match: re.Match[str]) -> str:
    """A start tag without its attributes where they are a flood."""
    tag = match.group()
    flood = len(tag) > _LONG_TAG and len(tag.split(None, _MAX_ATTRIBUTES)) > _MAX_ATTRIBUTES
    return match["name"] + (" " if flood else tag[len(match["name"]) :])


def _parsed(text: str, name: str) -> etree._Element:
    text = _TAG.sub(_thinned, text) if len(text) > _LONG_TAG else text
    text = _DECLARATION.sub("", text[:1000], count=1) + text[1000:]
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root: etree._Element | None = etree.fromstring(text.translate(_UNPRINTED), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    if root is None:
        raise InputError(
            "this page cannot be read as HTML", place=name, next_step="Save the page again, or copy its text."
        )
    return root


def _path(element: etree._Element) -> str:
    """The path of an element from the root, by name and number among its like."""
    parts: list[str] = []
    node: etree._Element | None = element
    while node is not None:
        parent = node.getparent()
        if parent is None:
            parts.append(local(node))
        else:
            number = 1 + sum(1 for one in node.itersiblings(tag=str(node.tag), preceding=True))
            parts.append(f"{local(node)}[{number}]")
        node = parent
    return "/" + "/".join(reversed(parts))


class _Page:
    """A parsed page: which element is the article, and what on it is furniture."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        body = root.find("body")
        self.body = root if body is None else body
        self.total = _length(self.body)
        self.budget = 4 * self.total + 1_000_000

    def article(self) -> etree._Element:
        """The smallest element that says it is the content and holds most of the paragraphs; else the body."""
        paragraphs = _paragraphs(self.body)
        best, least = self.body, self.total + 1
        tried = 0
        for one in self.body.iter("article", "main", "div", "section"):
            if not (
                local(one) in ("article", "main")
                or one.get("role") == "main"
                or (one.get("id") or "").lower() in _CONTENT_IDS
            ):
                continue
            tried += 1
            if tried > _MAX_CANDIDATES:
                break
            size = _length(one)
            if size <= least and paragraphs and _paragraphs(one) >= _ENOUGH * paragraphs:
                best, least = one, size
        return best

    def clear_masthead(self, article: etree._Element) -> None:
        """Mark what stands above the title of the article (journal, links, dates) as no part of the report."""
        head = self._head(article)
        above: list[etree._Element] = []
        while head is not None and head is not article:
            above += list(head.itersiblings(preceding=True))
            head = head.getparent()
        if head is not None and sum(_length(one) for one in above) < min(_MASTHEAD, 0.3 * self.total):
            for one in above:
                one.set("hidden", "")

    def _head(self, article: etree._Element) -> etree._Element | None:
        """The heading that is the title: the one that the page's own title holds, else the only one of level 1."""
        told = flat(self.root.findtext("head/title") or "").casefold()
        headings = list(itertools.islice(article.iter("h1", "h2", "h3"), 40))
        texts = [flat("".join(str(part) for part in one.itertext())).casefold() for one in headings]
        several = [(one, text) for one, text in zip(headings, texts, strict=True) if text.count(" ") > 1]
        first = [one for one in headings if local(one) == "h1"]
        only = first[0] if len(first) == 1 and any(one is first[0] for one, _ in several) else None
        return next((one for one, text in several if text in told), only)

    def title(self, article: etree._Element) -> str:
        """The title of the article where its element does not hold it."""
        if next(iter(article.iter("h1")), None) is not None:
            return ""
        heading = next(iter(self.body.iter("h1")), None)
        if heading is not None:
            return flat("".join(str(part) for part in heading.itertext()))
        for meta in self.root.iter("meta"):
            if (meta.get("name") or "").lower() in ("citation_title", "dc.title"):
                return flat(meta.get("content") or "")
        return ""

    def _links(self, element: etree._Element) -> bool:
        """Whether an element holds little but several links, as a menu between the sections does."""
        if self.budget < 0:
            return False
        text = "".join(itertools.islice(map(str, element.itertext()), 200))
        self.budget -= len(text) + 100
        if not text.strip() or len(text) > _LINKS or sum(1 for _ in itertools.islice(element.iter("a"), 2)) < 2:
            return False
        return _linked(element) > 0.6 * len("".join(text.split()))

    def furniture(self, element: etree._Element) -> bool:
        """Whether an element is no part of the report: hidden, navigation, sharing, references."""
        if "hidden" in element.attrib or _HIDDEN.search(element.get("style") or ""):
            return True
        if element.get("role") in _ROLES or element.get("title") in ("header", "footer"):
            return True
        if local(element) in ("ul", "table", "div") and self._links(element):
            return True
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not named.strip() or not _FURNITURE.search(named[:400]):
            return False
        if local(element) in (
            "html",
            "body",
            "main",
            "article",
            "p",
            "td",
            "th",
            "tr",
            "table",
            "a",
            "span",
            "sup",
            "em",
        ):
            return False
        if self.budget < 0:
            return True
        size = _length(element)
        self.budget -= size + 100
        return size < 0.5 * self.total


def _linked(element: etree._Element) -> int:
    return sum(len("".join(str(part).split())) for one in element.iter("a") for part in one.itertext())


def _length(element: etree._Element) -> int:
    return sum(len(str(part)) for part in element.itertext())


def _paragraphs(element: etree._Element) -> int:
    return sum(_length(p) for p in element.iter("p"))


def read_mhtml(data: bytes, name: str) -> Written:
    """The text of a page that a browser saved as one file (MHTML): its first part of HTML.

    Raises:
        InputError: It holds no page.
    """
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                return read_html(body, name)
    raise InputError("this saved page holds no HTML", place=name, next_step="Save the page again as HTML or PDF.")
