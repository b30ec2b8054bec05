"""The plan file: read from disk, kept with the change that loaded it, written back as its author wrote it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from strategy import document, tables, texts
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.snapshot import Flat, Snapshot


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan file as its author wrote it, to the letter, and the things it asks for."""

    text: str
    things: Flat

    @property
    def strategy(self) -> str:
        """The key of the strategy it is the file of."""
        (key,) = (key for kind, key in self.things if kind == "strategy")
        return key


def opened(path: Path) -> PlanFile:
    """The plan file on disk. Raises `BadInput` with every problem, one to a line."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(
            _("Kan ikke lese {file}: {why}.").format(file=path.name, why=texts.why(error))
        ) from None
    plan, problems = document.read(raw)
    if plan is None:
        raise BadInput("\n".join(str(problem) for problem in problems))
    return PlanFile(raw.decode(), document.things(plan))


def read(path: Path) -> Flat:
    """The things a file on disk asks for; raises as `opened`."""
    return opened(path).things


def written(session: Session, plan: Snapshot) -> str:
    """The plan as it stands as the file its author wrote, with only what has changed since written anew."""
    kept = stored(session, plan.strategy.key, plan.change_id)
    return document.write(plan.flat, plan.strategy.key, kept[0] if kept else "")


def stored(session: Session, strategy: str, as_of: int) -> tuple[str, int] | None:
    """The text of the file loaded last as of a change, and the change that kept it; None where none was."""
    t = tables.PlanFile.__table__.c
    mine = sa.select(t.text, t.change_id).where(t.strategy == strategy, t.change_id <= as_of)
    found = session.execute(mine.order_by(t.version.desc()).limit(1)).first()
    return (found.text, found.change_id) if found else None


@lru_cache(maxsize=8)
def things_of(text: str) -> Flat | None:
    """The things of a text that was loaded once, never to be altered; None where it is no plan any more."""
    plan, _problems = document.read(text.encode())
    return document.things(plan) if plan else None
