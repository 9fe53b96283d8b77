"""The deterministic reader: documents in plain text to cases. Offline, no model, no clock.

The order of work: layout and tables, sentences, mentions (drugs, findings, tests, values, statements), the story that
dates them, and the case they add up to. This file only puts the stages together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dechallenge.case import Case, Problem, Reading
from dechallenge.evidence import Document
from dechallenge.reading.cases.assemble import assemble
from dechallenge.reading.cases.mentioned import CaseSource
from dechallenge.reading.cases.tabledcases import common_text, filled_in, laid_over, of_a_number, with_untold
from dechallenge.reading.cases.tablednames import blamed_outside, named_outside
from dechallenge.reading.claims.scoresheets import score_sheets
from dechallenge.reading.claims.statements import StatementMention, read_statements
from dechallenge.reading.claims.statementsof import shared_out
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.drugs.shortforms import bracketed
from dechallenge.reading.findings.sharedfacts import shared_negatives
from dechallenge.reading.laboratory.listings import is_listing
from dechallenge.reading.laboratory.statedlimits import stated_limits, with_limits
from dechallenge.reading.layout.aggregates import sums_up
from dechallenge.reading.layout.leadtitles import without_masthead
from dechallenge.reading.layout.segments import CaseText, Layout, layout
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.announcedany import announced_any
from dechallenge.reading.reactions.anyreaction import titled_reaction
from dechallenge.reading.reactions.intoxications import named_first
from dechallenge.reading.reactions.namedkinds import announced, titled
from dechallenge.reading.suspects.blamed import blamed_in
from dechallenge.reading.suspects.blamedapart import blamed_of
from dechallenge.reading.tables.patient_table import PatientTable, find_interruptions, find_patient_tables
from dechallenge.reading.tables.patientcells import with_cells
from dechallenge.reading.tables.patientcolumns import flat_columns
from dechallenge.reading.tables.patientgrid import Grid, find_grid
from dechallenge.reading.tables.table_clocks import definitions
from dechallenge.reading.tables.tables import LabTable, TableBlock, find_tables, read_table
from dechallenge.reading.texts.abbreviations import local_abbreviations
from dechallenge.reading.texts.hollow import hollow
from dechallenge.reading.texts.language import is_english
from dechallenge.reading.texts.lineends import requoted, with_newlines
from dechallenge.reading.texts.people import AGE_PHRASE
from dechallenge.reading.texts.repeats import bounded, repeats, told, without
from dechallenge.reading.texts.sentences import LONGEST, sentences

MOST = 1_000_000
"""Characters of a document that are read at the most; a case report has some ten thousand."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a document says outside its cases: title, abstract, discussion."""

    spans: tuple[tuple[int, int], ...]
    drugs: tuple[DrugMention, ...]
    blamed: dict[str, str]
    unread: tuple[tuple[int, int], ...] = ()


