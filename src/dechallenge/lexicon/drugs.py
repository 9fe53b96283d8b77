"""The drug lexicon: every name a report may use for a medicine, a class of medicines or a herbal product.

Data: the tables `drugs_*.csv`, `drug_*.csv` and `herbs.csv` of `data`; columns and sources in `data/SOURCES.md`. Names
are compared as sequences of tokens in which letters and digits are apart and spelling variants are one (`IL-1Ra`,
`IL1-Ra` and `IL1Ra`; `sulphasalazine` and `sulfasalazine`; `ciclosporine` and `ciclosporin`): a matcher cuts its text
with `cut` and looks up runs of tokens.
May import the standard library and `errors`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from dechallenge.errors import DechallengeError

Kind = Literal["substance", "brand", "abbreviation", "code", "class", "herb"]

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ω": "omega", "κ": "kappa"}
# A letter after a digit opens a new token and a Greek letter is a token of its own.
_TOKEN = re.compile(r"[αβγδωκ]|[^\W\d_αβγδωκ]+|\d+", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z]+|\d+")
"""The tokens of a text in which all letters are plain."""
_CODE = re.compile(r"[a-z]{1,7}[- ]?\d{2,}[a-z0-9-]*", re.IGNORECASE)
# What may stand between the tokens of one name: nothing, a blank or line break, or one of these signs.
_GAP = re.compile(r"\s*[-‐‑–/'’+()\[\]&]?\s*")
# Signs that join a name only where the name itself has them, so that "isoniazid, rifampicin" stays an enumeration.
_NAME_SIGNS = ".,"
# What one spelling has and another has not: sulph-, oestr-, ceph-, aluminum, alfa, and a final e after -in.
_VARIANT = re.compile(r"ulph|ine$|^(?:oestr|ceph|aluminum|alfa$)")
_LETTERS = re.compile(r"[^\W_]+")
_KEPT = 4096
"""Names of which the classes are kept."""


class DrugEntry(NamedTuple):
    """What one name means (a named tuple: ten thousand are made when the tables are read).

    Attributes:
        name: The name as the table writes it (`MTX`, `Kineret`, `il-1ra`).
        inn: The canonical name, lower case: the INN of a substance, the parts of a combination joined by "/", the name
            of a class or of a herb.
        kind: How the name names it.
        ingredients: The canonical names inside: one for a substance or a herb, several for a combination, none for a
            class (ask `DrugLexicon.members`).
        drug_class: The most specific class of the canonical name; empty where none is known (combinations, classes).
        atc: The ATC code or the group it belongs to; empty where unknown.
        case_sensitive: The letters must stand as in `name` (a plural s is allowed).
        ambiguous: The name also means something else (an analyte, another term): see the context before counting it.
        context: An everyday word or body substance: only a drug beside a dose, a route or a verb of treatment.
    """

    name: str
    inn: str
    kind: Kind
    ingredients: tuple[str, ...]
    drug_class: str
    atc: str
    case_sensitive: bool = False
    ambiguous: bool = False
    context: bool = False


@dataclass(frozen=True, slots=True)
class Surface:
    """One name as a sequence of normal tokens, for a matcher."""

    tokens: tuple[str, ...]
    entry: DrugEntry

    def admits(self, quote: str) -> bool:
        """Whether these words of a text, whose tokens already agree, may be read as the name.

        Args:
            quote: The words from the first to the last token, as printed.
        """
        return _admits(self.entry, quote)


@lru_cache(maxsize=50_000)
def normal_token(word: str) -> str:
    """One token in the spelling that the lexicon compares: no accents, one form for US, UK and French spellings."""
    token = word.lower()
    if not token.isascii():
        if token in _GREEK:
            return _GREEK[token]
        token = "".join(c for c in unicodedata.normalize("NFKD", token) if not unicodedata.combining(c))
    return token if _VARIANT.search(token) is None else _respelled(token)


def _respelled(token: str) -> str:
    if token == "alfa":
        return "alpha"
    token = token.replace("ulph", "ulf")
    if token.startswith("oestr"):
        token = token[1:]
    elif token.startswith("ceph"):
        token = "cef" + token[4:]
    elif token.startswith("aluminum"):
        token = "aluminium" + token[8:]
    return token[:-1] if len(token) > 6 and token.endswith("ine") else token


def cut(text: str) -> Iterator[tuple[str, int, int]]:
    """The tokens of a text: normal spelling, start and end offset."""
    for found in (_PLAIN if text.isascii() else _TOKEN).finditer(text):
        yield normal_token(found.group()), found.start(), found.end()


def tokens_of(text: str) -> tuple[str, ...]:
    """The normal tokens of a name."""
    if text.isascii() and text.isalpha():
        return (normal_token(text),)
    return tuple([normal_token(word) for word in (_PLAIN if text.isascii() else _TOKEN).findall(text)])


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text))


def _admits(entry: DrugEntry, quote: str) -> bool:
    end = 0
    for found in _TOKEN.finditer(quote):
        between = quote[end : found.start()]
        if end and between and not between.isspace():
            plain = "".join(sign for sign in between if sign not in _NAME_SIGNS or sign not in entry.name)
            if not _GAP.fullmatch(plain):
                return False
        end = found.end()
    if not entry.case_sensitive:
        return True
    want, have = _letters(entry.name), _letters(quote)
    return have == want or have == want + "s" or (entry.kind == "brand" and have == want.upper())


class DrugLexicon:
    """All names, immutable after loading. Build it with `load_drugs`."""

    def __init__(
        self,
        entries: Mapping[tuple[str, ...], tuple[DrugEntry, ...]],
        class_of: Mapping[str, str],
        parents: Mapping[str, tuple[str, ...]],
        extra_members: Mapping[str, tuple[str, ...]],
        name_words: Mapping[str, str],
    ) -> None:
        self._entries = entries
        self._class_of = class_of
        self._classes: dict[str, tuple[str, ...]] = {}
        self._parents = parents
        self._extra = extra_members
        self._name_words = name_words
        self.longest = max(map(len, entries), default=0)
        """The number of tokens of the longest name."""

    def __len__(self) -> int:
        """The number of different names."""
        return sum(map(len, self._entries.values()))

    def surfaces(self) -> Iterator[Surface]:
        """Every name, in the order of the tables; two entries of the same tokens differ in case (`ART`, `art`)."""
        for tokens, entries in self._entries.items():
            for entry in entries:
                yield Surface(tokens, entry)

    def reach(self) -> dict[str, int]:
        """The number of tokens of the longest name that begins with each token."""
        found: dict[str, int] = {}
        for tokens in self._entries:
            size = len(tokens)
            if found.get(tokens[0], 0) < size:
                found[tokens[0]] = size
        return found

    def at(self, tokens: tuple[str, ...], quote: str) -> DrugEntry | None:
        """The entry of exactly these tokens that admits the words as printed."""
        for entry in self._entries.get(tokens, ()):
            if _admits(entry, quote):
                return entry
        return None

    def substances(self) -> tuple[str, ...]:
        """The canonical names of all single substances, in the order of the tables."""
        return tuple(self._class_of)

    def lookup(self, text: str, *, any_case: bool = False) -> DrugEntry | None:
        """The entry of a name that stands alone, such as the value of a field.

        Salts, dose forms and a plural s are tolerated around the name.

        Args:
            text: The name in any spelling.
            any_case: Accept case-sensitive names in any case (`mtx`), for what a person types.
        """
        tokens = tokens_of(text)
        found = self._exact(tokens, text, any_case)
        if found is not None:
            return found
        for trimmed in self._trimmed(tokens):
            if trimmed != tokens:
                found = self._exact(trimmed, text, any_case=any_case or " " in text.strip())
                if found is not None:
                    return found
        return None

    def _exact(self, tokens: tuple[str, ...], text: str, any_case: bool) -> DrugEntry | None:
        candidates = [tokens]
        if tokens and tokens[-1].endswith("s"):
            candidates.append((*tokens[:-1], tokens[-1][:-1]))
        for candidate in candidates:
            for entry in self._entries.get(candidate, ()):
                if any_case or not entry.case_sensitive or _admits(entry, text.strip()):
                    return entry
        return None

    def _trimmed(self, tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The name without words for its form, then also without those for its salt, behind and before."""
        core = [token for token in tokens if self._name_words.get(token) != "form"]
        yield tuple(core)
        while len(core) > 1 and self._name_words.get(core[-1]) == "salt":
            core.pop()
            yield tuple(core)
        while len(core) > 1 and self._name_words.get(core[0]) == "salt":
            core.pop(0)
            yield tuple(core)

    def find(self, text: str) -> tuple[DrugEntry, ...]:
        """The entries inside a name: one for a substance or class, one per part of a combination, none if unknown."""
        entry = self.lookup(text, any_case=True)
        if entry is None:
            return ()
        if len(entry.ingredients) < 2:
            return (entry,)
        return tuple(part for name in entry.ingredients if (part := self.lookup(name)) is not None)

    def inn_of(self, text: str) -> str | None:
        """The canonical name behind a name; None when it is not in the lexicon."""
        entry = self.lookup(text)
        return entry.inn if entry else None

    def classes_of(self, name: str) -> tuple[str, ...]:
        """The classes of a substance, herb, combination or class, the most specific first, without repeats."""
        known = self._classes.get(name)
        if known is None:
            if len(self._classes) >= _KEPT:
                self._classes.clear()
            known = self._classes[name] = self._found_classes(name)
        return known

    def _found_classes(self, name: str) -> tuple[str, ...]:
        entry = self.lookup(name, any_case=True)
        inn = entry.inn if entry else name.lower()
        found: dict[str, None] = {}
        queue = [inn] if entry is not None and entry.kind == "class" else []
        for part in entry.ingredients if entry else (inn,):
            if self._class_of.get(part):
                queue.append(self._class_of[part])
            queue += [c for c, members in self._extra.items() if part in members]
        start = set(queue[:1]) if entry is not None and entry.kind == "class" else set()
        while queue:
            current = queue.pop(0)
            if current not in start:
                found.setdefault(current)
            queue += [p for p in self._parents.get(current, ()) if p not in found]
        return tuple(found)

    def members(self, class_name: str) -> tuple[str, ...]:
        """The canonical names of all substances and herbs in a class and in the classes under it.

        Raises:
            DechallengeError: When there is no class of that name.
        """
        entry = self.lookup(class_name, any_case=True)
        wanted = class_name if class_name in self._parents else entry.inn if entry else class_name
        if wanted not in self._parents:
            raise DechallengeError(f"no drug class is called {class_name!r}.", next_step="See data/drug_classes.csv.")
        under = {wanted}
        grew = True
        while grew:
            grew = False
            for name, parents in self._parents.items():
                if name not in under and not under.isdisjoint(parents):
                    under.add(name)
                    grew = True
        extra = {m for c in under for m in self._extra.get(c, ())}
        return tuple(inn for inn, cls in self._class_of.items() if cls in under or inn in extra)


