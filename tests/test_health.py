"""How it stands with what all rests on: the headline is what is wrong, of what was looked at and no more."""

import importlib
import io
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from strategy import attachments, backup, config, copies, database, health, record, reminders
from strategy.access import LOCAL, Actor, Role
from strategy.config import Settings
from strategy.database import Database, connect
from strategy.errors import Unavailable
from strategy.health import Checked, Part, Standing
from strategy.snapshot import Snapshot
from strategy.terms import MailState, Via
from strategy.things import AccessLink
from tests.databases import NOW, by, present, say
from tests.test_hostile_files import PDF
from tests.test_mail import a_mail
from tests.test_pages import NOKU, app, bare, go, here, press, words

__all__ = ["app"]  # the fixture
Opener = Callable[..., AppTest]
TODAY = date(2026, 11, 23)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return config.settings({"STRATEGY_DATA_DIR": str(tmp_path / "data")})


@pytest.fixture
def kept(planned: Database, settings: Settings) -> Path:
    """A backup of the plan as it stands."""
    return backup.take(planned.url, settings.backups, NOW)


def stands(
    opened: Database, settings: Settings, now: datetime = NOW, checked: Checked | None = None, **said: Any
) -> Standing:
    """How it stands, with something of the plan said otherwise."""
    plan: Snapshot = replace(present(opened), **said)
    there = health.found(opened, settings, plan.strategy.key, now, checked)
    return health.standing(plan, TODAY, there, opened, settings)


def test_no_backup_is_the_first_that_is_said_and_in_which_folder_it_was_looked_for(planned, settings):
    found = stands(planned, settings)
    assert found.headline == "Ingen sikkerhetskopi er tatt."
    assert found.lead == "Ellers er ingenting galt funnet."
    assert "Kopier som er lagt andre steder, ses ikke herfra." in found.told[Part.BACKUP]


def test_all_is_well_names_what_was_looked_at(planned, settings, kept):
    found = stands(planned, settings)
    assert (found.headline, found.worries) == ("Ingenting galt er funnet", ())
    assert found.lead == (
        "Sikkerhetskopien er fra 23. november 2026, ingen påminnelse må sendes på nytt, og disken har plass. "
        "Om loggen er hel, sier kontrollen nederst."
    )
    said = found.told[Part.BACKUP]
    assert said.startswith(f"Den nyeste er {kept.name}, tatt 23.11.2026 kl. ")
    assert "Ingen endringer er lagret siden. Mappa «backup» har én kopi." in said
    assert str(settings.data_dir) not in said


def test_what_is_saved_after_the_backup_is_counted_and_after_a_week_its_age_comes_first(
    planned, settings, kept
):
    say(planned, done="Etter")
    say(planned, done="Og enda mer")
    assert "2 endringer er lagret siden." in stands(planned, settings).told[Part.BACKUP]
    almost = NOW + health.AGED - timedelta(minutes=1)
    assert stands(planned, settings, almost).worries == ()
    assert stands(planned, settings, NOW + timedelta(days=12)).headline == (
        "Siste sikkerhetskopi er 12 dager gammel."
    )


def test_a_backup_of_what_stood_before_a_restore_is_not_one_of_what_stands(planned, settings, kept):
    say(planned, done="Dette går bort")
    after = backup.restore(kept, planned.url, NOW + timedelta(hours=1))
    say(planned, done="Dette kom i stedet")
    assert after
    assert stands(planned, settings, NOW + timedelta(hours=2)).headline == (
        "Den nyeste sikkerhetskopien er ikke av det som står her nå."
    )


def test_a_torn_backup_is_told(planned, settings, kept):
    kept.write_bytes(kept.read_bytes()[:100])
    assert stands(planned, settings).headline == "Den nyeste sikkerhetskopien kan ikke leses."
    kept.write_bytes(b"ikke en database" * 1000)
    assert stands(planned, settings).headline == "Den nyeste sikkerhetskopien kan ikke leses."


def test_a_mail_that_did_not_go_out_is_told_until_the_next_one_did(planned, settings, kept):
    first = a_mail(TODAY - timedelta(days=9), MailState.FAILED)
    assert stands(planned, settings, mails=(first,)).headline == "Én påminnelse ble ikke sendt."
    lost = a_mail(TODAY, MailState.SENDING)
    assert stands(planned, settings, mails=(first, lost)).headline == "Én påminnelse ble avbrutt."
    well = a_mail(TODAY)
    found = stands(planned, settings, mails=(well, first))
    assert found.worries == ()
    assert "Den siste påminnelsen gikk ut 23. november 2026." in found.told[Part.REACHED]
    other = a_mail(TODAY, MailState.FAILED, person="leder")
    assert reminders.undelivered(replace(present(planned), mails=(other, well, first))) == (other,)


