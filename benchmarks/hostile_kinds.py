"""Kinds of text that nobody meant to write, each made to a size from a seed: damaged, endless, random, mixed up.

Used by `benchmarks/hostile.py`, which measures seconds per MB, and by `tests/property/test_hostile_kinds.py`, which
counts work. No kind repeats one piece (what repeats is left out before it is read): every line differs. The words are
names and figures of reports in random order. Imports nothing of the package.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from random import Random

Make = Callable[[Random, int], str]
"""A piece of text, from chance and its number."""
Kind = Callable[[int, int], str]
"""A text of so many characters, from a seed."""

REPORT = (
    "A 52-year-old woman was started on diclofenac 75 mg twice daily for back pain. Five weeks later she developed "
    "nausea and jaundice. Serum ALT was 870 U/L (normal less than 40 U/L) and bilirubin 5.2 mg/dL. Diclofenac was "
    "stopped. Four weeks after stopping, ALT was 52 U/L.\n\n"
)
"""Stands before every kind, so that there is a patient whose text the rest is taken for."""


def _list(text: str, between: str | None = None) -> list[str]:
    return text.split(between)


_DRUGS = _list(
    "anakinra methotrexate ibuprofen diclofenac paracetamol amoxicillin isoniazid rifampicin carbamazepine "
    "tocilizumab prednisone colchicine naproxen aspirin atorvastatin simvastatin metformin omeprazole phenytoin "
    "valproate clozapine allopurinol sulfasalazine azathioprine infliximab etanercept ketoconazole terbinafine "
    "minocycline nitrofurantoin",
)
_LABS = _list(
    "ALT;AST;alkaline phosphatase;bilirubin;GGT;albumin;INR;ferritin;C-reactive protein;hemoglobin;platelets;"
    "creatinine;LDH;sodium;potassium;triglycerides;fibrinogen;WBC;neutrophils;ESR",
    ";",
)
_UNITS = _list("U/L mg/dL g/dL x10^9/L % mmol/L ng/mL IU/L µmol/L /mm3")
_MONTHS = _list("January February March April May June July August September October November December")
_WORDS = _list(
    "the patient was given treatment hospital liver test value normal high low day week after before during and with "
    "for of in on fever rash clinical history examination biopsy showed increased decreased level blood serum",
)
_PLAIN = _list(
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna "
    "aliqua enim minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat",
)
_TRIGGERS = _list(
    "no;without;negative for;ruled out;denied;suspected;stopped;discontinued;restarted;started;increased;later;after;"
    "before;until;on day 4;two weeks;since May 2010;was;were;normal;elevated;fell to;peaked at;the drug;therapy;ALT;"
    "900;U/L;jaundice;fever;hepatitis B;biopsy;recovered;died;admitted;due to;because of;she;he;family history "
    "of;probable",
    ";",
)
_TIMES = _list(
    "{} weeks later;{} days after starting;within {} hours;on day {};for {} months;{} years ago;since {} weeks;"
    "about {} days before admission;by week {};after {} doses;every {} hours;{} weeks after stopping",
    ";",
)


def _joined(make: Make, between: str) -> Kind:
    """Pieces up to the size, with something between them."""

    def kind(size: int, seed: int) -> str:
        random, length = Random(seed), 0
        parts: list[str] = []
        while length < size:
            parts.append(make(random, len(parts)))
            length += len(parts[-1]) + len(between)
        return between.join(parts)[:size]

    return kind


def _headed(head: str, kind: Kind) -> Kind:
    return lambda size, seed: (head + kind(size, seed))[:size]


def _of(words: Sequence[str]) -> Make:
    return lambda random, _: random.choice(words)


def _row(make: Make, between: str, cells: int) -> Make:
    return lambda random, number: between.join(make(random, number) for _ in range(cells))


def _uneven(make: Make, between: str) -> Make:
    return lambda random, number: between.join(make(random, number) for _ in range(random.randint(0, 9)))


def _filled(form: str) -> Make:
    """A form: ``{d}`` drug, ``{l}`` analyte, ``{u}`` unit, ``{m}`` month, ``{w}`` ``{p}`` words with and without
    meaning, ``{n}`` ``{f}`` numbers, ``{s}`` ``{o}`` small ones, ``{y}`` year, ``{x}`` code, ``{i}`` its number.
    """

    def make(random: Random, number: int) -> str:
        given = {"d": _DRUGS, "l": _LABS, "u": _UNITS, "m": _MONTHS, "w": _WORDS, "p": _PLAIN}
        chosen = {name: random.choice(words) for name, words in given.items() if "{" + name in form}
        numbers = {"n": random.randint(1, 9999), "s": random.randint(1, 28), "o": random.randint(1, 12), "i": number}
        year, code, figure = (
            random.randint(1950, 2020),
            f"{random.getrandbits(32):08x}",
            f"{random.uniform(0, 999):.2f}",
        )
        return form.format(**chosen, **numbers, y=year, x=code, f=figure)

    return make


def _letters(*ranges: tuple[int, int], most: int = 8) -> Make:
    """A run of characters out of ranges of code points, none of them half a pair."""

    def make(random: Random, _: int) -> str:
        points = (random.randint(*random.choice(ranges)) for _ in range(random.randint(1, most)))
        return "".join(chr(p) for p in points if not 0xD800 <= p <= 0xDFFF)

    return make


def _mixed(*makes: Make) -> Make:
    return lambda random, number: random.choice(makes)(random, number)


def _lines(text: str, width: int = 76) -> str:
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def _base64(size: int, seed: int) -> str:
    return base64.b64encode(Random(seed).randbytes(size)).decode()


def _records(size: int, seed: int) -> list[dict[str, object]]:
    random = Random(seed)
    return [
        {"id": i, "drug": random.choice(_DRUGS), "lab": random.choice(_LABS), "value": random.uniform(0, 99),
         "unit": random.choice(_UNITS), "note": random.choice(_WORDS)}
        for i in range(size // 60 + 1)
    ]  # fmt: skip


def _times(random: Random, _: int) -> str:
    return random.choice(_TIMES).format(random.randint(2, 90))


def _noise(random: Random, _: int) -> str:
    return random.randbytes(random.randint(1, 20)).decode("latin-1")


def _broken(random: Random, _: int) -> str:
    encoding = random.choice(["utf-8", "cp1252", "utf-16-le", "latin-1"])
    return f"{random.choice(_WORDS)} µ – é ß ".encode(encoding, "replace").decode("utf-8", "replace")


def _word_broken(random: Random, _: int) -> str:
    word = random.choice(_WORDS + _PLAIN)
    at = random.randint(1, max(1, len(word) - 1))
    return f"{word[:at]}-\n{word[at:]} {random.choice(_PLAIN)}"


def _markup(random: Random, number: int) -> str:
    name = random.choice(["td", "p", "div", "span", "b", "script", "li"])
    return f'<{name} class="c{number}">{random.choice(_WORDS)} {random.randint(1, 9999)}</{random.choice([name, "p"])}>'


def _marks(random: Random, number: int) -> str:
    form = random.choice(
        ["# {} {}", "**{}** _{}_", "- [{}]({}.html)", "> {} {}", "```{} {}", "| {} | {} |", "{}. {}", "~~{}~~ `{}`"]
    )
    return form.format(random.choice(_WORDS), random.randint(1, 9999))


_NUMBER, _DECIMAL, _WORD, _NEUTRAL = _filled("{n}"), _filled("{f}"), _of(_WORDS), _of(_PLAIN)
_DRUG, _LAB, _VALUE = _of(_DRUGS), _of(_LABS), _filled("{f} {u}")
_CITED = "Smith J, Brown K. {w} {w} of {d}. J Hepatol {y};{s}:{n}-{n}."

UNICODE: dict[str, Kind] = {
    "any of plane 0": _joined(_letters((0x20, 0xFFFF)), " "),
    "any of plane 1": _joined(_letters((0x10000, 0x1FFFF)), " "),
    "any of plane 2": _joined(_letters((0x20000, 0x2FFFF)), " "),
    "any of planes 3 to 16": _joined(_letters((0x30000, 0x10FFFF)), " "),
    "Latin of all ages": _joined(_letters((0x20, 0x24F), (0x1E00, 0x1EFF)), " "),
    "combining marks": _joined(_letters((0x61, 0x7A), (0x300, 0x36F)), " "),
    "right to left": _joined(_letters((0x590, 0x6FF)), " "),
    "direction signs": _joined(
        _mixed(_WORD, _letters((0x200B, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069), most=3)), " "
    ),
    "Greek and Cyrillic": _joined(_letters((0x370, 0x4FF)), " "),
    "Chinese": _joined(_letters((0x4E00, 0x9FFF)), "。"),
    "digits of all scripts": _joined(
        _letters((0x30, 0x39), (0x660, 0x669), (0x966, 0x96F), (0x2070, 0x2089), (0xFF10, 0xFF19)), " "
    ),
    "signs and arrows": _joined(_letters((0x2000, 0x2BFF)), " "),
    "letters of mathematics": _joined(_letters((0x1D400, 0x1D7FF)), " "),
    "odd letters i, s and k": _joined(_mixed(_WORD, _of(_list("pat\u0131ent te\u017ft \u212a \u0130LL"))), " "),
    "control characters": _joined(_mixed(_WORD, _letters((0, 31), (0x7F, 0x9F), most=3)), " "),
    "NULs": _joined(_WORD, "\x00"),
    "random bytes": _joined(_noise, ""),
    "mixed encodings": _joined(_broken, " "),
}
ENDLESS: dict[str, Kind] = {
    "words, one line": _joined(_WORD, " "),
    "words without meaning": _joined(_NEUTRAL, " "),
    "words, commas": _joined(_WORD, ", "),
    "words, semicolons": _joined(_WORD, "; "),
    "words, stops": _joined(_filled("{w} {w} {p} {p} {w}"), ". "),
    "words without spaces": _joined(_WORD, ""),
    "letters": _joined(_letters((0x61, 0x7A), most=9), ""),
    "capitals": _joined(_letters((0x41, 0x5A), most=5), " "),
    "digits": _joined(_NUMBER, ""),
    "numbers": _joined(_NUMBER, " "),
    "numbers, commas": _joined(_NUMBER, ", "),
    "numbers, bare commas": _joined(_NUMBER, ","),
    "numbers, semicolons": _joined(_NUMBER, ";"),
    "numbers, slashes": _joined(_NUMBER, "/"),
    "numbers, dots": _joined(_NUMBER, "."),
    "numbers, dashes": _joined(_NUMBER, "-"),
    "numbers, percent": _joined(_NUMBER, "% "),
    "numbers, stops": _joined(_NUMBER, ". "),
    "numbers, and": _joined(_NUMBER, " and "),
    "numbers, to": _joined(_NUMBER, " to "),
    "decimals": _joined(_DECIMAL, " "),
    "comparators": _joined(_mixed(_DECIMAL, _of(_list("< > ≤ ≥ = ~ ± ×"))), ""),
    "punctuation": _joined(_letters((0x20, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)), ""),
    "dots and dashes": _joined(_of([". ", "- ", "...", "–", "—", "•", ".. "]), ""),
    "clock times": _joined(_filled("{s:02}:{o:02}"), " "),
    "quotes unbalanced": _joined(_mixed(_WORD, _of(['"', "'", "“", "”", "‘", "«"])), " "),
}
BRACKETS: dict[str, Kind] = {
    "round, nested": _joined(_mixed(_NUMBER, _of(_list("( ( )"))), ""),
    "square, nested": _joined(_mixed(_WORD, _of(_list("[ [ ]"))), " "),
    "curly, nested": _joined(_mixed(_WORD, _of(_list("{ { }"))), " "),
    "all kinds, nested": _joined(_mixed(_WORD, _NUMBER, _of(_list("( ) [ ] { } < >"))), ""),
    "numbers in brackets": _joined(_filled("({n})"), " "),
    "values in open brackets": _joined(_filled("({l} {n} {u}"), " "),
    "citations": _joined(_filled("{w} [{n},{s}]"), " "),
    "formulas": _joined(_filled("\\frac{{{n}}}{{{s}}} $x_{{{i}}}$"), " "),
}
ROWS: dict[str, Kind] = {
    "tabs only": _joined(_uneven(_of(["", "", "", "x"]), "\t"), "\n"),
    "bars, no columns": _joined(_uneven(_of(["", " ", "-", "x"]), "|"), "\n"),
    "blanks, no columns": _joined(_uneven(_of(["", "", "x"]), "   "), "\n"),
    "numbers, tabs": _joined(_row(_NUMBER, "\t", 8), "\n"),
    "numbers, bars": _headed("| Day | ALT | AST |\n|---|---|---|\n", _joined(_filled("| {i} | {n} | {s} |"), "\n")),
    "numbers, spaces": _joined(_row(_NUMBER, "  ", 8), "\n"),
    "numbers, commas, rows": _joined(_row(_NUMBER, ",", 8), "\n"),
    "numbers, one column": _joined(_NUMBER, "\n"),
    "numbers, uneven": _joined(_uneven(_mixed(_NUMBER, _WORD), "\t"), "\n"),
    "two thousand columns": _joined(_row(_NUMBER, "\t", 2000), "\n"),
    "head without rows": _joined(_filled("Day\t{l} ({u})\t{l} ({u})\t{l} ({u})"), "\n"),
    "a head and rows": _headed("Day\tALT (U/L)\tBilirubin (mg/dL)\n", _joined(_filled("{i}\t{n}\t{f}"), "\n")),
    "rows of one analyte": _headed("Test\tDay 1\tDay 5\tDay 9\n", _joined(_filled("{l}\t{n}\t{s}\t{f}"), "\n")),
    "values with units, tabs": _joined(_row(_VALUE, "\t", 6), "\n"),
    "values with units, commas": _joined(_VALUE, ", "),
    "values with units, spaces": _joined(_VALUE, " "),
    "dates, rows": _joined(_row(_filled("{s} {m} {y}"), "\t", 4), "\n"),
    "dates, commas": _joined(_filled("{s} {m} {y}"), ", "),
    "dates of digits": _joined(_filled("{y}-{o:02}-{s:02}"), " "),
    "dates with slashes": _joined(_filled("{o}/{s}/{y}"), " "),
    "drugs, rows": _joined(_row(_DRUG, "\t", 4), "\n"),
    "drugs, one column": _joined(_DRUG, "\n"),
    "drugs, commas": _joined(_DRUG, ", "),
    "drugs and doses": _joined(_filled("{d} {n} mg"), ", "),
    "analytes, rows": _joined(_row(_LAB, "\t", 4), "\n"),
    "analytes, one column": _joined(_LAB, "\n"),
    "analytes, commas": _joined(_LAB, ", "),
    "analytes and values": _joined(_filled("{l} {n} {u}"), ", "),
    "times, rows": _joined(_row(_times, "\t", 4), "\n"),
    "times, one column": _joined(_times, "\n"),
    "times, commas": _joined(_times, ", "),
}
LINES: dict[str, Kind] = {
    "Case n": _joined(_filled("Case {i}"), "\n"),
    "Case n, a line": _joined(_filled("Case {i}\n{p} {p} {p} {n}"), "\n"),
    "Case n, a patient": _joined(_filled("Case {i}\nA {s}-year-old man took rice."), "\n"),
    "Table n": _joined(_filled("Table {i}"), "\n"),
    "Table n, rows": _joined(_filled("Table {i}. {w} {w}\n{n}\t{n}\t{s}"), "\n"),
    "Figure n": _joined(_filled("Figure {i}. {w} {w} {p}"), "\n"),
    "headings": _joined(
        _mixed(_filled("Patient {i}"), _of(_list("Discussion Results Methods References Abstract"))), "\n"
    ),
    "numbered": _joined(_filled("{i}. {w} {p} {w}"), "\n"),
    "lettered": _joined(_filled("({o}) {w} {p}; {i}"), "\n"),
    "bullets": _joined(_filled("- {p} {w} {n}"), "\n"),
    "references": _headed("References\n", _joined(_filled("{i}. " + _CITED), "\n")),
    "references, no heading": _joined(_filled(_CITED), " "),
    "e-mail heads": _joined(_filled("From: {w}{n}@example.org\nSubject: Re: {w} {d}\nDate: {s} {m} {y}"), "\n"),
    "quoted mail": _joined(_filled("> > {w} {p} {w} {n}"), "\n"),
    "patients": _joined(_filled("a {s}-year-old man"), ", "),
    "ends of all kinds": _joined(_mixed(_WORD, _of(["\r\n", "\r", "\n\r", "\u2028", "\x0b", "\x85"])), " "),
    "form feeds": _joined(_filled("{p} {w} {n}"), "\x0c"),
    "broken words": _joined(_word_broken, " "),
    "one word a line": _joined(_WORD, "\n"),
    "empty lines": _joined(_WORD, "\n\n\n"),
}
DUMPS: dict[str, Kind] = {
    "base64": _base64,
    "base64, lines": lambda size, seed: _lines(_base64(size, seed))[:size],
    "hexadecimal": _joined(_filled("{x}"), " "),
    "hexadecimal, lines": _joined(_row(_filled("{x}"), " ", 8), "\n"),
    "DNA": _joined(_letters((0x41, 0x41), (0x43, 0x43), (0x47, 0x47), (0x54, 0x54), most=10), ""),
    "DNA, lines": _joined(
        _row(_letters((0x41, 0x41), (0x43, 0x43), (0x47, 0x47), (0x54, 0x54), most=10), " ", 6), "\n"
    ),
    "tags in text": _joined(_markup, "\n"),
    "marks in text": _joined(_marks, "\n"),
    "JSON": lambda size, seed: json.dumps(_records(size, seed))[:size],
    "JSON, lines": lambda size, seed: json.dumps(_records(size, seed), indent=1)[:size],
    "CSV": _joined(_filled('{i},{d},{l},{n},{u},"{w} {p}",{y}-{o:02}-{s:02}'), "\n"),
    "log": _joined(_filled("{y}-{o:02}-{s:02}T12:00:{s:02}Z INFO [{x}] {w} took {n} ms"), "\n"),
    "addresses": _joined(_filled("https://x{i}.example.org/{w}?q={n}"), " "),
    "paths": _joined(_filled("/usr/{p}/{p}/{x}.txt"), "\n"),
    "telephone numbers": _joined(_filled("+44 {n} {n}{s}"), "\n"),
    "program": _joined(_filled("if ({w}_{n} == {f}) {{ return {p}[{i}]; }}"), "\n"),
}
TRIGGERS: dict[str, Kind] = {
    "triggers": _joined(_of(_TRIGGERS), " "),
    "triggers, commas": _joined(_of(_TRIGGERS), ", "),
    "triggers, stops": _joined(_row(_of(_TRIGGERS), " ", 7), ". "),
    "triggers, lines": _joined(_row(_of(_TRIGGERS), " ", 5), "\n"),
    "triggers, drugs, values": _joined(_mixed(_of(_TRIGGERS), _DRUG, _filled("{l} {n} {u}")), " "),
    "negations": _joined(_filled("no {w}"), ", "),
    "abbreviations": _joined(_filled("{w} {p} (X{i})"), " "),
    "same sentence, other digits": _joined(_filled("On day {i} ALT was {n} U/L."), " "),
    "same sentence, other dose": _joined(_filled("He took {n} mg of ibuprofen for {s} days."), " "),
}
GROUPS: dict[str, dict[str, Kind]] = {
    "Unicode": UNICODE, "one line": ENDLESS, "brackets": BRACKETS, "rows": ROWS, "lines": LINES, "dumps": DUMPS,
    "words of reports": TRIGGERS,
}  # fmt: skip
KINDS: dict[str, Kind] = {name: kind for group in GROUPS.values() for name, kind in group.items()}


def hostile(name: str, size: int, seed: int = 1) -> str:
    """A text of one kind after a short report, of ``size`` characters in all."""
    return (REPORT + KINDS[name](size, seed))[:size]
