"""The sheets of measured values and of milestones: what is typed in cells is what stands in the database."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from strategy import changes, dates, history, record, snapshot
from strategy.access import LOCAL
from strategy.record import OURS, THEIRS
from strategy.snapshot import Snapshot
from strategy.terms import Assessment, Direction, Effect, Phase, Quality
from strategy.ui.sheets import columns
from tests.databases import take_out
from tests.test_pages import NOKU, app, go, here, press, words

__all__ = ["app"]  # the fixture
Opener = Callable[..., AppTest]


def plan() -> Snapshot:
    with here().reading() as session:
        return snapshot.load(session, NOKU, changes.newest(session))


def newest() -> int:
    with here().reading() as session:
        return changes.newest(session)


def grid(at: AppTest) -> str:
    """The key of the grid on the page."""
    return next(key for key in at.session_state if key.startswith("grid:"))


def rows(at: AppTest) -> tuple[str, ...]:
    """The key of each row of the grid."""
    _grid, form, _drawn = grid(at).split(":")
    shown: tuple[str, ...] = at.session_state[f"sheet:{form}"].shown
    return shown


def type_in(at: AppTest, cells: dict[int, dict[str, Any]]) -> AppTest:
    """Type in the grid, by row and column, as a browser hands it over."""
    at.session_state[grid(at)] = {"edited_rows": cells, "added_rows": [], "deleted_rows": []}
    return at.run()


def choose(at: AppTest, side: str) -> AppTest:
    """Say whose is to stand in the only clash there is."""
    (control,) = at.segmented_control
    return control.set_value(side).run()


def ground(at: AppTest, where: str) -> None:
    """Say that it was decided somewhere else, and where."""
    next(radio for radio in at.radio).set_value("annet").run()
    next(box for box in at.text_input if box.label.startswith("Hvor og når")).input(where).run()


def saves(at: AppTest) -> bool:
    """Whether what is typed can be saved."""
    return any(button.label.startswith("Lagre ") for button in at.button)


def near(key: str) -> Decimal:
    """A number nobody wonders at: half more than the newest."""
    numbers = [value.value for value in plan().indicator(key).values if value.value is not None]
    return (numbers[-1] if numbers else Decimal(1)) + Decimal("0.5")


def test_a_year_of_values_is_typed_in_one_sheet_and_saved_as_one_change(app: Opener) -> None:
    at = go(app("example", {"uten": "true"}), "values")
    keys = [key.rpartition("@")[0] for key in rows(at)]
    numbers = [n for n, key in enumerate(keys) if plan().indicator(key).direction != "yes_no"]
    typed: dict[int, dict[str, Any]] = {
        row: {"value": dates.number(near(keys[row])), "source": "Telling"} for row in numbers[:-1]
    }
    wanted = {row: near(keys[row]) for row in numbers[:-1]}
    missed = numbers[-1]
    typed[missed] = {"missed": True, "comment": "Undersøkelsen ble avlyst."}
    before = newest()
    type_in(at, typed)
    press(at, "Lagre ")

    now = plan()
    assert len(numbers) > 10
    assert now.change_id == before + 1
    for row in numbers[:-1]:
        (value,) = (v for v in now.indicator(keys[row]).values if v.period == "2026")
        assert (value.value, value.source, value.quality) == (
            wanted[row], "Telling", Quality.FINAL,
        )  # fmt: skip
    (gap,) = (v for v in now.indicator(keys[missed]).values if v.period == "2026")
    assert (gap.value, gap.quality, gap.comment) == (
        None, Quality.NOT_MEASURED, "Undersøkelsen ble avlyst.",
    )  # fmt: skip
    assert f"{len(numbers)} målinger" in words(at)


def test_an_earlier_value_is_corrected_and_the_old_one_stays_in_its_history(app: Opener) -> None:
    at = go(app("example", {"ar": "2025"}), "values")
    row, key = next(
        (n, key) for n, key in enumerate(rows(at))
        if key in {v.key for i in plan().indicators for v in i.values if v.value and v.value > 1}
    )  # fmt: skip
    was = next(v.value for i in plan().indicators for v in i.values if v.key == key)
    assert was
    type_in(at, {row: {"value": dates.number(was + 1), "comment": "Rettet etter ny telling"}})
    press(at, "Lagre ")

    with here().reading() as session:
        trail = history.trail(session, NOKU, "indicator_value", key, newest())
    assert [version.fields["value"] for version in trail[-2:]] == [was, was + 1]


def test_a_number_that_looks_wrong_is_saved_once_somebody_says_that_it_is_right(app: Opener) -> None:
    at = go(app("example", {"ar": "2025"}), "values")
    row = next(n for n, key in enumerate(rows(at)) if key.startswith("2.1.1a@"))
    before = newest()
    type_in(at, {row: {"value": "1200"}})
    assert "1 200 er langt fra det som er målt før. Er det riktig? Forrige var 11." in words(at).replace(
        "\u00a0", " "
    )
    assert (saves(at), newest()) == (False, before)
    next(box for box in at.checkbox if box.label.startswith("Ja, ")).check().run()
    press(at, "Lagre ")
    value = plan().indicator("2.1.1a").value_in("2025")
    assert value
    assert value.value == 1200


@pytest.mark.parametrize(
    ("part", "there", "absent"),
    [("", "2.1.1a", "1.1.1a"), ("-H1", "1.1.1a", "2.1.1a"), ("dag", "3.1.2a", "1.1.1a")],
)
def test_only_the_indicators_measured_for_such_a_period_are_offered(
    app: Opener, part: str, there: str, absent: str
) -> None:
    at = go(
        app("example", {"ar": "2026", "del": part, "mal": there[0]} if part else {"mal": there[0]}), "values"
    )
    found = {key.partition("@")[0] for key in rows(at)}
    assert there in found
    assert absent not in found


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"value": "mange"}, "«mange» er ikke et tall"),
        ({"missed": True}, "hvorfor det ikke er målt"),
        ({"missed": True, "value": "3", "comment": "Avlyst"}, "har ingen verdi"),
        ({"value": "3", "comment": "x" * 4001}, "4001 tegn"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_and_nothing_is_saved(app: Opener, cells: Any, why: str) -> None:
    at = go(app("example", {"uten": "true"}), "values")
    before = newest()
    type_in(at, {0: cells, 1: {"value": "3"}})

    assert why in words(at)
    assert not saves(at)
    assert newest() == before


def test_a_value_somebody_else_saved_first_is_shown_beside_ours_and_one_is_chosen(app: Opener) -> None:
    at = go(app("example", {"uten": "true"}), "values")
    key = rows(at)[0].rpartition("@")[0]
    ours = near(key)
    type_in(at, {0: {"value": dates.number(ours)}})
    with here().writing() as session:
        moment = plan().recorded_at
        record.value(record.By(session, LOCAL, NOKU, moment), key, "2026", 0, value=ours + 1)
    at.run()

    assert "noen andre har lagret" in words(at)
    assert not saves(at)
    choose(at, OURS)
    assert "noen andre har lagret" not in words(at)
    press(at, "Lagre ")
    (value,) = (v for v in plan().indicator(key).values if v.period == "2026")
    assert (value.value, value.version) == (ours, 2)


def test_what_is_typed_stays_over_another_period_and_a_lost_session_and_is_saved_as_one_change(
    app: Opener,
) -> None:
    at = go(app("example", {"ar": "2026", "uten": "true"}), "values")
    first = rows(at)[0].rpartition("@")[0]
    ours = near(first)
    type_in(at, {0: {"value": dates.number(ours)}})
    at = go(app_at({"ar": "2025", "uten": "true"}), "values")
    assert "Du hadde skrevet i én rad uten å lagre" in words(at)
    second = rows(at)[0].rpartition("@")[0]
    earlier = near(second)
    type_in(at, {0: {"value": dates.number(earlier)}})
    before = newest()
    press(at, "Lagre 2 målinger")

    said = {(i.key, v.period): v.value for i in plan().indicators for v in i.values}
    assert newest() == before + 1
    assert (said[first, "2026"], said[second, "2025"]) == (ours, earlier)


def test_two_tabs_of_one_table_keep_what_is_typed_in_both(app: Opener) -> None:
    here_, there = (go(at, "action") for at in (app("example"), app_at({})))
    first, second = rows(here_)[:2]
    type_in(here_, {0: {"title": "Fra den ene"}})
    type_in(there, {0: {"evidence": "Fra den andre"}, 1: {"evidence": "Også"}})
    type_in(here_, {0: {"title": "Fra den ene, ferdig"}})
    third = go(app_at({}), "action")
    assert "Du hadde skrevet i 2 rader uten å lagre" in words(third)
    assert third.session_state["sheet:milestones"].cells == {
        first: {"title": "Fra den ene, ferdig", "evidence": "Fra den andre"}, second: {"evidence": "Også"}
    }  # fmt: skip
    press(there, "Lagre ")
    fourth = go(app_at({}), "action")
    assert fourth.session_state["sheet:milestones"].cells == {first: {"title": "Fra den ene, ferdig"}}
    press(here_, "Lagre ")
    now = {s.key: s for m in plan().measures for s in m.milestones}
    assert (now[first].title, now[first].evidence, now[second].evidence) == (
        "Fra den ene, ferdig", "Fra den andre", "Også"
    )  # fmt: skip
    assert "uten å lagre" not in words(go(app_at({}), "action"))


def test_a_cell_nobody_else_has_touched_is_saved_beside_what_somebody_else_saved(app: Opener) -> None:
    at = go(app("example", {"ar": "2025"}), "values")
    there = {v.key: v for i in plan().indicators for v in i.values if v.value}
    row, key = next((n, key) for n, key in enumerate(rows(at)) if key in there)
    theirs = near(key.rpartition("@")[0])
    type_in(at, {row: {"source": "Ny kilde"}})
    with here().writing() as session:
        record.value(
            record.By(session, LOCAL, NOKU, plan().recorded_at),
            key.rpartition("@")[0], "2025", there[key].version,
            value=theirs, source=there[key].source)  # fmt: skip
    at.run()
    assert not at.segmented_control
    press(at, "Lagre ")

    (value,) = (v for i in plan().indicators for v in i.values if v.key == key)
    assert (value.value, value.source) == (theirs, "Ny kilde")


def test_theirs_may_stand_while_the_rest_of_the_row_is_saved(app: Opener) -> None:
    at = go(app("example"), "action")
    key = rows(at)[0]
    type_in(at, {0: {"title": "Vårt navn", "evidence": "Referat"}})
    renamed(key, "Deres navn")
    at.run()
    choose(at, THEIRS)
    press(at, "Lagre ")

    (step,) = (s for m in plan().measures for s in m.milestones if s.key == key)
    assert (step.title, step.evidence) == ("Deres navn", "Referat")


def test_a_choice_is_asked_for_anew_when_somebody_saves_once_more(app: Opener) -> None:
    at = go(app("example"), "action")
    key = rows(at)[0]
    type_in(at, {0: {"title": "Vårt navn"}})
    renamed(key, "Deres navn")
    choose(at.run(), OURS)
    renamed(key, "Enda et navn")
    at.run()

    assert "Enda et navn" in words(at)
    assert not saves(at)
    choose(at, OURS)
    press(at, "Lagre ")
    (step,) = (s for m in plan().measures for s in m.milestones if s.key == key)
    assert step.title == "Vårt navn"


def test_a_row_taken_out_while_one_typed_in_it_comes_back_if_one_says_so(app: Opener) -> None:
    at = go(app("example"), "action")
    key = rows(at)[0]
    type_in(at, {0: {"evidence": "Referat"}})
    (step,) = (s for m in plan().measures for s in m.milestones if s.key == key)
    with here().writing() as session:
        take_out(record.By(session, LOCAL, NOKU, plan().recorded_at), "milestone", key, step.version)
    at.run()
    assert "tatt ut" in words(at)
    choose(at, OURS)
    press(at, "Lagre ")

    (back,) = (s for m in plan().measures for s in m.milestones if s.key == key)
    assert (back.title, back.evidence) == (step.title, "Referat")


def test_a_row_that_came_after_one_began_to_type_is_typed_in_too(app: Opener) -> None:
    at = go(app("example"), "action")
    first = rows(at)[0]
    type_in(at, {0: {"title": "Nytt navn"}})
    measure = first.rpartition("-")[0]
    with here().writing() as session:
        fresh = record.milestone_key(session, NOKU, measure)
        record.milestone(
            record.By(session, LOCAL, NOKU, plan().recorded_at),
            fresh, 0, measure=measure, title="Kom til", due=date(2026, 12, 1),
            year=2026)  # fmt: skip
    at.run()
    type_in(at, {rows(at).index(fresh): {"evidence": "Referat"}})
    press(at, "Lagre 2 milepæler")

    now = {s.key: s for m in plan().measures for s in m.milestones}
    assert (now[first].title, now[fresh].evidence) == ("Nytt navn", "Referat")


def test_a_suggestion_is_adopted_with_its_grounds(app: Opener) -> None:
    proposal = "1.1.1a"
    at = go(app("real"), "values")
    assert "Ingen indikatorer er vedtatt ennå" in words(at)
    key = next(i.key for i in plan().indicators if i.proposal) or proposal
    at = go(app("real", {"fane": "Forslag", "i": key}), "values")
    press(at, "Ta indikatoren i bruk")
    assert "Velg vedtaket" in words(at)
    ground(at, "Styret, sak 9/26")
    press(at, "Ta indikatoren i bruk")

    now = plan()
    assert not now.indicator(key).proposal
    assert [(a.effect, a.note) for a in now.authorities_of(key)] == [(Effect.ADOPTED, "Styret, sak 9/26")]


def test_one_press_adopts_the_indicator_with_the_target_that_is_written(app: Opener) -> None:
    app("real")
    found = next(i for i in plan().indicators if i.proposal and i.direction is Direction.UP and not i.targets)
    at = go(app("real", {"fane": "Forslag", "i": found.key}), "values")
    ground(at, "Styret, sak 9/26")
    next(box for box in at.text_input if box.label.startswith("Mål (")).input("12").run()
    before = newest()
    press(at, "Ta indikatoren i bruk")

    now = plan().indicator(found.key)
    assert (now.proposal, [target.value for target in now.targets], newest()) == (
        False, [Decimal(12)], before + 1
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("I rute", Assessment.ON_TRACK), ("● I rute", Assessment.ON_TRACK), ("i  rute", Assessment.ON_TRACK),
        ("Grønn", "Grønn"), (None, None),
    ],
)  # fmt: skip
def test_a_pasted_word_is_known_without_its_mark_and_what_is_unknown_is_left_to_be_refused(
    pasted: str | None, meant: object
) -> None:
    assert columns.meant("status_report", "assessment", pasted) == meant


def test_words_the_table_does_not_know_are_asked_about_once_each_and_saved_as_what_they_stand_for(
    app: Opener,
) -> None:
    at = go(app("real"), "table")
    type_in(at, {
        0: {"phase": "Ferdig", "assessment": "I RUTE", "people": ["generalsekretær (forslag)"]},
        1: {"phase": "ferdig", "assessment": "Noe avik", "cause": "Sykdom", "remedy": "Vikar"},
        2: {"people": ["Sjefen"]},
    })  # fmt: skip
    said = words(at)
    assert "«Ferdig» er ikke et ord for fase. Det står i 1.1.1 " in said
    assert "«Noe avik» er ikke et ord for vurdering" in said
    assert "Mente du «Noe avvik»?" in said
    assert "«Sjefen» er ikke et ord for rolle" in said
    assert not saves(at)
    for word, meaning in (
        ("Ferdig", "Løpende"), ("Noe avik", "Noe avvik"), ("Sjefen", "Styreleder")
    ):  # fmt: skip
        next(box for box in at.selectbox if box.label == f"«{word}» betyr").select(meaning).run()
    assert "ansvarlig: – → **Styreleder**" in words(at)
    next(box for box in at.text_input if box.label.startswith("Hvorfor")).input("Gjennomgang").run()
    press(at, "Lagre 3 tiltak")

    first, second, third = plan().measures[:3]
    assert [each.report and each.report.phase for each in (first, second)] == [Phase.CONTINUOUS] * 2
    assert [each.report and each.report.assessment for each in (first, second)] == [
        Assessment.ON_TRACK, Assessment.SOME_DEVIATION
    ]  # fmt: skip
    adopted = [[r.person for r in each.responsibilities if not r.proposal] for each in (first, third)]
    assert adopted == [["generalsekretaer"], ["styreleder"]]


def test_a_cell_that_must_say_one_of_its_words_is_not_emptied_without_a_word(app: Opener) -> None:
    at = go(app("example"), "table")
    type_in(at, {0: {"assessment": None}})
    assert "Dette kan ikke stå tomt" in words(at)
    assert not saves(at)


def test_a_number_that_is_pasted_as_a_word_is_told_and_not_lost(app: Opener) -> None:
    at = go(app("example"), "action")
    type_in(at, {0: {"order": "to"}, 1: {"order": "1,5"}})
    assert "«to» er ikke et tall" in words(at)
    assert "«1,5» er ikke et helt tall" in words(at)
    assert not saves(at)


def test_milestones_are_marked_reached_renamed_and_ordered_as_one_change(app: Opener) -> None:
    at = go(app("example"), "action")
    first, second = rows(at)[:2]
    before = newest()
    type_in(at, {
        0: {"done_on": "2026-11-20", "evidence": "Referat", "order": 2}, 1: {"title": "Nytt navn"}
    })  # fmt: skip
    press(at, "Lagre ")

    now = {s.key: s for m in plan().measures for s in m.milestones}
    assert newest() == before + 1
    assert (now[first].done_on, now[first].evidence, now[first].order) == (date(2026, 11, 20), "Referat", 2)
    assert now[second].title == "Nytt navn"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"title": " "}, "Gi milepælen et navn"),
        ({"due": None}, "må ha en frist"),
        ({"done_on": "2027-01-01"}, "framtiden"),
        ({"done_on": "02/03/2026"}, "«02/03/2026» er ikke en dato"),
        ({"due": "mars 2027"}, "«mars 2027» er ikke en dato"),
    ],
)
def test_a_milestone_that_cannot_be_used_is_named(app: Opener, cells: Any, why: str) -> None:
    at = go(app("example"), "action")
    type_in(at, {0: cells})

    assert why in words(at)
    assert not saves(at)


def test_a_pasted_day_is_read_as_it_is_written(app: Opener) -> None:
    at = go(app("example"), "action")
    first = rows(at)[0]
    type_in(at, {0: {"due": "3.2.2027"}})
    press(at, "Lagre ")

    (moved,) = (s for m in plan().measures for s in m.milestones if s.key == first)
    assert moved.due == date(2027, 2, 3)


def test_picked_milestones_move_to_the_next_year(app: Opener) -> None:
    at = go(app("example"), "action")
    steps = {s.key: s for m in plan().measures for s in m.milestones}
    row, key = next((n, key) for n, key in enumerate(rows(at)) if not steps[key].done_on)
    type_in(at, {row: {"pick": True}})
    press(at, "Flytt de valgte")

    (moved,) = (s for m in plan().measures for s in m.milestones if s.key == key)
    assert (moved.year, moved.due.year) == (2027, 2027)


def test_last_years_rest_is_taken_up_once(app: Opener) -> None:
    at = go(app("example", {"ar": "2027"}), "action")
    press(at, "Kopier hit")

    assert [s for m in plan().measures for s in m.milestones if s.year == 2027]
    assert not [button for button in at.button if button.label == "Kopier hit"]


def test_an_empty_list_of_milestones_has_no_pages_and_all_measures_can_be_added_to(app: Opener) -> None:
    at = go(app("real"), "action")

    assert "har ingen milepæler i 2026" in words(at)
    assert not at.get("pagination")
    assert len(at.selectbox(key="ny-tiltak").options) == 20


def test_what_was_nothing_and_stays_nothing_is_no_change(app: Opener) -> None:
    at = go(app("real"), "table")
    type_in(at, {0: {"phase": "Pågår", "assessment": "● I rute"}})

    assert "fase: – → **Pågår**" in words(at)
    assert "– → **–**" not in words(at)


def test_a_promise_that_is_not_answered_again_is_not_told_as_taken_back(app: Opener) -> None:
    at = go(app("example"), "table")
    settled = next(m for m in plan().measures if m.report and m.report.promise)
    type_in(at, {rows(at).index(settled.key): {"done": "Mer er gjort."}})

    assert "→ **Mer er gjort.**" in words(at)
    assert "løftet fra sist" not in words(at)


def test_what_is_done_is_a_column_and_saved_as_the_report(app: Opener) -> None:
    at = go(app("real"), "table")
    type_in(at, {0: {"phase": "Pågår", "assessment": "● I rute", "done": "Tre møter er holdt."}})
    assert "(må fylles ut)" in at.text_input[-1].label
    at.text_input[-1].input("Oppdatert").run()
    press(at, "Lagre ")

    (report,) = (m.report for m in plan().measures if m.report)
    assert (report.done, report.assessment) == ("Tre møter er holdt.", Assessment.ON_TRACK)


def test_a_milestone_without_a_number_has_an_empty_cell(app: Opener) -> None:
    at = go(app("example"), "action")
    frame = at.session_state["sheet:milestones"].frame

    assert "" in {row["order"] for row in frame}
    assert None not in {row[name] for row in frame for name in ("order", "done_on", "evidence")}


def test_a_new_milestone_is_added_and_the_form_is_empty_and_asks_about_the_same_again(app: Opener) -> None:
    at = go(app("real"), "action")
    at.selectbox(key="ny-tiltak").select("1.1.1").run()
    write_milestone(at)
    press(at, "Legg til")

    (step,) = plan().measure("1.1.1").milestones
    assert (step.title, step.due) == ("Plan vedtatt", date(2026, 12, 1))
    assert next(box for box in at.text_input if box.label == "Hva skal nås").value == ""
    assert next(box for box in at.date_input if box.label == "Frist").value is None
    write_milestone(at)
    press(at, "Legg til")
    assert "har alt milepælen «Plan vedtatt» i 2026" in words(at)
    assert len(plan().measure("1.1.1").milestones) == 1
    press(at, "Legg til")
    assert len(plan().measure("1.1.1").milestones) == 2


def write_milestone(at: AppTest) -> None:
    """Fill in the form for a new one."""
    next(box for box in at.text_input if box.label == "Hva skal nås").input("Plan vedtatt")
    next(box for box in at.date_input if box.label == "Frist").set_value(date(2026, 12, 1))


def test_every_version_of_a_value_stands_in_the_history_and_what_was_not_measured_says_so(
    app: Opener,
) -> None:
    at = go(app("real"), "values")
    key = rows(at)[0].rpartition("@")[0]
    said = {"quality": Quality.NOT_MEASURED, "comment": "Undersøkelsen ble avlyst"}
    for base, what in enumerate(({"value": Decimal(3)}, said)):
        with here().writing() as session:
            moment = plan().recorded_at
            record.value(record.By(session, LOCAL, NOKU, moment), key, "2026", base, **what)  # type: ignore[arg-type]
    shown = words(go(app_at({"fane": "Historikk", "v": key}), "values"))

    assert "| 2026 | 2 | Ikke målt i perioden |" in shown
    assert "| 2026 | 1 | 3 |" in shown


def renamed(key: str, title: str) -> None:
    """Somebody else gives a milestone another name."""
    (step,) = (s for m in plan().measures for s in m.milestones if s.key == key)
    with here().writing() as session:
        record.milestone(
            record.By(session, LOCAL, NOKU, plan().recorded_at),
            key,
            step.version,
            measure=step.measure,
            title=title,
        )


def app_at(address: dict[str, str]) -> AppTest:
    """The app once more on the same database."""
    at = AppTest.from_file("../pages/frame.py", default_timeout=60)
    for name, value in address.items():
        at.query_params[name] = value
    return at
