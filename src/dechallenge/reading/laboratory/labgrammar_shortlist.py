"""Short names that mean an analyte in a list of values: "Hgb 7.8, plt 14, Cr 1.9 (baseline 0.9), K 5.4".

Alone such a name (K, Mg, HR) needs a unit behind its number; beside plain names it needs none. The value stays without
a unit all the same. May import patterns only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dechallenge.reading.matching.triggers import Pattern

_VALUE = (
    r"\s?[:=]?\s?[<>~]?\s?\d[\d.,/]{0,12}(?<![,/])(?:\s?%|\s(?:[A-Za-zμ]{1,5}/[A-Za-z]{1,3}|ms|mEq|U)\b)?"
    r"(?:\s\([^()]{0,40}\))?(?:\s(?:RA|room\sair))?"
)
_ITEM = Pattern(_VALUE)
_NEXT = Pattern(_VALUE + r"\s?[,;]?\s?(?:and\s)?")
_MANY = 3
"""So many short names with a number each, in one list, are values though none of them is plain."""
_PLAIN = {
    "Cr": Pattern(r"(?:\s(?:now|back|up|down|rose|fell|peaked|improved|increased|decreased|normali[sz]ed)){0,2}"
                  r"(?:\s(?:was|of|at|to|is)\b)?\s?[:=]?\s?[<>~]?\d{1,2}\.\d"),
    "Na": Pattern(r"\s?[:=]?\s?[<>~]?1[0-7]\d(?![\d.,]*\d|\s?(?:mg|g|mL)\b)"),
    "fever": Pattern(r"(?:\s(?:to|of|up\sto|was)\b)?\s?[:=]?\s?(?:3[7-9]|4[0-2])\.\d(?!\d)"),
    "Temp": Pattern(r"\s?[:=]?\s?(?:3[5-9]|4[0-2])\.\d(?!\d)"),
}  # fmt: skip
"""Names with a number as it stands behind nothing else: creatinine and its decimal, sodium and its three figures, a
fever and its degrees Celsius."""


def listed(text: str, spans: Sequence[tuple[int, int, bool]]) -> Iterator[int]:
    """Which of the short names of a sentence mean what they stand for, by their place.

    Args:
        text: The sentence.
        spans: Start and end of every name, in order, and whether it is short.
    """
    chain: list[int] = []
    for i, (start, end, short) in enumerate(spans):
        plain = (_PLAIN.get(text[start:end]) or _PLAIN.get(text[start:end].lower())) if short else None
        if plain is not None and plain.match(text, end) is not None:
            yield i
        if _ITEM.match(text, end) is None:
            yield from _meant(chain, spans)
            chain = []
            continue
        if chain and _NEXT.fullmatch(text, spans[chain[-1]][1], start) is None:
            yield from _meant(chain, spans)
            chain = []
        chain.append(i)
    yield from _meant(chain, spans)


def _meant(chain: Sequence[int], spans: Sequence[tuple[int, int, bool]]) -> Iterator[int]:
    if len(chain) >= _MANY or any(not spans[i][2] for i in chain):
        yield from (i for i in chain if spans[i][2])
