"""Two have the same form open: what only one has changed is kept, and what both have changed is chosen."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from strategy import changes, record, snapshot
from strategy.access import LOCAL
from strategy.record import OURS, THEIRS
from strategy.terms import Reached
from tests.test_pages import NOKU, app, area, go, here, press, words, write

__all__ = ["app"]  # the fixture
Opener = Callable[..., AppTest]

EVIDENCE = "Dokumentasjon: hva som viser at den er nådd"
STEP = "1.2.1-m1"
PERIOD = "2026-H2"


def plan() -> snapshot.Snapshot:
    with here().reading() as session:
        return snapshot.load(session, NOKU, changes.newest(session))


def choose(at: AppTest, side: str) -> None:
    """Say whose is to stand in the only clash there is."""
    (control,) = clashes(at)
    control.set_value(side).run()


def clashes(at: AppTest) -> list[Any]:
    return [control for control in at.segmented_control if control.label == "Det som skal stå"]


def elsewhere(base: int, **said: Any) -> None:
    """Somebody saves the milestone in another window."""
    with here().writing() as session:
        record.milestone(
            record.By(session, LOCAL, NOKU, datetime.now(UTC)), STEP, base, measure="1.2.1", **said
        )  # fmt: skip


def step() -> snapshot.Milestone:
    (found,) = plan().measure("1.2.1").milestones
    return found


@pytest.fixture
def at(app: Opener) -> AppTest:
    """The form of a milestone, with evidence written in it and not saved."""
    opened = app("real", {"t": "1.2.1", "hva": "milepael", "m": STEP})
    elsewhere(0, title="Plan vedtatt", due=date(2026, 12, 1), year=2026)
    go(opened, "update")
    write(opened, EVIDENCE, "Min tekst")
    return opened


def test_what_somebody_else_saved_in_another_field_is_kept_without_a_question(at: AppTest) -> None:
    elsewhere(1, title="Planen vedtatt")
    press(at, "Lagre milepælen")

    assert not clashes(at)
    assert (step().title, step().evidence, step().version) == ("Planen vedtatt", "Min tekst", 3)


@pytest.mark.parametrize(("side", "kept"), [(OURS, "Min tekst"), (THEIRS, "Deres tekst")])
def test_a_field_both_have_written_in_is_chosen_and_all_else_is_kept(
    at: AppTest, side: str, kept: str
) -> None:
    elsewhere(1, title="Planen vedtatt", evidence="Deres tekst")
    press(at, "Lagre milepælen")

    assert "noen andre har lagret" in words(at)
    assert "Deres tekst" in words(at)
    assert area(at, EVIDENCE).value == "Min tekst"
    assert step().version == 2
    choose(at, side)
    press(at, "Lagre milepælen")
    assert (step().title, step().evidence) == ("Planen vedtatt", kept)


def test_a_choice_does_not_hold_for_what_is_saved_after_it(at: AppTest) -> None:
    elsewhere(1, evidence="Deres tekst")
    press(at, "Lagre milepælen")
    choose(at, OURS)
    elsewhere(2, evidence="Enda en tekst")
    press(at, "Lagre milepælen")

    assert "Enda en tekst" in words(at)
    assert step().evidence == "Enda en tekst"
    choose(at, OURS)
    press(at, "Lagre milepælen")
    assert step().evidence == "Min tekst"


def test_what_one_has_written_is_given_up_for_theirs(at: AppTest) -> None:
    elsewhere(1, evidence="Deres tekst")
    press(at, "Lagre milepælen")
    press(at, "Forkast min tekst")

    assert not clashes(at)
    assert area(at, EVIDENCE).value == "Deres tekst"
    assert step().version == 2


def test_two_first_texts_for_a_year_meet_field_by_field(app: Opener) -> None:
    at = go(app("real", {"mal": "1", "ar": "2026"}), "reports")
    write(at, "Tekst til årsmeldingen", "Min årstekst")
    with here().writing() as session:
        record.attainment(
            record.By(session, LOCAL, NOKU, datetime.now(UTC)),
            "1", 2026, 0, narrative="Deres årstekst", lesson="Begynn før",
            reached=Reached.TOO_EARLY)  # fmt: skip
    press(at, "Lagre årets tekst")
    choose(at, OURS)
    press(at, "Lagre årets tekst")

    (said,) = plan().goal("1").attainments
    assert (said.narrative, said.lesson, said.reached) == ("Min årstekst", "Begynn før", Reached.TOO_EARLY)


def test_two_first_values_meet_field_by_field(app: Opener) -> None:
    indicator = next(m.indicators[0] for m in plan_of(app).measures if m.indicators)
    at = go(app("real", {"t": indicator.belongs_to, "hva": "maling", "i": indicator.key}), "update")
    write(at, "Kommentar, for eksempel hvorfor tallet er rettet", "Talt to ganger")
    number = next(box for box in at.text_input if box.label.startswith("Verdi"))
    number.input("7").run()
    with here().writing() as session:
        record.value(
            record.By(session, LOCAL, NOKU, datetime.now(UTC)), indicator.key, PERIOD, 0, value=Decimal(5)
        )  # fmt: skip
    press(at, "Lagre målingen")
    choose(at, OURS)
    press(at, "Lagre målingen")

    (said,) = plan().indicator(indicator.key).values
    assert (said.value, said.comment, said.version) == (Decimal(7), "Talt to ganger", 2)


def test_the_number_that_is_typed_stays_when_another_period_is_chosen(app: Opener) -> None:
    indicator = next(m.indicators[0] for m in plan_of(app).measures if m.indicators)
    at = go(app("real", {"t": indicator.belongs_to, "hva": "maling", "i": indicator.key}), "update")
    with here().writing() as session:
        record.value(
            record.By(session, LOCAL, NOKU, datetime.now(UTC)),
            indicator.key, "2025-H2", 0, value=Decimal(5), text="Talt")  # fmt: skip
    number = next(box for box in at.text_input if box.label.startswith("Verdi"))
    period = next(box for box in at.selectbox if box.label == "Periode")
    number.input("7")
    period.set_value("2025-H2").run()
    assert next(box for box in at.text_input if box.label.startswith("Verdi")).value == "7"
    assert next(box for box in at.text_area if box.label.startswith("Vurdering i ord")).value == "Talt"
    assert not at.exception


def plan_of(app: Opener) -> snapshot.Snapshot:
    """The plan the app opens on, before it is opened."""
    app("real")
    return plan()
