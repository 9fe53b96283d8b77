"""Files that nobody meant to make, one kind for each way a format can be damaged or built to do harm, to a given size.

Used by `benchmarks/hostile.py` (seconds per MB) and by `tests/property/test_hostile_kinds.py` (nothing escapes). The
words in them are those of `hostile_kinds`. Bombs are smaller than the size: what they unpack to is not. Imports
nothing of the package.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from benchmarks.hostile_kinds import REPORT, hostile

File = Callable[[int], bytes]
"""A file of about so many bytes."""

_WORD_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_UNPACKED = 100_000_000
"""Bytes that a bomb unpacks to, for each of its parts."""


def _filled(head: bytes, piece: Callable[[int], bytes], tail: bytes = b"") -> File:
    def file(size: int) -> bytes:
        parts, length = [head], len(head) + len(tail)
        while length < size:
            parts.append(piece(len(parts)))
            length += len(parts[-1])
        return b"".join([*parts, tail])

    return file


def _same(head: bytes, piece: bytes, tail: bytes = b"") -> File:
    return lambda size: head + piece * max(1, (size - len(head) - len(tail)) // len(piece)) + tail


def _nested(start: bytes, end: bytes, head: bytes = b"", tail: bytes = b"") -> File:
    def file(size: int) -> bytes:
        depth = max(1, (size - len(head) - len(tail)) // (len(start) + len(end)))
        return head + start * depth + b"A man." + end * depth + tail

    return file


def _noise(head: bytes, tail: bytes = b"") -> File:
    return lambda size: head + Random(1).randbytes(max(0, size - len(head) - len(tail))) + tail


def _archive(*members: tuple[str, bytes], packed: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as file:
        for name, data in members:
            file.writestr(name, data)
    return out.getvalue()


def _docx(body: File, *, packed: bool = False) -> File:
    """A DOCX around what stands in its body."""
    head = f'<?xml version="1.0"?><w:document {_WORD_NAMESPACE}><w:body>'.encode()
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/'
        b'document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"'
        b"/></Types>"
    )

    def file(size: int) -> bytes:
        document = head + body(size - len(head)) + b"</w:body></w:document>"
        return _archive(("[Content_Types].xml", types), ("word/document.xml", document), packed=packed)

    return file


def _pdf(contents: list[bytes], pages: int) -> bytes:
    """A PDF with pages of the contents in turn."""
    kids = b" ".join(b"%d 0 R" % (4 + i) for i in range(pages))
    first = 4 + pages
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (first + i % len(contents))
            for i in range(pages)
        ),
        *(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content) for content in contents),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
    return bytes(out) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))


def _page(kind: str, size: int, width: int = 80) -> bytes:
    """The drawing of a page: lines of a hostile text."""
    text = hostile(kind, size).encode("ascii", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    lines = [line[i : i + width] for line in text.split(b"\n") for i in range(0, max(1, len(line)), width)]
    drawn = b"".join(b"(%s)Tj 0 -11 Td\n" % line for line in lines)
    return b"BT /F 9 Tf 40 800 Td\n" + drawn + b"ET"


def _pages(kind: str, each: int = 4000) -> File:
    """Pages full of a hostile text, no two alike."""

    def file(size: int) -> bytes:
        number = max(1, size // each)
        return _pdf([_page(kind, each + i) for i in range(number)], number)

    return file


def _scattered(size: int) -> bytes:
    """Single letters all over one page, in any order."""
    random, parts, length = Random(1), [], 0
    while length < size:
        parts.append(
            b"1 0 0 1 %d %d Tm (%c)Tj\n" % (random.randint(20, 570), random.randint(20, 820), random.choice(b"abc123"))
        )
        length += len(parts[-1])
    return _pdf([b"BT /F 9 Tf\n" + b"".join(parts) + b"ET"], 1)


def _laughs(size: int) -> bytes:
    entities = b"".join(b'<!ENTITY %c "%s">' % (98 + i, (b"&%c;" % (97 + i)) * 10) for i in range(12))
    head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">' + entities + b"]><article><body>"
    return _same(head, b"<p>&m;</p>", b"</body></article>")(size)


def _long_entity(size: int) -> bytes:
    head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "' + b"x" * (size // 2) + b'">]><article><body><p>'
    return _same(head, b"&a;", b"</p></body></article>")(size)


def _bomb(size: int) -> bytes:
    """Zeros that are packed a thousand times: the archive's members share nothing, each unpacks to its full size."""
    packed = len(zlib.compress(bytes(1_000_000))) * _UNPACKED // 1_000_000
    zeros = bytes(_UNPACKED)
    return _archive(*((f"{i}.txt", zeros) for i in range(max(1, min(3, size // packed)))), packed=True)


def _in_one_another(size: int) -> bytes:
    data = _archive(("a.txt", REPORT.encode() * max(1, size // (4 * len(REPORT)))))
    for depth in range(12):
        data = _archive((f"{depth}.zip", data))
    return _archive(*((f"{i}.zip", data) for i in range(4)))


def _many(size: int) -> bytes:
    random, number = Random(1), min(1900, size // 500 + 1)
    return _archive(
        *((f"{i}.txt", random.randbytes(max(9, size // number - 110) // 2).hex().encode()) for i in range(number))
    )


def _cells(size: int) -> bytes:
    number = size // 6
    return b"|a" * number + b"\n" + b"|-" * number + b"\n" + b"|1" * number


def _docx_cell(number: int) -> bytes:
    return b"<w:tc><w:p><w:r><w:t>%d</w:t></w:r></w:p></w:tc>" % number


def _cut(make: File) -> File:
    return lambda size: make(size)[: size * 2 // 3]


_BODY, _END = b"<article><body>", b"</body></article>"
_TABLE = b"<p>" + REPORT.encode() + b"</p><table>"
FILES: dict[str, tuple[str, File]] = {
    "XML: entities of entities": ("a.xml", _laughs),
    "XML: one long entity": ("a.xml", _long_entity),
    "XML: siblings": ("a.xml", _filled(_BODY, lambda i: b'<p id="x%d"><i>a</i>%d</p>' % (i, i), _END)),
    "XML: nested": ("a.xml", _nested(b"<sec>", b"</sec>", _BODY, _END)),
    "XML: attributes": ("a.xml", _filled(b"<article ", lambda i: b'a%d="%d" ' % (i, i), b"/>")),
    "XML: namespaces": ("a.xml", _filled(b"<article ", lambda i: b'xmlns:a%d="u%d" ' % (i, i), b"></article>")),
    "XML: comment": ("a.xml", _same(b"<article><!--", b"- ", b"--></article>")),
    "XML: cut off": ("a.xml", _cut(_filled(_BODY, lambda i: b"<sec><p>A man, %d.</p></sec>" % i, _END))),
    "JATS: table": ("a.xml", _filled(_BODY + b"<table-wrap><table>", lambda i: b"<tr><td>%d</td><td>ALT</td></tr>" % i,
                                     b"</table></table-wrap>" + _END)),
    "JATS: spans": ("a.xml", _same(_BODY + b"<table-wrap><table><tr>", b'<td colspan="9999" rowspan="9999">1</td>',
                                   b"</tr></table></table-wrap>" + _END)),
    "HTML: nested": ("a.html", _nested(b"<div>", b"</div>")),
    "HTML: nested tables": ("a.html", _nested(b"<table><tr><td>", b"")),
    "HTML: rows": ("a.html", _filled(_TABLE, lambda i: b"<tr><td>%d<td>ALT<td>%d" % (i, 7 * i))),
    "HTML: one row": ("a.html", _filled(_TABLE + b"<tr>", lambda i: b"<td>%d" % i)),
    "HTML: spans": ("a.html", _same(_TABLE + b"<tr>", b"<td colspan=999999 rowspan=999999>1")),
    "HTML: attributes": ("a.html", _filled(b"<p ", lambda i: b"a%d='>' " % i, b">A man.</p>")),
    "HTML: unknown tags": ("a.html", _filled(b"<p>", lambda i: b"<i%d>%d</x%d>" % (i, i, i))),
    "HTML: entities": ("a.html", _same(b"<p>", b"&amp;&#x41;&#999999999999;&#xD800;&bogus;")),
    "HTML: angles": ("a.html", _same(b"", b"<")),
    "HTML: open tags": ("a.html", _same(b"", b"<a ")),
    "HTML: open quotes": ("a.html", _same(b"", b'<a b="')),
    "HTML: comments": ("a.html", _same(b"<!--", b"<!-- x -->")),
    "HTML: script": ("a.html", _same(b"<script>", b"if (a < b) ")),
    "HTML: raised": ("a.html", _same(b"<p>10", b"<sup>9</sup>")),
    "Markdown: stars": ("a.md", _same(b"", b"*a _b ")),
    "Markdown: brackets": ("a.md", _same(b"", b"[[![a](")),
    "Markdown: cells": ("a.md", _cells),
    "Markdown: quotes": ("a.md", _same(b"", b"> ")),
    "Markdown: ticks": ("a.md", _same(b"", b"`a")),
    "Markdown: lists": ("a.md", _filled(b"", lambda i: b"%s* %d\n" % (b" " * (i % 40), i))),
    "DOCX: paragraphs": ("a.docx", _docx(_filled(b"", lambda i: b"<w:p><w:r><w:t>rice %d</w:t></w:r></w:p>" % i))),
    "DOCX: runs": ("a.docx", _docx(_filled(b"<w:p>", lambda i: b"<w:r><w:t>%d</w:t></w:r>" % i, b"</w:p>"))),
    "DOCX: nested": ("a.docx", _docx(_nested(b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"))),
    "DOCX: cells": ("a.docx", _docx(_filled(b"<w:tbl><w:tr>", _docx_cell, b"</w:tr></w:tbl>"))),
    "DOCX: bomb": ("a.docx", _docx(lambda size: b" " * min(_UNPACKED, 100 * size), packed=True)),
    "DOCX: cut off": ("a.docx", _cut(_docx(_same(b"", b"<w:p><w:r><w:t>x</w:t></w:r></w:p>")))),
    "PDF: noise": ("a.pdf", _noise(b"%PDF-1.7\n", b"%%EOF")),
    "PDF: pages of numbers": ("a.pdf", _pages("numbers")),
    "PDF: pages of triggers": ("a.pdf", _pages("triggers, lines")),
    "PDF: pages of rows": ("a.pdf", _pages("numbers, spaces")),
    "PDF: letters all over": ("a.pdf", _scattered),
    "PDF: empty pages": ("a.pdf", lambda size: _pdf([b""], max(1, size // 180))),
    "PDF: cut off": ("a.pdf", _cut(_pages("one word a line"))),
    "zip: bomb": ("a.zip", _bomb),
    "zip: in one another": ("a.zip", _in_one_another),
    "zip: many files": ("a.zip", _many),
    "zip: too many files": ("a.zip", lambda size: _archive(*((f"{i}.txt", b"") for i in range(2100 + size // 100)))),
    "zip: cut off": ("a.zip", _cut(lambda size: _archive(("a.txt", Random(1).randbytes(size))))),
    "text: noise": ("a.txt", _noise(b"")),
    "text: zeros": ("a.txt", _same(b"", b"A man\0")),
    "text: wide noise": ("a.txt", _noise(b"\xff\xfe")),
    "text: mixed encodings": ("a.txt", _same(b"", "µ – ".encode() + "µ – ".encode("cp1252") + b"\xed\xa0\x80 ")),
    "mail: parts": ("a.mhtml", _same(b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n',
                                     b"--b\nContent-Type: text/html\n\n<p>x</p>\n")),
}  # fmt: skip
"""Name of the file and how it is made, by kind."""
