"""What is attached to a thing: keys of comments and of links to documents, and files."""

from hashlib import sha256
from pathlib import Path

from sqlmodel import Session

from strategy import attachments, tables
from strategy.attachments import Judged
from strategy.record.by import By
from strategy.record.saving import Saved, next_key
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one


def comment_key(session: Session, strategy: str) -> str:
    """A key for the next comment; also those taken away keep theirs."""
    return next_key(session, tables.Comment, strategy, "kommentar-")


def link_key(session: Session, strategy: str) -> str:
    """A key for the next link; also those taken away keep theirs."""
    return next_key(session, tables.Link, strategy, "lenke-")


def attach(by: By, folder: Path, thing: str, file: Judged) -> Saved:
    """Keep a file in `folder`, the database's own, and attach it to a thing; if one fails, both do.

    It is on the disk before the row is committed: a row that is there has its file. Where the commit itself
    fails, a file that no row names is left, which is in nobody's way.
    """
    name = sha256(file.content).hexdigest()
    said = {"title": file.title, "format": file.format, "size": len(file.content), "sha256": name}
    key = next_key(by.session, tables.Attachment, by.strategy, "fil-")
    saved = save_one(by, Wanted("attachment", key, 0, {"thing": thing, **said}))
    attachments.put(folder, file.content)
    return saved
