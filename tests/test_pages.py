"""Every page through the frame, without a browser: what it says on each database, and what a form does."""

import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from strategy import (
    backup,
    changes,
    config,
    database,
    dates,
    example,
    progress,
    record,
    snapshot,
    tables,
    wheel,
)
from strategy.access import LOCAL
from strategy.record.saving import current
from strategy.terms import MARKS, Assessment, Phase, Settlement
from strategy.ui.markdown import JOINER
from tests.databases import want
from tests.test_empty import praised

PAGES = (
    "overview", "measures", "indicators", "people", "meetings", "present", "since", "year", "update",
    "incoming", "table", "values", "action", "reports", "plan", "log", "about", "completeness", "handover",
    "workbook", "search", "settings",
)  # fmt: skip
NOKU = "noku-2024-2028"

Opener = Callable[..., AppTest]


@pytest.fixture
def app(data: Path, request: pytest.FixtureRequest) -> Opener:
    """Opens the app on a copy of the `real` or `example` database, or on an `empty` folder."""

    def open_app(which: str, address: dict[str, str] | None = None) -> AppTest:
        if which != "empty":
            shutil.copy(request.getfixturevalue(f"{which}_file"), data / "strategy.db")
        at = AppTest.from_file("../pages/frame.py", default_timeout=60)
        for name, value in (address or {}).items():
            at.query_params[name] = value
        return at

    return open_app


def go(at: AppTest, page: str) -> AppTest:
    return at.run().switch_page(f"{page}.py").run()


def words(at: AppTest) -> str:
    """Everything on the page as a reader sees it, the escapes taken away."""
    shown = (
        *at.title,
        *at.header,
        *at.subheader,
        *at.markdown,
        *at.caption,
        *at.error,
        *at.warning,
        *at.info,
        *at.success,
    )
    links = (link.proto.label for link in at.get("page_link"))
    return "\n".join((*(element.value for element in shown), *links)).replace("\\", "")


def bare(label: str) -> str:
    """A label without what keeps it letter by letter."""
    return label.replace("\\", "").replace(JOINER, "")


def pictures(at: AppTest) -> list[str]:
    """What each picture on the page is said to show."""
    return [image.alt for each in at.get("image") for image in each.proto.imgs]


def here() -> database.Database:
    return database.connect(os.environ["STRATEGY_DATABASE_URL"])


