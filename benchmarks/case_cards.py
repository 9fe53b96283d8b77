"""`python -m benchmarks.case_cards [--show [ID]] [--errors]`: agreement with authors' scores.

Each card of shared/corpora/case_cards is read as text. Where the product disagrees, it is asked whether the authors'
total can be reached from their own facts: in the product's range, or from their own item answers typed as facts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks import case_cards_reference as reference
from benchmarks.case_cards_facts import facts_of, facts_read, facts_table
from benchmarks.case_cards_reference import BANDS, OTHER_EDITION, TIERS, Claim, Typed
from benchmarks.intervals import known
from benchmarks.run import Assess, Json, Unavailable, assess_text
from benchmarks.scores import table
from benchmarks.shared import run_command

LEAST = 5
"""Pairs below which a kappa says nothing."""


@dataclass(frozen=True)
class Answer:
    """What the product says to one claim, and how that compares.

    Attributes:
        result: The instrument's result of the JSON; empty when it was not listed.
        why_not: Why there is no result at all.
    """

    claim: Claim
    result: Json
    why_not: str = ""
    other: Json = field(default_factory=dict)
    typed: Typed | None = None
    remarks: tuple[str, ...] = ()

    @property
    def score(self) -> float | None:
        return self.result.get("score")

    @property
    def category(self) -> str | None:
        return self.result.get("category")

    @property
    def exact(self) -> bool:
        return self.claim.total is not None and self.score == self.claim.total

    @property
    def near(self) -> bool:
        return self.claim.total is not None and self.score is not None and abs(self.score - self.claim.total) <= 1

    @property
    def same_category(self) -> bool:
        return self.claim.category is not None and self.category == self.claim.category

    @property
    def agrees(self) -> bool:
        return self.exact if self.claim.total is not None else self.same_category

    @property
    def in_range(self) -> bool:
        return _reaches(self.claim, self.result)

    @property
    def by_items(self) -> bool:
        """The authors' own item answers, typed as facts, give their total (or, without one, their category)."""
        if self.typed is None or self.claim.item_sum is None:
            return False
        if self.claim.total is not None:
            return self.typed.score == self.claim.total
        return self.claim.category is not None

    @property
    def reached(self) -> str:
        """Whether the authors' total follows from their facts, in a few words."""
        if self.agrees:
            return "agrees"
        ways = [way for way, holds in (("in our range", self.in_range), ("by their items", self.by_items)) if holds]
        return " and ".join(ways) or "not reached"


def _reaches(claim: Claim, result: Json) -> bool:
    span = known([result.get("low"), result.get("high")])
    if claim.total is not None:
        return span is not None and span[0] <= claim.total <= span[1]
    return claim.category in (result.get("categories") or [])


def kappa(pairs: Iterable[tuple[str, str]], order: Sequence[str]) -> float | None:
    """Cohen's kappa with quadratic weights over ordered categories; None where chance alone leaves no disagreement."""
    places = [(order.index(left), order.index(right)) for left, right in pairs]
    seen = sum((left - right) ** 2 for left, right in places)
    expected = sum((left - right) ** 2 for left, _ in places for _, right in places)
    return 1 - len(places) * seen / expected if expected else None


def answers(card: Json, result: Json) -> list[Answer]:
    """What the product says to every claim of a card."""
    found = []
    for claim in reference.claims(card):
        if claim.tier == "I":
            continue
        case: Json = next(iter(result.get("cases") or []), {})
        suspects = [
            s
            for s in case.get("suspects") or []
            if any(reference.same_drug(s.get("drug"), drug) for drug in claim.drugs)
        ]
        owners = suspects if claim.drugs else list(case.get("events") or [])
        results = [r for owner in owners for r in owner.get("instruments") or [] if r.get("id") == claim.product]
        # Several drugs under one score of the authors: the likeliest of them answers.
        best: Json = max(results, key=lambda r: -99 if r.get("score") is None else r["score"], default={})
        other = [
            r for o in owners for r in o.get("instruments") or [] if r.get("id") == OTHER_EDITION.get(claim.family)
        ]
        why = "" if case else "no case read"
        if case and not owners:
            why = "suspect not found" if claim.drugs else "no reaction read"
        elif case and not best:
            why = "instrument not listed"
        elif best and not best.get("applicable", True):
            why, best = f"not applicable: {best.get('reason')}", {}
        typed = next(iter(reference.sheets(claim)), None) if claim.items else None
        answer = Answer(claim, dict(best), why, dict(other[0]) if other else {}, typed)
        points = (suspects[0].get("key_points") or {}) if suspects else None
        remarks = () if answer.agrees else tuple(_remarks(answer, card, case, points))
        found.append(Answer(claim, answer.result, why, answer.other, typed, remarks))
    return found


