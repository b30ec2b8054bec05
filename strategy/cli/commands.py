"""The commands, one function each; it returns 0, or 1 where it has said no."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from strategy import (
    backup,
    changes,
    config,
    copies,
    current,
    database,
    dates,
    document,
    integrity,
    record,
    startup,
    sync,
    texts,
    workbook,
)
from strategy.access import LOCAL
from strategy.cli import clashes, form, kinds, output, usage
from strategy.config import Settings
from strategy.database import Database
from strategy.document import Problem
from strategy.errors import BadInput, Doubtful, NotFound, Tampered
from strategy.i18n import _, mark, plural
from strategy.terms import Assessment, Phase, Quality, Settlement, Via

app = typer.Typer(
    cls=usage.Group,
    options_metavar=usage.OPTIONS,
    subcommand_metavar=mark("KOMMANDO …"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help=mark("Strategien og handlingsplanen fra kommandolinja. Hver kommando har sin egen hjelp."),
    epilog="check strategy.yaml\nreport --help",
)


def _command(name: str, help: str, *examples: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    return app.command(
        name, cls=usage.Command, help=help, epilog="\n".join(examples), options_metavar=usage.OPTIONS
    )


def _option(name: str, metavar: str | None, help: str) -> Any:
    return typer.Option(name, metavar=metavar, help=help)


def _argument(metavar: str, help: str) -> Any:
    return typer.Argument(metavar=metavar, help=help)


Plan = Annotated[Path, _argument("FIL", mark("Planfila, for eksempel strategy.yaml."))]
AsJson = Annotated[bool, _option("--json", None, mark("Skriver svaret som JSON."))]
Of = Annotated[
    str,
    _option(
        "--strategy",
        "STRATEGI",
        mark("Nøkkelen til strategien, når databasen har flere. Ellers den som gjelder i dag."),
    ),
]
Url = Annotated[
    str,
    _option(
        "--database",
        "URL",
        mark(
            "Databasen: en adresse, eller stien til en SQLite-fil. "
            "Ellers STRATEGY_DATABASE_URL, og uten den data/strategy.db."
        ),
    ),
]


@_command("check", mark("Sjekker planfila og viser alle feil på en gang."), "check strategy.yaml")
def check(file: Plan, as_json: AsJson = False, url: Url = "") -> int:
    _settings(url)  # an address nobody can use is wrong here too
    plan, problems = document.read(_bytes(file))
    counts = document.counts(plan) if plan else {}
    if as_json:
        told = {
            name: [_problem(p) for p in problems if p.is_note is is_note]
            for name, is_note in (("problems", False), ("notes", True))
        }
        output.facts({**counts, **told})
    elif plan is None:
        print(_listed(file, problems), file=sys.stderr)
    else:
        print(_("{file} er i orden: {contents}.").format(file=file.name, contents=_contents(counts)))
        print("".join(f"{_placed(file, note)}\n" for note in problems), end="")
    return int(plan is None)


@_command(
    "diff", mark("Viser hva «apply» vil gjøre, ord for ord. Ingenting blir skrevet."), "diff strategy.yaml"
)
def diff(file: Plan, as_json: AsJson = False, url: Url = "") -> int:
    wanted = _wanted(file)
    settings = _settings(url)
    if _is_missing(settings.database_url):
        changeset = sync.diff(None, wanted.things)
    else:
        with _opened(settings).reading() as session:
            changeset = sync.compared(session, wanted)
    if as_json:
        output.facts(output.comparison(changeset))
        return 0
    print("\n".join(output.lines(changeset)) or _("Ingenting å endre."))
    for line in _in_the_way(changeset):
        print(line, file=sys.stderr)
    return 0


@_command(
    "apply",
    mark("Laster planfila: gjør nøyaktig det «diff» viser, som én endring."),
    "apply strategy.yaml --decision vedtak-41",
    "apply strategy.yaml --correction",
    "apply strategy.yaml --mine 1.2.1:text --theirs all",
)
def apply(
    file: Plan,
    reason: Annotated[str, _option("--reason", "TEKST", mark("Hvorfor planen endres; står i loggen."))] = "",
    decision: Annotated[
        str,
        _option(
            "--decision",
            "VEDTAK",
            mark("Vedtaket som gir lov til å endre vedtatt tekst, frister eller tiltak, som vedtak-41."),
        ),
    ] = "",
    elsewhere: Annotated[
        str,
        _option(
            "--decided",
            "TEKST",
            mark("Hvor og når det ellers er vedtatt, som «Årsmøtet 9. juni 2026, sak 9»."),
        ),
    ] = "",
    correction: Annotated[bool, _option("--correction", None, mark("Retter en skrivefeil."))] = False,
    mine: Annotated[
        list[str] | None,
        _option(
            "--mine",
            "NØKKEL:FELT",
            mark(
                "Bruker det som står i fila, der det er endret også i løsningen; kan gjentas, og "
                "«all» gjelder alle."
            ),
        ),
    ] = None,
    theirs: Annotated[
        list[str] | None,
        _option(
            "--theirs",
            "NØKKEL:FELT",
            mark("Lar det som står i løsningen, stå; kan gjentas, og «all» gjelder resten."),
        ),
    ] = None,
    new: Annotated[
        bool, _option("--new", None, mark("Fila er en ny strategi, ved siden av dem som finnes."))
    ] = False,
    as_json: AsJson = False,
    url: Url = "",
) -> int:
    if sum(map(bool, (decision, elsewhere, correction))) > 1:
        usage.refuse(_("Velg én av --decision, --decided og --correction."), "--correction")
    wanted = _wanted(file)
    settings = _settings(url)
    startup.prepare(settings, _now())
    opened = database.connect(settings.database_url)
    with opened.reading() as session:
        chosen = clashes.choices(sync.compared(session, wanted).clashes, mine, theirs)
        shown = sync.compared(session, wanted, chosen)
        if shown.waiting or (shown.beside and not new):
            raise BadInput("\n".join((*_in_the_way(shown), _("Ingenting er skrevet."))), "FIL")
        needless = not changes.newest(session) or shown.is_empty
    kept = None if needless else backup.take(opened.url, settings.backups, _now())
    with opened.writing() as session:
        changeset = sync.compared(session, wanted, chosen)
        grounds = record.Grounds(decision, correction, elsewhere)
        by = record.By(session, LOCAL, changeset.strategy, _now(), Via.YAML)
        change = sync.apply(by, changeset, reason=reason, grounds=grounds, new=new)
        newest = changes.newest(session)
    if as_json:
        found = {**output.comparison(changeset), "change": change and change.id, "newest": newest}
        output.facts({**found, "backup": kept and str(kept)})
    elif change is None:
        print(_("Ingenting å endre. Nyeste endring er {n}.").format(n=newest))
    else:
        print("\n".join(output.lines(changeset, counted=changeset.is_first)) or _("Planen er som før."))
        print(_("Lagret som endring {n}.").format(n=change.id))
        if kept:
            print(_("Sikkerhetskopi fra rett før: {file}").format(file=kept))
        if not grounds.given and record.needs_grounds(changeset.edits):
            print(_("Noe vedtatt er endret uten at vedtaket er nevnt. Vis til det på siden Mangler."))
    return 0


@_command(
    "report",
    mark("Melder hvor et tiltak står. Et avvik må ha årsak og svar."),
    'report 1.2.1 --phase in_progress --assessment on_track --done "Sendte to høringssvar"',
    'report 1.2.1 --phase pågår --assessment "noe avvik" --done "Ett møte" --cause Sykdom --remedy Vikar',
)
def report(
    measure: Annotated[str, _argument("TILTAK", mark("Nummeret på tiltaket, som 1.2.1."))],
    phase: Annotated[
        str, _option("--phase", "FASE", mark("Hvor arbeidet er: {phases}; eller det norske ordet."))
    ],
    assessment: Annotated[
        str,
        _option("--assessment", "VURDERING", mark("Hvordan det går: {assessments}; eller det norske ordet.")),
    ],
    done: Annotated[str, _option("--done", "TEKST", mark("Dette er gjort."))],
    cause: Annotated[str, _option("--cause", "TEKST", mark("Årsaken til avviket."))] = "",
    remedy: Annotated[str, _option("--remedy", "TEKST", mark("Hva som gjøres med avviket."))] = "",
    next_step: Annotated[str, _option("--next", "TEKST", mark("Neste steg."))] = "",
    next_due: Annotated[str, _option("--next-due", "DATO", mark("Frist for det, som 23.11.2026."))] = "",
    promise: Annotated[
        str,
        _option(
            "--promise",
            "SVAR",
            mark("Hva som ble av det forrige rapport lovet: {settlements}; eller det norske ordet."),
        ),
    ] = "",
    estimate: Annotated[str, _option("--estimate", "TALL", mark("Anslag i prosent, 0–100."))] = "",
    as_json: AsJson = False,
    strategy: Of = "",
    url: Url = "",
) -> int:
    said_phase = usage.term(Phase, phase, "--phase")
    said_assessment = usage.term(Assessment, assessment, "--assessment")
    due = usage.reading(lambda: dates.parse_day(next_due), "--next-due") if next_due else None
    settled = usage.term(Settlement, promise, "--promise") if promise else None
    per_cent = usage.whole(estimate, "--estimate") if estimate else None
    with _opened(_settings(url)).writing() as session:
        plan = kinds.newest(session, strategy)
        before = plan.measure(measure).report
        saved = record.report(
            record.By(session, LOCAL, plan.strategy.key, _now(), Via.CLI),
            measure,
            before.version if before else 0,
            phase=said_phase,
            assessment=said_assessment,
            estimate=per_cent,
            done=done,
            cause=cause,
            remedy=remedy,
            next_step=next_step,
            next_due=due,
            promise=settled,
        )
    _tell(saved, _("rapport om tiltak {key}").format(key=measure), as_json=as_json)
    return 0


@_command(
    "value",
    mark("Fører inn eller retter det en indikator ble målt til."),
    "value medlemmer 2026 228 --source Medlemsregisteret",
    'value omdomme 2026-H1 - --text "Bedre enn i fjor"',
)
def value(
    indicator: Annotated[str, _argument("INDIKATOR", mark("Nøkkelen indikatoren har i planfila."))],
    period: Annotated[
        str,
        _argument(
            "PERIODE", mark("2026, 2026-H1, 2026-Q3, 2026-06 eller 2026-06-19, eller som «1. halvår 2026».")
        ),
    ],
    number: Annotated[
        str,
        _argument("TALL", mark("Verdien, som 1234,5. Ja er 1 og nei er 0. En strek når det bare er tekst.")),
    ],
    text: Annotated[str | None, _option("--text", "TEKST", mark("Vurdering i ord."))] = None,
    comment: Annotated[str | None, _option("--comment", "TEKST", mark("Kommentar til verdien."))] = None,
    source: Annotated[str | None, _option("--source", "TEKST", mark("Hvor verdien kommer fra."))] = None,
    preliminary: Annotated[bool, _option("--preliminary", None, mark("Verdien er foreløpig."))] = False,
    missed: Annotated[
        bool,
        _option(
            "--not-measured",
            None,
            mark("Det ble ikke målt; skriv hvorfor med --comment, og en strek for tallet."),
        ),
    ] = False,
    sure: Annotated[bool, _option("--sure", None, mark("Tallet er riktig, enda det ser galt ut."))] = False,
    as_json: AsJson = False,
    strategy: Of = "",
    url: Url = "",
) -> int:
    period = usage.reading(lambda: dates.parse_period(period), "PERIODE")
    if preliminary and missed:
        usage.refuse(_("Det som ikke er målt, er ikke foreløpig."), "--not-measured")
    if number != "-" and not any(map(str.isdigit, number)):  # no number, whatever it is measured in
        usage.reading(lambda: dates.parse_number(number), "TALL")
    quality = Quality.PRELIMINARY if preliminary else Quality.NOT_MEASURED if missed else Quality.FINAL
    with _opened(_settings(url)).writing() as session, _asked("--sure"):
        plan = kinds.newest(session, strategy)
        asked = plan.indicator(indicator)
        amount = (
            None if number == "-" else usage.reading(lambda: dates.parse_amount(number, asked.unit), "TALL")
        )
        before = asked.value_in(period)
        words = {"text": text, "source": source, "comment": "" if missed and comment is None else comment}
        said = {name: word for name, word in words.items() if word is not None}  # the others stay as they are
        wanted = record.Wanted(
            "indicator_value",
            f"{indicator}@{period}",
            before.version if before else 0,
            {"value": amount, "quality": quality, **said},
            sure=sure,
        )
        saved = record.save_one(record.By(session, LOCAL, plan.strategy.key, _now(), Via.CLI), wanted)
    what = _("verdi for {key} i {period}").format(key=indicator, period=dates.period_label(period))
    _tell(saved, what, as_json=as_json)
    return 0


@contextmanager
def _asked(option: str) -> Iterator[None]:
    """Say how a question is answered."""
    try:
        yield
    except Doubtful as doubt:
        how = _("Ingenting er lagret. Er tallet riktig, legg til {option}.").format(option=option)
        raise Doubtful(f"{doubt} {how}", doubt.field) from None


@_command(
    "export",
    mark(
        "Skriver en fil: planen som tekst, årsmeldingen, status, sakspapirer og protokoll, møter og frister "
        "til kalenderen, eller et skjema som fylles ut i Excel."
    ),
    "export yaml --out strategy.yaml",
    "export annual-report --year 2026 --format docx --out arsmelding-2026.docx",
    "export board-paper --meeting mote-2026-2 --format pdf --out sakspapirer.pdf",
    "export minutes --meeting mote-2026-2 --format docx --out protokoll.docx",
    "export status-report --as-of 23.11.2026 --format pdf --out status.pdf",
    "export update-form --person generalsekretaer --out oppdatering.xlsx",
    "export update-form --all --out skjemaer.zip",
    "export since --from mote-2026-2 --to now",
    "export calendar --out arshjul.ics",
)
def export(
    kind: Annotated[str, _argument("SLAG", ", ".join(kinds.KINDS))],
    form: Annotated[str, _option("--format", "FORMAT", mark("Formatet. Kan utelates."))] = "",
    year: Annotated[str, _option("--year", "ÅR", mark("Året årsmeldingen gjelder."))] = "",
    person: Annotated[
        str,
        _option("--person", "ROLLE", mark("Nøkkelen til rollen skjemaet er for. Uten den gjelder det alle.")),
    ] = "",
    every: Annotated[
        bool,
        _option(
            "--all", None, mark("Ett skjema for hver rolle som har ansvar for noe, samlet i en zip-fil.")
        ),
    ] = False,
    meeting: Annotated[
        str,
        _option(
            "--meeting",
            "MØTE",
            mark("Møtet papirene eller protokollen er fra, som mote-2026-2. «meetings» viser dem."),
        ),
    ] = "",
    as_of: Annotated[str, _option("--as-of", "DATO", mark("Dagen statusen gjelder. Ellers i dag."))] = "",
    start: Annotated[
        str,
        _option(
            "--from",
            "NÅR",
            mark("Tidspunktet det sammenlignes fra: nøkkelen til et styremøte, eller en dato."),
        ),
    ] = "",
    end: Annotated[
        str,
        _option(
            "--to",
            "NÅR",
            mark("Tidspunktet det sammenlignes til: nøkkelen til et styremøte, en dato, eller now."),
        ),
    ] = "",
    out: Annotated[Path | None, _option("--out", "FIL", mark("Fila det skrives til. Ellers ut."))] = None,
    strategy: Of = "",
    url: Url = "",
) -> int:
    asked = kinds.Asked(form, year, person, meeting, as_of, start, end, strategy, every)
    wanted = kinds.kind(kind, asked)
    if out is None and not wanted.is_text(asked) and sys.stdout.isatty():
        usage.refuse(_("En slik fil kan ikke vises her. Oppgi --out og et filnavn."), "--out")
    with _opened(_settings(url)).reading() as session:
        content = wanted.write(session, asked)
    output.deliver(content, out)
    if out:
        print(_("Skrev {file}.").format(file=out))
    return 0


@_command(
    "import-form",
    mark("Leser inn et utfylt Excel-skjema. Viser hver endring, og skriver bare med --yes."),
    "import-form oppdatering.xlsx",
    "import-form oppdatering.xlsx --yes",
)
def import_form(
    file: Annotated[Path, _argument("FIL", mark("Det utfylte skjemaet, som .xlsx."))],
    yes: Annotated[bool, _option("--yes", None, mark("Lagrer alt som vises, som én endring."))] = False,
    sure: Annotated[
        list[str] | None,
        _option(
            "--sure",
            "CELLE",
            mark(
                "Det som ser galt ut, er riktig, som Målinger!F7 eller Tiltak!I. Kan gjentas; --yes "
                "svarer ikke."
            ),
        ),
    ] = None,
    skip_bad: Annotated[
        bool,
        _option(
            "--skip-bad",
            None,
            mark("Lar cellene med feil ligge, og tar resten. De som er utelatt, blir nevnt."),
        ),
    ] = False,
    as_json: AsJson = False,
    strategy: Of = "",
    url: Url = "",
) -> int:
    filled = workbook.read(_bytes(file))
    opened = _opened(_settings(url))
    with opened.writing() if yes else opened.reading() as session:
        plan = kinds.newest(session, strategy)
        now = current.now(plan)
        today = dates.oslo_day(now)
        found = workbook.previewed(
            session, filled, plan, today, workbook.Chosen(sure=sure or (), skip_bad=skip_bad)
        )
        saved = None
        if yes and found.is_clear:
            reason = _("Skjema fra fila {file}").format(file=file.name)
            saved = workbook.save(record.By(session, LOCAL, plan.strategy.key, now), found, reason=reason)
    if as_json:
        output.facts(form.facts(found, saved))
    else:
        for line in form.lines(found, plan):
            print(line)
        for problem in form.said_of(found):
            print(problem, file=sys.stderr)
        print(form.outcome(found, saved, yes=yes), file=sys.stdout if found.is_clear else sys.stderr)
    return int(not found.is_clear)


@_command("meetings", mark("Viser styremøtene, med nøkkel, nummer, dato og tilstand."), "meetings --json")
def list_meetings(as_json: AsJson = False, strategy: Of = "", url: Url = "") -> int:
    with _opened(_settings(url)).reading() as session:
        found = kinds.newest(session, strategy).meetings
    if as_json:
        said = [{"key": m.key, "number": m.number, "date": m.held_on, "state": m.state} for m in found]
        output.facts(said)
        return 0
    form = _("{key}  {day}  styremøte {number}, {period}: {state}")
    for m in found:
        day = dates.day(m.held_on)
        state = m.state.label.lower()
        print(form.format(key=m.key, day=day, number=m.number, period=m.period, state=state))
    if not found:
        print(_("Ingen styremøter er lagt inn ennå."))
    return 0


@_command(
    "undo",
    mark("Viser hva som blir endret når en endring angres, og gjør det bare med «--yes»."),
    "undo 12",
    "undo 12 --yes",
)
def undo(
    change: Annotated[str, _argument("ENDRING", mark("Nummeret endringen har i endringsloggen."))],
    yes: Annotated[bool, _option("--yes", None, mark("Angrer endringen."))] = False,
    as_json: AsJson = False,
    strategy: Of = "",
    url: Url = "",
) -> int:
    number = usage.whole(change, "ENDRING", digits=9)
    with _opened(_settings(url)).writing() as session:
        key = kinds.newest(session, strategy).strategy.key
        found = record.undo_preview(session, key, number)
        if found.refusal:
            raise BadInput(found.refusal, "ENDRING")
        by = record.By(session, LOCAL, key, _now(), Via.CLI)
        made = record.undo(by, number).change_id if yes else None
    if as_json:
        output.facts({"undone": number, "change": made, "changes": output.altered(found.edits)})
        return 0
    print("\n".join(output.steps(found.edits)))
    if made:
        print(_("Angret endring {n}. Angringen er endring {m}.").format(n=number, m=made))
    else:
        print(_("Ingenting er skrevet. Skriv kommandoen med --yes for å angre."))
    return 0


@_command(
    "example",
    mark("Lager en database med eksempeldata (oppdiktet). Rører aldri en database med noe annet i."),
    "example --database data/example.db",
)
def example(
    until: Annotated[str, _option("--until", "DATO", mark("Siste dag i eksempelet, som 23.11.2026."))] = "",
    url: Annotated[str, _option("--database", "URL", mark("Databasen. Ellers data/example.db."))] = "",
) -> int:
    day = usage.reading(lambda: dates.parse_day(until), "--until") if until else None
    target = database.connect(_address(url) or config.settings().example_url)
    if startup.make_example(target, day):
        print(_("Laget eksempeldata i {where}. Alt er oppdiktet.").format(where=_where(target)))
    else:
        print(_("Eksempeldata finnes fra før i {where}.").format(where=_where(target)))
    return 0


@_command(
    "verify",
    mark("Går gjennom alle endringer og sier fra om noe er endret utenom programmet."),
    "verify --json",
    "verify --against 886:3f2a-9c10-77be-01d4-88aa",
)
def verify(
    against: Annotated[
        str,
        _option(
            "--against",
            "N:FINGERAVTRYKK",
            mark(
                "Sammenligner med det et papir, en protokoll eller en sikkerhetskopi sier om "
                "historikken til og med endring N."
            ),
        ),
    ] = "",
    as_json: AsJson = False,
    url: Url = "",
) -> int:
    paper = usage.reading(lambda: integrity.printed(against), "--against") if against else None
    opened = _opened(_settings(url))
    with opened.reading() as session:
        newest = changes.stamp(session, changes.newest(session))
        facts = {"changes": newest.change, "newest": newest.change, "fingerprint": newest.fingerprint}
        try:
            found = integrity.whole(session, opened.files, paper)
        except Tampered as tampered:
            if not as_json:
                raise
            output.facts({"ok": False, **facts, "change": tampered.change, "message": str(tampered)})
            return tampered.exit_code
    if as_json:
        output.facts({"ok": True, **facts})
    else:
        print("\n".join(found.sentences))
    return 0


@_command(
    "backup",
    mark("Tar en sikkerhetskopi og sjekker at den er hel. Gamle kopier ryddes i data/backup."),
    "backup",
    "backup --out /mnt/minnepinne",
)
def take_backup(
    out: Annotated[
        Path | None, _option("--out", "MAPPE", mark("Mappa den legges i. Ellers data/backup."))
    ] = None,
    url: Url = "",
) -> int:
    settings = _settings(url)
    if out and not out.is_dir():
        said = _("Mappa {folder} finnes ikke. Lag den, eller koble til disken den ligger på.")
        raise BadInput(said.format(folder=out), "--out")
    made = backup.take(_opened(settings).url, out or settings.backups, _now())
    print(_("Tok sikkerhetskopi: {file}").format(file=made))
    print(backup.stamp(made).sentence)
    _tell_lacking(made, backup.files(made.parent))
    if out is None:
        for gone in backup.prune(settings.backups):
            print(_("Fjernet en gammel: {file}").format(file=gone.name))
    return 0


@_command(
    "restore",
    mark("Legger en sikkerhetskopi i databasens sted. Det som sto der, tas vare på først."),
    "restore data/backup/strategi-2026-11-23T110000Z.db",
)
def restore(
    file: Annotated[Path, _argument("FIL", mark("Sikkerhetskopien."))],
    url: Url = "",
) -> int:
    settings = _settings(url)
    kept = backup.restore(file, settings.database_url, _now(), settings.backups)
    print(_("Hentet tilbake {file}.").format(file=file))
    _tell_lacking(file, database.connect(settings.database_url).files)
    if kept:
        print(_("Det som sto der før, ligger i {file}.").format(file=kept))
    return 0


@_command(
    "upgrade",
    mark("Gjør databasen klar for denne utgaven. Er den tom, fylles den fra strategy.yaml."),
    "upgrade",
)
def upgrade(url: Url = "") -> int:
    settings = _settings(url)
    if database.connect(settings.database_url).file and not _is_missing(settings.database_url):
        made = backup.take(settings.database_url, settings.backups, _now())
        print(_("Tok sikkerhetskopi: {file}").format(file=made))
    opened = startup.open_database(settings, _now())
    print(_("Databasen {where} er klar.").format(where=_where(opened)))
    return 0


def _tell_lacking(file: Path, folder: Path) -> None:
    """Say how many of the files a backup names are not there, or not as they were."""
    if said := copies.lacking(file, folder):
        print(said, _("Kommandoen verify sier hvilke."))


def _now() -> datetime:
    return datetime.now(UTC)


def _settings(url: str) -> Settings:
    settings = config.settings()
    return replace(settings, database_url=_address(url) or settings.database_url)


def _address(url: str) -> str:
    """A database's address; the bare path of a file will do."""
    return url if "://" in url or not url else config.sqlite_url(Path(url).expanduser())


