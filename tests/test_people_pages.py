"""Roles, handover, notes, undo and gaps as pages: what a form does stands in the database."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from strategy import attachments, changes, people, progress, record, searching, snapshot, tables
from strategy.access import LOCAL
from strategy.snapshot import Snapshot
from strategy.terms import Effect, Part, Via
from tests.databases import NOW, want
from tests.servers import Server, Tab
from tests.test_hostile_files import PDF, phone_photo
from tests.test_pages import Opener, app, app_again, area, go, here, pictures, press, words  # noqa: F401

TODAY = date(2026, 11, 23)
NOKU = "noku-2024-2028"
CHIEF, OTHER = "generalsekretaer", "styreleder"


def plan() -> Snapshot:
    with here().reading() as session:
        return snapshot.load(session, NOKU, changes.newest(session))


def pick(at: AppTest, label: str, value: str) -> None:
    next(box for box in at.selectbox if label in box.label).select(value).run()


def write(at: AppTest, label: str, text: str) -> None:
    found = next(box for box in (*at.text_input, *at.text_area) if box.label == label)
    found.input(text).run()


def unfold(at: AppTest, key: str) -> None:
    """Open an expander, as AppTest has no hand for it."""
    at.session_state[key] = True
    at.run()


def test_all_a_role_answers_for_stands_on_its_page_with_what_is_due(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"p": CHIEF}), "people")
    load = next(load for load in people.load(plan(), TODAY) if load.person.key == CHIEF)

    said = words(at)
    assert "Generalsekretær har ansvar for fem tiltak" in said
    for measure in (*load.responsible, *load.proposed, *load.contributes):
        assert measure.name in said
    assert "Over frist" in said
    assert "Overlever alt til andre" in said
    assert not at.exception


def test_every_role_is_a_row_with_its_marks_first_those_with_most_late(app: Opener) -> None:  # noqa: F811
    at = go(app("example"), "people")
    busy = [load for load in people.load(plan(), TODAY) if load.responsible or load.proposed]

    drawn = [said for said in pictures(at) if said.partition(":")[0] in {load.title for load in busy}]
    assert [said.partition(":")[0] for said in drawn] == [
        load.title for load in sorted(busy, key=lambda load: -len(load.late))
    ]
    assert "Generalsekretær: 2 i rute, 1 noe avvik, 1 vesentlig avvik, 1 uten fersk vurdering, " in "".join(
        drawn
    )
    said = words(at).replace("\xa0", " ")
    assert (
        "**2.3.2** Oversikt over samfunnsøkonomiske virkninger :gray[0 av 1 · har noe over frist · ikke"
        in said
    )
    assert "**2.3.1** Samarbeid om utdanning, forskning og nettverk :gray[forslag]" in said


def test_what_is_late_stands_first_in_a_role_whatever_its_mark(app: Opener) -> None:  # noqa: F811
    at = go(app("example"), "people")
    load = next(load for load in people.load(plan(), TODAY) if load.person.key == CHIEF)

    theirs = {measure.key for measure in load.responsible}
    rows = [key for key in (said.partition(":")[0] for said in pictures(at)) if key in theirs]
    late = {measure.key for measure in load.late}
    assert set(rows[: len(late)]) == late
    assert len(rows) == len(theirs) > len(late) > 1


def test_a_role_that_is_not_there_is_said_plainly(app: Opener) -> None:  # noqa: F811
    for page in ("people", "handover"):
        at = go(app("example", {"p": "<b>"}), page)
        assert not at.exception
        assert "Fant ikke" in words(at)


def test_a_whole_handover_is_saved_as_one_change(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"p": CHIEF}), "handover")
    before = plan()
    lines = people.lines_of(before, CHIEF, TODAY)
    still_open = [m for m, _held in lines if progress.is_open(m)]
    assert f"overleverer {len(lines)} tiltak" in words(at).replace("\xa0", " ")
    press(at, "Lagre overleveringen")
    assert "Velg hvem som overtar" in words(at)
    assert plan().change_id == before.change_id
    pick(at, "Alle linjer", OTHER)
    pick(at, f"{still_open[0].key} overtas av", "radgiver-medlem")
    pick(at, f"{still_open[1].key} overtas av", record.NOBODY)
    assert f"{len(lines)} av {len(lines)} linjer" in words(at)
    press(at, "Lagre overleveringen")

    after = plan()
    assert after.change_id == before.change_id + 1
    assert not people.lines_of(after, CHIEF, TODAY)
    held = {m.key: {r.person for r in people.in_force(after.measure(m.key), TODAY)} for m in still_open}
    assert "radgiver-medlem" in held[still_open[0].key]
    assert OTHER not in held[still_open[0].key] - {
        r.person for r in people.in_force(before.measure(still_open[0].key), TODAY)
    }
    assert all(OTHER in held[m.key] for m in still_open[2:])
    assert all(CHIEF not in people_ for people_ in held.values())
    assert "Lagret" in words(at)


def test_a_name_is_kept_beside_the_plan_and_erased_again(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"p": CHIEF}), "people")
    number = plan().change_id
    unfold(at, "kontakt")
    write(at, "Navn", "Kari Nordmann")
    write(at, "E-post", "kari")
    press(at, "Lagre navn og e-post")
    assert "er ikke en e-postadresse" in words(at)
    write(at, "E-post", "kari@example.org")
    press(at, "Lagre navn og e-post")
    assert "Kari Nordmann · kari@example.org" in words(at)
    assert "Kari" not in words(go(at, "log"))
    at = go(app_again(at, {"p": CHIEF}), "people")
    unfold(at, "kontakt")
    press(at, "Slett navn og e-post")
    assert "Kari" not in words(at)
    with here().reading() as session:
        assert record.contacts(session, NOKU) == {}
    assert plan().change_id == number


def test_the_table_that_adopts_who_answers_shows_and_adopts_the_role_too(app: Opener) -> None:  # noqa: F811
    at = go(app("real"), "table")
    assert plan().person(CHIEF).proposal
    grid = next(key for key in at.session_state if key.startswith("grid:"))
    cells = {"edited_rows": {0: {"people": ["Generalsekretær"]}}, "added_rows": [], "deleted_rows": []}
    at.session_state[grid] = cells
    at.run()
    assert "Rolle Generalsekretær" in words(at)
    assert "forslag: ja → **nei**" in words(at)
    next(box for box in at.text_input if box.label.startswith("Hvorfor")).input("Vedtatt").run()
    press(at, "Lagre ett tiltak")

    assert not plan().person(CHIEF).proposal
    assert "Generalsekretær (forslag)" not in words(go(app_again(at, {}), "people"))


def test_a_new_role_gets_a_responsibility_on_a_measures_page(app: Opener) -> None:  # noqa: F811
    at = go(app("example"), "people")
    unfold(at, "ny-rolle")
    write(at, "Tittel, for eksempel «Kasserer»", "Kasserer")
    press(at, "Legg til rollen")
    assert plan().person("kasserer").title == "Kasserer"
    at = go(app_again(at, {"t": "1.2.1", "del": "Ansvar"}), "measures")
    pick(at, "Gi eller endre ansvar", "kasserer")
    press(at, "Lagre ansvaret")
    held = people.in_force(plan().measure("1.2.1"), TODAY)
    assert ("kasserer", Part.RESPONSIBLE) in [(r.person, r.part) for r in held]


def test_a_reviewer_stands_where_it_stands_and_is_not_offered_anew(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"t": "1.2.1", "del": "Ansvar"}), "measures")
    with here().writing() as session:
        key, by = f"1.2.1@{OTHER}", record.By(session, LOCAL, NOKU, NOW)
        want(by, "responsibility", key, plan().versions.get(("responsibility", key), 0), part=Part.REVIEWER)
    pick(at, "Gi eller endre ansvar", CHIEF)
    assert offered(at) == ["Ansvarlig", "Medansvarlig"]
    pick(at, "Gi eller endre ansvar", OTHER)
    assert offered(at) == ["Ansvarlig", "Medansvarlig", "Kvalitetssikrer"]
    press(at, "Lagre ansvaret")
    held = {r.person: r.part for r in plan().measure("1.2.1").responsibilities}
    assert held[OTHER] is Part.REVIEWER


def offered(at: AppTest) -> list[str]:
    return next(list(group.options) for group in at.button_group if group.label == "Oppgave")


def test_whom_no_mail_can_tell_of_a_comment_is_said_before_it_is_saved(
    app: Opener,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = go(app("example", {"t": "1.2.1", "del": "Kommentarer"}), "measures")
    at.multiselect[0].select(OTHER).run()
    assert "E-post er ikke satt opp, så ingen får beskjed." in words(at)
    monkeypatch.setenv("STRATEGY_SMTP_URL", "smtp://127.0.0.1")
    monkeypatch.setenv("STRATEGY_MAIL_FROM", "plan@eksempel.no")
    at.multiselect[0].select(CHIEF).run()
    with here().reading() as session:
        known = record.reachable(session, NOKU)
    silent = [plan().person(key).title for key in (OTHER, CHIEF) if key not in known]
    assert silent
    assert f"Uten e-postadresse, og får ikke beskjed: {', '.join(silent)}." in words(at)


def test_a_tag_leads_to_all_that_have_it_and_the_search_finds_it(app: Opener) -> None:  # noqa: F811
    at = go(app("example"), "measures")
    tag = plan().taggings[0].tags[0]
    found = [measure.key for measure in plan().measures if tag in plan().tags_of(measure.key)]
    every = len(plan().measures)
    assert 0 < len(found) < every

    assert counted(go(app_again(at, {"stikkord": tag}), "measures")) == len(found)
    assert len(found) <= counted(go(app_again(at, {"q": tag.upper()}), "measures")) < every
    assert counted(go(app_again(at, {"stikkord": "finnes ikke"}), "measures")) == every
    assert "Stikkord" in words(go(app_again(at, {"t": found[0]}), "measures"))


def counted(at: AppTest) -> int:
    """How many measures the list says that it has."""
    (said,) = re.findall(r"^(\d+) tiltak", "\n".join(each.value for each in at.caption), re.MULTILINE)
    return int(said)


def test_a_comment_and_a_document_are_written_seen_and_taken_away(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"t": "1.2.1", "del": "Kommentarer"}), "measures")
    write(at, "Ny kommentar", "Spør *styret* <b>først</b>")
    at.multiselect[0].select(OTHER).run()
    press(at, "Lagre kommentaren")
    (comment,) = plan().comments_on("1.2.1")
    assert (comment.text, comment.mentions) == ("Spør *styret* <b>først</b>", (OTHER,))
    assert "til Styreleder" in words(at)
    assert "Spør *styret* <b>først</b>" in words(at)
    press(at, "Ta bort")
    assert plan().comments_on("1.2.1") == ()
    at = go(app_again(at, {"t": "1.2.1", "del": "Dokumenter"}), "measures")
    write(at, "Adresse", "javascript:alert(1)")
    press(at, "Legg til dokumentet")
    assert "Bare adresser som begynner med https" in words(at)
    write(at, "Adresse", "https://ks.no/a_(b)?x=1&copy=2")
    write(at, "Hva det er", "Referat [1]")
    press(at, "Legg til dokumentet")
    assert [link.url for link in plan().links_of("1.2.1")] == ["https://ks.no/a_(b)?x=1&copy=2"]
    assert "[Referat [1] · ks.no](<https://ks.no/a_(b)?x=1&amp;copy=2>)" in words(at)


def test_a_comment_and_a_document_are_corrected_where_they_stand(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"t": "1.2.1", "del": "Kommentarer"}), "measures")
    write(at, "Ny kommentar", "Spør styret")
    press(at, "Lagre kommentaren")
    press(at, "Rett")
    assert area(at, "Rett kommentaren").value == "Spør styret"
    press(at, "Avbryt")
    assert "Lagre rettelsen" not in [button.label for button in at.button]
    press(at, "Rett")
    write(at, "Rett kommentaren", "Spør årsmøtet")
    press(at, "Lagre rettelsen")
    (comment,) = plan().comments_on("1.2.1")
    assert (comment.text, comment.version) == ("Spør årsmøtet", 2)
    assert "Lagre rettelsen" not in [button.label for button in at.button]

    at = go(app_again(at, {"t": "1.2.1", "del": "Dokumenter"}), "measures")
    write(at, "Adresse", "https://ks.no/")
    press(at, "Legg til dokumentet")
    [button for button in at.button if button.label == "Rett"][
        -1
    ].click().run()  # that of the comment is above
    write(at, "Rett hva det er", "Referat")
    press(at, "Lagre rettelsen")
    (link,) = plan().links_of("1.2.1")
    assert (link.title, link.url, link.version) == ("Referat", "https://ks.no/", 2)


def drop(at: AppTest, name: str, content: bytes) -> None:
    """Choose a file, and press the button."""
    at.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    press(at, "Legg ved fila")


def test_a_photo_is_put_on_a_milestone_seen_small_and_taken_away(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"t": "1.2.1", "del": "notater"}), "measures")
    press(at, "Legg ved fila")
    assert "Ikke lagret. Velg en fil først" in words(at)
    drop(at, "regnskap.pdf", b"MZ\x90 et program")
    assert "ikke det navnet sier" in words(at)
    step = plan().measure("1.2.1").milestones[0]
    pick(at, "Fila gjelder", step.key)
    write(at, "Hva fila er (kan stå tomt)", "Bilde av *salen* <b>")
    drop(at, "IMG_0012.jpg", phone_photo())
    (file,) = plan().attachments_of(step.key)
    assert (file.name, attachments.is_whole(here().files, file.sha256)) == ("Bilde av *salen* <b>.jpg", True)
    assert "Bilde av *salen* <b>" in pictures(at)
    assert "Lagret" in words(at)
    pick(at, "Fila gjelder", step.key)
    drop(at, "IMG_0013.jpg", phone_photo())
    assert "Den samme fila ligger her allerede, som «Bilde av *salen* <b>»." in words(at)
    (here().files / file.sha256).write_bytes(b"annet")
    attachments.thumbnail.cache_clear()
    assert "Fila er borte fra mappa strategy-filer, eller endret der." in words(at.run())
    next(button for button in at.button if button.key == f"remove:{file.key}").click().run()
    assert plan().attachments_of(step.key) == ()
    assert not at.exception


def test_a_file_is_put_on_a_case_a_meeting_and_a_value(app: Opener) -> None:  # noqa: F811
    opened = app("example")
    case = plan().items[-1]
    value = next(each for each in plan().indicators if each.values).values[-1]
    for address, page, thing in (
        ({"m": case.meeting, "fane": "saker", "sak": case.key}, "meetings", case.key),
        ({"m": case.meeting, "fane": "saker"}, "meetings", case.meeting),
        ({"i": value.indicator}, "indicators", value.key),
    ):
        at = go(app_again(opened, address), page)
        drop(at, "Referat.pdf", PDF)
        assert [file.name for file in plan().attachments_of(thing)] == ["Referat.pdf"]
        assert "Referat** :small[PDF, 1\xa0kB]" in words(at)
    at = go(app_again(opened, {"m": case.meeting, "fane": "saker", "sak": case.key}), "meetings")
    assert "ligger ved saken i løsningen" in words(at)
    found = searching.entries(plan(), {}, {0: NOW, **dict.fromkeys(range(9_999), NOW)})
    places = [searching.place(each, plan()).address for each in found if each.kind == "attachment"]
    assert sorted(places) == ["indikatorer", "styremoter", "styremoter"]


def test_two_who_correct_a_comment_see_both_texts(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"t": "1.2.1", "del": "Kommentarer"}), "measures")
    write(at, "Ny kommentar", "Først")
    press(at, "Lagre kommentaren")
    (comment,) = plan().comments_on("1.2.1")

    def correct(base: int, text: str) -> None:
        with here().writing() as session:
            want(record.By(session, LOCAL, NOKU, NOW), "comment", comment.key, base, thing="1.2.1", text=text)

    correct(1, "Fra en annen fane")
    at.run()
    press(at, "Rett")
    assert area(at, "Rett kommentaren").value == "Fra en annen fane"
    write(at, "Rett kommentaren", "Lest og rettet")
    press(at, "Lagre rettelsen")
    assert [c.text for c in plan().comments_on("1.2.1")] == ["Lest og rettet"]

    press(at, "Rett")
    correct(3, "Enda en gang")
    write(at, "Rett kommentaren", "Min")
    press(at, "Lagre rettelsen")
    assert "Noen andre lagret mens du skrev" in words(at)
    assert "Enda en gang" in words(at)
    assert area(at, "Rett kommentaren").value == "Min"
    press(at, "Behold min tekst, og lagre den etter deres")
    press(at, "Lagre rettelsen")
    assert [c.text for c in plan().comments_on("1.2.1")] == ["Min"]


def test_somebody_elses_comment_can_be_taken_away_but_not_corrected(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"t": "2.2.2", "del": "Kommentarer"}), "measures")
    (comment,) = plan().comments_on("2.2.2")
    assert comment.actor != LOCAL.name
    labels = [button.label for button in at.button]
    assert "Ta bort" in labels
    assert "Rett" not in labels


def test_a_change_is_undone_from_the_log_after_it_has_been_shown(app: Opener) -> None:  # noqa: F811
    at = app("example").run()
    before = plan()
    report = before.measure("1.2.1").report
    assert report
    with here().writing() as session:
        record.report(
            record.By(session, LOCAL, NOKU, NOW),
            "1.2.1", report.version, phase=report.phase, assessment=report.assessment,
            done="Skrevet ved en feil")  # fmt: skip
    number = plan().change_id
    at = go(at, "log")
    unfold(at, f"change-{number}")
    press(at, "Angre endringen")
    assert "Dette blir endret når du angrer" in words(at)
    assert plan().change_id == number
    press(at, f"Angre endring {number}")
    assert plan().flat == before.flat
    assert f"endring {number} er angret" in words(at)
    at = go(app_again(at, {"for": "2"}), "log")
    unfold(at, "change-1")
    press(at, "Angre endringen")
    assert "Kan ikke angres. Noe av dette er endret senere" in words(at)


def test_each_thing_that_is_missing_is_counted_and_points_to_where_it_is_mended(app: Opener) -> None:  # noqa: F811
    at = go(app("real"), "completeness")
    said = words(at)
    assert "Alle tjue tiltak mangler noe" in said
    for kind, tab in (("responsible", "del=ansvar"), ("report", "oppdatering")):
        at = go(app_again(at, {"vis": kind}), "completeness")
        links = [link.proto for link in at.get("page_link") if "1\\.1\\.1" in link.proto.label]
        assert links, kind
        assert tab in f"{links[0].page}?{links[0].query_string}".replace("%3D", "="), kind


def test_grounds_that_were_not_told_are_told_afterwards(app: Opener) -> None:  # noqa: F811
    at = app("example").run()
    row = tables.Authority(
        strategy=NOKU, key="1.2.1@vedtak-9", version=1, change_id=0, kind="measure", thing="1.2.1",
        effect=Effect.AMENDED,
    )  # fmt: skip
    with here().writing() as session:
        changes.append(session, LOCAL, [row], via=Via.YAML, reason="", now=NOW)
    at = go(app_again(at, {"vis": "grounds", "s": "1.2.1@vedtak-9"}), "completeness")
    assert "uten vedtak" in words(at)
    note = next(box for box in at.text_input if "hvor og når" in box.label)
    note.input("Årsmøtet 9. juni 2026, sak 9").run()
    press(at, "Lagre hva den bygger på")
    found = next(a for a in plan().authorities if a.key == "1.2.1@vedtak-9")
    assert found.note == "Årsmøtet 9. juni 2026, sak 9"


def test_nothing_can_be_handed_over_or_undone_in_the_past(app: Opener) -> None:  # noqa: F811
    at = go(app("example", {"per": "2025-06-01", "p": CHIEF}), "handover")
    assert "Gå tilbake til i dag" in words(at)
    at = go(app_again(at, {"per": "2025-06-01", "p": CHIEF}), "people")
    assert [box.key for box in at.text_input] == ["per-dag"]  # which day is shown
    assert "Overlever" not in words(at)


def test_a_role_is_handed_over_with_the_keyboard_alone(
    serve: Callable[..., Server], example_file: Path, tab: Callable[..., Tab]
) -> None:
    opened = serve(example_file)
    seen = tab()
    seen.open(f"{opened.url}/overlevering?p=administrasjon")
    seen.page.get_by_label("Alle linjer overtas av").focus()
    seen.page.keyboard.type("Styreleder")
    seen.page.keyboard.press("Enter")
    seen.page.get_by_text("linjer er klare").wait_for()
    seen.page.wait_for_timeout(500)
    seen.settled()
    seen.page.get_by_role("button", name="Lagre overleveringen").focus()
    seen.page.keyboard.press("Enter")
    seen.page.get_by_test_id("stToast").get_by_text("Lagret").wait_for(timeout=30_000)
    opened.kill()

    with closing(sqlite3.connect(opened.folder / "strategy.db")) as connection:
        newest = connection.execute("SELECT max(id), reason FROM change").fetchone()
        rows = connection.execute(
            "SELECT key, since, until FROM responsibility WHERE change_id = ? ORDER BY key", newest[:1]
        ).fetchall()
    ended = [key for key, _since, until in rows if until == "2026-11-23"]
    begun = [key for key, since, _until in rows if since == "2026-11-23"]
    assert newest[1] == "Overlevering fra Økonomi- og administrasjonsansvarlig"
    assert ended
    assert all(key.endswith("@administrasjon") for key in ended)
    assert begun
    assert all(key.endswith("@styreleder") for key in begun)
