"""The field's own words as closed lists: what a phase, an assessment or a direction can be, and its label."""

from enum import StrEnum

from strategy.i18n import _, mark


class Term(StrEnum):
    """A closed list whose members know their own word in the user's language."""

    @property
    def label(self) -> str:
        return _(LABELS[self])


class Phase(Term):
    """Where the work is; said by a person, never computed."""

    NOT_STARTED = "not_started"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    CONTINUOUS = "continuous"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Whether work is still expected (deadlines and silence matter)."""
        return self not in (Phase.COMPLETED, Phase.DROPPED)


class Assessment(Term):
    """How it goes, as a person judges it."""

    ON_TRACK = "on_track"
    SOME_DEVIATION = "some_deviation"
    MAJOR_DEVIATION = "major_deviation"
    NOT_ASSESSED = "not_assessed"

    @property
    def mark(self) -> str:
        """The shape that always stands beside the colour: ● ▲ ■ ○."""
        return {"on_track": "●", "some_deviation": "▲", "major_deviation": "■", "not_assessed": "○"}[self]

    @property
    def marked(self) -> str:
        """The shape and the word: «● I rute»."""
        return f"{self.mark} {self.label}"

    @property
    def is_deviation(self) -> bool:
        return self in (Assessment.SOME_DEVIATION, Assessment.MAJOR_DEVIATION)


class Reached(Term):
    """Did we get what we wanted; one answer per goal or subgoal and year."""

    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"
    TOO_EARLY = "too_early"


class Kind(Term):
    """A measure with an end, or a standing commitment."""

    LIMITED = "limited"
    CONTINUOUS = "continuous"


class Part(Term):
    """What a person has to do with a measure."""

    RESPONSIBLE = "responsible"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"


class Direction(Term):
    """Which way an indicator should go."""

    UP = "up"
    DOWN = "down"
    HOLD = "hold"
    YES_NO = "yes_no"
    FOLLOW = "follow"


class Controllability(Term):
    """How much of an indicator is in our own hands; low means context, never coloured."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Frequency(Term):
    """How often an indicator is measured."""

    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    EVENT = "event"
    ELECTION_YEAR = "election_year"
    EXTERNAL = "external"


class Quality(Term):
    """How sure a measured value is."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    NOT_MEASURED = "not_measured"


class MeetingState(Term):
    """How far a board meeting has come; each step is a change, and from closed on it is locked."""

    DRAFT = "draft"
    CALLED = "called"
    UNDER_WAY = "under_way"
    CLOSED = "closed"
    APPROVED = "approved"

    @property
    def is_locked(self) -> bool:
        return self in (MeetingState.CLOSED, MeetingState.APPROVED)


class ItemKind(Term):
    """What a case on the agenda asks of the board."""

    DECISION = "decision"
    ORIENTATION = "orientation"
    DISCUSSION = "discussion"


class ItemContent(Term):
    """What a case is about, where the program can write its paper or its proposal."""

    PLAIN = "plain"
    CALLING = "calling"
    MINUTES = "minutes"
    STATUS = "status"
    FOLLOW_UP = "follow_up"
    MEETING_PLAN = "meeting_plan"
    ANY_OTHER = "any_other"


class ItemState(Term):
    """Whether a case has been treated."""

    OPEN = "open"
    TREATED = "treated"
    POSTPONED = "postponed"


class DecisionState(Term):
    """What has come of a decision; an open one stands on every agenda until it is closed."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Effect(Term):
    """What a decision does to a thing in the plan; a correction of a slip needs no decision."""

    ADOPTED = "adopted"
    AMENDED = "amended"
    POSTPONED = "postponed"
    DROPPED = "dropped"
    CORRECTED = "corrected"


