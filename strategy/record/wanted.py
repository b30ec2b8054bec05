"""What somebody wants a thing to be, and what that comes to: values, the same for every road in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from strategy import changes

Ident = tuple[str, str]
"""The kind and key of a thing, as in `Snapshot.flat`."""

Values = Mapping[str, Any]
"""Every field of a thing, as in `Snapshot.flat`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants one thing to be; `base_version` is the version they had before them, 0 for none.

    `kind` is one that has rules, `key` as in `tables`. `fields` holds only what should change; what is not
    there stands as it was. `retired` takes the thing out. What is said `anew` is news although it says what
    stands already, as the next report does. `reason` is said where the rules ask why: of a correction of what
    is closed, and of a meeting called off. Who is `sure` has been asked about what looks wrong.
    """

    kind: str
    key: str
    base_version: int
    fields: Values = field(default_factory=dict)
    retired: bool = False
    anew: bool = False
    reason: str | None = None
    sure: bool = False

    @property
    def ident(self) -> Ident:
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class Clash:
    """One field two have changed differently: what both began with, what stands now, and what is wanted here.

    `version` is that of what stands. `field` is empty where one has taken the whole thing out and the other
    has changed it; the sides are then all its fields, None for the one that took it out. `place` is where
    ours stands in a file. `chosen` is whose is to stand, empty as long as nobody has said.
    """

    kind: str
    key: str
    version: int
    field: str
    base: Any
    theirs: Any
    ours: Any
    chosen: str = ""
    place: str = ""

    @property
    def name(self) -> str:
        """What a choice is remembered by: one made before somebody saved anew is none."""
        return f"{self.kind}:{self.key}:{self.version}:{self.field}"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What cannot be used in one wanted thing; `field` as in `tables`, empty where it is the whole.

    `is_missing` where what it is said of is not there. What `is_doubt` only looks wrong, and is a question:
    it stands in the way until it is wanted by somebody who is `sure`.
    """

    kind: str
    key: str
    field: str
    sentence: str
    is_missing: bool = False
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What wanted edits come to: what would change from and to, and what stands in the way of all of it.

    `clashes` are all, also those where a choice is made. `left_out` tells what was said and does not belong
    there, as the cause of what is no deviation. `wanted` is what is then saved, on top of what stands.
    """

    edits: tuple[changes.Edit, ...]
    clashes: tuple[Clash, ...]
    flaws: tuple[Flaw, ...]
    left_out: tuple[Flaw, ...] = ()
    wanted: tuple[Wanted, ...] = ()

    @property
    def waiting(self) -> tuple[Clash, ...]:
        """The clashes somebody has to choose in."""
        return tuple(clash for clash in self.clashes if not clash.chosen)

    @property
    def is_clear(self) -> bool:
        return not self.waiting and not self.flaws

    @property
    def doubts(self) -> tuple[Flaw, ...]:
        """Those of the flaws that are questions."""
        return tuple(flaw for flaw in self.flaws if flaw.is_doubt)
