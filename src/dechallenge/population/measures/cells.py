"""The 2x2 table of distinct reports behind every measure, and its checks. Imports errors only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dechallenge.errors import InputError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Counts of distinct reports for pairs of a drug and an event.

    Attributes:
        n: Reports with the drug and the event; float64, shape (pairs,).
        n_drug: Reports with the drug.
        n_event: Reports with the event.
        total: All reports; one number, or one for each pair (within strata).
    """

    n: Floats
    n_drug: Floats
    n_event: Floats
    total: Floats

    @classmethod
    def of(cls, n: ArrayLike, n_drug: ArrayLike, n_event: ArrayLike, total: ArrayLike) -> Cells:
        """Checked cells.

        Raises:
            InputError: Counts that no set of distinct reports can have: negative, a pair larger than its drug or its
                event, or margins larger than the total, as sums over rows instead of reports give them.
        """
        a, drug, event = (np.atleast_1d(np.asarray(x, dtype=np.float64)) for x in (n, n_drug, n_event))
        all_ = np.broadcast_to(np.asarray(total, dtype=np.float64), a.shape)
        if not (a.shape == drug.shape == event.shape):
            raise InputError("the columns of counts differ in length", place="counts", next_step="Give equal lengths.")
        stacked = (a, drug, event, all_)
        wrong = np.zeros(a.shape, dtype=bool)
        for column in stacked:
            wrong |= ~np.isfinite(column) | (column < 0)
        wrong |= (a > drug) | (a > event) | (drug > all_) | (event > all_) | (drug + event - a > all_)
        if wrong.any():
            at = int(np.argmax(wrong))
            told = ", ".join(f"{x[at]:g}" for x in stacked)
            raise InputError(
                f"the counts of pair {at} (n, drug, event, total = {told}) fit no set of distinct reports",
                place="counts",
                next_step="Count distinct reports, not rows; margins are reports with the drug, or the event.",
            )
        return cls(a, drug, event, np.array(all_))

    @property
    def b(self) -> Floats:
        """Reports with the drug, without the event."""
        return self.n_drug - self.n

    @property
    def c(self) -> Floats:
        """Reports with the event, without the drug."""
        return self.n_event - self.n

    @property
    def d(self) -> Floats:
        """Reports with neither."""
        return self.total - self.n_drug - self.n_event + self.n

    @property
    def expected(self) -> Floats:
        """Reports expected where drug and event are independent: n_drug · n_event / total."""
        return np.divide(self.n_drug * self.n_event, self.total, out=np.zeros_like(self.n), where=self.total > 0)