def _rows(name: str) -> list[list[str]]:
    text = resources.files("dechallenge.lexicon").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]


def _plural(name: str) -> str:
    if not name or name.endswith("s"):
        return ""
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    return name + "s"


class _Builder:
    def __init__(self) -> None:
        self.entries: dict[tuple[str, ...], tuple[DrugEntry, ...]] = {}
        self.class_of: dict[str, str] = {}
        self.combination_of: dict[frozenset[str], str] = {}
        self.flags = {row[0]: frozenset(row[1].split("|")) for row in _rows("drug_flags.csv")}

    def add(
        self, name: str, inn: str, kind: Kind, parts: tuple[str, ...], cls: str, atc: str, flagged_as: str = ""
    ) -> None:
        if not name:
            return
        flags = self.flags.get(flagged_as or name)
        case = kind == "abbreviation"
        if flags is None:
            entry = DrugEntry(name, inn, kind, parts, cls, atc, case)
        elif "drop" in flags:
            return
        else:
            case = case or "case" in flags
            entry = DrugEntry(name, inn, kind, parts, cls, atc, case, "ambiguous" in flags, "context" in flags)
        tokens = tokens_of(name)
        known = self.entries.get(tokens)
        if known is None:
            self.entries[tokens] = (entry,)
        elif all(other.case_sensitive and _letters(other.name) != _letters(name) for other in known):
            # The stricter name is asked first.
            self.entries[tokens] = (*known, entry)
        elif case and all(_letters(other.name) != _letters(name) for other in known):
            self.entries[tokens] = (entry, *known)

    def names(self, cell: str, inn: str, kind: Kind, parts: tuple[str, ...], cls: str, atc: str) -> None:
        if not cell:
            return
        for name in cell.split("|"):
            is_code = kind == "substance" and _CODE.fullmatch(name) is not None
            self.add(name, inn, "code" if is_code else kind, parts, cls, atc)


