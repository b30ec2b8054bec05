"""How it stands with what all of it rests on: who is reached, the mail, the backup, the disk and the log."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from strategy import __version__, beginning, changes, copies, database, dates, record, reminders
from strategy.config import Settings
from strategy.copies import Newest
from strategy.database import Database
from strategy.i18n import _, mark, plural
from strategy.snapshot import Snapshot
from strategy.terms import MailState, Term

AGED = timedelta(days=7)
"""A backup this old is told of first; the README says to take one every week."""
LITTLE = 10**9
"""Fewer free bytes than this are told of: a save, and a backup before it, need room."""


class Part(Term):
    """What is told of."""

    ROLES = "roller", mark("Roller og navn")
    BOARD = "styret", mark("Styret og rutiner")
    REACHED = "lenker", mark("Lenker og påminnelser")
    BACKUP = "sikkerhetskopi", mark("Sikkerhetskopi")
    HEALTH = "helse", mark("Helse")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of the log said, and when."""

    at: datetime
    is_whole: bool
    said: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is found outside the plan; `since` as `copies.since` has it, `checked` None before it is asked."""

    now: datetime
    reached: frozenset[str]
    newest: Newest | None
    since: int | None
    free: int
    size: int
    changes: int
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class Worry:
    """Something that is not as it should be, in a sentence."""

    part: Part
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it: what is wrong, the heaviest first, and of each part how it stands."""

    worries: tuple[Worry, ...]
    told: dict[Part, str]
    basis: str

    @property
    def headline(self) -> str:
        return self.worries[0].sentence if self.worries else _("Ingenting galt er funnet")

    @property
    def lead(self) -> str:
        """What else is wrong; where nothing is, what that rests on."""
        others = " ".join(worry.sentence for worry in self.worries[1:])
        return (others or _("Ellers er ingenting galt funnet.")) if self.worries else self.basis

    def wrong(self, part: Part) -> tuple[str, ...]:
        return tuple(worry.sentence for worry in self.worries if worry.part is part)


def found(
    opened: Database, settings: Settings, strategy: str, now: datetime, checked: Checked | None = None
) -> Found:
    """Look at the database, the backups and the disk as they are now."""
    newest = copies.newest(settings.backups)
    with opened.reading() as session:
        return Found(
            now=now,
            reached=record.reachable(session, strategy),
            newest=newest,
            since=copies.since(newest, session) if newest else None,
            free=shutil.disk_usage(_there(settings.data_dir)).free,
            size=database.size(session),
            changes=changes.newest(session),
            checked=checked,
        )


def standing(plan: Snapshot, today: date, there: Found, opened: Database, settings: Settings) -> Standing:
    """What all of that comes to."""
    steps = {step.part: step for step in beginning.steps(plan, today, there.reached)}
    roles, board = steps[beginning.Part.ROLES], steps[beginning.Part.BOARD]
    told = {
        Part.ROLES: roles.sentence,
        Part.BOARD: " ".join((board.sentence, *_routines(plan, there))),
        Part.REACHED: " ".join(_reached(plan, today, settings)),
        Part.BACKUP: " ".join(_kept(plan, there)),
        Part.HEALTH: " ".join(_technical(plan, there, opened, settings)),
    }
    worries = [*_of_machine(plan, there), *_of_mail(plan)]
    if settings.smtp and not roles.is_done:
        worries.append(Worry(Part.ROLES, roles.sentence))
    return Standing(tuple(worries), told, " ".join(_basis(plan, there)))


def _of_machine(plan: Snapshot, there: Found) -> Iterator[Worry]:
    if there.checked and not there.checked.is_whole:
        yield Worry(Part.HEALTH, _("Kontrollen av loggen sier at noe er galt."))
    if there.free < LITTLE:
        said = _("Det er bare {size} ledig på disken.").format(size=dates.file_size(there.free))
        yield Worry(Part.HEALTH, said)
    if not plan.example and (said := _unsafe(there)):
        yield Worry(Part.BACKUP, said)


def _unsafe(there: Found) -> str:
    """What is the matter with the newest backup; empty where nothing is."""
    newest = there.newest
    if not newest:
        return _("Ingen sikkerhetskopi er tatt.")
    if not newest.stamp:
        return _("Den nyeste sikkerhetskopien kan ikke leses.")
    if there.since is None:
        return _("Den nyeste sikkerhetskopien er ikke av det som står her nå.")
    age = there.now - newest.taken_at
    return _("Siste sikkerhetskopi er {n} dager gammel.").format(n=age.days) if age >= AGED else ""


