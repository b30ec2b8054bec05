"""The field's own words as closed lists: one row per term, with all that is known of it.

A row is the value that is stored, the bokmål word, and the term's facts; what needs to know something of a
term asks it, and none lists the terms again. `docs/architecture.md` says what a new row needs beside it.
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from strategy.dates import Span
from strategy.i18n import _, mark


class Term(StrEnum):
    """A closed list whose members know their own word, and have their facts as attributes."""

    _value_: str
    word: str

    def __new__(cls, value: str, word: str = "", facts: Any = None) -> Self:
        term = str.__new__(cls, value)
        term._value_, term.word = value, word
        for fact in fields(facts) if facts else ():
            setattr(term, fact.name, getattr(facts, fact.name))
        return term

    @property
    def label(self) -> str:
        """The word in the user's language; `word` is the bokmål."""
        return _(self.word)


@dataclass(frozen=True, slots=True)
class Work:
    """`is_open`: work is still expected, so deadlines and silence matter; `is_under_way`: it goes on now.

    `meaning` goes on from the word and a dash.
    """

    meaning: str
    is_open: bool = True
    is_under_way: bool = False


class Phase(Term):
    """Where the work is; said by a person, never computed."""

    NOT_STARTED = "not_started", mark("Ikke startet"), Work(mark("ingen har begynt"))
    PLANNED = "planned", mark("Planlagt"), Work(mark("det er avtalt hvem og når, men ikke begynt"))
    IN_PROGRESS = (
        "in_progress",
        mark("Pågår"),
        Work(mark("arbeidet er i gang, og skal bli ferdig"), is_under_way=True),
    )
    CONTINUOUS = (
        "continuous",
        mark("Løpende"),
        Work(mark("gjøres hele tiden, uten en slutt"), is_under_way=True),
    )
    ON_HOLD = "on_hold", mark("Satt på vent"), Work(mark("stanset, men skal tas opp igjen"))
    COMPLETED = "completed", mark("Fullført"), Work(mark("gjort, og ingenting gjenstår"), is_open=False)
    DROPPED = "dropped", mark("Utgått"), Work(mark("skal ikke gjøres likevel"), is_open=False)

    meaning: str
    is_open: bool
    is_under_way: bool