def test_a_full_disk_comes_before_an_old_backup_and_the_log_before_both(planned, settings):
    there = replace(health.found(planned, settings, "", NOW), free=health.LITTLE - 1)
    plan = present(planned)
    found = health.standing(plan, TODAY, there, planned, settings)
    assert [worry.part for worry in found.worries] == [Part.HEALTH, Part.BACKUP]
    assert found.headline == "Det er bare 1\u00a0000\u00a0MB ledig på disken."
    there = replace(there, checked=Checked(NOW, False, "Endring 2 holder ikke."), free=health.LITTLE)
    found = health.standing(plan, TODAY, there, planned, settings)
    assert found.headline == "Kontrollen av loggen sier at noe er galt."
    assert found.lead == "Ingen sikkerhetskopi er tatt."


def test_addresses_are_missed_only_where_mail_is_set_up(planned, settings, kept):
    assert stands(planned, settings).told[Part.ROLES] == "0 av 3 roller har en e-postadresse."
    smtp = config.Smtp("tjener", 25, "none", "", "", "plan@eksempel.no")
    sending = replace(settings, smtp=smtp)
    assert stands(planned, sending).headline == "0 av 3 roller har en e-postadresse."
    assert "E-post er satt opp." in stands(planned, sending).told[Part.REACHED]
    assert "E-post er ikke satt opp" in stands(planned, settings).told[Part.REACHED]


def test_links_that_hold_are_counted_and_the_routines_told(planned, settings):
    links = tuple(
        AccessLink(key=f"lenke-{day}", person="fag", expires_on=TODAY + timedelta(days=day))
        for day in (-1, 0, 9)
    )
    board = replace(present(planned).board, fallback="leder", papers_days=1)
    found = stands(planned, settings, access_links=links, board=board)
    assert found.told[Part.REACHED].startswith("To lenker kan brukes.")
    assert "Rapporter er inne 14 dager, og papirer ut én dag før møtet." in found.told[Part.BOARD]
    assert found.told[Part.BOARD].endswith("har ingen e-post.")
    with planned.writing() as session:
        record.contact(by(session), "leder", name="Kari", email="kari@eksempel.no")
    title = present(planned).person("leder").title
    assert (
        stands(planned, settings, board=board)
        .told[Part.BOARD]
        .endswith(f"Reserve for påminnelsene er {title}.")
    )


def test_the_database_is_told_by_its_kind_and_size(planned, settings):
    with planned.reading() as session:
        assert database.size(session) > 10_000
    said = stands(planned, settings).told[Part.HEALTH]
    assert f"Databasen er {planned.kind} og tar " in said
    assert "som bare virker på denne maskinen" in said
    served = replace(settings, address="https://plan.eksempel.no")
    assert "Løsningen nås på https://plan.eksempel.no." in stands(planned, served).told[Part.HEALTH]