def _load_substances(build: _Builder, group_atc: Mapping[str, str]) -> None:
    data = resources.files("dechallenge.lexicon").joinpath("data")
    for file in sorted(f.name for f in data.iterdir() if f.name.startswith("drugs_") and f.name.endswith(".csv")):
        for inn, cls, atc, names, brands, abbreviations, _source in _rows(file):
            code, parts = atc or group_atc.get(cls, ""), (inn,)
            build.class_of[inn] = cls
            build.add(inn, inn, "substance", parts, cls, code)
            build.names(names, inn, "substance", parts, cls, code)
            build.names(brands, inn, "brand", parts, cls, code)
            build.names(abbreviations, inn, "abbreviation", parts, cls, code)


def _load_combinations(build: _Builder) -> None:
    for inn, ingredients, names, brands, abbreviations, _source in _rows("drug_combinations.csv"):
        parts = tuple(ingredients.split("|"))
        build.combination_of.setdefault(frozenset(parts), inn)
        build.add(inn, inn, "substance", parts, "", "")
        build.names(names, inn, "substance", parts, "", "")
        build.names(brands, inn, "brand", parts, "", "")
        build.names(abbreviations, inn, "abbreviation", parts, "", "")


def _load_derived_brands(build: _Builder) -> None:
    for name, ingredients, _source in _rows("drug_names_faers.csv"):
        parts = tuple(ingredients.split("|"))
        cls = build.class_of.get(parts[0], "") if len(parts) == 1 else ""
        inn = build.combination_of.get(frozenset(parts), "/".join(parts))
        build.add(name, inn, "brand", parts, cls, "")