def _of_mail(plan: Snapshot) -> Iterator[Worry]:
    states = [mail.state for mail in reminders.undelivered(plan)]
    failed, lost = (states.count(state) for state in (MailState.FAILED, MailState.SENDING))
    if failed:
        said = plural("Én påminnelse ble ikke sendt.", "{number} påminnelser ble ikke sendt.", failed)
        yield Worry(Part.REACHED, said.format(number=dates.in_words(failed, capital=True)))
    if lost:
        said = plural("Én påminnelse ble avbrutt.", "{number} påminnelser ble avbrutt.", lost)
        yield Worry(Part.REACHED, said.format(number=dates.in_words(lost, capital=True)))


def _routines(plan: Snapshot, there: Found) -> Iterator[str]:
    board = plan.board
    form = _("Rapporter er inne {updates}, og papirer ut {papers} før møtet.")
    days = (plural("én dag", "{n} dager", n) for n in (board.updates_days, board.papers_days))
    yield form.format(**dict(zip(("updates", "papers"), days, strict=True)))
    chosen = next((person for person in plan.people if person.key == board.fallback), None)
    if not chosen:
        yield _("Ingen reserve er valgt for påminnelsene.")
        return
    reachable = reminders.fallback(plan, there.reached)
    form = _("Reserve for påminnelsene er {role}.") if reachable else _("Reserven, {role}, har ingen e-post.")
    yield form.format(role=chosen.title)


def _reached(plan: Snapshot, today: date, settings: Settings) -> Iterator[str]:
    count = sum(link.holds(today) for link in plan.access_links)
    form = plural("Én lenke kan brukes.", "{number} lenker kan brukes.", count)
    yield form.format(number=dates.in_words(count, capital=True)) if count else _("Ingen lenker er i bruk.")
    yield _("E-post er satt opp.") if settings.smtp else _("E-post er ikke satt opp, så ingenting sendes.")
    sent = [mail.day for mail in plan.mails if mail.state is MailState.SENT]
    last = _("Den siste påminnelsen gikk ut {day}.").format(day=dates.long_day(max(sent))) if sent else ""
    yield last or _("Ingen påminnelser er sendt.")


def _kept(plan: Snapshot, there: Found) -> Iterator[str]:
    newest = there.newest
    if plan.example:
        yield _("Dette er eksempelet, og det tas ingen sikkerhetskopi av det.")
        return
    if newest:
        form = _("Den nyeste er {file}, tatt {when} ({size}).")
        size = dates.file_size(newest.size)
        yield form.format(file=newest.file.name, when=dates.clock(newest.taken_at), size=size)
        if there.since is not None:
            yield _later(there.since)
        form = plural("Mappa «{folder}» har én kopi.", "Mappa «{folder}» har {n} kopier.", newest.count)
        yield form.format(folder=newest.file.parent.name)
    else:
        yield _("Går maskinen i stykker, kan alt være borte. En kopi tar noen sekunder.")
    yield _("Kopier som er lagt andre steder, ses ikke herfra.")


def _later(count: int) -> str:
    said = plural("Én endring er lagret siden.", "{n} endringer er lagret siden.", count)
    return said if count else _("Ingen endringer er lagret siden.")


def _technical(plan: Snapshot, there: Found, opened: Database, settings: Settings) -> Iterator[str]:
    form = plural("Én endring er lagret, {day}.", "{n} endringer er lagret, den nyeste {day}.", there.changes)
    yield form.format(day=dates.long_day(dates.oslo_day(plan.recorded_at)))
    size = dates.file_size(there.size)
    yield _("Databasen er {kind} og tar {size}.").format(kind=opened.kind, size=size)
    here = _("Lenker i e-post går til {address}, som bare virker på denne maskinen.")
    form = here if settings.is_local else _("Løsningen nås på {address}.")
    yield form.format(address=settings.address)
    yield _("Utgaven er {version}.").format(version=__version__)


def _basis(plan: Snapshot, there: Found) -> Iterator[str]:
    """What was looked at where nothing was wrong."""
    if there.newest and not plan.example:
        form = _("Sikkerhetskopien er fra {day}, ingen påminnelse må sendes på nytt, og disken har plass.")
        yield form.format(day=dates.long_day(dates.oslo_day(there.newest.taken_at)))
    else:
        yield _("Ingen påminnelse må sendes på nytt, og disken har plass.")
    if there.checked:
        yield _("Loggen ble kontrollert {when}.").format(when=dates.clock(there.checked.at))
    else:
        yield _("Om loggen er hel, sier kontrollen nederst.")


def _there(folder: Path) -> Path:
    """The folder, or where it is not made yet, what it is to be made in."""
    return next(each for each in (folder, *folder.parents) if each.exists())
