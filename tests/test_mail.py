"""Reminders: who is told what and when, and that no mail goes out twice whatever happens on the way."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from strategy import cli, config, mail, record, reminders, texts
from strategy.access import LOCAL, STRANGER
from strategy.database import Database, connect
from strategy.errors import BadInput, Conflict, NotAllowed, Unavailable
from strategy.snapshot import Mail, Meeting, Snapshot
from strategy.tables import Contact
from strategy.terms import Assessment, MailState, Phase, Via
from tests.databases import (  # fmt: skip
    NOW,
    PLAN,
    a_plan,
    adopt,
    by,
    newest,
    present,
    say,
    take_out,
    verify,
    want,
)
from tests.mailbox import Mailbox, open_mailbox
from tests.servers import ROOT

TODAY = date(2026, 11, 23)
SETTINGS = config.settings({"STRATEGY_ADDRESS": "https://plan.eksempel.no"})


@pytest.fixture
def reachable(planned: Database) -> Database:
    """The plan where the one who answers for 1.1.1 has an address, and so has the leader."""
    for key in ("fag", "leder"):
        contact(planned, key)
    return planned


def contact(database: Database, key: str) -> None:
    with database.writing() as session:
        record.contact(by(session), key, name="Kari", email=f"{key}@eksempel.no")


def sent(database: Database, box: Mailbox, now: datetime = NOW) -> list[tuple[str, MailState]]:
    settings = replace(SETTINGS, smtp=box.smtp)
    with mail.Server(box.smtp) as post:
        return [(each.digest.person.key, s) for each, s, _why in mail.remind(database, settings, post, now)]


def digests(database: Database, today: date = TODAY, who: tuple[str, ...] = ("fag", "leder")) -> list[str]:
    return [d.person.key for d in reminders.digests(present(database), frozenset(who), today)]


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


def test_who_answers_for_something_unreported_is_told_and_nobody_else(reachable):
    assert digests(reachable) == ["fag"]
    with open_mailbox() as box:
        assert sent(reachable, box) == [("fag", MailState.SENT)]
    (message,) = box.received
    said = message.get_content()
    assert message["To"] == "fag@eksempel.no"
    assert "Hei Kari." in said
    assert "1.1.1 Skrive høringssvar" in said
    assert "https://plan.eksempel.no/oppdater/lenke-" in said
    assert message["Message-ID"] == f"<fag.2026-11-23@{PLAN}>"


def test_nothing_is_sent_where_nothing_is_due(reachable):
    say(reachable, next_due=date(2027, 6, 1), next_step="Neste")
    assert digests(reachable) == []
    with open_mailbox() as box:
        assert sent(reachable, box) == []


def test_run_twice_each_gets_one_and_the_log_knows(reachable):
    with open_mailbox() as box:
        sent(reachable, box)
        assert sent(reachable, box) == []
        assert sent(reachable, box, later(4)) == []
    assert box.to == ["fag@eksempel.no"]
    (noted,) = present(reachable).mails
    assert (noted.state, noted.recipient, noted.about) == (MailState.SENT, "fag", ("1.1.1",))
    assert verify(reachable) == newest(reachable)


def test_no_address_is_ever_in_the_history(reachable):
    with open_mailbox() as box:
        sent(reachable, box)
    assert "eksempel.no" not in repr(present(reachable).flat)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-31, False), (-30, True), (-29, False), (-7, True), (-1, True),
        (0, False), (1, True), (7, True), (30, True), (31, False),
    ],
)  # fmt: skip
def test_reminders_come_before_and_after_the_day_and_not_between(reachable, days: int, told: bool):
    """The measure is reported, and was told of the day before; only its next step is due."""
    day = TODAY - timedelta(days=days)
    said_on = min(NOW - timedelta(days=2), NOW - timedelta(days=days))
    say(reachable, next_step="Neste", next_due=day, now=said_on)
    told_before = a_mail(day=TODAY - timedelta(days=1))
    snapshot = present(reachable)
    close = replace(snapshot, board=replace(snapshot.board, mail_gap=1), mails=(told_before,))
    found = reminders.digests(close, frozenset({"fag"}), TODAY)
    assert bool(found) is told


def test_never_more_than_the_ceiling_in_a_quarter(reachable):
    promised(reachable)
    snapshot = present(reachable)
    mails = tuple(a_mail(day=TODAY - timedelta(days=n)) for n in (45, 40, 30, 20, 15, 10))
    full = replace(snapshot, mails=mails)
    assert reminders.digests(full, frozenset({"fag"}), TODAY) == ()
    assert reminders.digests(full, frozenset({"fag"}), date(2027, 1, 4))


def a_mail(day: date, state: MailState = MailState.SENT, **said: Any) -> Any:
    about: dict[str, Any] = {
        "key": f"fag@{day}", "version": 2, "change_id": 1, "recorded_at": NOW, "person": "fag",
        "recipient": "fag", "day": day, "subject": "Før", "about": (), "state": state, "problem": "",
    }  # fmt: skip
    return Mail(**about | said)


def promised(database: Database) -> None:
    """Reported long ago, with a next step due in a week."""
    say(database, next_step="Neste", next_due=TODAY + timedelta(days=7), now=NOW - timedelta(days=70))


def test_who_does_not_answer_three_times_is_left_to_the_fallback(reachable):
    promised(reachable)
    snapshot = present(reachable)
    mails = tuple(a_mail(day=TODAY - timedelta(days=n)) for n in (60, 38, 8))
    board = replace(snapshot.board, fallback="leder")
    silent = replace(snapshot, mails=mails, board=board)
    (digest,) = reminders.digests(silent, frozenset({"fag", "leder"}), TODAY)
    assert (digest.person.key, digest.recipient.key) == ("fag", "leder")
    said = reminders.text(
        digest, TODAY, name="", words="", organisation="NOKU", link="https://x", until=TODAY
    )
    assert "Fagansvarlig har ikke svart" in said
    assert "Lenka er din" not in said


def test_who_has_no_address_is_left_to_the_fallback_and_without_one_nothing_is_sent(reachable):
    snapshot = present(reachable)
    with_fallback = replace(snapshot, board=replace(snapshot.board, fallback="leder"))
    assert [d.recipient.key for d in reminders.digests(with_fallback, frozenset({"leder"}), TODAY)] == [
        "leder"
    ]
    assert reminders.digests(snapshot, frozenset({"leder"}), TODAY) == ()


def report_due(snapshot: Snapshot) -> date:
    """The day the one who answers for 1.1.1 is told to report by; the board reminds long beforehand."""
    early = replace(snapshot, board=replace(snapshot.board, reminders=(90,)))
    waiting = reminders.due(early, TODAY)["fag"]
    return min(each.day for each in waiting if each.text.startswith(("ny rapport", "rapport til")))


def test_a_role_no_mail_can_reach_is_named_where_there_is_no_fallback(planned):
    with planned.reading() as session:
        assert mail.unreached(session, present(planned), NOW) == (
            "Uten e-postadresse, og uten en reserve som kan få påminnelsen: Fagansvarlig."
        )


def test_a_role_without_an_address_is_named_with_the_fallback_that_is_told(planned):
    contact(planned, "leder")
    plan = present(planned)
    plan = replace(plan, board=replace(plan.board, fallback="leder"))
    with planned.reading() as session:
        assert mail.unreached(session, plan, NOW) == (
            f"Uten e-postadresse, så {plan.person('leder').title} får påminnelsen: Fagansvarlig."
        )


def test_who_has_an_address_is_not_named(reachable):
    with reachable.reading() as session:
        assert mail.unreached(session, present(reachable), NOW) == ""


def test_a_mail_says_when_the_board_meets_and_by_when_the_report_must_be_there(reachable):
    snapshot = present(reachable)
    for days, said in ((20, "trengs innen 29. november"), (10, "skulle vært inne 19. november")):
        coming = a_meeting("mote-2", TODAY + timedelta(days=days))
        plan = replace(snapshot, meetings=(coming,))
        (digest,) = reminders.digests(plan, frozenset({"fag"}), TODAY)
        text = reminders.text(
            digest, TODAY, name="Kari", words="", organisation="NOKU", link="https://x.no", until=TODAY
        )
        day = {20: "13. desember", 10: "3. desember"}[days]
        assert f"Styremøtet er {day}. Rapporten din {said}." in text
    assert reminders.subject(digest).startswith("Strategien: ")


def test_the_secretariats_own_words_stand_first_in_the_mail(reachable):
    said = "Ring oss gjerne.\nHilsen sekretariatet"
    routines(reachable, mail_text=said)
    with reachable.reading() as session:
        (letter,) = mail.letters(session, SETTINGS, present(reachable), "hemmelig", NOW)
    text = letter.message.get_content()
    assert text.index("Hei") < text.index(said) < text.index("Dette venter på")
    with pytest.raises(BadInput, match="Egen tekst i påminnelser"):
        routines(reachable, 1, mail_text="x" * (texts.PARAGRAPH + 1))


def routines(database: Database, base: int = 0, **said: Any) -> None:
    with database.writing() as session:
        record.board(record.By(session, LOCAL, PLAN, NOW), base, **said)


def test_an_answer_goes_where_the_settings_say(reachable):
    with open_mailbox() as box:
        settings = replace(SETTINGS, smtp=replace(box.smtp, reply_to="post@eksempel.no"))
        with mail.Server(box.smtp) as post:
            assert [s for _l, s, _why in mail.remind(reachable, settings, post, NOW)] == [MailState.SENT]
        assert box.received[0]["Reply-To"] == "post@eksempel.no"


def test_a_command_names_the_roles_without_an_address(
    fresh_sqlite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    url = fresh_sqlite()
    database = connect(url)
    adopt(database, a_plan())
    for word in ("--dry-run", ""):
        with open_mailbox() as box:
            monkeypatch.setenv("STRATEGY_MAIL_FROM", "plan@eksempel.no")
            monkeypatch.setenv("STRATEGY_SMTP_URL", f"smtp://127.0.0.1:{box.port}")
            assert cli.run(["remind", *filter(None, [word]), "--database", url]) == 0
            assert "Uten e-postadresse" in capsys.readouterr().err
    database.close()


def test_updates_are_due_before_the_board_meeting_and_move_with_it(reachable):
    say(reachable, now=NOW - timedelta(days=60))
    snapshot = present(reachable)
    last, coming = (
        a_meeting("mote-1", TODAY - timedelta(days=40)),
        a_meeting("mote-2", TODAY + timedelta(days=20)),
    )
    held = replace(snapshot, meetings=(last, coming))
    assert report_due(held) == TODAY + timedelta(days=6)
    moved = replace(held, meetings=(last, replace(coming, held_on=TODAY + timedelta(days=30))))
    assert report_due(moved) == TODAY + timedelta(days=16)
    none = replace(snapshot, meetings=())
    assert report_due(none) == TODAY + timedelta(days=60)


def a_meeting(key: str, day: date) -> Any:
    return Meeting(key=key, version=1, change_id=1, number=1, period="2026–2027", held_on=day)


def test_who_is_mentioned_is_told_once(reachable):
    say(reachable, next_due=date(2027, 6, 1), next_step="Neste")
    with reachable.writing() as session:
        want(by(session), "comment", "kommentar-1", 0, thing="1.1.2", text="Kan du se på dette?",
            mentions=["leder"])  # fmt: skip
    with open_mailbox() as box:
        assert sent(reachable, box) == [("leder", MailState.SENT)]
        assert "Kan du se på dette?" in box.received[0].get_content()
        assert sent(reachable, box, later(6)) == []


def test_the_dry_run_prints_what_the_server_receives(
    fresh_sqlite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    url = fresh_sqlite()
    database = connect(url)
    adopt(database, a_plan())
    contact(database, "fag")
    monkeypatch.setenv("STRATEGY_MAIL_FROM", "plan@eksempel.no")
    with open_mailbox() as box:
        monkeypatch.setenv("STRATEGY_SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        before = newest(database)
        assert cli.run(["remind", "--dry-run", "--database", url]) == 0
        printed = capsys.readouterr().out
        assert newest(database) == before
        assert cli.run(["remind", "--database", url]) == 0
    (message,) = box.received
    assert str(message["To"]) in printed
    assert str(message["Subject"]) in printed
    assert message.get_content().replace("\r\n", "\n") in printed
    database.close()


def test_the_one_that_is_refused_is_said_and_tried_again_and_the_others_go_once(planned):
    adopt(planned, everybody(5))
    for n in range(5):
        contact(planned, f"rolle-{n}")
    with open_mailbox(refused={"rolle-3@eksempel.no"}) as box:
        first = Counter(state for _who, state in sent(planned, box))
        assert first == {MailState.SENT: 4, MailState.FAILED: 1}
        failed = next(m for m in present(planned).mails if m.state is MailState.FAILED)
        assert (failed.person, "kode 550" in failed.problem) == ("rolle-3", True)
        box.refused.clear()
        assert sent(planned, box, later(1)) == [("rolle-3", MailState.SENT)]
    assert sorted(box.to) == [f"rolle-{n}@eksempel.no" for n in range(5)]


def test_a_server_that_is_down_is_said_and_nothing_is_written(reachable):
    before = newest(reachable)
    with open_mailbox() as box:
        smtp = box.smtp
    with pytest.raises(Unavailable, match="svarer ikke"), mail.Server(smtp):
        pass
    assert newest(reachable) == before


def test_killed_in_the_middle_of_fifty_each_has_got_one_or_is_uncertain(
    fresh_sqlite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    url = fresh_sqlite()
    database = connect(url)
    adopt(database, everybody(50))
    for n in range(50):
        contact(database, f"rolle-{n}")
    database.close()
    with open_mailbox(delay=0.01) as box:
        environment = {**os.environ, "STRATEGY_MAIL_FROM": "plan@eksempel.no",
                       "STRATEGY_SMTP_URL": f"smtp://127.0.0.1:{box.port}"}  # fmt: skip
        command = [sys.executable, "-m", "strategy", "remind", "--database", url]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        while len(box.received) < 20 and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert 20 <= len(box.received) < 50
        subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL)
        subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL)
    got = Counter(box.to)
    uncertain = {m.person for m in present(database).mails if m.state is MailState.SENDING}
    assert set(got.values()) == {1}
    assert {f"rolle-{n}" for n in range(50)} - {to.split("@")[0] for to in got} <= uncertain
    assert len(uncertain) <= 1
    assert verify(database) == newest(database)
    database.close()


def everybody(count: int) -> Any:
    """The plan with a role of its own for each of many measures."""
    plan = a_plan()
    for n in range(count):
        key = f"2.1.{n + 2}"
        plan["person", f"rolle-{n}"] = {"title": f"Rolle {n}", "order": 10 + n, "proposal": False}
        plan["measure", key] = {**plan["measure", "2.1.1"], "name": f"Tiltak {n}", "order": n + 2}
        plan["responsibility", f"{key}@rolle-{n}"] = {
            **plan["responsibility", "1.1.1@fag"], "measure": key, "person": f"rolle-{n}",
        }  # fmt: skip
    return plan


def test_a_line_break_in_a_title_never_reaches_a_header_and_the_mail_goes_out(planned):
    contact(planned, "leder")
    snapshot = present(planned)
    named = replace(snapshot.person("fag"), title="Rådgiver\nBcc: alle@eksempel.no\u2028X")
    digest = reminders.Digest(named, snapshot.person("leder"), (), (), ())
    assert reminders.subject(digest) == "Strategien: null ting venter på Rådgiver Bcc: alle@eksempel.no X"


def test_an_address_no_mail_can_be_sent_to_stops_its_own_letter_and_no_other(planned):
    """The address is stored as an older version let it through."""
    adopt(planned, everybody(3))
    for n in range(3):
        contact(planned, f"rolle-{n}")
    with planned.writing() as session:
        session.execute(
            sa.update(Contact.__table__).where(Contact.__table__.c.key == "rolle-1").values(email="a@[b")
        )
    with open_mailbox() as box:
        told = dict(sent(planned, box))
    assert told == {
        "rolle-0": MailState.SENT, "rolle-1": MailState.FAILED, "rolle-2": MailState.SENT,
    }  # fmt: skip
    failed = next(m for m in present(planned).mails if m.state is MailState.FAILED)
    assert "«a@[b» kan ikke stå som mottaker" in failed.problem


def link_in(box: Mailbox) -> str:
    said = box.received[-1].get_content()
    return next(word for word in said.split() if "/oppdater/" in word).rpartition("/")[2]


def test_a_link_that_was_withdrawn_stays_so_and_the_next_reminder_has_another(reachable):
    with open_mailbox() as box:
        sent(reachable, box)
        old = link_in(box)
        (link,) = present(reachable).access_links
        with reachable.writing() as session:
            take_out(by(session), "access_link", link.key, 1)
            want(by(session), "comment", "kommentar-1", 0, thing="1.1.1", text="Se på dette",
                mentions=["fag"])  # fmt: skip
        assert sent(reachable, box, later(5)) == [("fag", MailState.SENT)]
        new = link_in(box)
    assert new != old
    (live,) = present(reachable).access_links
    assert live.key == new.rpartition(".")[0]
    with reachable.writing() as session, pytest.raises(NotAllowed):
        record.draft(
            by(session, later(5), actor=STRANGER, via=Via.LINK),
            link.key, "1.1.1", 0, base=0, phase=Phase.IN_PROGRESS,
            assessment=Assessment.ON_TRACK, done="Sendt")  # fmt: skip
    with reachable.writing() as session, pytest.raises(Conflict, match="trukket tilbake"):
        record.access_link(by(session), "fag", expires_on=link.expires_on, key=link.key)
