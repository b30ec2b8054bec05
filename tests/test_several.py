"""Several strategies in one database: which is shown, and one that has not begun or has ended."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from strategy import current, database, record
from strategy.database import Database
from strategy.errors import BadInput, NotFound
from strategy.snapshot import Period, usual
from tests.databases import (
    NOW,
    PLAN,
    SECRETARY,
    a_file,
    a_plan,
    adopt,
    load,
    newest,
    present,
    say,
)  # fmt: skip
from tests.test_pages import PAGES, app, go, words

__all__ = ["app"]

Opener = Callable[..., AppTest]
NEXT: dict[str, dict[str, Any]] = {
    "neste": {"name": "Strategi 2099–2102", "start": date(2099, 1, 1), "end": date(2102, 12, 31)},
    "1.1.1": {"due": date(2100, 6, 30), "succeeds": "1.2.1"},
}
NOW_AND_NEXT = (
    Period("forrige", "Forrige", date(2019, 1, 1), date(2023, 12, 31)),
    Period("naa", "Nå", date(2024, 1, 1), date(2028, 12, 31)),
    Period("neste", "Neste", date(2030, 1, 1), date(2033, 12, 31)),
)


@pytest.mark.parametrize(("day", "shown"), [
    (date(2018, 1, 1), "forrige"), (date(2023, 12, 31), "forrige"), (date(2024, 1, 1), "naa"),
    (date(2028, 12, 31), "naa"), (date(2029, 6, 1), "neste"), (date(2033, 12, 31), "neste"),
    (date(2040, 1, 1), "neste"),
])  # fmt: skip
def test_the_one_in_force_is_shown_else_the_next_else_the_last(day: date, shown: str):
    assert usual(NOW_AND_NEXT, day) == shown


def test_of_no_strategy_none_is_shown():
    assert usual((), date(2026, 1, 1)) == ""


def test_a_new_strategy_is_asked_for_and_stands_beside_the_first(planned: Database):
    file = a_file(a_plan("neste", changed=NEXT))
    with pytest.raises(BadInput, match="en ny strategi ved siden av"):
        load(planned, file)
    load(planned, file, new=True)
    assert current.plan(planned).strategy.key == PLAN
    assert current.plan(planned, "neste").measure("1.1.1").succeeds == "1.2.1"
    assert [plan.strategy.key for plan in current.plans(planned)] == [PLAN, "neste"]
    with pytest.raises(NotFound, match="Det er ingen strategi «borte» i databasen"):
        current.plan(planned, "borte")


def test_a_near_miss_of_a_key_is_called_out(planned: Database):
    with pytest.raises(BadInput, match="Mente du «plan»"):
        load(planned, a_file(a_plan("plam")))


def undo(database: Database, strategy: str, change: int) -> record.Saved:
    with database.writing() as session:
        return record.undo(record.By(session, SECRETARY, strategy, NOW), change)


def test_the_first_load_is_undone_as_long_as_nothing_stands_on_it(planned: Database):
    file = a_file(a_plan("neste", changed=NEXT))
    load(planned, file, new=True)
    undo(planned, "neste", newest(planned))
    assert [plan.strategy.key for plan in current.plans(planned)] == [PLAN]
    load(planned, file, new=True)
    assert len(present(planned, strategy="neste").measures) == 4
    say(planned, done="Sendt")
    with pytest.raises(BadInput, match=r"Endring \d+ bygger på det"):
        undo(planned, PLAN, 1)


def test_the_only_plan_can_be_taken_back_and_loaded_again(database: Database):
    load(database, a_file(a_plan()))
    undo(database, PLAN, 1)
    with pytest.raises(NotFound, match="Planen er tom"):
        current.plan(database)
    load(database, a_file(a_plan()))
    assert present(database).measures


def here() -> Database:
    return database.prepare(os.environ["STRATEGY_DATABASE_URL"])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("start", "end", "said"), [
    (date(2099, 1, 1), date(2102, 12, 31), "Planen gjelder fra 1. januar 2099."),
    (date(2020, 1, 1), date(2023, 12, 31), "Planen gjaldt til og med 31. desember 2023."),
])  # fmt: skip
def test_every_page_shows_a_plan_that_has_not_begun_or_has_ended(
    app: Opener, page: str, start: date, end: date, said: str
):
    at = app("empty")
    adopt(here(), a_plan(changed={"plan": {"start": start, "end": end}, "1.1.1": {"due": end}}))
    at = go(at.run(), page)
    assert not at.exception
    assert "Noe gikk galt" not in words(at)
    assert "Dette kan ikke vises" not in [title.value for title in at.title]
    if page != "present":
        assert said in words(at)


def chooser(at: AppTest) -> list[Any]:
    return [box for box in at.selectbox if box.label == "Strategi"]


def test_the_chooser_is_there_where_there_are_several_and_the_choice_is_kept(app: Opener):
    at = app("empty")
    adopt(here(), a_plan())
    at = at.run()
    assert not chooser(at)
    adopt(here(), a_plan("neste", changed=NEXT))
    at = at.run()
    (box,) = chooser(at)
    assert box.value == PLAN
    at = box.set_value("neste").run()
    assert "Planen gjelder fra 1. januar 2099." in words(at)
    at = go(at, "measures")
    assert "Planen gjelder fra 1. januar 2099." in words(at)
    assert at.query_params["strategi"] in ("neste", ["neste"])


def test_a_link_says_which_strategy_and_one_that_is_not_there_is_let_go(app: Opener):
    app("empty")
    adopt(here(), a_plan())
    adopt(here(), a_plan("neste", changed=NEXT))
    assert "Planen gjelder fra 1. januar 2099." in words(app("empty", {"strategi": "neste"}).run())
    at = app("empty", {"strategi": "borte"}).run()
    assert "Planen gjelder fra" not in words(at)
    assert "strategi" not in at.query_params


def test_a_measure_links_to_what_it_succeeds(app: Opener):
    app("empty")
    adopt(here(), a_plan())
    adopt(here(), a_plan("neste", changed=NEXT))
    at = go(app("empty", {"strategi": "neste", "t": "1.1.1"}), "measures")
    assert not at.exception
    assert "Viderefører tiltak 1.2.1 i Strategi 2024–2028" in words(at)
