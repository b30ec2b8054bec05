"""What is copied once a year: what is offered, one change at one press, and nothing twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from strategy import dates, meetings, new_year, record
from strategy.access import LOCAL
from strategy.new_year import Part
from strategy.record import Grounds, Wanted
from strategy.snapshot import Meeting, Snapshot
from strategy.terms import Direction, Phase, Via
from strategy.ui.view import today
from tests.plans import a_measure, a_milestone, a_plan_of, a_target, an_indicator, given, st
from tests.test_pages import NOKU, app, bare, go, here, press, words
from tests.test_sheets import ground, newest, plan

__all__ = ["app"]  # the fixture
Opener = Callable[..., AppTest]
YEAR = today().year + 1
"""The year that is copied to on the page, from the one that is now."""


def a_meeting(held_on: date, number: int = 1, period: str = "2025–2026") -> Meeting:
    return Meeting(
        key=record.meeting_key(period, number), version=1, change_id=1, number=number, period=period,
        held_on=held_on, starts="10.00", place="Oslo",
    )  # fmt: skip


def step(title: str, due: date, key: str = "", done_on: date | None = None) -> Any:
    return a_milestone(due, done_on, key=key or f"{title}-{due.year}", title=title)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 10, 31), 2026),
        (date(2026, 11, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), 2027),
    ],
)
def test_from_november_on_it_is_the_next_year_that_is_made_ready(day: date, year: int) -> None:
    assert new_year.usual(day) == year


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 9))
def test_a_meeting_some_years_on_is_that_year_on_the_same_weekday_near_the_same_date(
    day: date, years: int
) -> None:
    (later,) = meetings.a_year_on([a_meeting(day)], years)

    assert (later.held_on.year, later.held_on.weekday()) == (day.year + years, day.weekday())
    assert abs((later.held_on - dates.years_on(day, years)).days) <= 6
    assert later.period == f"{2025 + years}–{2026 + years}"


def test_a_leap_day_is_the_last_of_february_where_there_is_none() -> None:
    leap = date(2096, 2, 29)
    assert (dates.years_on(leap, 4), dates.years_on(leap, 8)) == (date(2100, 2, 28), date(2104, 2, 29))


def test_the_meetings_of_the_newest_year_before_are_offered_as_they_would_be() -> None:
    held = (a_meeting(date(2024, 2, 7), 1, "2023–2024"), a_meeting(date(2025, 2, 6), 4, "2024–2025"))
    (row,) = new_year.offer(a_plan_of(meetings=held), 2027).meetings

    assert (row.thing.held_on, row.thing.key, row.usual) == (date(2027, 2, 4), "mote-2026-4", True)
    assert (row.thing.starts, row.thing.place) == ("10.00", "Oslo")


def test_a_meeting_with_its_counterpart_on_that_day_or_called_off_is_not_offered() -> None:
    held = [a_meeting(date(2026, month, 5), month) for month in (1, 2, 3, 4)]
    there = [a_meeting(date(2027, 1, 20), 1, "2026–2027"), a_meeting(date(2027, 2, 4), 9, "2026–2027")]
    found = new_year.offer(a_plan_of(meetings=(*held, *there)), 2027, ["mote-2026-3"])

    assert [row.key for row in found.meetings] == ["mote-2026-4"]


def test_a_milestone_that_has_stood_in_two_years_is_usual_and_first_of_all_from_last_year() -> None:
    measure = a_measure(milestones=(
        step("Engang", date(2026, 5, 1), done_on=date(2026, 5, 1)), step("Eldre", date(2025, 5, 1)),
        step("Rapport sendt", date(2025, 3, 1)), step("RAPPORT sendt", date(2026, 3, 2), "igjen"),
        step("Lagt inn", date(2026, 6, 1)), step("Lagt inn", date(2027, 6, 1)),
    ))  # fmt: skip
    found = new_year.offer(a_plan_of(measure), 2027).milestones

    assert [(row.key, row.usual, row.thing.due) for row in found] == [
        ("igjen", True, date(2027, 3, 2)), ("Engang-2026", False, date(2027, 5, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize("phase", [Phase.COMPLETED, Phase.DROPPED])
def test_nothing_of_a_measure_that_is_over_is_offered(phase: Phase) -> None:
    measure = a_measure(phase=phase, milestones=(step("Rapport", date(2026, 3, 1)),))
    assert not new_year.offer(a_plan_of(measure), 2027).milestones


@pytest.mark.parametrize(
    ("more", "offered"),
    [
        ({}, [(date(2027, 12, 31), Decimal(5))]),
        ({"proposal": True}, []),
        ({"targets": [a_target(date(2026, 12, 31), 5, example=True)]}, []),
        ({"targets": [(date(2026, 12, 31), 5), (date(2027, 6, 1), 6)]}, []),
        ({"targets": [(date(2026, 12, 31), 5), (date(2028, 12, 31), 6)]}, []),
        ({"targets": [(date(2025, 12, 31), 5)]}, []),
        ({"targets": [(date(2026, 6, 30), 4), (date(2026, 12, 31), 5)]}, [(date(2027, 12, 31), Decimal(5))]),
    ],
)
def test_the_target_of_an_adopted_indicator_is_offered_where_nothing_later_is_aimed_at(
    more: dict[str, Any], offered: list[tuple[date, Decimal]]
) -> None:
    indicator = an_indicator(**{"targets": [(date(2026, 12, 31), 5)], **more})
    found = new_year.offer(a_plan_of(a_measure(indicators=(indicator,))), 2027)

    assert [(row.thing.due, row.thing.value) for row in found.targets] == offered


def test_where_there_is_nothing_it_is_said_whether_there_was_anything_before() -> None:
    done = a_measure(
        milestones=(step("Rapport", date(2026, 3, 1)), step("Rapport", date(2027, 3, 1))),
        indicators=(an_indicator(targets=[(date(2026, 12, 31), 5), (date(2027, 12, 31), 5)]),),
    )
    held = (a_meeting(date(2026, 2, 5)), a_meeting(date(2027, 2, 4), 1, "2026–2027"))
    full, bare_plan = a_plan_of(done, meetings=held), a_plan_of(a_measure())

    assert new_year.offer(full, 2027).is_empty
    assert new_year.offer(bare_plan, 2027).is_empty
    assert why(full) == [
        "Alle styremøtene fra sist er lagt inn i 2027, eller avlyst der.",
        "Alle fra 2026 står i 2027 også, eller hører til tiltak som er avsluttet.",
        "Alle indikatorene med måltall for 2026 har et for 2027 eller senere.",
    ]
    assert why(bare_plan) == [
        "Ingen styremøter er ført før 2027.",
        "Ingen milepæler står i handlingsplanen for 2026.",
        "Ingen vedtatte indikatorer har måltall for 2026.",
    ]


def why(shown: Snapshot) -> list[str]:
    return [new_year.why_nothing(shown, 2027, part) for part in Part]


def test_it_is_awaited_in_january_while_the_year_has_no_meeting_and_last_year_had() -> None:
    shown = a_plan_of(meetings=(a_meeting(date(2026, 2, 5)),))
    days = [date(2027, 1, 1), date(2027, 1, 31), date(2027, 2, 1), date(2028, 1, 5), date(2026, 1, 5)]

    assert [new_year.is_awaited(shown, day) for day in days] == [True, True, False, False, False]


def test_a_year_is_unplanned_without_milestones_where_the_year_before_has_some() -> None:
    shown = a_plan_of(a_measure(milestones=(step("Rapport", date(2026, 3, 1)),)))
    assert [year for year in range(2024, 2030) if new_year.is_unplanned(shown, year)] == [2027]


def by(session: Any) -> record.By:
    return record.By(session, LOCAL, NOKU, datetime.now(UTC), Via.PAGE)


def write(*wanted: Wanted) -> None:
    """Said on another page; what is adopted was decided at the annual meeting."""
    with here().writing() as session:
        record.save(by(session), wanted, grounds=Grounds(note="Årsmøtet"))


def a_year() -> str:
    """This year as the secretariat kept it; the key of the indicator that has a target."""
    now, period = YEAR - 1, f"{YEAR - 1}–{YEAR}"
    indicator = next(each for each in plan().indicators if each.direction is Direction.UP)
    write(
        *(
            Wanted("meeting", record.meeting_key(period, number), 0, {
                "number": number, "period": period, "held_on": date(now, month, 4), "place": "Oslo",
            }) for number, month in ((1, 2), (2, 9))
        ),
        *(
            Wanted("milestone", f"1.1.1-m{n}", 0, {"title": title, "due": date(year, 3, 1), "year": year})
            for n, (title, year) in enumerate([("Rapport", now - 1), ("Rapport", now), ("Engang", now)], 1)
        ),
        Wanted("indicator", indicator.key, indicator.version, {"proposal": False}),
        Wanted("target", f"{indicator.key}@{now}-12-31", 0, {"value": Decimal(1000), "example": False}),
    )  # fmt: skip
    return indicator.key


def opened(app: Opener, year: int = YEAR) -> AppTest:
    """The page, in a year of the real plan that has been kept."""
    at = app("real", {"steg": "nytt-ar", "ar": str(year)})
    a_year()
    return go(at, "begin")


def saves(at: AppTest) -> list[str]:
    return [button.label for button in at.button if button.label.startswith("Lagre ")]


def untick(at: AppTest, part: Part) -> None:
    """Take the tick from the first row of a table, as a browser hands it over."""
    grid = next(key for key in at.session_state if key.startswith(f"grid:nytt-ar:{part}:"))
    at.session_state[grid] = {"edited_rows": {0: {"pick": False}}, "added_rows": [], "deleted_rows": []}
    at.run()


def test_a_new_year_is_one_press_and_one_change_and_a_second_press_has_nothing_to_copy(app: Opener) -> None:
    at, before = opened(app), newest()
    ground(at, "Årsmøtet, sak 9")
    assert saves(at) == [f"Lagre 2 møter, én milepæl og ett måltall i {YEAR}"]
    press(at, "Lagre ")

    now = plan()
    assert now.change_id == before + 1
    assert [(m.held_on.year, m.held_on.weekday(), m.place) for m in now.meetings[2:]] == [
        (YEAR, date(YEAR - 1, month, 4).weekday(), "Oslo") for month in (2, 9)
    ]
    assert [(s.title, s.due) for s in now.measure("1.1.1").milestones if s.year == YEAR] == [
        ("Rapport", date(YEAR, 3, 1))
    ]
    (aim,) = (each for i in now.indicators for each in i.targets if each.due == date(YEAR, 12, 31))
    assert (aim.value, aim.example) == (Decimal(1000), False)
    assert now.authorities_of(aim.key)[-1].note == "Årsmøtet, sak 9"
    assert not saves(at)
    press(at, "Kryss av alle")
    press(at, "Lagre én milepæl")
    assert f"Det er ingenting å kopiere til {YEAR}." in words(at)
    assert not saves(at)
    assert not saves(go(again(), "begin"))


def again() -> AppTest:
    """Another tab, on the database as it is."""
    at = AppTest.from_file("../pages/frame.py", default_timeout=60)
    at.query_params["steg"], at.query_params["ar"] = "nytt-ar", str(YEAR)
    return at


def test_undoing_takes_all_of_it_back_and_it_is_offered_again(app: Opener) -> None:
    at = opened(app)
    before = plan()
    ground(at, "Årsmøtet, sak 9")
    press(at, "Lagre ")
    with here().writing() as session:
        record.undo(by(session), newest())

    assert plan().flat == before.flat
    assert saves(go(again(), "begin")) == [f"Lagre 2 møter, én milepæl og ett måltall i {YEAR}"]


def test_a_press_in_an_old_tab_copies_nothing_twice(app: Opener) -> None:
    here_, there = opened(app), go(again(), "begin")
    for at in (here_, there):
        ground(at, "Årsmøtet, sak 9")
    press(here_, "Lagre ")
    after = newest()
    press(there, "Lagre ")

    assert newest() == after


def test_what_is_not_ticked_is_not_copied_and_without_a_target_no_decision_is_asked_for(app: Opener) -> None:
    at = opened(app)
    untick(at, Part.TARGETS)
    untick(at, Part.MEETINGS)
    assert not at.radio
    press(at, "Lagre ett møte og én milepæl")

    assert [m.number for m in plan().meetings if m.held_on.year == YEAR] == [2]


def test_targets_are_not_set_before_it_is_said_where_it_was_decided(app: Opener) -> None:
    at, before = opened(app), newest()
    press(at, "Lagre ")

    assert "Velg vedtaket, eller skriv hvor det er bestemt." in words(at)
    assert newest() == before


def test_what_cannot_be_copied_is_named_and_keeps_all_of_it_until_it_is_unticked(app: Opener) -> None:
    at = app("real", {"steg": "nytt-ar", "ar": str(YEAR)})
    a_year()
    period = f"{YEAR}–{YEAR + 1}"
    said = {"number": 3, "period": period, "held_on": date(YEAR, 8, 1)}
    write(Wanted("meeting", record.meeting_key(period, 3), 0, said))
    go(at, "begin")
    assert "Dette må ordnes før noe kan lagres." in words(at)
    assert "dette må ligge før det" in words(at)
    assert not saves(at)
    press(at, "Fjern alle")

    assert saves(at) == [f"Lagre én milepæl og ett måltall i {YEAR}"]


def test_a_plan_without_anything_says_that_there_is_nothing_to_copy_and_why(app: Opener) -> None:
    at = go(app("real", {"steg": "nytt-ar", "ar": str(YEAR)}), "begin")

    said = words(at)
    assert f"Det er ingenting å kopiere til {YEAR}." in said
    assert all(new_year.why_nothing(plan(), YEAR, part) in said for part in Part)
    assert not saves(at)


def test_an_action_plan_with_nothing_in_a_year_leads_to_copying_it(app: Opener) -> None:
    at = app("real", {"ar": str(YEAR)})
    a_year()
    go(at, "action")

    assert [link for link in links(at) if "steg=nytt-ar" in link and f"ar={YEAR}" in link]
    at.query_params["ar"] = str(YEAR - 1)
    assert not [link for link in links(at.run()) if "steg=nytt-ar" in link]


def test_the_overview_leads_there_in_january_while_no_meeting_is_set(app: Opener) -> None:
    at = app("example")
    assert not [link for link in links(go(at, "overview")) if "steg=nytt-ar" in link]
    january = datetime(max(each.held_on.year for each in plan().meetings) + 1, 1, 5, 9, tzinfo=UTC)
    with here().writing() as session:
        said = Wanted("comment", "kommentar-99", 0, {"thing": "1.1.1", "text": "Godt nytt år"})
        record.save(record.By(session, LOCAL, NOKU, january, Via.PAGE), [said])

    assert [link for link in links(at.run()) if f"ar={january.year}" in link and "steg=nytt-ar" in link]


def links(at: AppTest) -> list[str]:
    return [f"{bare(each.proto.label)} {each.proto.query_string}" for each in at.get("page_link")]
