"""The same said by every road in: page, table, Excel, link and command line refuse it in the same words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from strategy import cli, record, update_page
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotAllowed, NotFound, Refusal, Several
from strategy.record import Wanted, saving
from strategy.record.rules import RULES
from strategy.record.saving import cleaned
from strategy.tables import VERSIONED
from strategy.terms import Assessment, Frequency, MailState, Phase, Quality, Via
from strategy.things import KINDS, shapes
from strategy.ui.sheets.measures import MEASURES, REPORTED
from strategy.ui.sheets.milestones import MILESTONES
from tests.databases import PLAN, RESPONSIBLE, by, newest, present, take_out, want
from tests.test_workbook import cell, edited, filled, made, previewed, told
from tests.test_workbook import save as save_form

MEASURE, STEP, VALUE, NEW_VALUE = "1.1.2", "1.1.1-m1", "svar@2025", "svar@2031"
FINE = {"phase": Phase.IN_PROGRESS, "assessment": Assessment.ON_TRACK, "done": "Ett møte"}
LATE = FINE | {"assessment": Assessment.SOME_DEVIATION, "cause": "Sykdom", "remedy": "Vikar"}
HEADERS = {
    "phase": "Fase", "assessment": "Vurdering", "done": "Dette er gjort", "cause": "Årsak",
    "remedy": "Slik rettes det opp", "estimate": "Anslag (%)", "done_on": "Nådd", "evidence": "Dokumentasjon",
    "value": "Verdi", "text": "I ord", "comment": "Kommentar", "source": "Kilde", "quality": "Kvalitet",
    "next_due": "Neste steg innen",
}  # fmt: skip
OPTIONS = {"next_step": "--next", "next_due": "--next-due"}


@dataclass(frozen=True)
class Case:
    """What is said of a thing, what is answered, and the roads that can say it."""

    kind: str
    key: str
    said: Mapping[str, Any]
    answer: str
    roads: str = "page table excel link command"


CASES = {
    "deviation without cause": Case(
        "status_report", MEASURE, LATE | {"cause": ""},
        "Et avvik må ha en årsak. Skriv hvorfor det ikke går som planlagt.",
    ),
    "deviation without remedy": Case(
        "status_report", MEASURE, LATE | {"remedy": " "},
        "Et avvik må ha et svar. Skriv hva som gjøres med det.",
    ),
    "dropped without cause": Case(
        "status_report", MEASURE, FINE | {"phase": Phase.DROPPED}, "Skriv hvorfor tiltaket utgår."
    ),
    "no phase": Case(
        "status_report", MEASURE, FINE | {"phase": None}, "Velg hvor arbeidet er: fase.",
        "page table excel link",
    ),
    "too long": Case(
        "status_report", MEASURE, LATE | {"cause": "x" * 4001},
        "eksten er på 4001 tegn, og grensen er 4000. Kort den ned; ingenting er kuttet.",
    ),
    "control character": Case(
        "status_report", MEASURE, LATE | {"remedy": "a\x7fb"},
        "eksten har et usynlig styretegn (U+007F). Slett det og skriv ordet på nytt.",
    ),
    "hidden direction": Case(
        "status_report", MEASURE, LATE | {"cause": "a\u202eb"},
        "eksten har et skjult retningstegn (U+202E). Slett det og skriv ordet på nytt.",
    ),
    "estimate 101": Case(
        "status_report", MEASURE, FINE | {"estimate": 101}, "Anslaget må være mellom 0 og 100 prosent.",
        "page excel command",
    ),
    "reached in the future": Case(
        "milestone", STEP, {"done_on": date(2027, 1, 1)},
        "Datoen milepælen ble nådd, kan ikke være i framtiden.", "page table excel",
    ),
    "no deadline": Case("milestone", STEP, {"due": None}, "Milepælen må ha en frist.", "page table"),
    "no assessment": Case(
        "status_report", MEASURE, FINE | {"assessment": None}, "Velg hvordan det går.", "link"
    ),
    "line break in a title": Case(
        "milestone", STEP, {"title": "Sendt\nog svart"}, "eksten må stå på én linje. Ta bort linjeskiftene.",
        "page table",
    ),
    "line break in a source": Case(
        "indicator_value", VALUE, {"value": Decimal(3), "source": "Arkivet\nog mer"},
        "eksten må stå på én linje. Ta bort linjeskiftene.", "page table excel command",
    ),
    "another kind of period": Case(
        "indicator_value", "svar@2025-Q3", {"value": Decimal(3)},
        "Dette er en sum over en periode, og føres for 2025, ikke for 3. kvartal 2025.",
        "page table excel command",
    ),
    "looks wrong": Case(
        "indicator_value", VALUE, {"value": Decimal(900)},
        "900 er langt fra det som er målt før. Er det riktig? Forrige var 4,5.", "page table excel command",
    ),
    "less than nothing": Case(
        "indicator_value", VALUE, {"value": Decimal(-3)}, "−3 er mindre enn null. Er det riktig?",
        "page table excel",
    ),
    "next step in the past": Case(
        "status_report", MEASURE, FINE | {"next_due": date(2020, 2, 1)},
        "Neste steg kan ikke ha frist 01.02.2020, for den dagen er over. Velg en dag fra i dag av.",
        "page excel command",
    ),
    "not begun": Case(
        "indicator_value", NEW_VALUE, {"value": Decimal(3)},
        "Perioden har ikke begynt ennå. Velg et tidligere år.", "page table excel command",
    ),
    "not measured, with a value": Case(
        "indicator_value", VALUE,
        {"value": Decimal(3), "quality": Quality.NOT_MEASURED, "comment": "Avlyst"},
        "Det som ikke er målt, har ingen verdi. Fjern verdien, eller si at det er målt.",
        "page table excel command",
    ),
    "not measured, without why": Case(
        "indicator_value", VALUE, {"quality": Quality.NOT_MEASURED},
        "Skriv i kommentaren hvorfor det ikke er målt.", "page table excel command",
    ),
    "neither number nor words": Case(
        "indicator_value", VALUE, {"comment": "Hm"}, "Skriv et tall eller en vurdering i ord.",
        "page table excel command",
    ),
}  # fmt: skip
ROADS = [(name, road) for name, case in CASES.items() for road in case.roads.split()]


@pytest.fixture
def plan(planned: Database, request: pytest.FixtureRequest) -> Database:
    if planned.url.startswith("postgresql"):
        pytest.skip("what is said is the same on both, and a command is given a file")
    with planned.writing() as session:
        record.access_link(by(session), "nestleder", expires_on=date(2026, 12, 24), key="lenke-1")
    return told(planned)


def by_page(database: Database, kind: str, key: str, said: Mapping[str, Any]) -> str:
    """As the form's button saves it."""
    with database.writing() as session:
        who = by(session)
        if kind == "status_report":
            saved = record.report(who, key, 0, **said)
        elif kind == "milestone":
            saved = record.milestone(who, key, 1, measure="1.1.1", **said)
        else:
            indicator, _at, period = key.partition("@")
            saved = record.value(who, indicator, period, 0, **said)
    return " ".join(saved.left_out)