@pytest.mark.parametrize("which", ["empty", "real", "example"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(app: Opener, which: str, page: str) -> None:
    at = go(app(which), page)

    assert not at.exception
    assert not at.error
    assert len(at.title) == 1
    assert ("Eksempeldata – oppdiktet" in words(at)) is (which == "example")
    assert not [each.value for each in at.markdown if re.search(r"^ *\d+[.)] ", each.value, re.MULTILINE)]


@pytest.mark.parametrize("which", ["real", "example"])
@pytest.mark.parametrize("goal", ["1", "2", "3"])
def test_each_goal_page_shows_its_text_who_answers_and_its_indicators(
    app: Opener, which: str, goal: str
) -> None:
    at = go(app(which), "overview")
    at = goal_page(at, goal)
    with here().reading() as session:
        plan = snapshot.load(session, NOKU, changes.newest(session)).goal(goal)

    said = words(at)
    assert plan.text in said
    assert all(measure.text in said for measure in plan.measures)
    assert all(indicator.name in said for measure in plan.measures for indicator in measure.indicators)
    assert not at.exception


def test_a_goal_page_draws_every_measure_who_answers_and_what_is_measured(app: Opener) -> None:
    at = goal_page(go(app("example"), "overview"), "1")
    plan = plan_now()
    goal = plan.goal("1")
    told, links = pictures(at), [bare(link.proto.label) for link in at.get("page_link")]

    assert bare(at.title[0].value) == (
        "Styrke kulturpolitikken: fire milepæler over frist, ett tiltak med vesentlig avvik"
    )
    assert [measure.key for measure in goal.measures] == [
        alt.partition(": ")[0] for alt in told if alt.partition(":")[0] in {m.key for m in goal.measures}
    ]
    assert "1.2.2 Økte midler til kulturarenaer" in next(said for said in links if "flyttet" in said).replace(
        "**", ""
    )
    (chief,) = [said for said in links if "Generalsekretær" in said]
    assert [key for key in ("1.2.1", "1.2.2", "1.4.2", "1.1.1") if key in chief] == [
        "1.2.1",
        "1.2.2",
        "1.4.2",
    ]
    assert [alt for alt in told if alt.startswith("Publikum på Kulturytring: Sist målt 5")]
    assert "Vurdert 23.11.2026 av Styreleder" in words(at)
    assert "2024: 9 av 12 · 2025: 14 av 16 · 2026 så langt: 9 av 16" in words(at)
    assert not at.get("plotly_chart")


def test_the_decisions_of_a_goal_are_on_its_page_newest_first(app: Opener) -> None:
    at = goal_page(go(app("example"), "overview"), "1")
    links = [bare(link.proto.label) for link in at.get("page_link")]
    cases = [said for said in links if "styremøte nr." in said]

    assert cases[0].startswith("Sak 39/2026, styremøte nr. 2, 02.10.2026")
    assert len(cases) == 5
    assert [each.label for each in at.expander if each.label.endswith("eldre vedtak")] == ["2 eldre vedtak"]


def test_every_version_of_a_goal_is_behind_a_link(app: Opener) -> None:
    at = goal_page(go(app("real"), "overview"), "2")

    assert [link.proto.query_string for link in at.get("page_link") if link.proto.page == "endringslogg"] == [
        "gjelder=2"
    ]


def test_nothing_reported_is_said_and_the_two_next_steps_are_offered(app: Opener) -> None:
    at = app("real").run()

    assert "Ingen tiltak er rapportert ennå" in words(at)
    assert [button.label for button in at.button if "eksempeldata" in button.label]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_praises_a_plan_nobody_has_reported_on(app: Opener, page: str) -> None:
    assert praised(words(go(app("real"), page))) == []


def test_the_example_opens_from_the_empty_overview_and_says_it_is_made_up(app: Opener) -> None:
    at = app("real").run()
    next(button for button in at.button if "eksempeldata" in button.label).click().run()

    assert "Eksempeldata – oppdiktet" in words(at)
    with here().reading() as session:
        assert changes.newest(session) == 1


def test_another_day_shows_the_plan_as_it_stood_and_nothing_can_be_written(app: Opener) -> None:
    now = words(app("example").run())
    past = go(app("example", {"per": "2025-06-30"}), "update")

    assert "slik den sto 30. juni 2025" in words(past)
    assert not [button for button in past.button if button.label.startswith("Lagre")]
    assert words(go(app("example", {"per": "2025-06-30"}), "overview")) != now


def test_an_earlier_day_is_typed_or_a_meeting_chosen_and_what_came_since_is_told(app: Opener) -> None:
    at = app("example").run()
    at.text_input(key="per-dag").set_value("32.13.2025").run()
    assert "slik den sto 3" not in words(at)
    assert "«32.13.2025» er ikke en dato." in words(at)
    at.text_input(key="per-dag").set_value("30. juni 2025").run()
    assert re.search(r"slik den sto 30\. juni 2025.*endringer er lagret siden", words(at))
    assert at.query_params["per"] == "2025-06-30"
    at.selectbox(key="per-mote").set_value("mote-2024-2").run()
    assert "slik den sto 17. oktober 2024" in words(at)
    at.button(key="per-siden").click().run()
    assert not at.exception
    assert at.query_params["fra"] == "2024-10-17"
    assert "per" not in at.query_params


def test_a_day_before_the_plan_says_so_and_leads_back(app: Opener) -> None:
    at = app("example", {"per": "2020-01-01"}).run()

    assert "fantes ikke" in words(at)
    assert not at.exception


def test_search_does_not_care_about_case_also_in_norwegian(app: Opener) -> None:
    assert "Kulturytring i valgkampen" in words(go(app("real", {"q": "KULTURYTRING I VALG"}), "measures"))
    assert "Økte midler" in words(go(app("real", {"q": "ØKTE MIDLER"}), "measures"))


def test_a_search_without_a_hit_says_what_to_do(app: Opener) -> None:
    assert "Fjern et filter" in words(go(app("real", {"q": "finnes ikke"}), "measures"))


@pytest.mark.parametrize(
    ("tab", "said"),
    [
        ("Milepæler", ("Omtale i statsbudsjettet", "Frist 15.10.2026", "over frist", "Nådd 28.04.2025")),
        ("Ansvar", ("Generalsekretær Ansvarlig", "Styreleder Medansvarlig")),
        ("Versjoner", ("Frist 31.12.2027", "Versjon 6, 12.11.2026", "Vedtatt av: Årsmøtet 3. juni 2024")),
    ],
)
def test_what_a_measure_consists_of_stands_in_rows_and_not_in_a_table_too_wide_for_a_phone(
    app: Opener, tab: str, said: tuple[str, ...]
) -> None:
    at = go(app("example", {"t": "1.2.2", "del": tab}), "measures")
    told = words(at).replace("**", "")

    assert all(each in told for each in said), told
    assert "| --- |" not in told


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Tidligere rapporter", "rapporter"), ("Milepæler", "rapporter"), ("Indikatorer", "indikatorer"),
        ("Styret", "styret"), ("Kommentarer", "notater"), ("Dokumenter", "notater"), ("Ansvar", "ansvar"),
        ("Versjoner", "ansvar"),
    ],
)  # fmt: skip
def test_an_address_from_when_a_measure_had_eight_tabs_leads_to_the_part_that_has_it(
    app: Opener, before: str, now: str
) -> None:
    at = go(app("example", {"t": "1.2.2", "del": before}), "measures")

    (parts,) = at.get("button_group")
    assert at.query_params["del"] in (now, [now])
    assert len(parts.options) <= 5
    assert words(at) == words(go(app("example", {"t": "1.2.2", "del": now}), "measures"))