class ProseReader:
    """Reads plain text. The same documents always give the same cases."""

    name = "prose"

    def read(self, documents: Sequence[Document]) -> Reading:
        """Cases and problems of the documents, in order. One unreadable document never stops the others."""
        cases: list[Case] = []
        problems: list[Problem] = []
        for document in documents:
            found, trouble = self._document(with_newlines(document), len(cases))
            cases.extend([requoted(case, document) for case in found] if "\r" in document.text else found)
            problems.extend(trouble)
        return Reading(documents=tuple(documents), cases=tuple(cases), problems=tuple(problems))

    def _document(self, document: Document, before: int) -> tuple[list[Case], list[Problem]]:
        if not is_english(document.text):
            return [], [
                Problem(
                    document=document.id,
                    kind="language",
                    message="The text does not seem to be English.",
                    next_step="Translate it, or enter the case by hand.",
                )
            ]
        problems: list[Problem] = []
        if len(document.text) > MOST:
            problems.append(_too_long(document))
            document = document.model_copy(update={"text": document.text[:MOST]})
        left_out = repeats(document.text)
        seen = without(document, [(r.start, r.end) for r in left_out])
        empty = [span for span in hollow(seen.text) if not is_listing(seen.text, *span)]
        seen = without(seen, empty)
        blocks = find_tables(seen)
        patient_tables = find_patient_tables(seen)
        cut = _union(
            [(b.start, b.end) for b in blocks]
            + [(t.start, t.end) for t in patient_tables]
            + [(i.start, i.end) for i in find_interruptions(seen)]
            + [(r.start, r.end) for r in left_out if not r.blank]
            + empty
            + score_sheets(seen.text)
            + definitions(seen.text)
        )
        plan = layout(document, cut)
        numbered = any(of_a_number(case.title) for case in plan.cases)
        summed = len(plan.cases) == 1 and sums_up(plan.text.text, plan.cases[0].parts)
        grid = find_grid(seen) if plan.note or len(plan.cases) != 1 or numbered or summed else None
        beside = grid if grid is not None and plan.cases and not (plan.note or summed) else None
        untold: frozenset[int] = frozenset()
        if grid is not None:
            if beside is None:
                plan, patient_tables = _tabled(document, grid, cut), []
            elif len(grid.numbers) > len(plan.cases):
                more = with_untold(layout(document, _union([*cut, (grid.start, grid.end)])), grid)
                plan, untold = more if more is not None else (plan, untold)
            blocks = [b for b in blocks if b.end <= grid.start or grid.end <= b.start]
        if not plan.cases:
            return [], [*problems, _no_patient(document), *told(document, left_out, empty)]
        local = local_abbreviations(plan.text.text)
        local |= bracketed(plan.text.text, local)
        shared = _shared(plan, local)
        tables = [(block, read_table(document, block)) for block in blocks]
        cases: list[Case] = []
        parted: list[tuple[int, int]] = []
        unread = list(shared.unread)
        title = titled(plan.text, shared.spans, local, cases=len(plan.cases))
        called = titled_reaction(plan.text, shared.spans, local, shared.drugs)
        title = named_first(title, called) if title else called
        title = title or announced(plan.text, shared.spans, local, cases=len(plan.cases))
        title = title or announced_any(plan.text, shared.spans, local, shared.drugs, cases=len(plan.cases))
        if not title and len(plan.cases) == 1 and (lead := _lead(plan)):
            title = announced(plan.text, lead, local, cases=1)
            title = title or announced_any(plan.text, lead, local, read_drugs(plan.text.text, lead, local), cases=1)
        negatives = shared_negatives(plan.text, shared.spans, local)
        limits = stated_limits(plan.text)
        statements = tuple(read_statements(plan.text.text, [*shared.spans, *_behind(plan, shared.spans)]))
        for case in plan.cases:
            source = CaseSource(
                plan=plan,
                case=case,
                number=before + len(cases) + 1,
                abbreviations=local,
                blamed=blamed_of(plan.text.text, case.parts, shared.blamed, local)
                if len(plan.cases) > 1 and len(shared.blamed) > 1
                else shared.blamed,
                tables=_tables_of(case, plan, tables),
                patient_tables=_patient_columns(patient_tables, case),
                shared_findings=negatives,
                titled=title,
                shared_statements=(*statements, *_summed_up(plan, case)),
            )
            drawn = assemble(source)
            if case.number in untold or (grid is not None and beside is None):
                if grid is not None:
                    drawn = laid_over(document, drawn, grid.patients[case.number - 1])
                    drawn = named_outside(plan.text, shared.drugs, drawn)
            elif beside is not None and len(beside.numbers) == len(plan.cases):
                drawn = filled_in(document, drawn, beside.patients[case.number - 1])
            elif columns := flat_columns(document, source.patient_tables, case.number):
                drawn = with_cells(document, filled_in(document, drawn, columns), columns)
            if grid is not None and len(grid.numbers) == len(plan.cases):
                drawn = with_cells(document, drawn, grid.patients[case.number - 1])
            if len(plan.cases) == 1 and grid is None:
                drawn = blamed_outside(plan.text, shared.drugs, shared.blamed, drawn)
            cases.append(with_limits(plan.text, drawn, limits))
            parted += source.parted
            unread += source.unread
        if len(plan.cases) > 1:
            cases = shared_out(plan.text, cases, [*shared.spans, *_behind(plan, shared.spans)], _own_parts(plan))
        if plan.note and not any(c.exposures and (c.events or c.measurements) for c in cases):
            return [], [*problems, _no_patient(document), *told(document, left_out, empty)]
        if parted:
            problems.append(_in_pieces(document, plan, parted))
        problems += told(document, left_out, empty, [plan.text.text[a:b] for a, b in unread])
        return cases, problems


def _lead(plan: Layout) -> list[tuple[int, int]]:
    """The sentences of the one case before its patient is introduced ("We present a case of X-induced Y. A man …")."""
    spans = _own_parts(plan)[:_LEAD]
    who = next((i for i, s in enumerate(spans) if AGE_PHRASE.search(plan.text.text, *s) is not None), 0)
    return spans[:who]


_LEAD = 8


def _own_parts(plan: Layout) -> list[tuple[int, int]]:
    """The sentences of all cases."""
    parts = sorted({part for case in plan.cases for part in case.parts})
    return [(a + x, a + y) for a, b in parts for x, y in sentences(plan.text.text[a:b])]


def _tabled(document: Document, grid: Grid, cut: tuple[tuple[int, int], ...]) -> Layout:
    """The layout of a document whose patients stand in a table: the text beside it is that of each of them."""
    beside = [span for span in cut if span[1] <= grid.start or grid.end <= span[0]]  # the caption is read
    plan = layout(document, _union([*beside, (grid.start, grid.end)]))
    return replace(plan, cases=common_text(plan, grid), note=False)