def by_table(database: Database, kind: str, key: str, said: Mapping[str, Any]) -> str:
    """As the cells of the sheet are read, weighed and saved."""
    now = present(database)
    typed = {name: _shown(value) for name, value in said.items() if name in REPORTED or kind == "milestone"}
    if kind == "status_report":
        wanted = [*MEASURES.wanted(now, key, typed)]
    elif kind == "milestone":
        wanted = [*MILESTONES.wanted(now, key, typed)]
    else:
        wanted = [Wanted(kind, key, 0, said)]
    with database.writing() as session:
        saved = record.save(by(session), wanted, reason="")
    return " ".join(saved.left_out) if saved else ""


def by_excel(database: Database, kind: str, key: str, said: Mapping[str, Any]) -> str:
    """As the filled-in form is read, compared and saved."""
    sheet = {"status_report": "Tiltak", "milestone": "Milepæler", "indicator_value": "Målinger"}[kind]
    row = "svar@2026" if kind == "indicator_value" else key

    def fill(book: openpyxl.Workbook) -> None:
        for header in ("Verdi", "Kvalitet") if kind == "indicator_value" else ():
            cell(book[sheet], row, header).value = None
        for name, value in said.items():
            cell(book[sheet], row, HEADERS[name]).value = getattr(value, "label", value)
        cell(book[sheet], row, "Nøkkel").value = key

    found = previewed(database, edited(made(database), fill))
    if not found.is_clear:
        asked = [question.sentence for question in found.questions]
        raise Several("\n".join([*map(str, found.problems), *asked]), (), ())
    save_form(database, found)
    return " ".join(map(str, found.left_out))


