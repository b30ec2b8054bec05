"""Many measurements of one thing, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of them lie, linear in between. Raises `ValueError` for none."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@dataclass(frozen=True, slots=True)
class Sample:
    """All values measured of one thing, in one unit."""

    values: tuple[float, ...]

    @property
    def p50(self) -> float:
        return quantile(self.values, 0.5)

    @property
    def p95(self) -> float:
        return quantile(self.values, 0.95)


def pooled(samples: Sequence[Sample]) -> Sample:
    """The values of several samples as one."""
    return Sample(tuple(value for sample in samples for value in sample.values))
