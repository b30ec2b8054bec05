"""The board: how it works, who sits on it, its meetings, cases and decisions, and what it asks."""

from dataclasses import dataclass
from datetime import date

from strategy import dates, terms
from strategy.i18n import mark
from strategy.things.shape import Thing, document, given, line, paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Thing):
    """How the board and the secretariat work; one row, key `styret`.

    Days are counted back from a meeting; `reminders` before what is due, `overdue_reminders` after.
    """

    key: str = "styret"
    papers_days: int = given(mark("sakspapirer ut, dager før møtet"), 7, called=mark("Sakspapirer ut"))
    updates_days: int = given(mark("rapporter inne, dager før møtet"), 14, called=mark("Rapporter inne"))
    reminders: tuple[int, ...] = given(
        mark("påminnelser, dager før fristen"), (30, 7, 1), called=mark("Påminnelser før fristen")
    )
    overdue_reminders: tuple[int, ...] = given(
        mark("påminnelser, dager etter fristen"), (1, 7, 30), called=mark("Påminnelser etter fristen")
    )
    mail_gap: int = given(mark("dager mellom e-poster"), 5)
    mail_ceiling: int = given(mark("e-poster per kvartal, høyst"), 6, called=mark("E-poster per kvartal"))
    fallback: str = given(mark("reserve for påminnelser"), "", called=mark("Reserve"))
    quorum: int | None = given(mark("beslutningsdyktig med minst"), None, called=mark("Beslutningsdyktig"))
    mail_text: str | None = paragraph(
        mark("egen tekst i påminnelser"), None, called=mark("Egen tekst i påminnelser")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Thing):
    """A seat on the board (verv), never a name: who holds it is in `contact`. `until` is not in it."""

    title: str = line(mark("tittel"), called=mark("Verv"))
    order: int = given(mark("rekkefølge"))
    deputy: bool = given(mark("vara"), False)
    since: date | None = given(mark("fra"), None)
    until: date | None = given(mark("til"), None)

    def holds(self, day: date) -> bool:
        """Whether it exists on `day`."""
        return dates.holds(self.since, self.until, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Thing):
    """A board meeting, `number` within the board's `period`.

    `as_of` and `reported_on` are the change and the day its papers hold for, once they are frozen. `present`
    and `absent` are keys of seats, `chair` is one; `secretary` is a role in words.
    """

    number: int = given(mark("nummer"))
    period: str = line(mark("periode"))
    held_on: date = given(mark("dato"))
    starts: str = line(mark("klokkeslett"), "")
    place: str = line(mark("sted"), "")
    state: terms.MeetingState = given(mark("tilstand"), terms.MeetingState.DRAFT)
    present: tuple[str, ...] = given(mark("til stede"), ())
    absent: tuple[str, ...] = given(mark("forfall"), ())
    chair: str = line(mark("møteleder"), "")
    secretary: str = line(mark("referent"), "")
    as_of: int | None = given(mark("rapporterer på endring"), None)
    reported_on: date | None = given(mark("status per"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem(Thing):
    """A case for the board; `number` runs within the calendar `year`. It keeps its key when it is moved on.

    `withheld` is the reason it is kept from the public, empty where it is not.
    """

    meeting: str = given(mark("møte"))
    order: int = given(mark("rekkefølge"))
    number: int | None = given(mark("nummer"), None)
    year: int | None = given(mark("år"), None)
    title: str = line(mark("tittel"), called=mark("Sak"))
    kind: terms.ItemKind = given(mark("type"))
    content: terms.ItemContent = given(mark("innhold"), terms.ItemContent.PLAIN)
    state: terms.ItemState = given(mark("tilstand"), terms.ItemState.OPEN)
    handler: str = line(mark("saksbehandler"), "")
    responsible: str = line(mark("ansvarlig"), "")
    proposal: str = paragraph(mark("forslag"), "", called=mark("Forslag til vedtak"))
    summary: str = document(mark("sammendrag"), "")
    background: str = document(mark("bakgrunn"), "")
    status: str = document(mark("status"), "")
    considerations: str = document(mark("vurdering"), "")
    consequences: str = document(mark("økonomiske og administrative konsekvenser"), "")
    follow_up: str = document(mark("videre oppfølging"), "")
    discussion: str = document(mark("behandling"), "")
    measures: tuple[str, ...] = given(mark("tiltak"), ())
    withheld: str = line(mark("unntatt offentlighet"), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Thing):
    """What the board decided in a case; `effect` is what it does to `measures`, if anything."""

    meeting: str = given(mark("møte"))
    item: str = given(mark("sak"))
    text: str = paragraph(mark("tekst"), called=mark("Vedtak"))
    votes_for: int | None = given(mark("stemmer for"), None)
    votes_against: int | None = given(mark("stemmer mot"), None)
    votes_abstaining: int | None = given(mark("avholdende"), None)
    casting_vote: bool | None = given(mark("møteleders dobbeltstemme"), None)
    dissent: str = paragraph(mark("protokolltilførsel"), "")
    measures: tuple[str, ...] = given(mark("tiltak"), ())
    effect: terms.Effect | None = given(mark("virkning"), None)
    responsible: str = line(mark("ansvarlig"), "")
    due: date | None = given(mark("frist"), None)
    state: terms.DecisionState = given(mark("tilstand"), terms.DecisionState.OPEN)
    outcome: str = paragraph(mark("oppfølging"), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Thing):
    """What permits a change of adopted text, a deadline or a thing's existence, in that same change.

    Key is `thing@vedtak-n`. `kind` is the thing's table; `decision` is empty for a correction and where no
    decision was named, then `note` says why or where.
    """

    kind: str = given(mark("type"))
    thing: str = given(mark("gjelder"))
    effect: terms.Effect = given(mark("virkning"))
    decision: str = given(mark("vedtak"), "")
    note: str = paragraph(mark("merknad"), "", called=mark("Grunnlag"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Thing):
    """A board member's question on a measure before a meeting, and its answer."""

    meeting: str = given(mark("møte"))
    measure: str = given(mark("tiltak"))
    text: str = paragraph(mark("tekst"), called=mark("Spørsmål"))
    asked_by: str = line(mark("spurt av"))
    answer: str = paragraph(mark("svar"), "")
    answered_by: str = line(mark("besvart av"), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Thing):
    """Why what was said of `thing` stands although it seems to clash; key is `meeting@thing@clash`.

    Without a text it is `unexplained`: put forward to the meeting as that, by an act of its own.
    """

    meeting: str = given(mark("møte"))
    thing: str = given(mark("gjelder"))
    clash: str = given(mark("motstrid"))
    text: str = paragraph(mark("tekst"), called=mark("Forklaring"))
    unexplained: bool | None = given(mark("lagt fram som uforklart"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence(Thing):
    """The opened answers on one goal, 0–10, in ascending order and without who; key `meeting@goal`."""

    meeting: str = given(mark("møte"))
    goal: str = given(mark("hovedmål"))
    answers: tuple[int, ...] = given(mark("svar"), ())