def by_link(database: Database, _kind: str, key: str, said: Mapping[str, Any]) -> str:
    """As the page behind a link saves what a browser sends."""
    now = present(database)
    (link,) = now.access_links
    opened = update_page.Opened(database, now, link, "", "")
    update_page._save(opened, key, {"base": "0", "draft": "0", **{n: str(v or "") for n, v in said.items()}})
    return ""


def by_command(database: Database, kind: str, key: str, said: Mapping[str, Any]) -> str:
    """As it is written on the command line; what is refused is told and gives 1."""
    file = ["--database", str(Path(database.url.removeprefix("sqlite:///")))]
    if kind == "status_report":
        options = [part for n, v in said.items() for part in (OPTIONS.get(n, f"--{n}"), str(v))]
        return _told(["report", key, *options, *file])
    number = str(said.get("value", "-"))
    options = [part for n, v in said.items() if n in ("comment", "source") for part in (f"--{n}", v)]
    missed = ["--not-measured"] if said.get("quality") is Quality.NOT_MEASURED else []
    return _told(["value", *key.split("@"), number, *options, *missed, *file])


BY: Mapping[str, Callable[[Database, str, str, Mapping[str, Any]], str]] = {
    "page": by_page, "table": by_table, "excel": by_excel, "link": by_link, "command": by_command,
}  # fmt: skip
CAPTURED: list[pytest.CaptureFixture[str]] = []


@pytest.fixture(autouse=True)
def _captured(capsys: pytest.CaptureFixture[str]) -> Any:
    CAPTURED.append(capsys)
    yield
    CAPTURED.clear()


@pytest.mark.parametrize(("name", "road"), ROADS)
def test_what_cannot_be_used_is_refused_in_the_same_words_by_every_road(plan, name: str, road: str):
    case, before = CASES[name], newest(plan)
    with pytest.raises(Refusal) as refused:
        BY[road](plan, case.kind, case.key, case.said)
    assert case.answer in str(refused.value)
    assert newest(plan) == before


@pytest.mark.parametrize("road", BY)
def test_a_cause_of_no_deviation_is_kept_by_no_road_and_those_who_can_say_so(plan, road: str):
    told = BY[road](plan, "status_report", MEASURE, FINE | {"cause": "Sykdom", "remedy": "Vikar"})
    now = present(plan)
    kept = now.drafts[0] if road == "link" else now.measure(MEASURE).report
    assert kept
    assert (kept.phase, kept.cause, kept.remedy) == (Phase.IN_PROGRESS, "", "")
    if road != "link":  # the page behind a link does not show the fields
        assert "Årsak hører bare til et avvik, og er ikke tatt med." in told


@pytest.mark.parametrize("road", BY)
def test_what_is_dropped_keeps_its_cause_by_every_road(plan, road: str):
    BY[road](plan, "status_report", MEASURE, FINE | {"phase": Phase.DROPPED, "cause": "Uten penger"})
    now = present(plan)
    kept = now.drafts[0] if road == "link" else now.measure(MEASURE).report
    assert kept
    assert kept.cause == "Uten penger"


@pytest.mark.parametrize("road", ["page", "table", "excel", "command"])
def test_a_number_that_looks_wrong_is_kept_by_every_road_where_somebody_is_sure(plan, road: str):
    said: dict[str, Any] = {"value": Decimal(900)}
    if road == "page":
        with plan.writing() as session:
            record.value(by(session), "svar", "2025", 0, sure=True, **said)
    elif road == "table":
        wanted = [Wanted("indicator_value", VALUE, 0, said, sure=True)]
        with plan.writing() as session:
            record.save(by(session), wanted)
    elif road == "excel":
        raw = filled(made(plan), {("Målinger", VALUE, "Verdi"): 900})
        (asked,) = previewed(plan, raw).questions
        save_form(plan, previewed(plan, raw, sure=[asked.place]))
    else:
        file = str(Path(plan.url.removeprefix("sqlite:///")))
        assert cli.run(["value", *VALUE.split("@"), "900", "--sure", "--database", file]) == 0
    kept = present(plan).indicator("svar").value_in("2025")
    assert kept
    assert kept.value == 900