@dataclass(frozen=True, slots=True)
class Colours:
    """Of a mark on the light ground, on the dark one, on either (`middle`), and of text on white paper.

    `bar` is what a part of a bar is filled with on paper, and `in_bar` the text in it.
    """

    light: str
    dark: str
    middle: str
    text: str
    bar: str
    in_bar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is known of an assessment.

    `mark` always stands beside the colour; `shape` is its name in plotly, `typed` what a bare console shows;
    `tone` is the colour by Streamlit's name, and `address` the word in an address. `predicate` goes on from
    «tiltaket …», and `meaning` from the word and a dash. Where what may be shown is counted, `legend` is the
    word, since grey then stands for what is too old as well.

    `is_judged`: somebody has said how it goes. `is_deviation`: it asks for a cause and a remedy; what is not
    on track may be none. `is_serious`: it needs attention for this alone.
    """

    mark: str
    shape: str
    typed: str
    tone: str
    colours: Colours
    address: str
    predicate: str
    meaning: str
    legend: str = ""
    is_judged: bool = True
    is_on_track: bool = False
    is_deviation: bool = False
    is_serious: bool = False


class Assessment(Term):
    """How it goes, as a person judges it; the best first, and last what is not judged."""

    ON_TRACK = "on_track", mark("I rute"), Judgement(
        mark="●", shape="circle", typed="*", tone="green", address="i-rute",
        colours=Colours("#1d6a54", "#96dcbe", "#2b9d66", text="#165541", bar="#1d6a54", in_bar="#ffffff"),
        predicate=mark("er i rute"),
        meaning=mark("det går som planlagt, og fristen holder"),
        is_on_track=True,
    )  # fmt: skip
    SOME_DEVIATION = "some_deviation", mark("Noe avvik"), Judgement(
        mark="▲", shape="triangle-up", typed="^", tone="orange", address="noe-avvik",
        colours=Colours("#b8741a", "#e0a040", "#c97a07", text="#7d4a08", bar="#b8741a", in_bar="#0f1620"),
        predicate=mark("har noe avvik"),
        meaning=mark("det er noe i veien, men det kan rettes opp innen fristen"),
        is_deviation=True,
    )  # fmt: skip
    MAJOR_DEVIATION = "major_deviation", mark("Vesentlig avvik"), Judgement(
        mark="■", shape="square", typed="#", tone="red", address="vesentlig-avvik",
        colours=Colours("#9a1f17", "#d9553f", "#bf302c", text="#8c1a13", bar="#9a1f17", in_bar="#ffffff"),
        predicate=mark("har vesentlig avvik"),
        meaning=mark("fristen eller målet nås ikke uten at noe endres"),
        is_deviation=True, is_serious=True,
    )  # fmt: skip
    NOT_ASSESSED = "not_assessed", mark("Ikke vurdert"), Judgement(
        mark="○", shape="circle-open", typed="o", tone="gray", address="uten-vurdering",
        colours=Colours("#7b828c", "#97a1ad", "#707780", text="#4b5563", bar="#e6e0d4", in_bar="#0f1620"),
        predicate=mark("er ikke vurdert"),
        meaning=mark("det er for tidlig å si, eller ingen har vurdert det"),
        legend=mark("Uten fersk vurdering"), is_judged=False,
    )  # fmt: skip

    mark: str
    shape: str
    typed: str
    tone: str
    colours: Colours
    address: str
    predicate: str
    meaning: str
    legend: str
    is_judged: bool
    is_on_track: bool
    is_deviation: bool
    is_serious: bool

    @property
    def marked(self) -> str:
        """The shape and the word: «● I rute»."""
        return f"{self.mark} {self.label}"

    @property
    def rank(self) -> int:
        """The worst is 0, and what is not judged comes after the best."""
        judged = [each for each in Assessment if each.is_judged]
        return judged[::-1].index(self) if self.is_judged else len(judged)

    @property
    def shown_as(self) -> str:
        """Its word in a legend of what may be shown."""
        return _(self.legend or self.word)


MARKS = "".join(each.mark for each in Assessment)


@dataclass(frozen=True, slots=True)
class Answer:
    """`is_settled`: nothing more is owed."""

    is_settled: bool = True


class Settlement(Term):
    """What became of the next step the report before promised by a day."""

    DONE = "done", mark("Gjort"), Answer()
    NOT_YET = "not_yet", mark("Ikke ennå"), Answer(is_settled=False)
    WITHDRAWN = "withdrawn", mark("Trukket"), Answer()

    is_settled: bool


class Reached(Term):
    """Did we get what we wanted; one answer per goal or subgoal and year."""

    REACHED = "reached", mark("Nådd")
    PARTLY = "partly", mark("Delvis nådd")
    NOT_REACHED = "not_reached", mark("Ikke nådd")
    TOO_EARLY = "too_early", mark("For tidlig å vurdere")


class Kind(Term):
    """A measure with an end, or a standing commitment."""

    LIMITED = "limited", mark("Tidsavgrenset")
    CONTINUOUS = "continuous", mark("Løpende")


class Part(Term):
    """What a person has to do with a measure."""

    RESPONSIBLE = "responsible", mark("Ansvarlig")
    CONTRIBUTOR = "contributor", mark("Medansvarlig")
    REVIEWER = "reviewer", mark("Kvalitetssikrer")

    @property
    def reports(self) -> bool:
        """Whether it comes with a link to report by."""
        return self is not Part.REVIEWER


class Direction(Term):
    """Which way an indicator should go."""

    UP = "up", mark("Øke")
    DOWN = "down", mark("Redusere")
    HOLD = "hold", mark("Holde nivået")
    YES_NO = "yes_no", mark("Ja eller nei")
    FOLLOW = "follow", mark("Følges uten mål")

    def leads(self, start: Decimal, end: Decimal) -> bool:
        """Whether the way from one number to the other is this way; only up and down have a way."""
        if self is Direction.UP:
            return end > start
        return end < start if self is Direction.DOWN else True


class Controllability(Term):
    """How much of an indicator is in our own hands; low means context, never coloured."""

    HIGH = "high", mark("Høy – NOKU avgjør selv")
    MEDIUM = "medium", mark("Middels – NOKU påvirker")
    LOW = "low", mark("Lav – bare som kontekst")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The months of a period, and the most days between two measurements; None where nobody can say.

    `span` is the kind of period, None where any will do; `every` how many years there are between them.
    """

    months: int = 12
    days_between: int | None = None
    span: Span | None = None
    every: int = 1