def _too_long(document: Document) -> Problem:
    return Problem(
        document=document.id,
        kind="limit",
        message=f"The text has {len(document.text):,} characters; the first {MOST:,} were read.",
        next_step="Split the text into its reports, one file for each.",
    )


def _in_pieces(document: Document, plan: Layout, parted: Sequence[tuple[int, int]]) -> Problem:
    words = plan.text.quote(parted[0][0], parted[0][0] + 60).quote
    longest = max(end - start for start, end in parted)
    return Problem(
        document=document.id,
        kind="pieces",
        message=f"{len(parted):,} sentence{'s' if len(parted) > 1 else ''} of up to {longest:,} characters "
        f"{'were' if len(parted) > 1 else 'was'} read in pieces of at most {LONGEST:,}; the first begins "
        f"“{' '.join(words.split())}”.",
        next_step="Check the values of these sentences; what belongs together across a cut may be read apart.",
    )


def _no_patient(document: Document) -> Problem:
    return Problem(
        document=document.id,
        kind="no patient",
        message="No patient was found in the text: no age, no “the patient …”.",
        next_step="Check that the file holds a case report; a single case may start with age and sex.",
    )


def _union(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _shared(plan: Layout, local: dict[str, str]) -> Shared:
    text = plan.text.text
    inside = [part for case in plan.cases for part in case.parts]
    first = min((a for a, _ in inside), default=len(text))
    outside = [(0, min(first, 1500))] if first > 0 else []
    outside += [(case.title_span[0], case.title_span[1]) for case in plan.cases if case.title_span]
    outside += [s for s in plan.shared if s[0] >= first or s[0] > 1500]
    spans = [
        (start + a, start + b)
        for start, end in dict.fromkeys(outside)
        for a, b in sentences(text[start:end])
        if not any(x <= start + a < y for x, y in inside)
    ]
    spans = [s for s in spans if not _NUMBER_OF_A_TABLE.fullmatch(text, *s)]
    spans, unread = bounded(text, without_masthead(text, sorted(dict.fromkeys(spans))))
    drugs = read_drugs(text, spans, local)
    return Shared(tuple(spans), tuple(drugs), blamed_in(text, spans, drugs), tuple(unread))


_NUMBER_OF_A_TABLE = Pattern(r"\s*Table\s+(?:\d{1,2}|[IVX]{1,4})\s*[.:]?\s*", re.IGNORECASE)


def _behind(plan: Layout, known: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences behind the last case that stand in no section of their own, as in a letter."""
    text = plan.text.text
    last = max((b for case in plan.cases for _, b in case.parts), default=len(text))
    rest = next((s for s in plan.sections if s.start < last < s.end and s.kind in ("start", "cases")), None)
    if rest is None:
        return []
    found = [(last + a, last + b) for a, b in sentences(text[last : rest.end])]
    return [span for span in found if not any(a < span[1] and span[0] < b for a, b in known)]


def _summed_up(plan: Layout, case: CaseText) -> list[StatementMention]:
    """What the summary block (key points) behind a case claims of it."""
    begin = max((b for _, b in case.parts), default=0)
    after = [c.parts[0][0] for c in plan.cases if c.parts and c.parts[0][0] >= begin and c is not case]
    spans = [s for s in plan.key_points if begin <= s[0] < min(after, default=len(plan.text.text) + 1)]
    return read_statements(plan.text.text, spans) if spans else []


def _tables_of(case: CaseText, plan: Layout, tables: Sequence[tuple[TableBlock, LabTable]]) -> tuple[LabTable, ...]:
    """Tables that stand in or after a case belong to it, up to the next case."""
    ends = [c.raw_start for c in plan.cases if c.raw_start > case.raw_start]
    limit = min(ends, default=10**12)
    first = case.number == 1
    named = {b.start: int(m["n"]) for b, t in tables if (m := _OF_ONE.search(t.caption)) is not None}
    if named and len(plan.cases) > 1:
        mine = tuple(t for b, t in tables if named.get(b.start) == case.number)
        return mine + _tables_of(case, plan, [(b, t) for b, t in tables if b.start not in named])
    return tuple(t for b, t in tables if (case.raw_start <= b.start < limit) or (first and b.start < case.raw_start))


_OF_ONE = Pattern(
    r"\b(?:of|in|from|for|,|-|–|:)\s(?:the\s)?(?:patient|case)\s(?P<n>\d{1,2})\b(?!\s*(?:and|,|-|–)\s*\d)",
    re.IGNORECASE,
)
"""The patient that the caption of a table names."""


def _patient_columns(tables: Sequence[PatientTable], case: CaseText) -> tuple[PatientTable, ...]:
    return tuple(t for t in tables if case.number <= len(t.labels))
