"""What `export` can write: each kind with its formats, the options that belong to it, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from strategy import changes, current, dates, exports, snapshot, sync
from strategy.cli import usage
from strategy.errors import NotFound
from strategy.exports.forms import FORMS, OF_REPORT
from strategy.i18n import _
from strategy.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were given, empty where they were not."""

    form: str = ""
    year: str = ""
    person: str = ""
    meeting: str = ""
    as_of: str = ""
    start: str = ""
    end: str = ""
    strategy: str = ""
    every: bool = False

    @property
    def options(self) -> Mapping[str, str | bool]:
        """Those that belong to some kinds only, as they are written."""
        return {
            "--year": self.year,
            "--person": self.person,
            "--all": self.every,
            "--meeting": self.meeting,
            "--as-of": self.as_of,
            "--from": self.start,
            "--to": self.end,
        }


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: the first of its `formats` is meant where none is named."""

    formats: tuple[str, ...]
    write: Callable[[Session, Asked], bytes]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    def is_text(self, asked: Asked) -> bool:
        """Whether the file can be read on a screen."""
        form = asked.form or self.formats[0]
        return FORMS[form].is_text if form in FORMS else form in _TEXTS


def kind(name: str, asked: Asked) -> Kind:
    """The kind called `name`, used rightly; else says what was wrong."""
    if name not in KINDS:
        *head, last = KINDS
        words = _("{head} eller {last}").format(head=", ".join(head), last=last)
        usage.refuse(_("«{word}» kan ikke eksporteres. Velg {words}.").format(word=name, words=words), "SLAG")
    found = KINDS[name]
    if asked.form not in ("", *found.formats):
        ending = _(" og ").join(found.formats)
        usage.refuse(_("{kind} finnes bare som {ending}.").format(kind=name, ending=ending), "--format")
    for option, value in asked.options.items():
        if option in found.needs and not value:
            usage.refuse(_("{kind} må ha {option}.").format(kind=name, option=option), option)
        if value and option not in (*found.needs, *found.takes):
            usage.refuse(_("{kind} tar ikke imot {option}.").format(kind=name, option=option), option)
    return found


def newest(session: Session, strategy: str = "") -> Snapshot:
    """The plan as it stands; of several the one asked for, else the usual one today. Raises `NotFound`."""
    change = changes.newest(session)
    found = snapshot.periods(session, change)
    if not found:
        raise NotFound(
            _("Det er ingen plan i databasen. Last en med «{program} apply strategy.yaml».").format(
                program=usage.PROGRAM
            )
        )
    there = [period.key for period in found]
    if strategy and strategy not in there:
        raise NotFound(current.unknown(strategy, there))
    today = dates.oslo_day(datetime.now(UTC))
    return snapshot.load(session, strategy or snapshot.usual(found, today), change)


def _yaml(session: Session, asked: Asked) -> bytes:
    plan = newest(session, asked.strategy)
    return sync.written(session, plan).encode()


def _annual_report(session: Session, asked: Asked) -> bytes:
    plan = newest(session, asked.strategy)
    year = usage.whole(asked.year, "--year")
    return exports.annual_report(session, plan.strategy.key, year, current.today(plan), asked.form)


def _board_paper(session: Session, asked: Asked) -> bytes:
    plan = newest(session, asked.strategy)
    return exports.board_paper(session, plan.strategy.key, asked.meeting, asked.form, current.today(plan))


def _minutes(session: Session, asked: Asked) -> bytes:
    plan = newest(session, asked.strategy)
    return exports.minutes(session, plan.strategy.key, asked.meeting, asked.form, current.today(plan))


def _status_report(session: Session, asked: Asked) -> bytes:
    plan = newest(session, asked.strategy)
    day = usage.reading(lambda: dates.parse_day(asked.as_of), "--as-of") if asked.as_of else None
    return exports.status_report(session, plan.strategy.key, day or current.today(plan), asked.form)


def _update_form(session: Session, asked: Asked) -> bytes:
    plan = newest(session, asked.strategy)
    if asked.every and asked.person:
        usage.refuse(_("Velg enten --person eller --all."), "--all")
    if asked.every:
        return exports.update_forms(session, plan, current.today(plan))
    return exports.update_form(session, plan, current.today(plan), asked.person)


def _since(session: Session, asked: Asked) -> bytes:
    plan = newest(session, asked.strategy)
    return exports.since_last(session, plan, current.today(plan), asked.start, asked.end, asked.form)


def _calendar(session: Session, asked: Asked) -> bytes:
    return exports.ics(session, newest(session, asked.strategy))


_TEXTS = ("yaml", "ics", "json")
"""Those that are no report and can be read on a screen."""


KINDS: Mapping[str, Kind] = {
    "yaml": Kind(("yaml",), _yaml),
    "annual-report": Kind(OF_REPORT["annual-report"], _annual_report, needs=("--year",)),
    "status-report": Kind(OF_REPORT["status-report"], _status_report, takes=("--as-of",)),
    "board-paper": Kind(OF_REPORT["board-paper"], _board_paper, needs=("--meeting",)),
    "minutes": Kind(OF_REPORT["minutes"], _minutes, needs=("--meeting",)),
    "since": Kind((*OF_REPORT["since"], "json"), _since, needs=("--from", "--to")),
    "update-form": Kind(("xlsx",), _update_form, takes=("--person", "--all")),
    "calendar": Kind(("ics",), _calendar),
}
