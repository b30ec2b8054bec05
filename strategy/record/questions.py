"""What is asked before a meeting and answered, and why a seeming contradiction stands."""

from typing import Any

from sqlmodel import Session

from strategy import tables
from strategy.access import Role
from strategy.record.by import By
from strategy.record.saving import Saved, next_key
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one


def question_key(session: Session, strategy: str) -> str:
    """A key for a new question."""
    return next_key(session, tables.Question, strategy, "sporsmal-")


def question(by: By, key: str, base_version: int, **fields: Any) -> Saved:
    """Ask about a measure before a meeting, or put one's own question otherwise.

    `asked_by` is a seat or a role; a board member always asks in their own name.
    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    asked_by = fields.pop("asked_by", "")
    if by.actor.role < Role.SECRETARIAT or not (asked_by or base_version):
        asked_by = by.actor.person or by.actor.name
    said = fields | ({"asked_by": asked_by} if asked_by else {})
    return save_one(by, Wanted("question", key, base_version, said))


def answer(by: By, key: str, base_version: int, **fields: Any) -> Saved:
    """Answer a question, as the secretariat or as who answers for the measure; also after the meeting.

    Raises as `question`.
    """
    said = {"answered_by": by.actor.person or by.actor.name, **fields}
    return save_one(by, Wanted("question", key, base_version, said))


def explanation(by: By, base_version: int, **fields: Any) -> Saved:
    """Say in a `text` why what is said of a `thing` stands although it seems to `clash`, for a `meeting`.

    It is printed in the papers. Whoever may report on the thing may explain it. Raises as `question`.
    """
    key = "@".join(fields.pop(name) for name in ("meeting", "thing", "clash"))
    return save_one(by, Wanted("explanation", key, base_version, fields))


def unexplained(by: By, base_version: int, **fields: Any) -> Saved:
    """Put what is said of a `thing` and seems to `clash` forward to a `meeting` without an explanation.

    The papers say so, with who did it and when. Raises as `question`.
    """
    said = {**fields, "text": "", "unexplained": True}
    return explanation(by, base_version, **said)
