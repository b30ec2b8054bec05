"""Files on things: on the disk before they are told of, in the history, in backups, and missed when gone."""

import os
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from strategy import attachments, backup, history, integrity, record, wording
from strategy.attachments import judged
from strategy.database import Database, connect
from strategy.errors import BadInput, NotAllowed, NotFound, Refusal, Tampered, Unavailable
from strategy.terms import FileType
from tests.databases import NOW, PLAN, RESPONSIBLE, by, newest, present, verify, want
from tests.test_hostile_files import HOSTILE, PDF, phone_photo
from tests.test_record import milestone


@pytest.fixture(autouse=True)
def empty_folder(planned: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file lies anywhere yet, also where the database is no file itself."""
    monkeypatch.setenv("STRATEGY_DATA_DIR", str(tmp_path / "data"))
    shutil.rmtree(planned.files, ignore_errors=True)


def attach(
    database: Database, name: str = "Referat.pdf", content: bytes = PDF, thing: str = "1.1.1", **more: Any
) -> record.Saved:
    file = judged(name, content)
    with database.writing() as session:
        return record.attach(by(session, **more), database.files, thing, file)


def there(database: Database) -> list[str]:
    return sorted(file.name for file in database.files.iterdir()) if database.files.is_dir() else []


def test_no_hostile_file_is_kept(planned: Database):
    kept = 0
    for called, make, _said in HOSTILE.values():
        try:
            attach(planned, called, make())
            kept += 1
        except Refusal:
            pass
    assert (kept, newest(planned), there(planned)) == (0, 1, [])
    assert len(HOSTILE) >= 30


@pytest.fixture
def stepped(planned: Database) -> Database:
    milestone(planned)
    return planned


@pytest.mark.parametrize("thing", ["1.1.1", "1.1", "1", "svar", "1.1.1-m1"])
def test_a_file_is_on_the_disk_and_in_the_history(stepped: Database, thing: str):
    saved = attach(stepped, thing=thing)
    (file,) = present(stepped).attachments_of(thing)
    assert (file.title, file.format, file.size, file.name) == (
        "Referat",
        FileType.PDF,
        len(PDF),
        "Referat.pdf",
    )
    assert there(stepped) == [file.sha256]
    assert attachments.content(stepped.files, file.sha256) == PDF
    assert verify(stepped) == saved.change_id
    with stepped.reading() as session:
        assert integrity.check_files(session, stepped.files) == 1
        (edit,) = history.edits(session, PLAN, saved.change_id)
    assert wording.happened(edit, present(stepped)).startswith("Fil på ")


def test_a_file_on_a_milestone_is_told_by_the_milestones_name(stepped: Database):
    saved = attach(stepped, thing="1.1.1-m1")
    with stepped.reading() as session:
        (edit,) = history.edits(session, PLAN, saved.change_id)
    plan = present(stepped)
    (step,) = plan.measure("1.1.1").milestones
    assert wording.happened(edit, plan) == f"Fil på {step.title} lagt til"


def test_the_same_file_twice_is_said_and_on_another_thing_kept_once(planned: Database):
    attach(planned)
    with pytest.raises(BadInput, match="ligger her allerede, som «Referat»"):
        attach(planned, "Kopi.pdf")
    assert newest(planned) == 2
    attach(planned, thing="1.2.1")
    assert len(there(planned)) == 1


def test_a_file_is_undone_and_stays_for_as_long_as_the_history_names_it(planned: Database):
    attach(planned)
    with planned.writing() as session:
        record.undo(by(session), 2)
    assert present(planned).attachments_of("1.1.1") == ()
    with planned.writing() as session:
        record.undo(by(session), 3)
    (file,) = present(planned).attachments_of("1.1.1")
    assert attachments.content(planned.files, file.sha256) == PDF
    assert verify(planned) == 4


def test_a_milestone_with_a_file_is_not_undone_from_under_it(stepped: Database):
    attach(stepped, thing="1.1.1-m1")
    with stepped.reading() as session:
        assert "bygger på" in record.undo_preview(session, PLAN, 2).refusal


def test_a_file_is_never_another_and_stays_on_its_thing(planned: Database):
    key = attach(planned).key
    for said, why in (
        ({"sha256": "0" * 64}, "byttes ikke ut"),
        ({"size": 9}, "byttes ikke ut"),
        ({"thing": "1.2.1"}, "hører til noe annet"),
        ({"title": ""}, "Skriv hva fila er"),
    ):
        with pytest.raises(BadInput, match=why), planned.writing() as session:
            want(by(session), "attachment", key, 1, **said)
    with planned.writing() as session:
        want(by(session), "attachment", key, 1, title="Referat fra mai")
    assert present(planned).attachments_of("1.1.1")[0].name == "Referat fra mai.pdf"


@pytest.mark.parametrize("name", ["../../passord", "A" * 64, "0" * 63, ""])
def test_a_row_names_no_path(planned: Database, name: str):
    said: dict[str, Any] = {"title": "x", "format": FileType.PDF, "size": 7, "sha256": name}
    with pytest.raises(BadInput, match="ikke kontrollert"), planned.writing() as session:
        want(by(session), "attachment", "fil-1", 0, thing="1.1.1", **said)
    assert not attachments.is_whole(planned.files, name)


def test_who_answers_for_a_measure_attaches_to_it_and_its_milestones_and_nowhere_else(stepped: Database):
    attach(stepped, actor=RESPONSIBLE)
    attach(stepped, thing="1.1.1-m1", actor=RESPONSIBLE)
    for thing in ("1.2.1", "1"):
        with pytest.raises(NotAllowed):
            attach(stepped, thing=thing, actor=RESPONSIBLE)
    with pytest.raises(NotFound):
        attach(stepped, thing="9.9.9")
    assert len(there(stepped)) == 1


def test_nothing_is_told_where_the_disk_says_no(planned: Database):
    planned.files.parent.mkdir(parents=True, exist_ok=True)
    planned.files.write_bytes(b"ingen mappe")
    with pytest.raises(Unavailable, match="kunne ikke lagres"):
        attach(planned)
    assert newest(planned) == 1
    planned.files.unlink()


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(b"annet")])
def test_a_file_that_is_gone_or_another_is_told(planned: Database, spoil: Callable[[Path], None]):
    attach(planned)
    (file,) = present(planned).attachments_of("1.1.1")
    spoil(planned.files / file.sha256)
    with planned.reading() as session, pytest.raises(Tampered, match="«Referat»") as told:
        integrity.check_files(session, planned.files)
    assert told.value.change == 2
    with pytest.raises(Unavailable, match="Hent den fra en sikkerhetskopi"):
        attachments.content(planned.files, file.sha256)
    attach(planned, thing="1.2.1")  # the same again mends it
    assert attachments.content(planned.files, file.sha256) == PDF


def test_a_backup_has_the_files_and_brings_them_back(planned: Database, tmp_path: Path):
    attach(planned)
    attach(planned, "IMG.jpg", phone_photo())
    folder = tmp_path / "kopier"
    taken = backup.take(planned.url, folder, NOW)
    assert backup.lacking(taken, backup.files(folder)) == 0
    before, kept = present(planned), there(planned)
    for file in planned.files.iterdir():
        file.unlink()
    attach(planned, "Nytt.pdf", PDF + b"\n", thing="1.2.1")
    backup.restore(taken, planned.url, NOW)
    assert present(planned) == before
    assert set(kept) <= set(there(planned))
    with planned.reading() as session:
        assert integrity.check_files(session, planned.files) == 2


def test_a_backup_to_a_new_place_has_its_files(planned: Database, tmp_path: Path):
    attach(planned)
    taken = backup.take(planned.url, tmp_path / "kopier", NOW)
    url = f"sqlite:///{tmp_path / 'ny' / 'plan.db'}"
    backup.restore(taken, url, NOW)
    restored = connect(url)
    assert there(restored) == there(planned)
    with restored.reading() as session:
        assert integrity.check_files(session, restored.files) == 1
    restored.close()


def test_a_backup_tells_what_was_not_there_and_takes_no_other(planned: Database, tmp_path: Path):
    attach(planned)
    (name,) = there(planned)
    (planned.files / name).write_bytes(b"annet")
    taken = backup.take(planned.url, tmp_path, NOW)
    assert backup.lacking(taken, backup.files(tmp_path)) == 1
    assert not (backup.files(tmp_path) / name).exists()


def test_a_file_leaves_the_backups_with_the_last_that_names_it(planned: Database, tmp_path: Path):
    attach(planned)
    (name,) = there(planned)
    older = backup.take(planned.url, tmp_path, NOW - timedelta(days=800))
    stray = backup.files(tmp_path) / ("0" * 64)
    stray.write_bytes(b"ingen nevner den")
    long_ago = time.time() - 3 * 24 * 3600
    for file in backup.files(tmp_path).iterdir():
        os.utime(file, (long_ago, long_ago))
    backup.take(planned.url, tmp_path, NOW)
    for month in range(1, 14):
        backup.take(planned.url, tmp_path, NOW - timedelta(days=31 * month))
    assert older in backup.prune(tmp_path)
    assert [file.name for file in backup.files(tmp_path).iterdir()] == [name]