def settings_of(args: Sequence[str]) -> Settings:
    """The settings of a command as it was written."""
    after = args[args.index("--database") + 1 :] if "--database" in args else ()
    return _settings(after[0] if after else "")


def _where(opened: Database) -> str:
    """The database as a reader knows it, never with a password."""
    return str(opened.file) if opened.file else opened.reader.url.render_as_string(hide_password=True)


def _is_missing(url: str) -> bool:
    file = database.connect(url).file
    return file is not None and not file.exists()


def _opened(settings: Settings) -> Database:
    if _is_missing(settings.database_url):
        raise NotFound(
            _("Det er ingen database i {file}. Lag den med «{program} upgrade».").format(
                file=database.connect(settings.database_url).file, program=usage.PROGRAM
            )
        )
    if kept := startup.prepare(settings, _now()):
        print(
            _("Databasen er brakt til denne utgaven. Sikkerhetskopi fra før: {file}").format(file=kept),
            file=sys.stderr,
        )
    return database.connect(settings.database_url)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        said = _("Kan ikke lese {file}: {why}.").format(file=file, why=texts.why(error))
        raise BadInput(said, "FIL") from None


def _wanted(file: Path) -> sync.PlanFile:
    """What the file asks for. Raises `BadInput` with every problem and its place."""
    raw = _bytes(file)
    plan, problems = document.read(raw)
    if plan is None:
        raise BadInput(_listed(file, problems), "FIL")
    print("".join(f"{_placed(file, note)}\n" for note in problems), end="", file=sys.stderr)
    return sync.PlanFile(raw.decode(), document.things(plan))