@pytest.fixture
def attached(planned: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A plan with a file on it."""
    monkeypatch.setenv("STRATEGY_DATA_DIR", str(tmp_path / "data"))
    shutil.rmtree(planned.files, ignore_errors=True)
    with planned.writing() as session:
        record.attach(by(session), planned.files, "1.1.1", attachments.judged("Referat.pdf", PDF))
    yield planned
    shutil.rmtree(planned.files, ignore_errors=True)


def test_what_is_taken_away_unpacks_to_what_restore_takes_with_its_files(attached, tmp_path):
    taken = backup.take(attached.url, tmp_path / "kopier", NOW)
    (tmp_path / "kopier" / "filer" / "annet.txt").write_text("ikke vårt")
    with zipfile.ZipFile(io.BytesIO(copies.packed(taken))) as archive:
        assert len(archive.namelist()) == 2
        archive.extractall(tmp_path / "ute")
    shutil.rmtree(tmp_path / "kopier")
    url = config.sqlite_url(tmp_path / "ny" / "plan.db")
    backup.restore(tmp_path / "ute" / taken.name, url, NOW)
    restored = connect(url)
    assert present(restored) == present(attached)
    assert [each.read_bytes() for each in restored.files.iterdir()] == [
        each.read_bytes() for each in attached.files.iterdir()
    ]
    restored.close()


def test_a_backup_that_is_gone_cannot_be_taken_away_and_that_is_a_sentence(tmp_path):
    with pytest.raises(Unavailable, match="kunne ikke lages eller leses"):
        copies.packed(tmp_path / "strategi-2026-11-23T110000Z.db")


def labels(at: AppTest) -> list[str]:
    return [each.label for each in (*at.button, *at.get("download_button"))]


def backups(data: Path) -> list[Path]:
    return sorted((data / "backup").glob("*.db"))


def test_a_backup_taken_by_the_button_is_whole_and_restores(app: Opener, data: Path, tmp_path: Path) -> None:
    at = go(app("real"), "settings")
    assert bare(at.title[0].value) == "Ingen sikkerhetskopi er tatt."
    assert not at.get("download_button")
    press(at, "Ta sikkerhetskopi nå")
    assert bare(at.title[0].value) == "Ingenting galt er funnet"
    (taken,) = backups(data)
    assert bare(at.success[0].value).startswith(
        f"Sikkerhetskopien er tatt, åpnet og kontrollert: {taken.name}."
    )
    assert [each.proto.label[:20] for each in at.get("download_button")] == ["Last ned kopien fra "]
    assert backup.check(taken) == 1
    url = config.sqlite_url(tmp_path / "plan.db")
    backup.restore(taken, url, NOW)
    restored = connect(url)
    assert present(restored, strategy=NOKU) == present(here(), strategy=NOKU)
    restored.close()


def test_an_old_backup_is_the_headline(app: Opener, data: Path) -> None:
    at = go(app("real"), "settings")
    press(at, "Ta sikkerhetskopi nå")
    (taken,) = backups(data)
    old = datetime.now(UTC) - timedelta(days=12)
    taken.rename(taken.with_name(f"strategi-{old:%Y-%m-%dT%H%M%SZ}.db"))
    at.run()
    assert bare(at.title[0].value) == "Siste sikkerhetskopi er 12 dager gammel."


def test_a_folder_that_takes_no_backup_is_told_in_a_sentence(app: Opener, data: Path) -> None:
    (data / "backup").write_text("en fil der mappa skulle vært")
    at = go(app("real"), "settings")
    press(at, "Ta sikkerhetskopi nå")
    assert [each.value.startswith("Sikkerhetskopien kunne ikke lages") for each in at.error] == [True]
    assert bare(at.title[0].value) == "Ingen sikkerhetskopi er tatt."


def test_a_mail_that_failed_is_told_with_the_way_to_it(app: Opener) -> None:
    at = go(app("real"), "settings")
    press(at, "Ta sikkerhetskopi nå")
    with here().writing() as session:
        role = present(here(), strategy=NOKU).people[0].key
        who = record.By(session, LOCAL, NOKU, datetime.now(UTC), Via.MAIL)
        said = {
            "person": role, "recipient": role, "day": TODAY, "subject": "Emne", "about": (),
            "state": MailState.FAILED, "problem": "Tjeneren sa nei (kode 550).",
        }  # fmt: skip
        record.save_one(who, record.Wanted("mail", f"{role}@{TODAY}", 0, said))
    at.run()
    assert bare(at.title[0].value) == "Én påminnelse ble ikke sendt."
    where = [link.proto.query_string for link in at.get("page_link") if link.proto.page == "innsendt"]
    assert where == ["fane=Lenker", "fane=P%C3%A5minnelser"]


def test_the_example_has_no_backup_and_says_so(app: Opener) -> None:
    at = go(app("example"), "settings")
    assert labels(at) == ["Kontroller loggen og filene"]
    assert "Dette er eksempelet, og det tas ingen sikkerhetskopi av det." in words(at)


def test_an_earlier_day_has_no_settings_and_no_button(app: Opener) -> None:
    at = go(app("example", {"per": "2025-06-30"}), "settings")
    assert bare(at.title[0].value) == "Innstillingene gjelder i dag"
    assert not [label for label in labels(at) if label.startswith(("Ta ", "Kontroller", "Last"))]


def test_whoever_may_only_read_neither_takes_a_backup_nor_takes_one_away(
    app: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = go(app("real"), "settings")
    press(at, "Ta sikkerhetskopi nå")
    assert "Ta sikkerhetskopi nå" in labels(at)
    looks = importlib.import_module("strategy.ui.view")  # the package has a function of that name
    monkeypatch.setattr(looks, "LOCAL", Actor("en leser", Role.READER))
    at.run()
    assert labels(at) == ["Kontroller loggen og filene"]


def test_a_log_that_does_not_hold_is_the_headline_once_it_is_checked(app: Opener, data: Path) -> None:
    at = go(app("real"), "settings")
    press(at, "Ta sikkerhetskopi nå")
    press(at, "Kontroller")
    assert "Den ene endringen er hel." in bare(at.success[0].value)
    assert "Loggen ble kontrollert" in words(at)
    with closing(sqlite3.connect(os.environ["STRATEGY_DATABASE_URL"].removeprefix("sqlite:///"))) as raw:
        raw.execute(_a_trigger(raw))
        raw.commit()
    press(at, "Kontroller")
    assert bare(at.title[0].value) == "Kontrollen av loggen sier at noe er galt."
    assert "bygd om utenom programmet" in bare(at.error[0].value)


def _a_trigger(raw: sqlite3.Connection) -> str:
    (name,) = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
    return f"DROP TRIGGER {name}"
