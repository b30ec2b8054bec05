"""What the command line does, prints and answers."""

import codecs
import io
import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from strategy import backup, changes, cli, config, database, dates, document, record, startup
from strategy.access import LOCAL
from strategy.attachments import judged
from strategy.cli import output, usage
from strategy.cli.commands import app
from strategy.terms import Phase, Quality, Settlement
from tests.board import called, decide, under_way
from tests.databases import NOW, a_plan, by, newest, present, want
from tests.test_hostile_files import PDF

ROOT = Path(__file__).parent.parent
PLAN = str(ROOT / "strategy.yaml")
MANUAL = (ROOT / "docs" / "commands.md").read_text("utf-8")
GROUP: Any = get_command(app)
OK = ("--phase", "in_progress", "--assessment", "on_track", "--done", "Sendt")


class Desk:
    """A shell in a folder of its own: says a command, and gives the exit code and what was printed."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture
        self.out = self.err = ""

    def say(self, *args: str) -> int:
        code = cli.run(args)
        self.out, self.err = self.capture.readouterr()
        return code

    def facts(self, *args: str) -> Any:
        self.say(*args, "--json")
        return json.loads(self.out)

    @property
    def database(self) -> database.Database:
        return database.connect(config.sqlite_url(self.folder / "strategy.db"))

    def plan(self, **changed: Any) -> str:
        """The path of a file with `a_plan`, changed."""
        file = self.folder / "plan.yaml"
        file.write_text(document.write(a_plan(**changed), "plan"), "utf-8")
        return str(file)


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    monkeypatch.setenv("STRATEGY_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("STRATEGY_DATABASE_URL", raising=False)
    monkeypatch.delenv("STRATEGY_FILE", raising=False)
    yield Desk(tmp_path, capsys)
    for file in tmp_path.glob("*.db"):
        database.connect(config.sqlite_url(file)).close()


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk whose database holds `a_plan`."""
    desk.say("apply", desk.plan())
    return desk


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example database, a year and a half into the story."""
    file = tmp_path_factory.mktemp("told") / "example.db"
    opened = database.connect(config.sqlite_url(file))
    startup.make_example(opened, date(2025, 9, 1))
    opened.close()
    return file


def test_check_counts_the_real_plan(desk: Desk):
    found = desk.facts("check", PLAN)
    assert {"goals": 3, "subgoals": 12, "measures": 20, "problems": []}.items() <= found.items()
    assert desk.say("check", PLAN) == 0
    assert "3 hovedmål, 12 delmål og 20 tiltak" in desk.out


def test_check_shows_every_problem_where_editors_find_it(desk: Desk):
    file = Path(desk.plan())
    file.write_text(file.read_text("utf-8").replace("vision:", "visjon:").replace("kind:", "slag:"), "utf-8")
    assert desk.say("check", str(file)) == 1
    places = [line for line in desk.err.splitlines() if re.match(rf"{re.escape(str(file))}:\d+:\d+: ", line)]
    assert len(places) >= 2
    assert desk.out == ""
    problems = desk.facts("check", str(file))["problems"]
    assert len(problems) == len(places)
    assert set(problems[0]) == {"line", "column", "message", "hint"}
    assert desk.say("check", str(file), "--json") == 1


def test_check_needs_no_database_and_makes_none(desk: Desk):
    desk.say("check", PLAN)
    assert list(desk.folder.iterdir()) == []


@pytest.mark.parametrize("command", ["check", "diff", "apply"])
def test_a_file_that_cannot_be_read_is_named(desk: Desk, command: str):
    assert desk.say(command, "borte.yaml") == 1
    assert "Kan ikke lese borte.yaml: den finnes ikke." in desk.err


def test_applying_twice_changes_nothing_the_second_time(desk: Desk):
    assert desk.say("apply", PLAN) == 0
    assert "endring 1" in desk.out
    assert desk.say("apply", PLAN) == 0
    assert "Ingenting å endre. Nyeste endring er 1." in desk.out
    assert newest(desk.database) == 1


def test_a_load_is_backed_up_first_and_says_where_and_one_that_changes_nothing_is_not(planned: Desk):
    backups = planned.folder / "backup"
    assert planned.say("apply", planned.plan()) == 0
    assert not backups.exists()
    assert planned.say("apply", planned.plan(without=["2.1.1"])) == 0
    (kept,) = backups.iterdir()
    assert f"Sikkerhetskopi fra rett før: {kept}" in planned.out
    assert backup.check(kept) == 1
    found = planned.facts("apply", planned.plan())
    assert backup.check(Path(found["backup"])) == 2


def test_a_backup_to_a_folder_that_is_not_there_says_so_and_makes_none(planned: Desk):
    assert planned.say("backup", "--out", str(planned.folder / "minnepinne")) == 1
    assert "minnepinne finnes ikke. Lag den, eller koble til disken" in planned.err
    assert not (planned.folder / "minnepinne").exists()


def test_the_reason_is_kept_in_the_change(desk: Desk):
    desk.say("apply", desk.plan(), "--reason", "Vedtatt i sak 12/26")
    desk.say("verify")
    rows = sqlite3.connect(desk.folder / "strategy.db")
    assert rows.execute("SELECT reason, via FROM change").fetchall() == [("Vedtatt i sak 12/26", "yaml")]
    rows.close()


def test_a_change_of_what_is_adopted_names_its_decision_or_is_a_slip_or_is_said_to_lack_it(planned: Desk):
    under_way(planned.database)
    decide(planned.database)
    late = {"1.1.1": {"due": date(2028, 1, 1)}}
    assert planned.say("apply", planned.plan(changed=late), "--decision", "vedtak-1") == 0
    assert "uten at vedtaket" not in planned.out
    slip = {"1.1.1": late["1.1.1"] | {"text": "Vi skal skrive høringssvarene"}}
    assert planned.say("apply", planned.plan(changed=slip), "--correction") == 0
    assert planned.say("apply", planned.plan(changed=slip, without=["2.1.1"])) == 0
    assert "uten at vedtaket er nevnt" in planned.out
    assert planned.say("apply", planned.plan(changed=slip), "--decided", "Årsmøtet 9. juni 2026, sak 9") == 0
    assert "uten at vedtaket er nevnt" not in planned.out
    shown = present(planned.database)
    assert {(a.thing, a.decision, a.effect.value) for a in shown.authorities} == {
        ("1.1.1", "vedtak-1", "postponed"), ("1.1.1", "", "corrected"), ("2.1.1", "", "dropped"),
        ("2.1.1", "", "adopted"),
    }  # fmt: skip


def test_an_unknown_decision_is_refused_and_two_grounds_are_wrong_use(planned: Desk):
    file = planned.plan(changed={"1.1.1": {"due": date(2028, 1, 1)}})
    assert planned.say("apply", file, "--decision", "vedtak-9") == 1
    assert "Fant ikke vedtaket «vedtak-9»" in planned.err
    assert planned.say("apply", file, "--decision", "vedtak-1", "--correction") == 2
    assert newest(planned.database) == 1


def test_meetings_are_listed_with_key_number_date_and_state(planned: Desk):
    assert planned.say("meetings") == 0
    assert "Ingen styremøter" in planned.out
    called(planned.database)
    assert planned.facts("meetings") == [
        {"key": "mote-2026-1", "number": 1, "date": "2026-11-30", "state": "called"},
        {"key": "mote-2026-2", "number": 2, "date": "2027-02-04", "state": "draft"},
    ]
    assert planned.say("meetings") == 0
    assert "mote-2026-1  30.11.2026  styremøte 1, 2026–2027: innkalt" in planned.out


def test_a_search_finds_what_is_written_with_its_day_kind_and_address(planned: Desk):
    planned.say(*REPORTED)
    (hit,) = (
        each for each in planned.facts("search", "SENDTE", "brev", "1.1.1")["hits"] if each["version"] == 1
    )
    assert (hit["kind"], hit["key"], hit["field"]) == ("status_report", "1.1.1", "Dette er gjort")
    assert hit["address"] == "/tiltak?t=1.1.1"
    assert hit["excerpt"] == "Sendte brev"
    assert planned.say("search", "sendte") == 0
    assert "Rapport 1.1.1: " in planned.out
    assert "Dette er gjort: Sendte brev\n    /tiltak?t=1.1.1\nEtt treff på «sendte»." in planned.out


def test_a_search_shows_as_many_as_asked_for_and_names_the_word_that_is_nowhere(planned: Desk):
    found = planned.facts("search", "tiltak", "--most", "1")
    assert len(found["hits"]) == 1
    assert found["total"] > 1
    assert planned.facts("search", "tiltak", "qwertyx") == {"total": 0, "missing": ["qwertyx"], "hits": []}
    assert planned.say("search", "qwertyx") == 0
    assert "Ingenting inneholder «qwertyx»" in planned.out


def test_a_thing_is_shown_by_its_key_with_every_report_on_it(planned: Desk):
    planned.say(*REPORTED)
    measure, report = planned.facts("show", "1.1.1")
    assert (measure["kind"], measure["address"]) == ("measure", "/tiltak?t=1.1.1")
    assert measure["fields"]["name"] in measure["title"]
    assert (report["kind"], report["fields"]["done"]) == ("status_report", "Sendte brev")
    assert planned.say("show", "1.1.1") == 0
    assert "    dette er gjort: Sendte brev" in planned.out
    assert planned.say("show", "9.9.9") == 1
    assert "Fant ikke «9.9.9»" in planned.err


REPORTED = (
    "report", "1.1.1", "--phase", "pågår", "--assessment", "i rute", "--done", "Sendte brev",
)  # fmt: skip


def test_a_broken_plan_is_not_applied(planned: Desk):
    file = Path(planned.plan())
    file.write_text(file.read_text("utf-8").replace("vision:", "visjon:"), "utf-8")
    assert planned.say("apply", str(file)) == 1
    assert newest(planned.database) == 1


@pytest.mark.parametrize(("first", "last"), [(0, 400), (-400, -1), (1, 1500)])
def test_a_plan_may_be_loaded_before_its_first_day_and_mended_after_its_last(
    desk: Desk, first: int, last: int
):
    today = dates.oslo_day(datetime.now(UTC))
    period = {"start": today + timedelta(days=first), "end": today + timedelta(days=last)}
    file = desk.plan(changed={"plan": period, "1.1.1": {"due": period["end"]}})
    assert [desk.say(command, file) for command in ("check", "diff", "apply")] == [0, 0, 0]


def test_a_new_key_is_a_strategy_of_its_own_and_must_be_asked_for(planned: Desk):
    file = Path(planned.plan())
    file.write_text(file.read_text("utf-8").replace('key: "plan"', 'key: "plam"'), "utf-8")
    assert planned.say("diff", str(file)) == 0
    for said in ("Dette er en ny strategi ved siden av.", "Mente du «plan»?", "--new"):
        assert said in planned.err
    assert planned.say("apply", str(file)) == 1
    for said in ("Dette er en ny strategi ved siden av.", "Mente du «plan»?", "Ingenting er skrevet."):
        assert said in planned.err
    assert planned.facts("diff", str(file))["beside"] == ["plan"]
    assert newest(planned.database) == 1
    assert planned.say("apply", str(file), "--new") == 0
    assert present(planned.database, strategy="plam").measures
    assert planned.say("apply", str(file)) == 0
    assert "Ingenting å endre" in planned.out


def test_a_command_is_told_which_of_several_strategies_it_is_about(planned: Desk):
    file = Path(planned.plan(changed={"plan": {"start": date(2099, 1, 1), "end": date(2102, 12, 31)},
                                      "1.1.1": {"due": date(2100, 6, 30)}}))  # fmt: skip
    file.write_text(file.read_text("utf-8").replace('key: "plan"', 'key: "neste"'), "utf-8")
    assert planned.say("apply", str(file), "--new") == 0
    assert planned.say("report", "1.1.1", *OK) == 0
    assert present(planned.database).measure("1.1.1").report
    assert planned.say("export", "yaml", "--strategy", "neste", "--out", str(planned.folder / "ut.yaml")) == 0
    assert (planned.folder / "ut.yaml").read_bytes() == file.read_bytes()
    for kind in ("status-report", "calendar", "update-form"):
        out = str(planned.folder / "ut.bin")
        assert planned.say("export", kind, "--strategy", "neste", "--out", out) == 0
    assert planned.say("meetings", "--strategy", "borte") == 1
    assert "Det er ingen strategi «borte» i databasen. Den har «plan», «neste»." in planned.err
    assert planned.say("undo", "2", "--strategy", "neste", "--yes") == 0
    assert planned.say("meetings", "--strategy", "neste") == 1


def adopt_a_role(desk: Desk) -> None:
    with desk.database.writing() as session:
        want(record.By(session, LOCAL, "plan", NOW), "person", "fag", 1, title="Rådgiver")


def test_an_untouched_file_changes_nothing_whatever_was_adopted_in_the_app(planned: Desk):
    adopt_a_role(planned)
    for command in ("diff", "apply"):
        assert planned.say(command, planned.plan()) == 0
        assert planned.out.startswith("Ingenting å endre.")
        assert planned.err == ""
    assert newest(planned.database) == 2


def test_what_both_the_file_and_the_app_have_changed_is_refused_with_both_texts(planned: Desk):
    adopt_a_role(planned)
    file = planned.plan(changed={"fag": {"title": "Seniorrådgiver"}})
    assert planned.say("diff", file) == 0
    assert planned.say("apply", file) == 1
    for said in ("Rolle fag, tittel (fag:title)", "før: Fagansvarlig", "i løsningen: Rådgiver",
                 "i fila: Seniorrådgiver", "--mine fag:title", "Ingenting er skrevet."):  # fmt: skip
        assert said in planned.err
    assert [clash["name"] for clash in planned.facts("diff", file)["clashes"]] == ["fag:title"]
    assert planned.say("apply", file, "--mine", "fag:titel") == 2
    assert "Velg blant fag:title, all." in planned.err
    assert newest(planned.database) == 2


@pytest.mark.parametrize(("said", "stands"), [
    (("--mine", "fag:title"), "Seniorrådgiver"), (("--theirs", "fag:title"), "Rådgiver"),
    (("--mine", "all"), "Seniorrådgiver"), (("--mine", "all", "--theirs", "fag:title"), "Rådgiver"),
])  # fmt: skip
def test_one_chooses_whose_is_to_stand(planned: Desk, said: tuple[str, ...], stands: str):
    adopt_a_role(planned)
    file = planned.plan(changed={"fag": {"title": "Seniorrådgiver"}})
    assert planned.say("apply", file, *said) == 0
    assert present(planned.database).person("fag").title == stands
    assert planned.say("apply", file) == 0
    assert "Ingenting å endre" in planned.out


def test_the_comments_of_the_file_come_back_when_it_is_exported(desk: Desk):
    file = Path(desk.plan())
    file.write_text("# Vår egen fil\n" + file.read_text("utf-8"), "utf-8")
    desk.say("apply", str(file))
    desk.say("export", "yaml", "--out", str(desk.folder / "ut.yaml"))
    assert (desk.folder / "ut.yaml").read_bytes() == file.read_bytes()


def test_diff_shows_word_by_word_and_changes_nothing(planned: Desk):
    changed = {"1.1.1": {"text": "Vi skal skrive gode høringssvar", "due": date(2027, 9, 30)}}
    file = planned.plan(changed=changed, without=["1.2.1", "nestleder", "1.1.2@nestleder"])
    assert planned.say("diff", file) == 0
    assert "~ Tiltak 1.1.1 endret\n    tekst: Vi skal skrive [+ gode] høringssvar" in planned.out
    assert "frist: 30.06.2027 → 30.09.2027" in planned.out
    assert "- Tiltak 1.2.1 tatt ut: Være i media" in planned.out
    assert "0 lagt til, 1 endret, 3 tatt ut." in planned.out
    assert newest(planned.database) == 1


def test_apply_does_what_diff_showed(planned: Desk):
    file = planned.plan(changed={"1.1.1": {"name": "Svare"}}, without=["1.2.1"])
    shown = planned.facts("diff", file)
    done = planned.facts("apply", file)
    assert {name: done[name] for name in shown} == shown
    assert done["change"] == done["newest"] == 2
    assert [edit["key"] for edit in shown["retired"]] == ["1.2.1"]
    assert not any(planned.facts("diff", file).values())
    assert present(planned.database).measure("1.1.1").name == "Svare"


def test_diff_against_no_database_makes_none(desk: Desk):
    assert desk.say("diff", desk.plan()) == 0
    assert "+ Tiltak 1.1.1 lagt til: Skrive høringssvar" in desk.out
    assert [file.name for file in desk.folder.iterdir()] == ["plan.yaml"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("en to tre", "en fire tre", "en [to → fire] tre"),
        ("en tre", "en to tre", "en [+ to] tre"),
        ("en to tre", "en tre", "en [– to] tre"),
    ],
)
def test_changed_words_stand_in_brackets(before: str, after: str, shown: str):
    assert " ".join("".join(output._worded(before, after)).split()) == shown


def test_a_report_is_saved_and_the_next_is_the_next_version(planned: Desk):
    assert (
        planned.say(
            "report", "1.1.1", *OK, "--next", "Følge opp", "--next-due", "1.2.2027", "--estimate", "40"
        )
        == 0
    )
    assert "Lagret" in planned.out
    report = present(planned.database).measure("1.1.1").report
    assert report is not None
    assert (report.done, report.next_step, report.next_due, report.estimate) == (
        "Sendt", "Følge opp", date(2027, 2, 1), 40,
    )  # fmt: skip
    assert planned.facts("report", "1.1.1", *OK)["version"] == 2


def test_a_report_takes_the_norwegian_words(planned: Desk):
    assert planned.say("report", "1.1.1", "--phase", "pågår", "--assessment", "I rute", "--done", "x") == 0
    assert present(planned.database).measure("1.1.1").phase is Phase.IN_PROGRESS


def test_a_deviation_without_cause_is_refused(planned: Desk):
    args = ("--phase", "in_progress", "--assessment", "some_deviation", "--done", "x")
    assert planned.say("report", "1.1.1", *args) == 1
    assert "årsak" in planned.err
    assert planned.say("report", "1.1.1", *args, "--cause", "Sykdom", "--remedy", "Vikar") == 0


def test_what_became_of_a_promise_is_told_from_a_script(planned: Desk):
    assert planned.say("report", "1.1.1", *OK, "--next", "Levere", "--next-due", "1.2.2027") == 0
    assert planned.say("report", "1.1.1", *OK, "--promise", "trukket") == 1
    assert "hvorfor løftet er trukket" in planned.err
    assert planned.say("report", "1.1.1", *OK, "--promise", "gjort") == 0
    report = present(planned.database).measure("1.1.1").report
    assert report is not None
    assert report.promise is Settlement.DONE


@pytest.mark.parametrize("args", [("report", "9.9.9", *OK), ("value", "ukjent", "2025", "1")])
def test_what_is_not_in_the_plan_is_refused(planned: Desk, args: tuple[str, ...]):
    assert planned.say(*args) == 1
    assert "Fant ikke" in planned.err


def test_a_value_is_saved_corrected_and_told_when_it_stood_there(planned: Desk):
    assert planned.say("value", "svar", "2025", "1 234,5", "--source", "Arkivet", "--preliminary") == 0
    (value,) = present(planned.database).indicator("svar").values
    assert (value.quality, value.source) == (Quality.PRELIMINARY, "Arkivet")
    assert planned.say("value", "svar", "2025", "-3,5") == 1
    assert "--sure" in planned.err
    assert planned.say("value", "svar", "2025", "-3,5", "--sure") == 0
    (value,) = present(planned.database).indicator("svar").values
    assert str(value.value) == "-3.5"
    assert value.source == "Arkivet"  # what is not said again, stands
    assert planned.facts("value", "svar", "2025", "-3,5", "--sure") == {
        "key": "svar@2025",
        "version": 2,
        "change": 3,
        "again": True,
    }
    assert planned.say("value", "svar", "2025", "-3,5", "--sure", "--source", "") == 0
    (value,) = present(planned.database).indicator("svar").values
    assert value.source == ""


def test_a_value_may_be_words_alone(planned: Desk):
    assert planned.say("value", "svar", "2025", "-", "--text", "Bedre enn i fjor") == 0
    (value,) = present(planned.database).indicator("svar").values
    assert (value.value, value.text) == (None, "Bedre enn i fjor")


def test_that_it_was_not_measured_is_an_answer_with_a_reason(planned: Desk):
    assert planned.say("value", "svar", "2025", "-", "--not-measured") == 1
    assert "hvorfor det ikke er målt" in planned.err
    assert planned.say("value", "svar", "2025", "-", "--not-measured", "--comment", "Avlyst") == 0
    (value,) = present(planned.database).indicator("svar").values
    assert (value.value, value.quality, value.comment) == (None, Quality.NOT_MEASURED, "Avlyst")


@pytest.mark.parametrize("command", [("verify",), ("report", "1.1.1", *OK), ("export", "yaml"), ("backup",)])
def test_a_database_that_is_not_there_is_told_and_not_made(desk: Desk, command: tuple[str, ...]):
    assert desk.say(*command) == 1
    assert "Det er ingen database i" in desk.err
    assert not list(desk.folder.glob("*.db"))


def test_the_exported_plan_changes_nothing_when_it_is_loaded(desk: Desk):
    desk.say("apply", PLAN)
    assert desk.say("export", "yaml", "--out", str(desk.folder / "ut.yaml")) == 0
    assert desk.say("apply", str(desk.folder / "ut.yaml")) == 0
    assert "Ingenting å endre" in desk.out


def test_the_plan_goes_to_standard_output_as_utf_8(planned: Desk):
    done = _python("export", "yaml", "--database", str(planned.database.file), console="cp1252")
    plan, problems = document.read(done.stdout)
    assert plan is not None
    assert problems == ()


def test_a_file_that_cannot_be_written_keeps_what_it_held(planned: Desk):
    (planned.folder / "mappe").mkdir()
    assert planned.say("export", "yaml", "--out", str(planned.folder / "mappe")) == 1
    assert "det er en mappe" in planned.err
    assert planned.say("export", "yaml", "--out", str(planned.folder / "borte" / "plan.yaml")) == 1
    assert not list(planned.folder.glob(".*"))


def test_the_calendar_is_a_file_calendars_read(planned: Desk):
    out = planned.folder / "arshjul.ics"
    assert planned.say("export", "calendar", "--out", str(out)) == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


SINCE = ("export", "since", "--from", "1.3.2024", "--to", "now")


@pytest.mark.parametrize(
    ("form", "begins"), [("", b"# "), ("json", b"{"), ("docx", b"PK"), ("pdf", b"%PDF-")]
)
def test_what_has_happened_is_text_facts_or_a_file(desk: Desk, told: Path, form: str, begins: bytes):
    out = desk.folder / "siste"
    args = (*SINCE, *(("--format", form) if form else ()), "--out", str(out), "--database", str(told))
    assert desk.say(*args) == 0
    assert out.read_bytes().startswith(begins)


def test_what_has_happened_is_the_same_in_words_and_as_facts(desk: Desk, told: Path):
    files = {form: desk.folder / f"siste.{form}" for form in ("md", "json")}
    for form, file in files.items():
        desk.say(*SINCE, "--format", form, "--out", str(file), "--database", str(told))
    text, facts = (file.read_text("utf-8") for file in files.values())
    found = json.loads(facts)
    assert text.startswith(f"# {found['finding']}\n")
    assert ".»." not in text
    assert found["from"] == {"change": found["from"]["change"], "day": "2024-03-01", "meeting": None}
    keys = [news["key"] for goal in found["goals"] for news in goal["news"] if news["kind"] == "measure"]
    assert keys
    assert set(keys).isdisjoint(found["unchanged"])
    assert len(keys) + len(found["unchanged"]) == found["measures"]
    assert all(f"{key} " in text for key in (*keys, *found["unchanged"]))
    quoted = [news["said"] for goal in found["goals"] for news in goal["news"] if news["said"]]
    assert quoted
    for said in quoted:
        day = dates.day(date.fromisoformat(said["on"]))
        assert f"({day}, {said['by']})" in text


@pytest.mark.parametrize(
    "ends", [("1.1.2020", "now"), ("now", "1.3.2024"), ("mote-1", "now"), ("now", "1.1.2099")]
)
def test_two_ends_that_cannot_be_compared_are_refused(desk: Desk, told: Path, ends: tuple[str, str]):
    assert desk.say("export", "since", "--from", ends[0], "--to", ends[1], "--database", str(told)) == 1
    assert desk.err
    assert not desk.out


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_the_annual_report_is_a_word_file_or_a_pdf(desk: Desk, told: Path, form: str, begins: bytes):
    out = desk.folder / f"arsmelding.{form}"
    args = ("--year", "2024", "--format", form, "--out", str(out), "--database", str(told))
    assert desk.say("export", "annual-report", *args) == 0
    assert out.read_bytes().startswith(begins)


def test_undo_shows_first_and_writes_only_after_yes(planned: Desk):
    planned.say("report", "1.1.1", *OK)
    assert planned.say("undo", "2") == 0
    assert "Rapport 1.1.1 tatt ut" in planned.out
    assert "Ingenting er skrevet" in planned.out
    assert newest(planned.database) == 2
    assert planned.say("undo", "2", "--yes") == 0
    assert "Angringen er endring 3" in planned.out
    assert present(planned.database).measure("1.1.1").report is None
    found = planned.facts("undo", "3")
    assert (found["undone"], found["change"]) == (3, None)
    assert [(c["kind"], c["key"], c["action"]) for c in found["changes"]] == [
        ("status_report", "1.1.1", "added")
    ]
    assert planned.say("undo", "2", "--yes") == 1
    assert "allerede angret" in planned.err
    assert planned.say("undo", "99") == 1
    assert planned.say("undo", "to") == 2
    assert newest(planned.database) == 3


def test_the_first_load_is_undone_only_where_nothing_stands_on_it(planned: Desk):
    planned.say("report", "1.1.1", *OK)
    assert planned.say("undo", "1", "--yes") == 1
    assert "Endring 2 bygger på det som ville blitt tatt ut." in planned.err
    planned.say("undo", "2", "--yes")
    assert planned.say("undo", "1", "--yes") == 0
    assert planned.say("meetings") == 1
    assert planned.say("apply", planned.plan()) == 0
    assert len(present(planned.database).measures) == 4


def test_the_example_is_made_once(desk: Desk):
    assert desk.say("example", "--until", "20.6.2024", "--database", str(desk.folder / "eksempel.db")) == 0
    assert "oppdiktet" in desk.out
    assert desk.say("example", "--database", str(desk.folder / "eksempel.db")) == 0
    assert "finnes fra før" in desk.out


def test_the_example_stays_out_of_own_data(planned: Desk):
    assert planned.say("example", "--database", str(planned.database.file)) == 1
    assert "egne data" in planned.err


def test_verify_passes_on_what_the_program_wrote(planned: Desk):
    with planned.database.reading() as session:
        stamp, whole = changes.stamp(session, 1), changes.hash_of(session, 1)
    found = {"ok": True, "changes": 1, "newest": 1, "fingerprint": stamp.fingerprint}
    assert planned.facts("verify") == found
    assert planned.say("verify") == 0
    assert stamp.sentence in planned.out
    for typed in (stamp.fingerprint, stamp.fingerprint.replace("-", " ").upper(), whole):
        assert planned.facts("verify", "--against", f"1:{typed}") == found


def test_verify_backup_and_restore_tell_of_the_files_that_are_attached(planned: Desk):
    there = planned.database
    with there.writing() as session:
        record.attach(by(session), there.files, "1.1.1", judged("Referat.pdf", PDF))
    assert planned.say("verify") == 0
    assert "1 fil er som den ble lagt ved." in planned.out
    assert planned.say("backup") == 0
    assert "mangler" not in planned.out
    (file,) = there.files.iterdir()
    file.unlink()
    assert planned.say("verify") == 1
    assert "«Referat»" in planned.err
    assert planned.facts("verify")["change"] == 2
    (taken,) = (planned.folder / "backup").glob("strategi-*.db")
    assert planned.say("restore", str(taken)) == 0
    assert "mangler" not in planned.out
    assert planned.say("verify") == 0
    for lost in (*there.files.iterdir(), *(planned.folder / "backup" / "filer").iterdir()):
        lost.unlink()
    assert planned.say("restore", str(taken)) == 0
    assert "1 fil som er lagt ved, mangler. Kommandoen verify sier hvilke." in planned.out


def test_verify_says_when_the_history_is_not_the_one_on_paper(planned: Desk):
    planned.say("report", "1.1.1", *OK)
    paper = f"2:{planned.facts('verify')['fingerprint']}"
    _alter(planned, "DELETE FROM status_report", "DELETE FROM change WHERE id = 2")
    assert planned.say("verify") == 0
    assert planned.say("verify", "--against", paper) == 1
    assert "Endring 2 finnes ikke i databasen; den nyeste er 1" in planned.err
    planned.say("report", "1.1.1", *OK)
    assert planned.say("verify", "--against", paper) == 1
    assert "til og med endring 2 er ikke den som ble skrevet ut" in planned.err
    assert planned.facts("verify", "--against", paper)["change"] == 2
    for short in ("2", "2:", "2:3f2a", f"2:{'0' * 19}", f"x:{'0' * 20}"):
        assert planned.say("verify", "--against", short) == 2
    assert "886:3f2a" in planned.err


def test_verify_names_the_change_that_was_altered(planned: Desk):
    planned.say("report", "1.1.1", *OK)
    planned.say("report", "1.1.2", *OK)
    _alter(planned, "UPDATE status_report SET done = 'sendt' WHERE key = '1.1.1'")
    assert planned.say("verify") == 1
    assert "Endring 2" in planned.err
    found = planned.facts("verify")
    assert (found["ok"], found["newest"], found["change"]) == (False, 3, 2)
    assert "Endring 2" in found["message"]
    assert planned.say("verify", "--json") == 1


def test_a_backup_is_restored_and_what_stood_there_is_kept(planned: Desk):
    assert planned.say("backup") == 0
    (copy,) = (planned.folder / "backup").glob("*.db")
    planned.say("report", "1.1.1", *OK)
    assert planned.say("restore", str(copy)) == 0
    assert newest(planned.database) == 1
    assert len(list((planned.folder / "backup").glob("*.db"))) == 2
    assert planned.say("restore", str(planned.folder / "borte.db")) == 1


def test_old_backups_are_tidied_in_their_own_folder_and_nowhere_else(planned: Desk):
    elsewhere = planned.folder / "minnepinne"
    for folder in (planned.folder / "backup", elsewhere):
        folder.mkdir()
        for hour in "01":
            (folder / f"strategi-2020-01-01T0{hour}0000Z.db").touch()
    assert planned.say("backup") == 0
    assert "Fjernet en gammel: strategi-2020-01-01T000000Z.db" in planned.out
    assert len(list((planned.folder / "backup").glob("*.db"))) == 2
    assert planned.say("backup", "--out", str(elsewhere)) == 0
    assert len(list(elsewhere.glob("*.db"))) == 3


def test_upgrade_fills_an_empty_database_and_backs_up_one_that_is_there(desk: Desk):
    assert desk.say("upgrade") == 0
    assert newest(desk.database) == 1
    assert not (desk.folder / "backup").exists()
    assert desk.say("upgrade") == 0
    assert len(list((desk.folder / "backup").glob("*.db"))) == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Bruk: python -m strategy"),
        (("chek", PLAN), "«chek» er ikke en kommando. Mente du «check»?"),
        (("check",), "FIL mangler."),
        (("check", PLAN, "--jsn"), "--jsn er ikke et valg her. Mente du --json?"),
        (("check", PLAN, PLAN), "For mange argumenter."),
        (("check", PLAN, "--json=ja"), "--json skal ikke ha noen verdi."),
        (("diff", PLAN, "--database"), "--database må ha en verdi etter seg."),
        (("report", "1.1.1"), "--phase FASE mangler."),
        (("report", "1.1.1", *OK, "--phase", "ferdig"), "«ferdig» kan ikke brukes. Velg en av: not_started"),
        (("report", "1.1.1", *OK, "--estimate", "mye"), "--estimate: «mye» er ikke et helt tall."),
        (("report", "1.1.1", *OK, "--next-due", "31.2.2027"), "--next-due: «31.2.2027» er ikke en dato."),
        (("value", "svar", "i fjor", "3"), "PERIODE: «i fjor» er ikke en periode."),
        (("value", "svar", "2025", "mye"), "TALL: «mye» er ikke et tall."),
        (("export", "pptx"), "SLAG: «pptx» kan ikke eksporteres. Velg yaml, "),
        (("export", "yaml", "--format", "docx"), "--format: yaml finnes bare som yaml."),
        (("export", "since", "--to", "now"), "--from: since må ha --from."),
        (("export", "annual-report"), "--year: annual-report må ha --year."),
        (("export", "yaml", "--year", "2025"), "--year: yaml tar ikke imot --year."),
        (("example", "--until", "snart"), "--until: «snart» er ikke en dato."),
    ],
)  # fmt: skip
def test_wrong_use_is_told_and_answers_two(desk: Desk, args: tuple[str, ...], said: str):
    assert desk.say(*args) == 2
    assert said in desk.err
    assert desk.out == ""


def test_an_address_nobody_can_use_is_a_sentence(desk: Desk):
    assert desk.say("verify", "--database", "tull://") == 1
    assert "Databaseadressen kan ikke brukes" in desk.err


@pytest.mark.parametrize("name", [*GROUP.commands, ""])
def test_help_is_norwegian_and_has_an_example(desk: Desk, name: str):
    assert desk.say(*filter(None, [name]), "--help") == 0
    assert "Viser denne hjelpen." in desk.out
    assert f"Eksempel:\n  {usage.PROGRAM} {name}" in desk.out
    assert not re.search(r"Usage|Options|Show this|required|default|Commands|Arguments", desk.out)


@pytest.mark.parametrize("name", GROUP.commands)
def test_every_example_in_the_help_can_be_used(name: str):
    for line in GROUP.commands[name].epilog.splitlines():
        said, *args = shlex.split(line)
        assert said == name
        GROUP.commands[name].make_context(name, args)


@pytest.mark.parametrize("name", GROUP.commands)
def test_every_command_and_option_is_in_the_manual(name: str):
    part = re.search(rf"^## `{name}[ `].*?(?=^## |\Z)", MANUAL, re.MULTILINE | re.DOTALL)
    assert part, f"docs/commands.md says nothing of {name}"
    common = MANUAL.partition("\n## ")[0]
    for param in GROUP.commands[name].params:
        word = param.opts[0] if param.param_type_name == "option" else param.metavar
        assert word in (common if word == "--database" else part.group())


def test_every_example_in_the_manual_can_be_used():
    lines = re.findall(rf"^{re.escape(usage.PROGRAM)} (.*)$", MANUAL, re.MULTILINE)
    assert len(lines) >= len(GROUP.commands)
    for line in lines:
        name, *args = shlex.split(line)
        GROUP.commands[name].make_context(name, args)


def test_what_nobody_foresaw_gets_a_reference_and_no_traceback(
    planned: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(cli, "LOG", tmp_path / "feil.log")

    def broken(*_said: object, **_more: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(document, "write", broken)  # what is foreseen has a sentence of its own
    assert planned.say("export", "yaml") == 1
    reference = re.search(r"Oppgi ([0-9A-F]{6})", planned.err)
    assert reference
    assert "Traceback" not in planned.err
    assert reference[1] in (tmp_path / "feil.log").read_text("utf-8")


def test_nothing_heavy_is_loaded_for_a_small_command(planned: Desk):
    heavy = {"streamlit", "plotly", "pandas", "numpy", "docx", "vl_convert", "pyarrow", "starlette"}
    done = _python("verify", "--database", str(planned.database.file), options=["-X", "importtime"])
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.decode().splitlines()}
    assert done.returncode == 0
    assert "strategy" in loaded
    assert loaded & heavy == set()


def test_a_console_without_the_letters_gets_the_nearest(planned: Desk):
    file = planned.plan(changed={"1.1.1": {"due": date(2027, 9, 30)}})
    done = _python("diff", file, "--database", str(planned.database.file), console="cp1252")
    assert done.returncode == 0
    assert "frist: 30.06.2027 -> 30.09.2027" in done.stdout.decode("cp1252")


def test_a_reader_who_has_had_enough_is_no_error(planned: Desk):
    program = f"{sys.executable} -m strategy export yaml --database {planned.database.file} | head -c 10"
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("# yaml-lan", "")


def test_json_is_ascii_for_any_pipe(capsys: pytest.CaptureFixture[str]):
    output.facts({"melding": "Ingenting å endre – «2»"})
    assert capsys.readouterr().out.isascii()


def test_an_unknown_letter_is_written_as_near_as_it_comes():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, "cp1252", errors="closest")
    codecs.register_error("closest", output.closest)
    stream.write("● 3 → −1 ≥ 漢")
    stream.flush()
    assert raw.getvalue().decode("cp1252") == "* 3 -> -1 >= ?"


def _alter(desk: Desk, *statements: str) -> None:
    """Change the file behind the program's back, with the guards laid down meanwhile."""
    desk.database.close()
    rows = sqlite3.connect(desk.folder / "strategy.db")
    guards = rows.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    down = [f'DROP TRIGGER "{name}"' for name, _sql in guards]
    for statement in (*down, *statements, *(sql for _name, sql in guards)):
        rows.execute(statement)
    rows.commit()
    rows.close()


def _python(
    *args: str, console: str = "utf-8", options: Sequence[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    """`python -m strategy` as a program of its own."""
    command = [sys.executable, *options, "-m", "strategy", *args]
    return subprocess.run(
        command, capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": console}
    )


@pytest.mark.parametrize(
    ("given", "used"), [("", "http://localhost:8641"), ("https://plan.no", "https://plan.no")]
)
def test_links_lead_to_the_port_it_is_started_on_where_no_address_is_set(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, given: str, used: str
):
    started: list[str] = []
    monkeypatch.setenv("STRATEGY_ADDRESS", given)
    monkeypatch.setenv("STRATEGY_DATABASE_URL", "")  # it is set for the server, and put back here
    monkeypatch.setattr("sys.argv", [])
    monkeypatch.setattr("runpy.run_module", lambda *_args, **_more: started.append(config.settings().address))
    assert desk.say("run", "--port", "8641") == 0
    assert started == [used]
