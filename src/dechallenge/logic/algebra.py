"""What the outcomes of several items make together: totals, the highest grade, or the codes side by side.

Sets of whole numbers are bits of one integer (bit n = the number n can be reached), which keeps walks over a diagram
fast. Imports nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Assignment = tuple[tuple[int, int], ...]
"""(place of the item, outcome) pairs."""


class Totals:
    """Sums of points. Bit n stands for the total n + `base`; places without points are conditions only."""

    unit = 1
    empty = 0

    def __init__(self, points: Mapping[int, Sequence[int]]) -> None:
        self._least = {place: min(values) for place, values in points.items()}
        self._bits = {
            place: [1 << (value - self._least[place]) for value in values] for place, values in points.items()
        }
        self._base = sum(self._least.values())

    def leaf(self, place: int, outcome: int) -> int:
        """The one total of this outcome."""
        bits = self._bits.get(place)
        return 1 if bits is None else bits[outcome]

    def both(self, one: int, other: int) -> int:
        """All sums of a total of one part and a total of the other."""
        if one == 1:
            return other
        if other.bit_count() > one.bit_count():
            one, other = other, one
        result = 0
        while other:
            low = other & -other
            result |= one * low
            other ^= low
        return result

    def either(self, one: int, other: int) -> int:
        """Totals of one or the other."""
        return one | other

    def numbers(self, bits: int) -> list[int]:
        """The totals, ascending."""
        return [bit + self._base for bit in range(bits.bit_length()) if bits >> bit & 1]


class DecidedTotals:
    """Sums of points in which some points decide: where an item gives them, they are the total.

    Bit 0 says that a decided total can be reached; the bits above it are those of `Totals`.
    """

    unit = 2
    empty = 0

    def __init__(self, points: Mapping[int, Sequence[int]], decides: int) -> None:
        self._decides = decides
        self._totals = Totals(points)
        self._points = points

    def leaf(self, place: int, outcome: int) -> int:
        """The one total of this outcome."""
        points = self._points.get(place)
        if points is not None and points[outcome] == self._decides:
            return 1
        return self._totals.leaf(place, outcome) << 1

    def both(self, one: int, other: int) -> int:
        """All sums of a total of one part and a total of the other."""
        decided = int((one & 1 and other != 0) or (other & 1 and one != 0))
        return self._totals.both(one >> 1, other >> 1) << 1 | decided

    def either(self, one: int, other: int) -> int:
        """Totals of one or the other."""
        return one | other

    def numbers(self, bits: int) -> list[int]:
        """The totals, ascending where none is decided."""
        return ([self._decides] if bits & 1 else []) + self._totals.numbers(bits >> 1)


class Highest:
    """The highest of the grades. Bit n + 1 stands for grade n, bit 0 for nothing graded."""

    unit = 1
    empty = 0

    def __init__(self, points: Mapping[int, Sequence[int]]) -> None:
        self._bits = {place: [1 << (value + 1) for value in values] for place, values in points.items()}

    def leaf(self, place: int, outcome: int) -> int:
        """The one grade of this outcome."""
        bits = self._bits.get(place)
        return 1 if bits is None else bits[outcome]

    def both(self, one: int, other: int) -> int:
        """All maxima of a grade of one part and a grade of the other."""
        floor = max(one & -one, other & -other)
        return (one | other) & ~(floor - 1)

    def either(self, one: int, other: int) -> int:
        """Grades of one or the other."""
        return one | other

    def numbers(self, bits: int) -> list[int]:
        """The grades, ascending."""
        return [bit - 1 for bit in range(1, bits.bit_length()) if bits >> bit & 1]


class SideBySide:
    """The outcomes of the judged items next to each other, as sets of assignments."""

    unit: frozenset[Assignment] = frozenset({()})
    empty: frozenset[Assignment] = frozenset()

    def __init__(self, judged: frozenset[int]) -> None:
        self._judged = judged

    def leaf(self, place: int, outcome: int) -> frozenset[Assignment]:
        """The assignment of this outcome."""
        return frozenset({((place, outcome),)}) if place in self._judged else self.unit

    def both(self, one: frozenset[Assignment], other: frozenset[Assignment]) -> frozenset[Assignment]:
        """Every assignment of one part with every assignment of the other."""
        return frozenset(tuple(sorted(a + b)) for a in one for b in other)

    def either(self, one: frozenset[Assignment], other: frozenset[Assignment]) -> frozenset[Assignment]:
        """Assignments of one or the other."""
        return one | other