class Frequency(Term):
    """How often an indicator is measured."""

    QUARTER = "quarter", mark("Hvert kvartal"), Rhythm(3, 92, Span.QUARTER)
    HALF_YEAR = "half_year", mark("Hvert halvår"), Rhythm(6, 184, Span.HALF_YEAR)
    YEAR = "year", mark("Hvert år"), Rhythm(12, 366, Span.YEAR)
    EVENT = "event", mark("Etter hvert arrangement"), Rhythm()
    ELECTION_YEAR = "election_year", mark("Hvert valgår"), Rhythm(span=Span.YEAR, every=2)
    EXTERNAL = "external", mark("Når kilden publiserer"), Rhythm()

    months: int
    days_between: int | None
    span: Span | None
    every: int

    def is_year_of(self, year: int) -> bool:
        """Whether it is measured in a year; elections are held in the odd ones."""
        return self.every == 1 or year % 2 == 1


class Covers(Term):
    """What one number of an indicator says something of."""

    PERIOD = "period", mark("Sum over en periode")
    DAY = "day", mark("Tall på en dag")


class Quality(Term):
    """How sure a measured value is."""

    PRELIMINARY = "preliminary", mark("Foreløpig")
    FINAL = "final", mark("Endelig")
    NOT_MEASURED = "not_measured", mark("Ikke målt i perioden")


@dataclass(frozen=True, slots=True)
class Step:
    """`onward` is what the button to the next state says, `tone` the colour of the badge by Streamlit's name.

    `is_held`: the board meets or has met.
    """

    onward: str = ""
    tone: str = "gray"
    is_held: bool = False
    is_locked: bool = False


class MeetingState(Term):
    """How far a board meeting has come, step by step; each is a change, and from closed on it is locked."""

    DRAFT = "draft", mark("Utkast"), Step(mark("Kall inn og lås tallene"))
    CALLED = "called", mark("Innkalt"), Step(mark("Start møtet"), "blue")
    UNDER_WAY = "under_way", mark("I gang"), Step(mark("Avslutt møtet"), "violet", is_held=True)
    CLOSED = "closed", mark("Avsluttet"), Step(mark("Godkjenn protokollen"), is_held=True, is_locked=True)
    APPROVED = "approved", mark("Protokoll godkjent"), Step(is_held=True, is_locked=True)

    onward: str
    tone: str
    is_held: bool
    is_locked: bool

    @property
    def following(self) -> "MeetingState | None":
        """The state one step on; None where there is no more to do."""
        *_before, last = MeetingState
        states = list(MeetingState)
        return None if self is last else states[states.index(self) + 1]


class ItemKind(Term):
    """What a case on the agenda asks of the board."""

    DECISION = "decision", mark("Vedtakssak")
    ORIENTATION = "orientation", mark("Orienteringssak")
    DISCUSSION = "discussion", mark("Diskusjonssak")


class ItemContent(Term):
    """What a case is about, where the program can write its paper or its proposal."""

    PLAIN = "plain", mark("Vanlig sak")
    CALLING = "calling", mark("Godkjenning av innkalling og dagsorden")
    MINUTES = "minutes", mark("Godkjenning av protokoll")
    STATUS = "status", mark("Status for handlingsplanen")
    FOLLOW_UP = "follow_up", mark("Oppfølging av vedtak")
    MEETING_PLAN = "meeting_plan", mark("Møteplan")
    ANY_OTHER = "any_other", mark("Eventuelt")


