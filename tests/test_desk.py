"""The secretariat's desk: what is asked about and in which order; a round and a table in a real browser."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from strategy import changes, database, desk, record, snapshot
from strategy.access import LOCAL
from strategy.desk import Why
from strategy.terms import Assessment, Phase
from tests.databases import NOW, a_plan, adopt, present, say
from tests.servers import Server, Tab

TODAY = date(2026, 11, 23)
LONG_AGO = NOW - timedelta(days=200)
LATELY = NOW - timedelta(days=30)
NOKU = "noku-2024-2028"
DONE = "Dette er gjort"


def queue(plan: Any, today: date = TODAY) -> dict[str, desk.Asked]:
    return {asked.key: asked for asked in desk.queue(plan, today)}


def test_late_comes_before_contradictory_before_silent_before_due(planned):
    adopt(planned, a_plan(changed={
        "1.1.1": {"due": date(2026, 10, 1)}, "2.1.1": {"due": TODAY + timedelta(days=10)},
    }))  # fmt: skip
    say(planned, "1.1.1", 0, now=LATELY, assessment=Assessment.NOT_ASSESSED)
    say(planned, "1.1.2", 0, now=LATELY, phase=Phase.COMPLETED)
    say(planned, "2.1.1", 0, now=LATELY)
    found = queue(present(planned))

    assert [(key, asked.why) for key, asked in found.items()] == [
        ("1.1.1", Why.LATE), ("1.1.2", Why.CONTRADICTORY), ("1.2.1", Why.SILENT), ("2.1.1", Why.DUE),
    ]  # fmt: skip
    assert "over frist siden 01.10.2026" in found["1.1.1"].sentence
    assert "Meldt fullført uten dokumentasjon" in found["1.1.2"].sentence
    assert "Ingen har rapportert" in found["1.2.1"].sentence
    assert desk.counted(found.values()) == dict.fromkeys(Why, 1)


def test_the_longest_late_comes_first(planned):
    adopt(planned, a_plan(changed={
        "1.1.1": {"due": date(2026, 10, 1)}, "2.1.1": {"due": date(2026, 9, 1)},
    }))  # fmt: skip
    for key in ("1.1.1", "2.1.1"):
        say(planned, key, 0, now=LATELY)

    assert list(queue(present(planned)))[:2] == ["2.1.1", "1.1.1"]


def test_what_was_reported_this_week_rests_and_comes_again_the_next(planned):
    adopt(planned, a_plan(changed={"1.1.1": {"due": date(2026, 10, 1)}}))
    say(planned, "1.1.1", 0, now=NOW)

    assert "1.1.1" not in queue(present(planned))
    assert "1.1.1" not in queue(present(planned), TODAY + timedelta(days=6))
    assert "1.1.1" in queue(present(planned), TODAY + timedelta(days=7))


def test_what_is_dropped_or_in_order_is_not_asked_about(planned):
    say(planned, "1.1.1", 0, now=LATELY)
    say(planned, "1.1.2", 0, now=LONG_AGO, phase=Phase.DROPPED, cause="Ikke aktuelt")

    assert {"1.1.1", "1.1.2"}.isdisjoint(queue(present(planned)))


def test_a_promise_that_has_passed_is_late_and_silence_is_counted_in_days(planned):
    say(planned, "1.1.1", 0, now=LONG_AGO, next_step="Sende brev", next_due=date(2026, 6, 1))

    found = queue(present(planned))["1.1.1"]
    assert found.why is Why.LATE
    assert "Sende brev: over frist siden 01.06.2026" in found.reasons
    assert "Ikke oppdatert på 200 dager" in found.reasons


def test_ten_due_measures_are_reported_with_the_keyboard_alone(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    """Each text is typed where the focus was left; two are said again, one is passed over."""
    opened = serve(example_file)
    before = newest_reports(opened)
    seen = tab()
    seen.open(opened.url + "/oppdatering")
    into(seen, DONE)
    reported = []
    for number in range(13):
        key = seen.page.locator("h2").first.inner_text().split()[0]
        assert seen.focus == DONE
        if number == 4:
            press(seen, "Control+Shift+Enter", number + 2)
            continue
        if number in (6, 8) and key in before:
            press(seen, "Control+Alt+Enter", number + 2)
        else:
            seen.page.keyboard.type(f"Meldt uten mus, {key}.")
            keep_the_promise(seen)
            press(seen, "Control+Enter", number + 2)
        reported.append(key)

    after = newest_reports(opened)
    assert len(set(reported)) == 12
    assert {key for key in after if after[key] != before.get(key)} == set(reported)
    for number, key in enumerate(reported):
        version, done = after[key]
        was = before.get(key, (0, ""))
        assert version == was[0] + 1
        assert done == (was[1] if number in (5, 7) else f"Meldt uten mus, {key}.")


def test_a_half_written_text_is_there_in_another_browser_after_the_server_was_killed(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(opened.url + "/oppdatering?t=1.2.2")
    seen.page.get_by_label(DONE).fill("Halvferdig på en annen maskin")
    seen.page.get_by_label(DONE).press("Tab")
    while not opened.half_written():
        seen.page.wait_for_timeout(50)
    opened.kill()
    opened.start()
    other = tab(360)
    other.open(opened.url + "/oppdatering?t=1.2.2")

    expect(other.page.get_by_label(DONE)).to_have_value("Halvferdig på en annen maskin")
    other.page.get_by_text("Du begynte på denne").wait_for()
    other.page.get_by_label(DONE).press("Control+Enter")
    other.page.get_by_text(re.compile(r"Lagret \d")).first.wait_for()
    assert opened.half_written() == 0
    assert newest_reports(opened)["1.2.2"][1] == "Halvferdig på en annen maskin"


ROWS = 10
PASTED = (
    "Satt på vent",
    "▲ Noe avvik",
    "To møter er holdt",
    "Tid mangler",
    "Flere hender",
    "Generalsekretær",
    "2028-01-31",
    "Valg",
    "",
    "Gjort",
)
"""From the phase on; what was last promised cannot be written over, only answered."""


def test_many_cells_are_pasted_seen_and_saved_as_one_change(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.page.set_viewport_size({"width": 1400, "height": 1400})
    paste(seen, opened, "\n".join(["\t".join(PASTED)] * ROWS))
    seen.page.get_by_text("Dette blir endret").wait_for()
    seen.page.get_by_label("Hvorfor endres dette").fill("Gjennomgang før styremøtet")
    seen.page.get_by_label("Hvorfor endres dette").press("Tab")
    seen.page.get_by_text("Bestemt et annet sted").click()
    seen.page.get_by_label("Hvor og når").fill("Styremøtet 23. november")
    seen.page.get_by_label("Hvor og når").press("Tab")
    seen.settled()
    before = plan_of(opened)
    seen.page.get_by_role("button", name="Lagre ").click()
    seen.page.get_by_text(re.compile(r"Lagret \d")).first.wait_for()

    after = plan_of(opened)
    assert after.change_id == before.change_id + 1
    today = date(2026, 11, 23)
    for measure in after.measures[:ROWS]:
        report = measure.report
        assert report
        assert (report.phase, report.assessment) == (Phase.ON_HOLD, Assessment.SOME_DEVIATION)
        assert (report.done, report.cause, report.remedy) == (
            "To møter er holdt", "Tid mangler", "Flere hender",
        )  # fmt: skip
        assert measure.due == date(2028, 1, 31)
        assert after.tags_of(measure.key) == ("Valg",)
        held = [r.title for r in measure.responsibilities if r.holds(today) and r.part == "responsible"]
        assert held == ["Generalsekretær"]
        assert after.authorities_of(measure.key)[-1].note == "Styremøtet 23. november"
    assert after.measures[ROWS:] == before.measures[ROWS:]


def test_a_conflict_in_a_row_shows_both_values_and_lets_one_choose(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.page.set_viewport_size({"width": 1400, "height": 1400})
    paste(seen, opened, "Fullført\nFullført")
    seen.page.get_by_label("Hvorfor endres dette").fill("Ferdig")
    seen.page.get_by_label("Hvorfor endres dette").press("Tab")
    seen.settled()
    report_meanwhile(opened, plan_of(opened).measures[0].key, Phase.PLANNED)
    before = plan_of(opened)
    seen.page.get_by_role("button", name="Lagre ").click()
    seen.page.get_by_text("noen andre har lagret").wait_for()

    row = seen.page.locator("[data-testid=stMarkdownContainer] tr", has_text="fase").first.inner_text()
    assert all(word in row for word in ("Pågår", "Planlagt", "Fullført"))
    assert plan_of(opened).change_id == before.change_id
    seen.page.get_by_role("radio", name="Bruk det jeg skrev").click()
    seen.page.get_by_text("noen andre har lagret").wait_for(state="hidden")
    seen.settled()
    seen.page.get_by_role("button", name="Lagre ").click()
    seen.page.get_by_text(re.compile(r"Lagret \d")).first.wait_for()
    assert [m.phase for m in plan_of(opened).measures[:2]] == [Phase.COMPLETED, Phase.COMPLETED]


def paste(seen: Tab, opened: Server, cells: str) -> None:
    """Paste cells into the table from the first measure's phase on, as from a spreadsheet."""
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.open(opened.url + "/tabell")
    seen.page.wait_for_timeout(800)
    box = seen.page.get_by_test_id("stDataFrame").bounding_box()
    assert box
    seen.page.mouse.click(box["x"] + 330, box["y"] + 50)
    seen.page.evaluate("cells => navigator.clipboard.writeText(cells)", cells)
    seen.page.keyboard.press("Control+V")
    seen.page.get_by_text("Dette blir endret").wait_for()
    seen.settled()


