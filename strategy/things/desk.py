"""The secretariat's desk: what is attached to things, what is sent in, and what is sent out."""

from dataclasses import dataclass
from datetime import date

from strategy import terms, texts
from strategy.i18n import mark
from strategy.things.shape import Thing, Where, given, line, paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Thing):
    """The tags of a measure; key is the measure's."""

    tags: tuple[str, ...] = line(mark("stikkord"), (), where=Where.TABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Thing):
    """A document or web page attached to `thing`, the key of anything in the plan or of a meeting's case."""

    thing: str = given(mark("gjelder"))
    title: str = line(mark("tittel"))
    url: str = line(mark("adresse"), limit=texts.ADDRESS)
    order: int = given(mark("rekkefølge"), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Thing):
    """A document or a photo on `thing`; its content lies beside the database, named by its SHA-256 in hex.

    `title` is what it is called, without an ending; `size` is in bytes.
    """

    thing: str = given(mark("gjelder"))
    title: str = line(mark("tittel"), called=mark("Navnet på fila"))
    format: terms.FileType = given(mark("filtype"))
    size: int = given(mark("størrelse"))
    sha256: str = given(mark("fingeravtrykk"))
    order: int = given(mark("rekkefølge"), 0)

    @property
    def name(self) -> str:
        """What it is called where it is taken away to."""
        return f"{self.title}{self.format.endings[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Thing):
    """A note on a thing; `mentions` are keys of persons, who are told in their next digest."""

    thing: str = given(mark("gjelder"))
    text: str = paragraph(mark("tekst"), called=mark("Kommentar"))
    mentions: tuple[str, ...] = given(mark("nevnt"), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Thing):
    """A report somebody without an account sent in; key `measure@person`.

    `base` is the version of the status report it was written on.
    """

    measure: str = given(mark("tiltak"))
    person: str = given(mark("rolle"))
    base: int = given(mark("bygger på rapport nummer"))
    phase: terms.Phase | None = given(mark("fase"), None)
    assessment: terms.Assessment = given(mark("vurdering"))
    done: str = paragraph(mark("dette er gjort"), "")
    cause: str = paragraph(mark("årsak"), "")
    remedy: str = paragraph(mark("tiltak for å rette opp"), "")
    next_step: str = paragraph(mark("neste steg"), "")
    next_due: date | None = given(mark("neste steg innen"), None)
    promise: terms.Settlement | None = given(mark("løftet fra sist"), None)
    state: terms.DraftState = given(mark("tilstand"), terms.DraftState.SUBMITTED)
    word: str = paragraph(mark("beskjed"), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLink(Thing):
    """A link for `person` to report on `measures`, or on all they answer for; when withdrawn it is retired.

    The address itself is not stored: it is signed with a key of the database's own.
    """

    person: str = given(mark("rolle"))
    measures: tuple[str, ...] = given(mark("tiltak"), ())
    expires_on: date = given(mark("utløper"))

    def holds(self, day: date) -> bool:
        """Whether it can be used on `day`, if it is not withdrawn."""
        return day <= self.expires_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail(Thing):
    """One mail to a person, or to the fallback in their place; its address is not here. Key `person@day`."""

    person: str = given(mark("rolle"))
    recipient: str = given(mark("sendt til"))
    day: date = given(mark("dag"))
    subject: str = line(mark("emne"))
    about: tuple[str, ...] = given(mark("gjelder"), ())
    state: terms.MailState = given(mark("tilstand"))
    problem: str = paragraph(mark("feil"), "")