def test_what_was_answered_once_is_not_asked_again(plan):
    with plan.writing() as session:
        record.value(by(session), "svar", "2025", 0, sure=True, value=Decimal(900))
    with plan.writing() as session:
        saved = record.value(by(session), "svar", "2025", 1, value=Decimal(900), comment="Telt på nytt")
    assert saved.version == 2


def test_a_whole_year_before_the_series_is_kept_and_one_within_it_is_refused(plan):
    """Half-years from 2025: 2024 is history, 2025 is the same thing twice."""
    with plan.writing() as session:
        row = _measured(session, Frequency.HALF_YEAR)
        saving.save(by(session), row)
        record.value(by(session), "svar", "2025-H1", 0, value=Decimal(4))
        record.value(by(session), "svar", "2024", 0, value=Decimal(5))
    told = "føres for 1. halvår 2025 eller 2. halvår 2025"
    with pytest.raises(BadInput, match=told), plan.writing() as session:
        record.value(by(session), "svar", "2025", 0, value=Decimal(9))
    indicator = present(plan).indicator("svar")
    assert [value.period for value in indicator.history] == ["2024"]
    assert [value.period for value in indicator.misfits] == ["2026"]


def test_a_number_of_another_kind_of_period_from_before_may_be_corrected(plan):
    with plan.writing() as session:
        row = _measured(session, Frequency.QUARTER)
        saving.save(by(session), row)
        record.value(by(session), "svar", "2026", 1, value=Decimal(5))
    (odd,) = present(plan).indicator("svar").misfits
    assert odd.value == 5


def _measured(session: Any, frequency: Frequency) -> Any:
    """The indicator's next version, which is measured so often."""
    standing = saving.live(session, VERSIONED["indicator"], PLAN, "svar") or {}
    row = {**standing, "version": 2, "frequency": frequency}
    return VERSIONED["indicator"](**row)


LINES = [(kind, name) for kind in KINDS for name, shape in shapes(kind).items() if shape.one_line]


@pytest.mark.parametrize(("kind", "name"), LINES)
def test_what_is_declared_as_one_line_holds_one_line(kind: str, name: str):
    for text in ("Leder\nog sekretær", "Leder\u2028og sekretær"):
        with pytest.raises(BadInput, match="på én linje") as refused:
            cleaned(VERSIONED[kind], name, text)
        assert refused.value.field == shapes(kind)[name].refused
    assert cleaned(VERSIONED[kind], name, " Leder\r\n") == "Leder"