def test_a_measure_begins_with_its_finding_and_its_lifeline_with_the_same_in_words(app: Opener) -> None:
    at = go(app("example", {"t": "1.2.2"}), "measures")
    alts = pictures(at)

    assert at.title[0].value.endswith("fristen er flyttet tre ganger")
    assert alts[0].startswith("1.2.2: fristen er flyttet tre ganger.")
    assert len(alts) == 1 + 5
    assert "3 ganger (30.06.2026 → " in words(at)
    assert not at.get("plotly_chart")


def test_the_indicators_are_small_beside_each_other_and_one_of_them_is_explored(app: Opener) -> None:
    at = go(app("example"), "indicators")
    assert not at.get("plotly_chart")
    assert "20 forslag, ikke vedtatt" in [each.label for each in at.expander]
    assert "13 bak · mål 2028: 238" in words(at).replace("\u00a0", " ")
    (link,) = {each.proto.query_string for each in at.get("page_link") if "som er medlem" in each.proto.label}
    at.query_params["i"] = link.partition("i=")[2].partition("&")[0]
    at.run()

    assert "er medlem" in at.title[0].value
    assert len(at.get("plotly_chart")) == 1


def test_the_notes_on_the_document_name_its_parts_as_it_does(app: Opener) -> None:
    at = go(app("real"), "about")

    assert "**Kompass** Kompasspunktene har ikke punktum" in words(at)


def test_a_value_that_stood_there_is_read_with_its_unit_as_everywhere(app: Opener) -> None:
    at = go(app("example", {"t": "1.2.2", "hva": "maling"}), "update")

    assert "Sto fra før: 5 · foreløpig" in words(at)


@pytest.mark.parametrize(
    ("page", "said", "step"),
    [
        ("people", "Et forslag teller ikke før det er vedtatt", "Gi ansvaret for dem som mangler"),
        ("indicators", "Ingen indikatorer er vedtatt ennå", "Se forslagene, og vedta dem som skal følges"),
        ("reports", "Ingen styremøter er satt opp ennå", "Til Styremøter"),
        ("since", "Sett opp det første møtet", "Til Styremøter"),
    ],
)
def test_a_page_with_nothing_to_show_yet_says_what_to_do_next(
    app: Opener, page: str, said: str, step: str
) -> None:
    at = go(app("real"), page)

    assert said in words(at)
    assert step in [link.proto.label for link in at.get("page_link")]


def test_an_unknown_measure_in_the_address_is_said_plainly(app: Opener) -> None:
    at = go(app("real", {"t": "9.9.9"}), "measures")

    assert "Fant ikke «9.9.9»" in words(at)
    assert "Til Tiltak" in words(at)
    assert not at.exception


def test_an_unknown_role_leads_back_to_all_who_answer(app: Opener) -> None:
    at = go(app("real", {"p": "ukjent"}), "people")

    assert "Fant ikke «ukjent»" in words(at)
    assert "Til Ansvarlige" in words(at)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("indicators", "Alle 23 vedtatte indikatorer er målt. Fem ligger etter målet."),
        ("incoming", "To innsendte rapporter venter"),
        ("update", "To innsendte rapporter venter på svar"),
        ("year", "Til møtet"),
    ],
)
def test_the_finding_says_small_numbers_in_words(app: Opener, page: str, said: str) -> None:
    assert said in words(go(app("example"), page))