class DraftState(Term):
    """Where a report sent in by link is."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class MailState(Term):
    """What is known of one mail; `sending` left behind by a fall is uncertain."""

    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Via(Term):
    """Which door a change came in by; by the undoing, each row says what stood two versions before it."""

    PAGE = "page"
    YAML = "yaml"
    CLI = "cli"
    EXCEL = "excel"
    LINK = "link"
    MAIL = "mail"
    UNDO = "undo"
    EXAMPLE = "example"


LABELS: dict[Term, str] = {
    Phase.NOT_STARTED: mark("Ikke startet"),
    Phase.PLANNED: mark("Planlagt"),
    Phase.IN_PROGRESS: mark("Pågår"),
    Phase.CONTINUOUS: mark("Løpende"),  # Kind.CONTINUOUS is the same string and so the same entry
    Phase.ON_HOLD: mark("Satt på vent"),
    Phase.COMPLETED: mark("Fullført"),
    Phase.DROPPED: mark("Utgått"),
    Assessment.ON_TRACK: mark("I rute"),
    Assessment.SOME_DEVIATION: mark("Noe avvik"),
    Assessment.MAJOR_DEVIATION: mark("Vesentlig avvik"),
    Assessment.NOT_ASSESSED: mark("Ikke vurdert"),
    Reached.REACHED: mark("Nådd"),
    Reached.PARTLY: mark("Delvis nådd"),
    Reached.NOT_REACHED: mark("Ikke nådd"),
    Reached.TOO_EARLY: mark("For tidlig å vurdere"),
    Kind.LIMITED: mark("Tidsavgrenset"),
    Part.RESPONSIBLE: mark("Ansvarlig"),
    Part.CONTRIBUTOR: mark("Medansvarlig"),
    Part.REVIEWER: mark("Kvalitetssikrer"),
    Direction.UP: mark("Øke"),
    Direction.DOWN: mark("Redusere"),
    Direction.HOLD: mark("Holde nivået"),
    Direction.YES_NO: mark("Ja eller nei"),
    Direction.FOLLOW: mark("Følges uten mål"),
    Controllability.HIGH: mark("Høy – NOKU avgjør selv"),
    Controllability.MEDIUM: mark("Middels – NOKU påvirker"),
    Controllability.LOW: mark("Lav – bare som kontekst"),
    Frequency.QUARTER: mark("Hvert kvartal"),
    Frequency.HALF_YEAR: mark("Hvert halvår"),
    Frequency.YEAR: mark("Hvert år"),
    Frequency.EVENT: mark("Etter hvert arrangement"),
    Frequency.ELECTION_YEAR: mark("Hvert valgår"),
    Frequency.EXTERNAL: mark("Når kilden publiserer"),
    Quality.PRELIMINARY: mark("Foreløpig"),
    Quality.FINAL: mark("Endelig"),
    Quality.NOT_MEASURED: mark("Ikke målt i perioden"),
    MeetingState.DRAFT: mark("Utkast"),
    MeetingState.CALLED: mark("Innkalt"),
    MeetingState.UNDER_WAY: mark("I gang"),
    MeetingState.CLOSED: mark("Avsluttet"),
    MeetingState.APPROVED: mark("Protokoll godkjent"),
    ItemKind.DECISION: mark("Vedtakssak"),
    ItemKind.ORIENTATION: mark("Orienteringssak"),
    ItemKind.DISCUSSION: mark("Diskusjonssak"),
    ItemContent.PLAIN: mark("Vanlig sak"),
    ItemContent.CALLING: mark("Godkjenning av innkalling og dagsorden"),
    ItemContent.MINUTES: mark("Godkjenning av protokoll"),
    ItemContent.STATUS: mark("Status for handlingsplanen"),
    ItemContent.FOLLOW_UP: mark("Oppfølging av vedtak"),
    ItemContent.MEETING_PLAN: mark("Møteplan"),
    ItemContent.ANY_OTHER: mark("Eventuelt"),
    ItemState.OPEN: mark("Åpen"),  # DecisionState.OPEN is the same string and so the same entry
    ItemState.TREATED: mark("Behandlet"),
    ItemState.POSTPONED: mark("Utsatt"),  # Effect.POSTPONED too
    DecisionState.DONE: mark("Fulgt opp"),
    DecisionState.CANCELLED: mark("Avsluttet uten oppfølging"),
    Effect.ADOPTED: mark("Vedtatt"),
    Effect.AMENDED: mark("Endret"),
    Effect.CORRECTED: mark("Skrivefeil rettet"),
    DraftState.SUBMITTED: mark("Venter på sekretariatet"),
    DraftState.ACCEPTED: mark("Godtatt"),
    DraftState.RETURNED: mark("Sendt tilbake"),
    MailState.SENDING: mark("Usikker – sendingen ble avbrutt"),
    MailState.SENT: mark("Sendt"),
    MailState.FAILED: mark("Ikke sendt"),
    Via.PAGE: mark("Nettsiden"),
    Via.YAML: mark("Planfila"),
    Via.CLI: mark("Kommandolinja"),
    Via.EXCEL: mark("Excel"),
    Via.LINK: mark("Lenke"),
    Via.MAIL: mark("E-post"),
    Via.UNDO: mark("Angring"),
    Via.EXAMPLE: mark("Eksempeldata"),
}
