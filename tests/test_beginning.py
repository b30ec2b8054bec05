"""The first steps: what is done and what is next, and each made for many at once in one change."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from strategy import beginning, meetings, people, record, tables
from strategy.beginning import Part
from strategy.terms import Part as Held
from strategy.ui.view import today
from tests.test_pages import NOKU, app, bare, go, here, press, words
from tests.test_sheets import grid, ground, newest, plan, type_in

__all__ = ["app"]  # the fixture
Opener = Callable[..., AppTest]
YEAR = today().year + 1


def step(app: Opener, part: Part) -> AppTest:
    """The real plan, nothing said about it, at one of the steps."""
    return go(app("real", {"steg": str(part)}), "begin")


def added(at: AppTest, rows: list[dict[str, Any]]) -> AppTest:
    """Write new rows in the grid, or paste them, as a browser hands them over."""
    at.session_state[grid(at)] = {"edited_rows": {}, "added_rows": rows, "deleted_rows": []}
    return at.run()


def known() -> Mapping[str, tables.Contact]:
    with here().reading() as session:
        return record.contacts(session, NOKU)


def saving(at: AppTest) -> list[str]:
    """The labels of the buttons that save what is in the grid."""
    return [button.label for button in at.button if button.label.startswith("Lagre ")]


def test_nothing_is_done_in_a_plan_nobody_has_touched_and_the_overview_leads_to_the_first(
    app: Opener,
) -> None:
    at = go(app("real"), "overview")
    found = beginning.steps(plan(), today(), ())

    assert [each.is_done for each in found] == [False] * 6
    first = beginning.following(found)
    assert first is not None
    assert first.part is Part.ROLES
    links = [bare(each.proto.label) for each in at.get("page_link") if "steg=" in each.proto.query_string]
    assert links == [f"**1 {found[0].name}**", *(f"{n} {each.name}" for n, each in enumerate(found[1:], 2))]


def test_in_the_example_the_steps_tell_what_is_left(app: Opener) -> None:
    app("example").run()
    found = {each.part: each for each in beginning.steps(plan(), plan().recorded_at.date(), ())}

    assert found[Part.HELD].sentence == "19 av 20 tiltak har en vedtatt ansvarlig."
    assert not found[Part.HELD].is_done
    assert found[Part.MILESTONES].is_done
    assert found[Part.INDICATORS].is_done
    assert found[Part.REPORTS].sentence == "19 av 20 tiltak er rapportert."


def test_all_that_are_proposed_are_adopted_at_one_press_and_with_them_their_roles(app: Opener) -> None:
    at = step(app, Part.HELD)
    before, proposed = newest(), sum(r.proposal for m in plan().measures for r in m.responsibilities)
    press(at, f"Kryss av alle {proposed}")
    press(at, f"Lagre {proposed} ansvar")

    now = plan()
    assert proposed == 53
    assert now.change_id == before + 1
    assert not people.unowned(now, today())
    held = [r for m in now.measures for r in m.responsibilities]
    assert not any(r.proposal for r in held)
    assert {r.since for r in held} == {today()}
    assert sum(r.part is Held.CONTRIBUTOR for r in held) > 20
    assert not any(p.proposal for p in now.people if p.key in {r.person for r in held})


def test_the_proposals_of_one_goal_are_adopted_alone(app: Opener) -> None:
    at = go(app("real", {"steg": str(Part.HELD), "mal": "3"}), "begin")
    press(at, "Kryss av alle")
    press(at, "Lagre ")

    left = {each.measure.key for each in people.unowned(plan(), today())}
    assert left == {m.key for goal in plan().goals if goal.key != "3" for m in goal.measures}


def test_roles_are_written_with_who_holds_them_and_that_stands_in_no_history(app: Opener) -> None:
    at = step(app, Part.ROLES)
    added(
        at, [{"title": "Kasserer", "name": "Kari Nes", "email": "kari@example.no"}, {"title": "Kasserer"}, {}]
    )
    at.session_state[grid(at)] = {
        "edited_rows": {1: {"name": "Ola Li", "email": "ola@example.no", "standing": "ja"}},
        "added_rows": at.session_state[grid(at)]["added_rows"],
        "deleted_rows": [],
    }
    at.run()
    assert "Kari Nes" in words(at)
    assert not any("Kari" in str(row) for row in everything())
    press(at, "Lagre 3 roller")

    found = {person.key: person for person in plan().people}
    assert (found["kasserer"].title, found["kasserer-2"].title) == ("Kasserer", "Kasserer")
    assert (known()["kasserer"].name, known()["kasserer"].email) == ("Kari Nes", "kari@example.no")
    second = next(person for person in plan().people if person.key == "generalsekretaer")
    assert not second.proposal
    assert known()[second.key].name == "Ola Li"
    assert not any("Kari" in str(row) for row in everything())


def everything() -> list[Any]:
    """Every row of every table but the one with who holds what."""
    with here().reading() as session:
        tables_there = [t for t in tables.Base.metadata.sorted_tables if t.name != "contact"]
        return [row for table in tables_there for row in session.execute(sa.select(table))]


def test_an_address_that_is_none_keeps_all_of_it_from_being_saved(app: Opener) -> None:
    at = step(app, Part.ROLES)
    before = newest()
    added(at, [{"title": "Kasserer", "email": "kari(at)example"}])
    press(at, "Lagre én rolle")

    assert "«kari(at)example» er ikke en e-postadresse" in words(at)
    assert newest() == before
    assert not known()


def test_a_name_alone_is_saved_without_a_change_of_the_plan(app: Opener) -> None:
    at = step(app, Part.ROLES)
    before = newest()
    type_in(at, {0: {"name": "Kari Nes"}})
    press(at, "Lagre én rolle")

    assert "Lagret" in words(at)
    assert newest() == before
    assert [held.name for held in known().values()] == ["Kari Nes"]


def test_a_year_of_meetings_is_suggested_looked_at_and_saved_as_one_change(app: Opener) -> None:
    at = step(app, Part.BOARD)
    first = date(YEAR, 1, 14)
    at.date_input(key="forste").set_value(first)
    at.text_input(key="klokka").set_value("10.00")
    at.text_input(key="sted").set_value("Oslo").run()
    before = newest()
    press(at, "Foreslå møtene")
    press(at, "Lagre 7 møter")

    found = plan().meetings
    assert plan().change_id == before + 1
    assert [each.held_on for each in found] == [first + timedelta(weeks=6 * n) for n in range(7)]
    board_years = [f"{YEAR - 1}–{YEAR}"] * 4 + [f"{YEAR}–{YEAR + 1}"] * 3
    assert [each.period for each in found] == board_years
    assert [each.number for each in found] == [1, 2, 3, 4, 1, 2, 3]
    assert {(each.starts, each.place) for each in found} == {("10.00", "Oslo")}


def test_the_meetings_of_a_year_are_copied_to_the_next(app: Opener) -> None:
    at = go(app("example", {"steg": str(Part.BOARD)}), "begin")
    last = [each for each in plan().meetings if each.held_on.year == 2027]
    press(at, "Kopier møtene fra 2027")
    press(at, f"Lagre {len(last)} møter")

    found = [each for each in plan().meetings if each.held_on.year == 2028]
    assert [(m.held_on.weekday(), m.starts, m.number) for m in found] == [
        (m.held_on.weekday(), m.starts, m.number) for m in last
    ]
    assert {m.period for m in found} == {"2027–2028"}


def test_a_meeting_without_its_day_is_asked_for_and_no_day_given_suggests_nothing(app: Opener) -> None:
    at = step(app, Part.BOARD)
    press(at, "Foreslå møtene")
    assert "Velg dagen for det første møtet." in words(at)
    added(at, [{"place": "Oslo"}])

    assert not saving(at)
    assert "dato" in words(at)


def test_the_seats_of_the_board_are_made_a_line_each(app: Opener) -> None:
    at = step(app, Part.BOARD)
    press(at, "Legg til vervene")
    assert "Skriv vervene først" in words(at)
    next(area for area in at.text_area).set_value("Styreleder\n\n Nestleder \nStyremedlem").run()
    press(at, "Legg til vervene")

    assert [(s.title, s.order) for s in plan().seats] == [
        ("Styreleder", 1),
        ("Nestleder", 2),
        ("Styremedlem", 3),
    ]
    assert not next(area for area in at.text_area).value


def test_forty_milestones_are_pasted_and_saved_as_one_change(app: Opener) -> None:
    at = step(app, Part.MILESTONES)
    measures = [measure.key for measure in plan().measures]
    pasted = [
        {"measure": f"{key} Navnet", "title": f"Steg {n}", "due": f"{n}.3.{YEAR}"}
        for n in (1, 2) for key in measures
    ]  # fmt: skip
    before = newest()
    added(at, pasted)
    press(at, "Lagre 40 milepæler")

    found = [step for measure in plan().measures for step in measure.milestones]
    assert plan().change_id == before + 1
    assert len({step.key for step in found}) == len(found) == 40
    assert {(step.title, step.due, step.year) for step in found} == {
        ("Steg 1", date(YEAR, 3, 1), YEAR), ("Steg 2", date(YEAR, 3, 2), YEAR),
    }  # fmt: skip
    assert not saving(at)  # a second press has nothing to save


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"measure": "9.9.9", "title": "Steg", "due": f"1.3.{YEAR}"}, "Fant ikke tiltaket «9.9.9»"),
        ({"title": "Steg", "due": f"1.3.{YEAR}"}, "Skriv nummeret på tiltaket."),
        ({"measure": "1.1.1", "due": f"1.3.{YEAR}"}, "ittel"),
        ({"measure": "1.1.1", "title": "Steg"}, "rist"),
        ({"measure": "1.1.1", "title": "Steg", "due": "snart"}, "«snart»"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_keeps_the_others_from_being_half_saved(
    app: Opener, row: dict[str, str], said: str
) -> None:
    at = step(app, Part.MILESTONES)
    before = newest()
    added(at, [{"measure": "1.1.1", "title": "Godt", "due": f"1.3.{YEAR}"}, row])

    assert "Dette må ordnes før noe kan lagres." in words(at)
    assert said in words(at)
    assert not saving(at)
    assert newest() == before


def test_a_milestone_stays_with_its_measure(app: Opener) -> None:
    at = go(app("example"), "action")
    type_in(at, {0: {"measure": "3.3.2"}})

    assert "En milepæl blir ved tiltaket sitt." in words(at)
    assert not saving(at)


def test_new_rows_are_there_after_a_reload_and_gone_when_they_are_given_up(app: Opener) -> None:
    at = step(app, Part.MILESTONES)
    added(at, [{"measure": "1.1.1", "title": "Godt", "due": f"1.3.{YEAR}"}])
    again = go(app_again(Part.MILESTONES), "begin")

    assert "Du hadde skrevet i én rad uten å lagre." in words(again)
    press(again, "Lagre én milepæl")
    assert [step.title for step in plan().measure("1.1.1").milestones] == ["Godt"]


def app_again(part: Part) -> AppTest:
    """Another tab at a step, on the database as it is."""
    at = AppTest.from_file("../pages/frame.py", default_timeout=60)
    at.query_params["steg"] = str(part)
    return at


def test_indicators_are_adopted_together_with_baseline_target_and_what_it_was_decided_by(app: Opener) -> None:
    at = step(app, Part.INDICATORS)
    first, second = (each.key for each in plan().indicators[:2])
    type_in(at, {
        0: {"adopted": True, "baseline": "2", "baseline_on": "31.12.2023", "aim": "12"},
        1: {"adopted": True},
    })  # fmt: skip
    press(at, "Lagre 2 indikatorer")
    assert "Velg vedtaket" in words(at)
    ground(at, "Styret, sak 9/26")
    press(at, "Lagre 2 indikatorer")

    now = plan()
    assert not now.indicator(first).proposal
    assert not now.indicator(second).proposal
    assert (now.indicator(first).baseline, now.indicator(first).baseline_on) == (
        Decimal(2),
        date(2023, 12, 31),
    )
    (target,) = now.indicator(first).targets
    assert (target.value, target.due, target.example) == (Decimal(12), date(2028, 12, 31), False)
    assert {a.note for a in (*now.authorities_of(first), *now.authorities_of(second))} == {"Styret, sak 9/26"}


def test_a_target_without_a_tick_is_asked_about(app: Opener) -> None:
    at = step(app, Part.INDICATORS)
    type_in(at, {0: {"aim": "12"}})

    assert "Kryss av for «Vedta»" in words(at)
    assert not saving(at)


def test_a_year_on_keeps_the_weekday() -> None:
    days = meetings.every(6, date(2027, 1, 14), 3)

    assert days == (date(2027, 1, 14), date(2027, 2, 25), date(2027, 4, 8))