def _remarks(answer: Answer, card: Json, case: Json, points: Json | None) -> Iterable[str]:
    """Why the product may disagree, in a few words each."""
    claim = answer.claim
    if answer.why_not:
        yield answer.why_not
    if points is not None:
        for name, (stated, read, right) in facts_of(card, case, points).items():
            if not right:
                yield f"{name} unread" if read in ("", "unknown") else f"{name} {read}, printed {stated}"
        if claim.family == "rucam" and "latency_days" not in card["values"]:
            yield "latency not printed"
    if claim.item_sum is not None and claim.total is not None and claim.item_sum != claim.total:
        yield "authors' items do not add up"
    if claim.contradicts_itself:
        yield f"authors' number and category disagree ({claim.printed})"
    if not claim.named:
        also = answer.other.get("score") == claim.total if claim.total is not None else False
        yield "edition not named" + (": 1993 agrees" if also else "")
    if claim.items and answer.result:
        yield from _items_apart(answer)
    elif answer.in_range and answer.result:
        yield from _open_items(answer)
    if claim.tier == "C":
        yield "facts not on the card"


def _items_apart(answer: Answer) -> Iterable[str]:
    """The items on which the authors gave other points."""
    ours = {str(i["id"]).removeprefix(f"{answer.claim.product}."): i for i in answer.result.get("items") or []}
    for name, stated in answer.claim.items.items():
        place = reference.PLACES.get(name, name.removeprefix("q"))
        given = ours.get(place, {}).get("points")
        if given is not None and given != reference.points_of(stated):
            yield f"item {place}: authors {stated}, we {given:+g}"


def _open_items(answer: Answer) -> Iterable[str]:
    """The items that could still give more (or less), in the direction of the authors' total."""
    total, score = answer.claim.total, answer.score
    up = total is None or score is None or total > score
    open_ones = []
    for item in answer.result.get("items") or []:
        points, low, high = item.get("points"), item.get("low"), item.get("high")
        if low is not None and high is not None and low < high:
            start = points if points is not None else (low if up else high)
            room = high - start if up else start - low
            if room > 0:
                open_ones.append((room, f"{str(item['id']).split('.')[-1]} ({'+' if up else '-'}{room:g})"))
    if open_ones:
        ordered = sorted(open_ones, key=lambda one: -one[0])
        yield "open items: " + ", ".join(said for _, said in ordered[:4])


def agreement(found: Sequence[Answer]) -> str:
    """The table by instrument, and below each instrument by tier."""
    rows = []
    for family in ("rucam", "naranjo", "hscore", "hlh-2004"):
        mine = [answer for answer in found if answer.claim.family == family]
        groups = [(f"{reference.PRODUCT[family]}", mine)]
        groups += [(f"  {tier} {TIERS[tier]}", [a for a in mine if a.claim.tier == tier]) for tier in TIERS]
        rows += [_row(name, family, group) for name, group in groups if group]
    head = [
        "instrument, tier",
        "n",
        "no score",
        "exact",
        "within one",
        "same category",
        "in our range",
        "range, mean",
        "kappa",
    ]
    return table(head, rows)


def _row(name: str, family: str, group: Sequence[Answer]) -> list[str]:
    totals = [a for a in group if a.claim.total is not None]
    judged = [a for a in group if a.claim.category is not None]
    order = [category for _, category in BANDS.get(family, ())]
    pairs = [(a.claim.category, a.category) for a in judged]
    rated = [(left, right) for left, right in pairs if left in order and right in order]
    spans = [known([a.result.get("low"), a.result.get("high")]) for a in group]
    widths = [span[1] - span[0] for span in spans if span is not None]
    weighted = kappa(((str(left), str(right)) for left, right in rated), order) if len(rated) >= LEAST else None
    return [
        name,
        f"{len(group)}",
        f"{sum(a.score is None for a in group)}",
        _share(a.exact for a in totals),
        _share(a.near for a in totals),
        _share(a.same_category for a in judged),
        _share(a.in_range for a in group),
        f"{sum(widths) / len(widths):.1f}" if widths else "-",
        "-" if weighted is None else f"{weighted:.2f} (n {len(rated)})",
    ]


def _share(hits: Iterable[bool]) -> str:
    found = list(hits)
    return f"{sum(found)}/{len(found)}" if found else "-"