def test_the_year_is_twelve_months_each_with_what_is_in_it_and_what_is_late(app: Opener) -> None:
    at = go(app("example", {"ar": "2026"}), "year")

    months = pictures(at)
    assert len(months) == 12
    assert months[6].startswith("Juli: ")
    with here().reading() as session:
        plan = snapshot.load(session, "noku-2024-2028", changes.newest(session))
    events = wheel.of_kind(wheel.year(plan, date(2026, 11, 23), 2026), None)
    counted = [int(said.split()[1]) for said in months]
    late = [int(said.split()[3]) if "over frist" in said else 0 for said in months]
    assert sum(counted) == len(events)
    assert sum(late) == sum(event.is_late(date(2026, 11, 23)) for event in events) > 0


def test_the_plan_of_a_year_draws_each_measure_and_names_each_milestone_with_its_day(app: Opener) -> None:
    at = go(app("example", {"ar": "2026", "mal": "1"}), "action")
    seen, said = pictures(at), words(at)
    with here().reading() as session:
        measures = snapshot.load(session, NOKU, changes.newest(session)).goal("1").measures
    found = progress.of_year(measures, 2026, date(2026, 11, 23))
    assert found.all
    for measure in found.planning:
        assert [alt for alt in seen if alt.startswith(f"{measure.key}: ")]
    for step in found.all:
        day = dates.long_day(step.due).rpartition(" ")[0]
        assert f"{day}: {step.title}" in said.replace(JOINER, "")
    assert said.count("over frist]") == len(found.late)


def test_only_assessments_have_their_shapes_on_the_year_wheel(app: Opener) -> None:
    at = go(app("example", {"ar": "2026"}), "year")

    pills = [option.content for each in at.get("button_group") for option in each.proto.options]
    shown = words(at) + "".join(pills)
    assert "Milepæler" in pills
    assert ":gray[milepæl]" in shown
    assert not set(shown) & set(MARKS)


@pytest.mark.parametrize("page", PAGES)
def test_nonsense_in_the_address_is_left_aside(app: Opener, page: str) -> None:
    nonsense = {
        "per": "abc", "side": "zzz", "for": "-1", "vis": "x", "mal": "9", "hvem": "<b>", "via": "u",
        "fane": "y", "del": "-", "hva": "?", "ar": "1999", "data": "..", "gjelder": "%", "etter": "kanskje",
        "m": "1", "i": "2", "fra": "x", "til": "-1",
    }  # fmt: skip
    at = go(app("example", nonsense), page)

    assert not at.exception
    assert not at.error
    assert len(at.title) == 1


@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31", "31.02.2026", "2026-02-30", "0", "-1", "../"])
def test_a_day_that_cannot_be_shown_never_fails(app: Opener, day: str) -> None:
    assert not app("example", {"per": day}).run().exception


@pytest.mark.parametrize("key", ["../", "1", "1.2", "", "1.2.2.9.9", "' OR 1=1", "%00"])
@pytest.mark.parametrize("page", ["measures", "update"])
def test_a_key_that_is_nothing_never_fails(app: Opener, page: str, key: str) -> None:
    at = go(app("example", {"t": key}), page)

    assert not at.exception
    assert "sql" not in words(at).casefold()


def test_a_choice_is_kept_when_a_save_changes_its_words(app: Opener) -> None:
    at = go(app("real"), "update")
    what = next(box for box in at.selectbox if box.label.startswith("Hva vil du rapportere"))
    what.select("2.1.1").run()
    write(at, "Dette er gjort", "Et kurs er holdt.")
    press(at, "Lagre rapporten")
    write(at, "Dette er gjort", "Og et til.")

    assert next(box for box in at.selectbox if box.label.startswith("Hva vil du")).value == "2.1.1"


def test_a_report_is_saved_and_seen_on_its_measure(app: Opener) -> None:
    at = go(app("real", {"t": "1.2.1"}), "update")
    choose(at, "Vurdering", Assessment.ON_TRACK)
    write(at, "Dette er gjort", "Sendte to høringssvar om kulturloven.")
    press(at, "Lagre rapporten")

    assert "Lagret" in words(at)
    with here().reading() as session:
        plan = snapshot.load(session, NOKU, changes.newest(session))
    assert plan.measure("1.2.1").report.done == "Sendte to høringssvar om kulturloven."
    assert "Sendte to høringssvar" in words(go(app_again(at, {"t": "1.2.1"}), "measures"))


