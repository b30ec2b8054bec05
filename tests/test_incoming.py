"""The page for what has been sent in: accepted, edited, returned, and what if somebody came first."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from strategy import config, current, database, people, record
from strategy.access import LOCAL, STRANGER
from strategy.database import Database
from strategy.terms import Assessment, DraftState, MailState, Part, Phase, Via
from tests.mailbox import open_mailbox
from tests.servers import free_port

NOKU = "noku-2024-2028"


@pytest.fixture
def sent(data: Path, example_file: Path) -> tuple[Database, str]:
    """The example with one report sent in, and the key of its measure."""
    shutil.copy(example_file, data / "strategy.db")
    opened = database.connect(config.sqlite_url(data / "strategy.db"))
    plan = current.plan(opened)
    today, now = current.today(plan), current.now(plan)
    waiting = {draft.measure for draft in plan.drafts}
    measure = next(m for m in plan.measures if m.key not in waiting and people.responsible_for(m, today))
    person = people.responsible_for(measure, today)[0].person
    with opened.writing() as session:
        link = record.access_link(
            record.By(session, LOCAL, NOKU, now), person, expires_on=today + timedelta(days=9)
        )
        record.draft(
            record.By(session, STRANGER, NOKU, now, Via.LINK),
            link.key, measure.key, 0, base=measure.report.version if measure.report else 0,
            phase=Phase.IN_PROGRESS, assessment=Assessment.ON_TRACK, done="Sendt fra telefonen")  # fmt: skip
    return opened, measure.key


def opened_page(key: str) -> AppTest:
    at = AppTest.from_file("../pages/frame.py", default_timeout=60)
    at = at.run().switch_page("incoming.py").run()
    assert not at.exception
    assert any("Sendt fra telefonen" in (area.value or "") for area in at.text_area), key
    return at


def button(at: AppTest, label: str, key: str) -> None:
    next(b for b in at.button if b.label == label and key in str(b.key)).click()


def test_an_accepted_report_is_on_the_measure(sent: tuple[Database, str]) -> None:
    opened, key = sent
    at = opened_page(key)
    area = next(area for area in at.text_area if area.value == "Sendt fra telefonen")
    area.set_value("Sendt fra telefonen, og rettet")
    button(at, "Godta rapporten", f"{key}@")
    at.run()
    assert not at.exception
    report = current.plan(opened).measure(key).report
    assert report is not None
    assert report.done == "Sendt fra telefonen, og rettet"
    assert report.assessment is Assessment.ON_TRACK
    assert states(opened)[key] is DraftState.ACCEPTED


def test_a_word_on_what_is_missing_is_not_lost_when_a_report_is_accepted(
    sent: tuple[Database, str],
) -> None:
    opened, key = sent
    at = opened_page(key)
    say_what_is_missing(at, key)
    button(at, "Godta rapporten", f"{key}@")
    at.run()
    assert any("det går ikke ut når rapporten godtas" in warning.value for warning in at.warning)
    assert states(opened)[key] is DraftState.SUBMITTED
    button(at, "Godta rapporten", f"{key}@")
    at.run()
    assert states(opened)[key] is DraftState.ACCEPTED


def test_what_is_corrected_in_a_report_is_not_lost_when_it_is_sent_back(sent: tuple[Database, str]) -> None:
    opened, key = sent
    at = opened_page(key)
    next(area for area in at.text_area if area.value == "Sendt fra telefonen").set_value("Rettet")
    say_what_is_missing(at, key)
    button(at, "Send tilbake med denne beskjeden", f"{key}@")
    at.run()
    assert any("følger ikke med når den sendes tilbake" in warning.value for warning in at.warning)
    assert states(opened)[key] is DraftState.SUBMITTED
    button(at, "Send tilbake med denne beskjeden", f"{key}@")
    at.run()
    assert states(opened)[key] is DraftState.RETURNED


def say_what_is_missing(at: AppTest, key: str) -> None:
    box = next(area for area in at.text_area if area.label == "Hva mangler?" and key in str(area.key))
    box.set_value("Hvor mange kom?")


def states(opened: Database) -> dict[str, DraftState]:
    return {draft.measure: draft.state for draft in current.plan(opened).drafts}


def test_a_report_saved_meanwhile_is_shown_and_nothing_is_lost(sent: tuple[Database, str]) -> None:
    opened, key = sent
    at = opened_page(key)
    plan = current.plan(opened)
    before = plan.measure(key).report
    with opened.writing() as session:
        record.report(
            record.By(session, LOCAL, NOKU, current.now(plan)),
            key, before.version if before else 0, phase=Phase.IN_PROGRESS,
            assessment=Assessment.ON_TRACK, done="Sagt av sekretariatet")  # fmt: skip
    button(at, "Godta rapporten", f"{key}@")
    at.run()
    assert not at.exception
    shown = "\n".join(element.value for element in (*at.markdown, *at.warning))
    assert "Sagt av sekretariatet" in shown
    assert "Noen andre lagret" in shown
    report = current.plan(opened).measure(key).report
    assert report is not None
    assert report.done == "Sagt av sekretariatet"


def reminders_page() -> AppTest:
    at = AppTest.from_file("../pages/frame.py", default_timeout=60)
    at.query_params["fane"] = "Påminnelser"
    return at.run().switch_page("incoming.py").run()


@pytest.fixture
def adopted(data: Path, real_file: Path) -> Database:
    """The real plan with one who answers for 1.1.1 and 1.2.1, and another for 1.3.1, all by adoption."""
    shutil.copy(real_file, data / "strategy.db")
    opened = database.connect(config.sqlite_url(data / "strategy.db"))
    plan = current.plan(opened)
    first, second = (person.key for person in plan.people[:2])
    with opened.writing() as session:
        who = record.By(session, LOCAL, NOKU, current.now(plan))
        for measure, person in (("1.1.1", first), ("1.2.1", first), ("1.3.1", second)):
            version = plan.versions.get(("responsibility", f"{measure}@{person}"), 0)
            said = {"proposal": False, "part": Part.RESPONSIBLE}
            record.save_one(who, record.Wanted("responsibility", f"{measure}@{person}", version, said))
        record.contact(who, first, name="Kari", email="kari@eksempel.no")
    return opened


def test_reminders_are_seen_sent_once_and_who_has_no_address_is_named(
    adopted: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = reminders_page()
    assert any("E-post er ikke satt opp" in caption.value for caption in at.caption)
    assert current.plan(adopted).people[1].title in next(w.value for w in at.warning if "Uten" in w.value)
    with open_mailbox() as box:
        monkeypatch.setenv("STRATEGY_MAIL_FROM", "plan@eksempel.no")
        monkeypatch.setenv("STRATEGY_SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        at = reminders_page()
        (seen,) = at.text
        next(b for b in at.button if b.label == "Send 1 påminnelse nå").click()
        at.run()
        assert not at.exception
        assert box.to == ["kari@eksempel.no"]
        assert "Hei Kari." in seen.value
    assert any("1 e-post sendt" in told.value for told in at.success)
    assert not [b for b in at.button if b.label.startswith("Send ")]
    assert [m.state for m in current.plan(adopted).mails] == [MailState.SENT]


def test_a_server_that_is_down_is_said_on_the_page_and_nothing_is_written(
    adopted: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATEGY_MAIL_FROM", "plan@eksempel.no")
    monkeypatch.setenv("STRATEGY_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    at = reminders_page()
    next(b for b in at.button if b.label == "Send 1 påminnelse nå").click()
    at.run()
    assert any("svarer ikke" in error.value for error in at.error)
    assert current.plan(adopted).mails == ()


def test_the_example_is_sent_to_nobody(sent: tuple[Database, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATEGY_MAIL_FROM", "plan@eksempel.no")
    monkeypatch.setenv("STRATEGY_SMTP_URL", "smtp://127.0.0.1:25")
    at = reminders_page()
    assert any("sendes aldri" in caption.value for caption in at.caption)
    assert not any(
        "når ingenting venter" in told.value for told in at.markdown
    )  # something does, without address
    assert not [b for b in at.button if b.label.startswith("Send ")]


def test_a_link_is_made_shown_and_withdrawn_on_the_page(sent: tuple[Database, str]) -> None:
    opened, _key = sent
    at = AppTest.from_file("../pages/frame.py", default_timeout=60)
    at.query_params["fane"] = "Lenker"
    at = at.run().switch_page("incoming.py").run()
    before = len(current.plan(opened).access_links)
    next(b for b in at.button if b.label == "Lag lenke").click()
    at.run()
    assert any("Velg rollen" in warning.value for warning in at.warning)
    who = next(box for box in at.selectbox if box.label == "Rolle")
    plan = current.plan(opened)
    helping = {r.title for m in plan.measures for r in people.reporting_on(m, current.today(plan))}
    assert set(who.options) == helping
    assert helping - {r.title for m in plan.measures for r in people.responsible_for(m, current.today(plan))}
    who.select(who.options[0])
    next(b for b in at.button if b.label == "Lag lenke").click()
    at.run()
    assert not at.exception
    assert next(box for box in at.selectbox if box.label == "Rolle").value is None
    assert any("/oppdater/lenke-" in code.value for code in at.code)
    assert any("bare på denne maskinen" in caption.value for caption in at.caption)
    assert len(current.plan(opened).access_links) == before + 1
