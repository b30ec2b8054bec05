"""Every refusal of the program as one tree, with its exit code, HTTP status and tone on the page.

    Refusal
    ├── NotAllowed      the actor may not do this
    ├── NotFound        no such thing
    ├── BadInput        what was given cannot be used; says where and what to do
    │   └── Doubtful    it looks wrong, and is saved once somebody says that it is right
    ├── Conflict        somebody saved first; carries both texts
    ├── Several         of many edits some cannot be made, so none was; carries every one of them
    ├── Tampered        the hash chain does not hold
    ├── Uncertain       the disk failed while saving; look before you save again
    └── Unavailable     the database is busy, missing or of another version
        └── Damaged     what is stored cannot be read; a backup is the way back

A mistake in the author's YAML is not here: it is a value with a line number (`document.Problem`).
"""

from typing import Any, ClassVar


class Refusal(Exception):
    """Something the program will not do; its text is a sentence the user can act on."""

    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 400
    tone: ClassVar[str] = "error"


class NotAllowed(Refusal):
    status = 403


class NotFound(Refusal):
    status = 404


class BadInput(Refusal):
    """`field` is what a user calls the form field or argument at fault, and `name` what `things` does."""

    status = 422
    tone = "warning"

    def __init__(self, message: str, field: str = "", name: str = "") -> None:
        super().__init__(message)
        self.field, self.name = field, name


class Doubtful(BadInput):
    """A question: what was given may be right."""


class Conflict(Refusal):
    """`key` was saved by somebody else: `theirs` is what stands there now, by field name.

    `clashes` is what has to be chosen, as in `record.merging`; empty where nothing of it can be merged.
    """

    status = 409
    tone = "warning"

    def __init__(
        self, message: str, key: str, version: int, theirs: dict[str, Any], clashes: tuple[Any, ...] = ()
    ) -> None:
        super().__init__(message)
        self.key = key
        self.version = version
        self.theirs = theirs
        self.clashes = clashes


class Several(Refusal):
    """`clashes` are where somebody saved first, `flaws` what cannot be used, as in `record.save`."""

    status = 409
    tone = "warning"

    def __init__(self, message: str, clashes: tuple[Any, ...], flaws: tuple[Any, ...]) -> None:
        super().__init__(message)
        self.clashes = clashes
        self.flaws = flaws


class Tampered(Refusal):
    """Change number `change` is the first that does not hold."""

    status = 500

    def __init__(self, message: str, change: int) -> None:
        super().__init__(message)
        self.change = change


class Uncertain(Refusal):
    status = 503


class Unavailable(Refusal):
    status = 503


class Damaged(Unavailable):
    pass