def test_a_refused_report_keeps_what_was_typed(app: Opener) -> None:
    at = go(app("real", {"t": "1.2.1"}), "update")
    choose(at, "Vurdering", Assessment.MAJOR_DEVIATION)
    write(at, "Dette er gjort", "Ingenting, dessverre.")
    press(at, "Lagre rapporten")

    assert "Ikke lagret" in words(at)
    assert "årsak" in words(at)
    assert area(at, "Dette er gjort").value == "Ingenting, dessverre."
    with here().reading() as session:
        assert changes.newest(session) == 1


def test_a_conflict_shows_both_texts_and_saves_neither_unseen(app: Opener) -> None:
    at = go(app("real", {"t": "1.2.1"}), "update")
    write(at, "Dette er gjort", "Min tekst.")
    with here().writing() as session:
        record.report(
            record.By(session, LOCAL, NOKU, datetime.now(UTC)),
            "1.2.1",
            0,
            phase=Phase.CONTINUOUS,
            assessment=Assessment.ON_TRACK,
            done="Deres tekst.",
        )
    press(at, "Lagre rapporten")

    assert "Deres tekst." in words(at)
    assert area(at, "Dette er gjort").value == "Min tekst."
    with here().reading() as session:
        assert changes.newest(session) == 2
    press(at, "Behold min tekst")
    press(at, "Lagre rapporten")
    with here().reading() as session:
        plan = snapshot.load(session, NOKU, changes.newest(session))
    assert plan.measure("1.2.1").report.done == "Min tekst."
    assert plan.measure("1.2.1").report.version == 2


def test_a_second_click_saves_nothing_more(app: Opener) -> None:
    at = go(app("real", {"t": "1.2.1"}), "update")
    write(at, "Dette er gjort", "En gang.")
    press(at, "Lagre rapporten")
    press(at, "Lagre rapporten")

    assert "Skriv hva som er gjort" in words(at)
    with here().reading() as session:
        assert changes.newest(session) == 2


def test_the_form_asks_what_became_of_the_last_promise(app: Opener) -> None:
    at = app("example")
    with here().reading() as session:
        plan = snapshot.load(session, NOKU, changes.newest(session))
    over = date(2026, 11, 23)
    measure = next(m for m in plan.measures if m.report and (m.report.next_due or over) < over)
    at.query_params["t"] = measure.key
    at = go(at, "update")
    write(at, "Dette er gjort", "Vi ble ferdige.")
    press(at, "Lagre rapporten")
    assert "Si hva som ble av det: gjort, ikke ennå, trukket." in words(at)
    next(r for r in at.radio if r.label.startswith("Sist lovet")).set_value(Settlement.DONE).run()
    press(at, "Lagre rapporten")

    with here().reading() as session:
        newer = snapshot.load(session, NOKU, changes.newest(session)).measure(measure.key).report
    assert newer
    assert (newer.promise, newer.done) == (Settlement.DONE, "Vi ble ferdige.")


def test_only_years_with_a_history_have_an_annual_report(app: Opener) -> None:
    fresh = next(pills for pills in go(app("real"), "reports").pills if pills.label == "År")
    told = next(pills for pills in go(app("example"), "reports").pills if pills.label == "År")

    assert fresh.options[-1] == "2026"
    assert told.options == ["2026", "2025", "2024"]


def test_the_log_says_the_chain_is_whole(app: Opener) -> None:
    at = go(app("example"), "log")
    press(at, "Kontroller")

    assert "hele og i rekkefølge" in words(at)


def test_the_news_since_last_time_say_the_finding_first_and_then_what_was_promised(app: Opener) -> None:
    at = go(app("example", {"fra": "2026-09-24"}), "since")
    at.session_state["alt"] = True
    said = words(at.run())

    assert "tiltak er blitt verre" in at.title[0].value
    assert "ikke holdt" in at.title[0].value
    assert "Lovet til 01.11.2026: Rapport med samlet oversikt." in said
    assert "flyttet 30.06.2027 → 31.12.2027, 6 måneder senere (3. gang)" in said.replace("\u2060", "")
    below = [header.value for header in at.header][-3:]
    assert below == ["Lovet, men ikke gjort", "Dette har skjedd", "2 tiltak uten endring"]
    assert (
        "- Frist flyttet 30.06.2027 → 31.12.2027, 6 måneder senere (3. gang)\n- Vedtatt: Styret på e-post"
        in said
    )