WRITTEN = {
    "role": lambda s: want(by(s), "person", "ny", 0, title="Leder\nog mer"),
    "seat": lambda s: record.seat(by(s), "verv-9", 0, title="a\nb", order=1),
    "name": lambda s: record.contact(by(s), "fag", name="Kari\nBerg"),
    "link": lambda s: want(by(s), "link", "lenke-9", 0, thing="1.1.1", url="https://ks.no/",
                                  title="a\nb"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_a_line_break_is_refused_where_one_line_is_written(plan, name: str):
    with pytest.raises(BadInput, match="på én linje"), plan.writing() as session:
        WRITTEN[name](session)


SOON = date(2026, 12, 24)
NOTE: dict[str, Any] = {"thing": "1.1.1", "text": "Se her"}
PAGE: dict[str, Any] = {"thing": "1.1.1", "url": "https://ks.no/"}
LETTER: dict[str, Any] = {
    "person": "fag",
    "recipient": "leder",
    "day": SOON,
    "subject": "Frister",
    "state": MailState.SENT,
}
HOSTILE = {
    "no title": (Wanted("person", "ny", 0, {"title": " "}), "Gi rollen en tittel, for eksempel «Kasserer»."),
    "another's title": (
        Wanted("person", "ny", 0, {"title": "FAGANSVARLIG"}),
        "Det finnes alt en rolle som heter «FAGANSVARLIG».",
    ),
    "no key": (
        Wanted("person", "ny@rolle", 0, {"title": "Ny"}),
        "Nøkkelen «ny@rolle» kan bare ha bokstaver, tall, punktum og strek.",
    ),
    "with work": (
        Wanted("person", "fag", 1, retired=True),
        "Rollen har fortsatt ansvar for 1.1.1. Overlever det først.",
    ),
    "over before it begins": (
        Wanted("responsibility", "1.2.1@fag", 0, {"since": SOON, "until": SOON}),
        "Ansvaret er slutt før det begynner. Velg en senere sluttdato.",
    ),
    "link for nobody": (
        Wanted("access_link", "lenke-2", 0, {"person": "ingen", "expires_on": SOON}),
        "Fant ikke rollen «ingen» i planen.",
    ),
    "link for ever": (
        Wanted("access_link", "lenke-2", 0, {"person": "fag", "expires_on": date(2028, 1, 1)}),
        "En lenke varer til en dag fra i dag til om ett år.",
    ),
    "link for another's measure": (
        Wanted("access_link", "lenke-2", 0, {"person": "fag", "expires_on": SOON, "measures": ("1.1.2",)}),
        "Rollen har ikke ansvar for tiltak 1.1.2, alene eller med andre, og kan ikke få lenke til det.",
    ),
    "mail to nobody": (
        Wanted("mail", "fag@2026-12-24", 0, LETTER | {"recipient": "ingen"}),
        "Fant ikke rollen «ingen» i planen.",
    ),
    "no words": (Wanted("comment", "kommentar-2", 0, NOTE | {"text": "\n"}), "Skriv en kommentar."),
    "comment on nothing": (
        Wanted("comment", "kommentar-2", 0, NOTE | {"thing": "9.9.9"}),
        "Fant ikke «9.9.9» i planen. Kanskje er det tatt ut siden du åpnet siden.",
    ),
    "mention of nobody": (
        Wanted("comment", "kommentar-2", 0, NOTE | {"mentions": ("ingen",)}), "Fant ikke rollen «ingen»."
    ),
    "mention of no list": (
        Wanted("comment", "kommentar-2", 0, NOTE | {"mentions": 7}), "«7» kan ikke brukes her."
    ),
    "comment moved": (
        Wanted("comment", "kommentar-1", 1, {"thing": "1.2.1"}), "«kommentar-1» hører til noe annet."
    ),
    "comment gone": (
        Wanted("comment", "kommentar-7", 1, {"text": "Hei"}),
        "Fant ikke det du vil ta bort. Kanskje er det allerede gjort.",
    ),
    "script for an address": (
        Wanted("link", "lenke-2", 0, PAGE | {"url": "javascript:alert(1)"}),
        "Bare adresser som begynner med https:// eller http:// kan brukes.",
    ),
    "document's title of two lines": (
        Wanted("link", "lenke-2", 0, PAGE | {"title": "a\nb"}),
        "Tittel: teksten må stå på én linje. Ta bort linjeskiftene.",
    ),
    "too many tags": (
        Wanted("tagging", "1.1.1", 0, {"tags": tuple(map(str, range(21)))}), "Et tiltak kan ha 20 stikkord."
    ),
    "target for nothing": (
        Wanted("target", "ingen@2027-12-31", 0, {"value": Decimal(3)}),
        "Fant ikke indikatoren «ingen» i planen.",
    ),
    "target on no day": (
        Wanted("target", "svar@en-gang", 0, {"value": Decimal(3)}), "Datoen kan ikke brukes."
    ),
    "target without end": (
        Wanted("target", "svar@2027-12-31", 0, {"value": Decimal("NaN")}),
        "Tallet er for stort eller har for mange desimaler.",
    ),
    "indicator's name": (Wanted("indicator", "svar", 1, {"name": "Annet"}), "Dette kan ikke endres her."),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_only_wanted_is_refused_in_the_same_words_shown_alone_and_among_others(plan, name: str):
    wanted, answer = HOSTILE[name]
    with plan.writing() as session:
        want(by(session), "comment", "kommentar-1", 0, **NOTE)
    before = newest(plan)
    assert [flaw.sentence for flaw in record.previewed(present(plan), [wanted]).flaws] == [answer]
    with pytest.raises((BadInput, NotFound)) as alone, plan.writing() as session:
        record.save_one(by(session), wanted)
    others = Wanted("tagging", "1.1.2", 0, {"tags": ("Valg",)})
    with pytest.raises(Several) as among, plan.writing() as session:
        record.save(by(session), [others, wanted])
    assert str(alone.value) == answer
    assert [flaw.sentence for flaw in among.value.flaws] == [answer]
    assert newest(plan) == before


AIMS = {
    "indicator": Wanted("indicator", "svar", 1, {"proposal": False}),
    "target": Wanted("target", "svar@2027-12-31", 0, {"value": Decimal(4)}),
}


@pytest.mark.parametrize("via", [Via.PAGE, Via.EXCEL, Via.CLI])
@pytest.mark.parametrize("name", AIMS)
def test_an_aim_is_adopted_by_no_road_without_saying_where_it_was_decided(plan, name: str, via: Via):
    before = newest(plan)
    with pytest.raises(BadInput, match="Velg vedtaket, eller skriv hvor"), plan.writing() as session:
        record.save_one(by(session, via=via), AIMS[name])
    with pytest.raises(BadInput, match="Velg vedtaket, eller skriv hvor"), plan.writing() as session:
        record.save(by(session, via=via), [AIMS[name]])
    assert newest(plan) == before


def test_a_withdrawn_link_is_given_out_again_by_no_road(plan):
    with plan.writing() as session:
        take_out(by(session), "access_link", "lenke-1", 1)
    again = Wanted("access_link", "lenke-1", 0, {"person": "nestleder", "expires_on": SOON})
    with pytest.raises(Conflict, match="trukket tilbake"), plan.writing() as session:
        record.save_one(by(session), again)
    with pytest.raises(Conflict, match="trukket tilbake"), plan.writing() as session:
        record.save(by(session), [again])


def test_a_mail_somebody_else_has_sent_meanwhile_is_not_merged_and_sent_once_more(plan):
    key, sending = "fag@2026-12-24", LETTER | {"state": MailState.SENDING}
    with plan.writing() as session:
        want(by(session), "mail", key, 0, **sending)
        want(by(session), "mail", key, 1, **LETTER)
    with pytest.raises(Conflict), plan.writing() as session:
        want(by(session), "mail", key, 1, **sending)


def test_what_others_attached_is_not_touched_by_naming_ones_own_measure(plan):
    with plan.writing() as session:
        want(by(session), "comment", "kommentar-1", 0, **NOTE)
        want(by(session), "comment", "kommentar-2", 0, **NOTE | {"thing": "1.2.1"})
        want(by(session), "link", "lenke-2", 0, **PAGE | {"thing": "1.2.1"})
    mine = {"thing": "1.1.1"}
    for wanted in (
        Wanted("comment", "kommentar-1", 1, {"text": "Din"}),
        Wanted("comment", "kommentar-2", 1, mine),
        Wanted("comment", "kommentar-2", 1, retired=True),
        Wanted("link", "lenke-2", 1, mine),
        Wanted("link", "lenke-2", 1, mine, retired=True),
        Wanted("link", "lenke-2", 1, retired=True),
    ):
        with pytest.raises(NotAllowed), plan.writing() as session:
            record.save_one(by(session, actor=RESPONSIBLE), wanted)
        with pytest.raises(NotAllowed), plan.writing() as session:
            record.save(by(session, actor=RESPONSIBLE), [wanted])


def test_every_rule_is_named_in_the_documentation():
    written = (Path(__file__).parent.parent / "docs" / "architecture.md").read_text("utf-8")
    functions = {
        function.__name__
        for rules in RULES.values()
        for function in (rules.normal, rules.flaws, rules.locks)
        if function.__name__.endswith(("_flaws", "_normal", "_locks"))
    }
    assert functions
    assert {name for name in functions if f"`{name}`" not in written} == set()


def _shown(value: Any) -> Any:
    """A value as the grid hands it over."""
    if isinstance(value, Assessment):
        return value.marked
    return (
        value.label if isinstance(value, Phase) else value.isoformat() if isinstance(value, date) else value
    )


def _told(words: list[str]) -> str:
    code = cli.run(words)
    errors = CAPTURED[-1].readouterr().err
    if code:
        raise Refusal(errors)
    return errors
