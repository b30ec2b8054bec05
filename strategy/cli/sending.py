"""The commands that reach those without an account: a link to report by, and the reminders."""

import sys
from datetime import datetime
from typing import Annotated

from strategy import current, dates, links, mail, record
from strategy.access import LOCAL
from strategy.cli import output, usage
from strategy.cli.commands import AsJson, Of, Url, _argument, _command, _opened, _option, _settings
from strategy.config import Settings
from strategy.database import Database
from strategy.errors import BadInput
from strategy.i18n import _, mark, plural
from strategy.terms import MailState, Via


@_command(
    "link",
    mark(
        "Lager en lenke en rolle kan rapportere med, uten konto. Den vises bare her, så send den videre nå."
    ),
    "link generalsekretar",
    "link generalsekretar --measure 1.2.1 --until 31.12.2026",
)
def link(
    person: Annotated[str, _argument("ROLLE", mark("Nøkkelen rollen har i planen."))],
    measure: Annotated[
        list[str] | None,
        _option(
            "--measure",
            "TILTAK",
            mark("Bare dette tiltaket; kan gjentas. Ellers alt rollen har ansvar for eller er med på."),
        ),
    ] = None,
    until: Annotated[str, _option("--until", "DATO", mark("Siste dag den gjelder. Ellers 60 dager."))] = "",
    as_json: AsJson = False,
    strategy: Of = "",
    url: Url = "",
) -> int:
    settings = _settings(url)
    opened = _opened(settings)
    plan = current.plan(opened, strategy)
    now = current.now(plan)
    day = usage.reading(lambda: dates.parse_day(until), "--until") if until else None
    with opened.writing() as session:
        by = record.By(session, LOCAL, plan.strategy.key, now, Via.CLI)
        expires_on = day or by.today + record.LASTS
        saved = record.access_link(by, person, measures=measure or (), expires_on=expires_on)
        token = links.token(record.signing_key(session), saved.key)
    address = f"{settings.address}/oppdater/{token}"
    if as_json:
        output.facts({"key": saved.key, "change": saved.change_id, "address": address})
    else:
        print(address)
    return 0


@_command(
    "remind",
    mark("Sender påminnelsene som skal ut i dag: én e-post til hver, og ingen to ganger. Kjøres daglig."),
    "remind --dry-run",
    "remind",
)
def remind(
    dry: Annotated[bool, _option("--dry-run", None, mark("Viser e-postene uten å sende dem."))] = False,
    url: Url = "",
) -> int:
    settings = _settings(url)
    opened = _opened(settings)
    now = current.now(current.plan(opened))
    return _shown(opened, settings, now) if dry else _sent(opened, settings, now)


def _shown(opened: Database, settings: Settings, now: datetime) -> int:
    with opened.writing() as session:
        secret = record.signing_key(session)
        letters = list(mail.letters(session, settings, current.plan(opened), secret, now))
    for letter in letters:
        if letter.problem:
            print(f"{letter.digest.person.title}: {letter.problem}", file=sys.stderr)
    found = [letter for letter in letters if not letter.problem]
    for letter in found:
        print(_("Til: {to}").format(to=letter.message["To"]))
        print(_("Emne: {subject}").format(subject=letter.message["Subject"]), end="\n\n")
        print(letter.message.get_content(), end="-- \n")
    print(plural("{n} e-post ville blitt sendt.", "{n} e-poster ville blitt sendt.", len(found)))
    _tell_unreached(opened, now)
    return 0


def _tell_unreached(opened: Database, now: datetime) -> None:
    """Name the roles that something waits for and no mail can reach."""
    with opened.reading() as session:
        if said := mail.unreached(session, current.plan(opened), now):
            print(said, file=sys.stderr)


def _sent(opened: Database, settings: Settings, now: datetime) -> int:
    if not settings.smtp:
        raise BadInput(_("STRATEGY_SMTP_URL er ikke satt, så ingen e-post kan sendes. Se docs/settings.md."))
    counts = dict.fromkeys(MailState, 0)
    with mail.Server(settings.smtp) as post:
        for letter, state, problem in mail.remind(opened, settings, post, now):
            counts[state] += 1
            if problem:
                print(f"{letter.digest.person.title}: {problem}", file=sys.stderr)
    print(plural("{n} e-post sendt.", "{n} e-poster sendt.", counts[MailState.SENT]))
    _tell_unreached(opened, now)
    return int(bool(counts[MailState.FAILED] or counts[MailState.SENDING]))