def test_what_has_moved_since_last_time_is_a_picture_before_it_is_words(app: Opener) -> None:
    at = go(app("example"), "since")

    said, drawn = words(at), pictures(at)
    assert drawn[:2] == [
        "3 verre: 1.2.2 fra noe avvik til vesentlig avvik, 2.5.1 fra noe avvik til vesentlig avvik, "
        "1.4.2 fra i rute til noe avvik",
        "2 bedre: 2.2.1 fra noe avvik til i rute, 3.3.2 fra noe avvik til i rute",
    ]
    assert "1.2.2: fristen er flyttet fra 30.06.2027 til 31.12.2027, 3. gang" in drawn
    assert "Sju milepæler er nådd, åtte ikke i tide" in drawn
    assert "Prøveordningen" not in said
    assert "Prosjektet startet 15. oktober med 24 kommuner." in said
    assert "Alle avtaler er signert" not in said
    assert "Lovet, men ikke gjort" not in said


def test_a_measure_that_fell_silent_is_told_apart_from_those_as_before(app: Opener) -> None:
    at = go(app("example"), "since")

    assert "1 ikke oppdatert: 2.3.2 fra i rute til uten fersk vurdering" in pictures(at)
    assert "Ikke oppdatert på 161 dager, sist «I rute»." in words(at)


def test_where_no_mark_moved_there_is_no_picture_of_marks_and_no_praise(app: Opener) -> None:
    at = go(app("example", {"fra": "2026-11-23"}), "since")

    assert "**20 som før:** :green[●]\xa09" in words(at)
    assert not pictures(at)


def test_two_days_in_the_address_are_compared_with_each_other(app: Opener) -> None:
    at = go(app("example", {"fra": "2025-06-01", "til": "2025-12-31"}), "since")

    assert "fra 1. juni 2025 til 31. desember 2025" in words(at)
    ends = [box.value for box in at.selectbox if box.key != "per-mote"]
    assert ends == ["2025-06-01", "2025-12-31"]


def test_the_same_measures_are_counted_on_every_page(app: Opener) -> None:
    at = app("example")
    overview = words(go(at, "overview"))
    assert "av tjue tiltak er i rute" in overview
    assert "av 20 tiltak har noe nytt" in words(go(at, "since"))
    assert "av tjue tiltak mangler noe" in words(go(at, "completeness"))
    assert "21 tiltak, hvorav 1 utgått" in words(go(at, "measures"))
    ungraded = words(go(app_again(at, {"vis": "uten-vurdering"}), "measures"))
    (grey,) = re.findall(r"○ (\d+) uten fersk vurdering", overview)
    assert f"\n{grey} tiltak\n" in ungraded


def test_an_empty_difference_says_so(app: Opener) -> None:
    at = go(app("example", {"fra": "2026-11-23"}), "since")

    assert at.title[0].value.replace("\\", "").startswith("Ingenting er endret siden 23. november 2026.")
    assert "Velg et tidligere tidspunkt" in words(at)


def test_a_plan_with_nothing_before_it_says_there_is_nothing_to_compare(app: Opener) -> None:
    at = go(app("real"), "since")

    assert "ingenting å sammenligne med" in at.title[0].value
    assert not at.error


@pytest.mark.parametrize(
    ("fra", "til"),
    [("2099-01-01", ""), ("1900-01-01", "2020-01-01"), ("mote-1", "mote-9"), ("now", "dag"), ("dag", "now")],
)
def test_ends_that_are_nothing_never_fail(app: Opener, fra: str, til: str) -> None:
    at = go(app("example", {"fra": fra, "til": til}), "since")

    assert not at.exception
    assert len(at.title) == 1


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("since", "**1.2.2** Økte midler til kulturarenaer :gray[Generalsekretær]"),
        ("year", "**2.5.1** Medlemsfordeler for små og store medlemmer :gray[Økonomi- og administra"),
        ("indicators", "Utmeldinger i perioden :gray[3.1.2 Rådgiver medlem og fylkeslag]"),
        ("overview", "**2.2.2** Bistand til lokale kulturråd"),
    ],
)
def test_what_is_late_or_has_changed_is_named_with_who_answers_for_it(
    app: Opener, page: str, said: str
) -> None:
    at = go(app("example"), page)

    assert said in bare(words(at))


def test_the_measures_that_need_attention_are_first_and_the_plan_s_order_is_a_press_away(
    app: Opener,
) -> None:
    at = go(app("example"), "measures")
    keys = measures(at)

    assert keys[:2] == ["1.2.2", "2.5.1"]
    assert keys.index("2.2.2") < keys.index("1.1.1")
    assert keys[-2:] == ["1.3.2", "3.3.1"]  # the dropped one, and what was taken out of the plan
    at.toggle(key="planens").set_value(True).run()
    assert measures(at) == [*sorted(keys[:-1]), "3.3.1"]