def _load_herbs(build: _Builder) -> None:
    for herb, latin, names, products, cls, _source in _rows("herbs.csv"):
        build.class_of[herb] = cls
        build.add(herb, herb, "herb", (herb,), cls, "")
        build.names("|".join((latin.lower(), names)), herb, "herb", (herb,), cls, "")
        build.names(products, herb, "brand", (herb,), cls, "")


def _load_classes(build: _Builder, rows: Iterable[list[str]]) -> None:
    for cls, _parents, names, abbreviations, _members, atc, _source in rows:
        for name in (cls, *names.split("|")):
            build.add(name, cls, "class", (), "", atc)
            build.add(_plural(name), cls, "class", (), "", atc, name)
        build.names(abbreviations, cls, "abbreviation", (), "", atc)


@lru_cache(maxsize=1)
def load_drugs() -> DrugLexicon:
    """The drug lexicon, read once from the data files of the package."""
    rows = _rows("drug_classes.csv")
    build = _Builder()
    _load_substances(build, {row[0]: row[5] for row in rows})
    _load_combinations(build)
    _load_herbs(build)
    _load_classes(build, rows)
    _load_derived_brands(build)
    parents = {row[0]: tuple(filter(None, row[1].split("|"))) for row in rows}
    extra = {row[0]: tuple(row[4].split("|")) for row in rows if row[4]}
    words = {normal_token(word): role for word, role in _rows("drug_name_words.csv")}
    return DrugLexicon(build.entries, build.class_of, parents, extra, words)