def into(seen: Tab, label: str) -> None:
    """Walk with Tab until the focus is in the field."""
    seen.page.get_by_label(label).wait_for()
    for _step in range(20):
        seen.page.keyboard.press("Tab")
        if seen.focus == label:
            return
    pytest.fail(f"no way to {label} by Tab")


def keep_the_promise(seen: Tab) -> None:
    """Where one is asked about, walk to it and say that it is done."""
    if seen.page.get_by_role("radiogroup", name="Sist lovet").count():
        done = seen.page.get_by_role("radio", name="Gjort")
        for _step in range(3):
            seen.page.keyboard.press("Tab")
            seen.settled()
            if done.evaluate("radio => radio === document.activeElement"):
                break
        seen.page.keyboard.press("Space")
        expect(done).to_be_checked()


def press(seen: Tab, keys: str, number: int) -> None:
    """Press, and wait for that number of the round."""
    seen.page.keyboard.press(keys)
    seen.page.get_by_text(re.compile(rf"^{number} av \d+$")).wait_for()
    seen.settled()


def newest_reports(opened: Server) -> dict[str, tuple[int, str]]:
    with closing(sqlite3.connect(opened.folder / "strategy.db")) as connection:
        rows = connection.execute("SELECT key, version, done FROM status_report ORDER BY version")
        return {key: (version, done) for key, version, done in rows}


def plan_of(opened: Server) -> snapshot.Snapshot:
    with database.connect(opened.database_url).reading() as session:
        return snapshot.load(session, NOKU, changes.newest(session))


def report_meanwhile(opened: Server, key: str, phase: Phase) -> None:
    report = plan_of(opened).measure(key).report
    assert report
    with database.connect(opened.database_url).writing() as session:
        record.report(
            record.By(session, LOCAL, NOKU, datetime(2026, 11, 23, 9, tzinfo=UTC)),
            key, report.version, phase=phase, assessment=Assessment.ON_TRACK,
            done="Deres")  # fmt: skip