def measures(at: AppTest) -> list[str]:
    """The keys of the measures that are listed, from the top."""
    listed = [each.proto.label for each in at.get("page_link") if "t=" in each.proto.query_string]
    return [bare(label).split("**")[1] for label in listed]


def test_a_goal_nobody_has_judged_leads_to_where_it_is_done(app: Opener) -> None:
    at = goal_page(go(app("real"), "overview"), "1")

    assert any(each.proto.query_string == "t=1" for each in at.get("page_link"))


def test_the_overview_leads_to_all_that_is_new(app: Opener) -> None:
    at = app("example").run()

    (link,) = [link for link in at.get("page_link") if "Siden styremøte 2" in link.proto.label]
    assert link.proto.page == "siden-sist"
    assert "3 verre, 2 bedre" in link.proto.label
    moved = [link.proto.label for link in at.get("page_link") if "]→:" in link.proto.label]
    assert len(moved) == 3 + 2


@pytest.mark.parametrize("which", ["real", "example"])
def test_the_overview_draws_every_measure_and_says_what_the_drawing_tells(app: Opener, which: str) -> None:
    at = app(which).run()
    with here().reading() as session:
        plan = snapshot.load(session, NOKU, changes.newest(session))

    told = pictures(at)
    for measure in plan.measures:
        (said,) = [alt for alt in told if alt.startswith(f"{measure.key}: ")]
        assert (said == f"{measure.key}: Ikke rapportert.") is (measure.report is None and not measure.due)
        assert f"t={measure.key}" in [link.proto.query_string for link in at.get("page_link")]
    assert not at.get("plotly_chart")


def test_the_measures_of_a_large_goal_stand_under_their_subgoals_until_one_is_opened(app: Opener) -> None:
    at = app("empty")
    opened = database.prepare(os.environ["STRATEGY_DATABASE_URL"])
    with opened.writing() as session:
        plan = snapshot.load(session, NOKU, example.fill(session, copies=3))
    at.run()

    assert max(len(goal.measures) for goal in plan.goals) > 15
    assert not [alt for alt in pictures(at) if alt.startswith("2.1.1")]
    folded = [bare(each.label).partition(" ")[0].strip("*") for each in at.expander]
    assert [key for key in folded if key in {subgoal.key for goal in plan.goals for subgoal in goal.subgoals}]


def goal_page(at: AppTest, key: str) -> AppTest:
    """AppTest knows pages by their file, and the goals share one; the address is what tells them apart."""
    known = at._registered_pages.items()
    at._page_hash = next(hash for hash, page in known if page.get("url_pathname") == f"hovedmal-{key}")
    return at.run()


def app_again(at: AppTest, address: dict[str, str]) -> AppTest:
    fresh = AppTest.from_file("../pages/frame.py", default_timeout=60)
    for name, value in address.items():
        fresh.query_params[name] = value
    return fresh


def area(at: AppTest, label: str):
    return next(a for a in at.text_area if a.label == label)


def write(at: AppTest, label: str, text: str) -> None:
    area(at, label).input(text).run()


def choose(at: AppTest, label: str, value: object) -> None:
    next(group for group in at.radio if group.label == label).set_value(value).run()


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label.startswith(label)).click().run()


def loaded_again(
    app: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alter: Callable[[str], str]
) -> AppTest:
    """The page Planen with the file the real plan was loaded from, altered."""
    file = tmp_path / "strategy.yaml"
    file.write_text(alter(config.resource("strategy.yaml").read_text("utf-8")), "utf-8")
    monkeypatch.setenv("STRATEGY_FILE", str(file))
    return app("real", {"del": "tekst"})


def load_button(at: AppTest) -> list[Any]:
    return [button for button in at.button if button.label == "Les inn endringene"]


ROLE = "radgiver-politikk"


def rename_a_role(title: str) -> None:
    """Somebody at the secretariat says what a role is called."""
    with here().writing() as session:
        standing = current(session, tables.Person, NOKU, ROLE)
        assert standing is not None
        version = standing["version"]
        want(record.By(session, LOCAL, NOKU, datetime.now(UTC)), "person", ROLE, version, title=title)


def plan_now(strategy: str = NOKU) -> snapshot.Snapshot:
    with here().reading() as session:
        return snapshot.load(session, strategy, changes.newest(session))


