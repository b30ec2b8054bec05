"""Keys of what is attached to a thing: comments, and links to documents."""

from sqlmodel import Session

from strategy import tables
from strategy.record.saving import next_key


def comment_key(session: Session, strategy: str) -> str:
    """A key for the next comment; also those taken away keep theirs."""
    return next_key(session, tables.Comment, strategy, "kommentar-")


def link_key(session: Session, strategy: str) -> str:
    """A key for the next link; also those taken away keep theirs."""
    return next_key(session, tables.Link, strategy, "lenke-")