def disagreements(found: Sequence[Answer]) -> str:
    """One line for each: what the authors say, what the product says, whether theirs can be reached, and why not."""
    rows = []
    for a in found:
        if a.agrees:
            continue
        ours = "-" if a.score is None else f"{a.score:g} {a.category or ''}".strip()
        span = known([a.result.get("low"), a.result.get("high")])
        span_said = "" if span is None else f"{span[0]:g} to {span[1]:g}"
        drug = "+".join(a.claim.drugs) if len(a.claim.drugs) != 1 else a.claim.drugs[0]
        who = f"{a.claim.record} {a.claim.tier} {a.claim.product} {drug}".strip()
        rows.append(
            f"  {who:<44} {a.claim.says:<20} ours {ours:<16} {span_said:<9} {a.reached}: {'; '.join(a.remarks)}"
        )
    return "\n".join(rows)


def items_table(sheets: Sequence[Typed]) -> str:
    """Every printed sheet of item answers, typed as facts: do the items give the points that the authors gave?"""
    rows = []
    for product in sorted({sheet.product for sheet in sheets}):
        mine = [sheet for sheet in sheets if sheet.product == product]
        full = [sheet for sheet in mine if len(sheet.items) >= 7]
        rows.append(
            [
                product,
                f"{len(mine)}",
                f"{sum(s.equal for s in mine)}/{sum(len(s.items) for s in mine)}",
                f"{sum(s.score == s.stated for s in full)}/{len(full)}",
            ]
        )
    return table(["item answers typed as facts", "sheets", "items equal", "sums equal"], rows)


def show(card: Json, result: Json, found: Sequence[Answer]) -> str:
    """One card in full."""
    lines = [f"{card['id']} {card['tier']} {card['drug']} | {card['event']}", f"  text       {card['text']}"]
    lines.append(f"  note       {(card.get('completeness') or {}).get('note')}")
    for case in result.get("cases") or []:
        for suspect in case.get("suspects") or []:
            said = json.dumps(suspect.get("key_points"), ensure_ascii=False)
            lines.append(f"  read       {suspect.get('drug')} ({suspect.get('basis')}): {said[:600]}")
    for answer in found:
        lines.append(f"  authors    {answer.claim.family} {answer.claim.says} {dict(answer.claim.items) or ''}")
        ours = " ".join(f"{key} {answer.result.get(key)}" for key in ("score", "low", "high", "category", "reason"))
        lines.append(f"  ours       {answer.why_not or ours}")
        for item in answer.result.get("items") or []:
            span = f"{item.get('points')} in {item.get('low')} to {item.get('high')}"
            lines.append(f"    {item.get('id')}: {span}: {item.get('because') or item.get('option')}")
        lines.append(f"  reached    {answer.reached}: {'; '.join(answer.remarks)}")
    lines += [f"  problem    {problem.get('message')}" for problem in result.get("problems") or []]
    return "\n".join(lines)


def main(arguments: list[str], assess: Assess = assess_text) -> None:
    """Measure and print.

    Raises:
        Missing: The cards are not here.
        Unavailable: The product cannot be called.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.case_cards", description=__doc__)
    parser.add_argument("--show", metavar="ID", nargs="?", const="", help="cards in full (all, or those with this id)")
    parser.add_argument("--errors", action="store_true", help="one line for each fact of a card that was not read")
    options = parser.parse_args(arguments)
    cards = reference.load()
    results = [_assess(assess, card["text"], f"record-{number:02d}.txt") for number, card in enumerate(cards, 1)]
    by_card = [answers(card, result) for card, result in zip(cards, results, strict=True)]
    if options.show is not None:
        chosen = [
            show(card, result, found)
            for card, result, found in zip(cards, results, by_card, strict=True)
            if options.show in card["id"]
        ]
        print("\n\n".join(chosen) or f"no card {options.show}")
        return
    found = [answer for some in by_card for answer in some]
    apart = [answer for answer in found if not answer.agrees]
    reached = [answer for answer in apart if answer.reached != "not reached"]
    sheets = [sheet for card in cards for claim in reference.claims(card) for sheet in reference.sheets(claim)]
    print(f"Case cards: {len(cards)} cards, {len(found)} scores of authors to compare\n")
    print(agreement(found))
    print(
        "\nn counts scores; exact and within one are of those with a printed total, the category is that of the total."
    )
    print(f"\nDisagreements: {len(apart)}; the authors' result can be reached from their own facts in {len(reached)}\n")
    print(disagreements(found))
    facts = facts_read(cards, results)
    print(f"\n{items_table(sheets)}\n\n{facts_table(facts)}")
    if options.errors:
        for fact in facts:
            if not fact.right:
                print(f"  {fact.record:<6} {fact.name:<12} printed {fact.stated} | read {fact.read or '-'}")


def _assess(assess: Assess, text: str, name: str) -> Json:
    try:
        return assess(text, name)
    except Unavailable:
        raise
    except Exception as error:  # one bad card must not hide the others
        return {"problems": [{"message": f"{type(error).__name__}: {error}"}]}


if __name__ == "__main__":
    run_command(main)