def _in_the_way(changeset: sync.Changeset) -> Iterator[str]:
    """What must be said before the file can be loaded: that it is a new strategy, whose is to stand."""
    if changeset.beside:
        yield changeset.said_of_new
        yield _("Skal den inn ved siden av, skriv kommandoen med --new.")
    yield from clashes.lines(changeset.waiting)


def _listed(file: Path, problems: Sequence[Problem]) -> str:
    """`strategy.yaml:12:5: …` for each, as editors understand it."""
    n = sum(not problem.is_note for problem in problems)
    said = [_placed(file, problem) for problem in problems]
    return "\n".join([*said, plural("{n} feil. Ingenting er skrevet.", "{n} feil. Ingenting er skrevet.", n)])


def _placed(file: Path, problem: Problem) -> str:
    said = f"{file}:{problem.line}:{problem.column}: {problem.message} {problem.hint}".rstrip()
    return _("{said} (merknad)").format(said=said) if problem.is_note else said


def _problem(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "column": problem.column, "message": problem.message, "hint": problem.hint}


def _contents(counts: Mapping[str, int]) -> str:
    return _("{goals} hovedmål, {subgoals} delmål og {measures} tiltak").format(**counts)


def _tell(saved: record.Saved, what: str, *, as_json: bool) -> None:
    if as_json:
        output.facts(
            {"key": saved.key, "version": saved.version, "change": saved.change_id, "again": saved.again}
        )
        return
    form = (
        _("Sto slik fra før: {what} (endring {n}).")
        if saved.again
        else _("Lagret {when}: {what} (endring {n}).")
    )
    print(form.format(what=what, n=saved.change_id, when=dates.clock(saved.recorded_at)))
    for sentence in saved.left_out:
        print(sentence, file=sys.stderr)
