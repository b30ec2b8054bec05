"""What somebody has answered of a form, before it is compared."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from strategy.record import Choices


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody has answered of a form so far.

    `answers` says what unknown words stand for, by `UnknownWord.name`; `choices` whose is to stand where both
    have changed a cell; `sure` has the places of the cells that look wrong and are right. With `skip_bad` the
    cells with problems are left out, where the rest can be taken without them.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)
    sure: Collection[str] = ()
    skip_bad: bool = False


NOTHING = Chosen()