def test_an_untouched_file_changes_nothing_whatever_was_adopted_here(
    app: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = loaded_again(app, tmp_path, monkeypatch, str)
    rename_a_role("Ny tittel")
    at = go(at, "plan")
    assert not at.exception
    assert [said.value for said in at.success] == ["Ingenting å endre: alt i fila står i planen."]
    assert not load_button(at)


def title_in_file(title: str) -> Callable[[str], str]:
    return lambda text: text.replace('title: "Rådgiver politikk og kunnskap"', f'title: "{title}"', 1)


def test_what_both_have_changed_is_chosen_on_the_page(
    app: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = loaded_again(app, tmp_path, monkeypatch, title_in_file("Fra fila"))
    rename_a_role("Fra løsningen")
    at = go(at, "plan")
    assert not at.exception
    assert "endret både i fila og i løsningen" in words(at)
    assert not load_button(at)
    (choice,) = at.segmented_control
    at = choice.set_value("ours").run()
    (button,) = load_button(at)
    button.click().run()
    assert plan_now().person(ROLE).title == "Fra fila"


def test_an_edited_file_is_loaded_where_nothing_was_changed_in_the_app(
    app: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = go(loaded_again(app, tmp_path, monkeypatch, title_in_file("Fra fila")), "plan")
    assert not at.warning
    (button,) = load_button(at)
    assert (button.disabled, button.proto.type) == (False, "primary")
    before = plan_now().change_id
    button.click().run()
    assert plan_now().person(ROLE).title == "Fra fila"
    (kept,) = backup.listed(config.settings().backups)
    assert backup.check(kept.file) == before
    assert kept.file.name in words(at)


def test_a_file_changed_after_it_was_shown_is_shown_again_and_not_saved(
    app: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = go(loaded_again(app, tmp_path, monkeypatch, title_in_file("Sett")), "plan")
    (button,) = load_button(at)
    before = plan_now().change_id
    text = config.resource("strategy.yaml").read_text("utf-8")
    (tmp_path / "strategy.yaml").write_text(title_in_file("Usett")(text), "utf-8")
    at = button.click().run()
    assert plan_now().change_id == before
    assert "Fila eller planen ble endret etter at du så på den." in words(at)
    (button,) = load_button(at)
    button.click().run()
    assert plan_now().person(ROLE).title == "Usett"


def test_a_plan_changed_after_it_was_compared_is_compared_again_and_nothing_is_saved(
    app: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = go(loaded_again(app, tmp_path, monkeypatch, title_in_file("Fra fila")), "plan")
    (button,) = load_button(at)
    rename_a_role("Fra løsningen")
    at = button.click().run()
    assert plan_now().person(ROLE).title == "Fra løsningen"
    assert "Fila eller planen ble endret etter at du så på den." in words(at)


def test_a_new_key_is_called_out_and_needs_a_tick_of_its_own(
    app: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = loaded_again(app, tmp_path, monkeypatch, lambda text: text.replace(NOKU, "noku-2024-2082"))
    at = go(at, "plan")
    assert not at.exception
    said = words(at)
    assert "Dette er en ny strategi ved siden av." in said
    assert f"Mente du «{NOKU}»?" in said
    (button,) = load_button(at)
    assert button.disabled
    (tick,) = [box for box in at.checkbox if "ny strategi" in box.label]
    at = tick.check().run()
    (button,) = load_button(at)
    button.click().run()
    assert len(plan_now("noku-2024-2082").measures) == len(plan_now().measures)


def test_the_log_is_checked_against_a_paper_and_says_what_the_check_does_not_see(app: Opener) -> None:
    at = go(app("real"), "log")
    assert "Alene ser den **ikke** at de nyeste endringene er klippet bort" in words(at)
    with here().reading() as session:
        stamp = changes.stamp(session, 1)
    for paper, said in (
        ("", stamp.sentence),
        (f"1:{stamp.fingerprint}", "til og med endring 1 er den som ble skrevet ut"),
        (f"1:{'0' * 20}", "er ikke den som ble skrevet ut"),
        (f"2:{stamp.fingerprint}", "Endring 2 finnes ikke i databasen"),
        ("sant", "kolon og hele fingeravtrykket"),
    ):
        at.text_input(key="fingeravtrykk").set_value(paper)
        at.button(key="kontroller").click().run()
        told = " ".join(each.value for each in (*at.success, *at.error)).replace("\\", "")
        assert said in told
        assert not at.exception