class ItemState(Term):
    """Whether a case has been treated."""

    OPEN = "open", mark("Åpen")
    TREATED = "treated", mark("Behandlet")
    POSTPONED = "postponed", mark("Utsatt")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`is_open`: it stands on every agenda until it is closed."""

    is_open: bool = False


class DecisionState(Term):
    """What has come of a decision."""

    OPEN = "open", mark("Åpen"), FollowUp(is_open=True)
    DONE = "done", mark("Fulgt opp"), FollowUp()
    CANCELLED = "cancelled", mark("Avsluttet uten oppfølging"), FollowUp()

    is_open: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """`is_decided`: it must have its grounds in a decision."""

    is_decided: bool = True


class Effect(Term):
    """What a decision does to a thing in the plan; a correction of a slip needs no decision."""

    ADOPTED = "adopted", mark("Vedtatt"), Weight()
    AMENDED = "amended", mark("Endret"), Weight()
    POSTPONED = "postponed", mark("Utsatt"), Weight()
    DROPPED = "dropped", mark("Utgått"), Weight()
    CORRECTED = "corrected", mark("Skrivefeil rettet"), Weight(is_decided=False)

    is_decided: bool


class DraftState(Term):
    """Where a report sent in by link is."""

    SUBMITTED = "submitted", mark("Venter på sekretariatet")
    ACCEPTED = "accepted", mark("Godtatt")
    RETURNED = "returned", mark("Sendt tilbake")


class MailState(Term):
    """What is known of one mail; `sending` left behind by a fall is uncertain."""

    SENDING = "sending", mark("Usikker – sendingen ble avbrutt")
    SENT = "sent", mark("Sendt")
    FAILED = "failed", mark("Ikke sendt")


@dataclass(frozen=True, slots=True)
class Content:
    """What a browser is told a file is, the endings its name may have, and whether it is shown."""

    mime: str
    endings: tuple[str, ...]
    is_picture: bool = False


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


class FileType(Term):
    """What kind of file may be attached; what a browser would run, as HTML and SVG, is not here."""

    PDF = "pdf", mark("PDF"), Content("application/pdf", (".pdf",))
    JPEG = "jpeg", mark("bilde (JPEG)"), Content("image/jpeg", (".jpg", ".jpeg"), is_picture=True)
    PNG = "png", mark("bilde (PNG)"), Content("image/png", (".png",), is_picture=True)
    WEBP = "webp", mark("bilde (WebP)"), Content("image/webp", (".webp",), is_picture=True)
    DOCX = "docx", mark("Word"), Content(f"{_OOXML}wordprocessingml.document", (".docx",))
    XLSX = "xlsx", mark("Excel"), Content(f"{_OOXML}spreadsheetml.sheet", (".xlsx",))
    PPTX = "pptx", mark("PowerPoint"), Content(f"{_OOXML}presentationml.presentation", (".pptx",))
    ODT = "odt", mark("OpenDocument-tekst"), Content(f"{_ODF}text", (".odt",))
    ODS = "ods", mark("OpenDocument-regneark"), Content(f"{_ODF}spreadsheet", (".ods",))
    TXT = "txt", mark("tekst"), Content("text/plain", (".txt",))
    CSV = "csv", mark("tabell (CSV)"), Content("text/csv", (".csv",))

    mime: str
    endings: tuple[str, ...]
    is_picture: bool


class Via(Term):
    """Which door a change came in by; by the undoing, each row says what stood two versions before it."""

    PAGE = "page", mark("Nettsiden")
    YAML = "yaml", mark("Planfila")
    CLI = "cli", mark("Kommandolinja")
    EXCEL = "excel", mark("Excel")
    LINK = "link", mark("Lenke")
    MAIL = "mail", mark("E-post")
    UNDO = "undo", mark("Angring")
    EXAMPLE = "example", mark("Eksempeldata")
