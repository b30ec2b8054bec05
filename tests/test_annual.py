"""The annual report: what it says of a year, what it never says, and that every gap is said as a gap."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy import exports, snapshot, tables
from strategy.database import Database, connect
from strategy.errors import BadInput
from strategy.exports.annual import chapters, report
from strategy.exports.annual.facts import Year
from strategy.exports.outline import (
    Bullets,
    Contents,
    Heading,
    Outline,
    Paragraph,
    Picture,
    Shares,
    Style,
    Table,
    Trends,
    plain,
)
from strategy.snapshot import Attainment, Measure, Report, Snapshot
from strategy.terms import Assessment, Direction, Effect, Frequency, Phase, Quality, Reached
from tests.databases import NOW, PLAN, a_plan, adopt, say
from tests.plans import (
    a_goal,
    a_measure,
    a_milestone,
    a_plan_of,
    a_report,
    a_responsibility,
    a_snapshot,
    a_strategy,
    a_subgoal,
    a_value,
    an_indicator,
    noon,
    snapshots,
)
from tests.test_since import a_decision, a_meeting, an_authority, an_item

DONE = date(2027, 2, 1)
"""When the report of 2026 is made, in the tests where that year is over."""


def a_year(end: Snapshot, reports: Iterable[Report] = (), **more: Any) -> Year:
    """2026 as it ended in `end`; every measure's own report is among the reports."""
    told = [*reports, *(m.report for m in end.measures if m.report and m.report not in reports)]
    by_key = {r.key: tuple(s for s in told if s.key == r.key) for r in told}
    fields: dict[str, Any] = {
        "number": 2026,
        "made_on": DONE,
        "before": None,
        "entered": end,
        "reports": by_key,
    }
    return Year(**{**fields, "end": end} | more)


def on(year: int, month: int, day: int, **said: Any) -> Report:
    """A report given on a day."""
    return replace(a_report(), **{"recorded_at": noon(date(year, month, day))} | said)


def an_attainment(belongs_to: str, reached: Reached | None, **more: Any) -> Attainment:
    said = {"reason": "", "narrative": "", "lesson": ""} | more
    return Attainment(
        key=f"{belongs_to}@2026", version=1, change_id=1, recorded_at=noon(date(2027, 1, 10)),
        actor="sekretariatet", belongs_to=belongs_to, year=2026, reached=reached,
        **said,
    )  # fmt: skip


def lines(outline: Outline) -> list[str]:
    """Everything the report says, piece by piece."""
    found: list[str] = []
    for block in outline.blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found.append(plain(block.runs))
            case Bullets():
                found.extend(map(plain, block.items))
            case Table():
                found.extend(
                    (block.caption, *block.header, *(plain(cell) for row in block.rows for cell in row))
                )
            case Picture():
                found.extend((block.caption, block.alt))
    return found


def text(outline: Outline) -> str:
    return "\n".join(lines(outline))


def under(outline: Outline, title: str) -> list[str]:
    """What stands between the heading `title` and the next one."""
    blocks = list(outline.blocks)
    start = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text == title)
    stop = next((n for n in range(start + 1, len(blocks)) if isinstance(blocks[n], Heading)), len(blocks))
    return lines(replace(outline, blocks=tuple(blocks[start + 1 : stop])))


def table(outline: Outline, caption: str) -> Table:
    (found,) = (b for b in outline.blocks if isinstance(b, Table) and b.caption.startswith(caption))
    return found


def made(*measures: Measure, reports: Iterable[Report] = (), **more: Any) -> Outline:
    return report.outline(a_year(a_plan_of(*measures), reports, **more))


@pytest.fixture(scope="module")
def real(real_file: Path) -> Snapshot:
    """The adopted plan as it is loaded the first time: nothing is reported yet."""
    database = connect(f"sqlite:///{real_file}")
    with database.reading() as session:
        (key,) = snapshot.strategies(session, 1)
        found = snapshot.load(session, key, 1)
    database.close()
    return found


def test_every_adopted_text_of_the_real_plan_stands_letter_by_letter(real: Snapshot):
    said = lines(report.outline(a_year(real)))
    assert {goal.text for goal in real.goals} <= set(said)
    assert {measure.text for measure in real.measures} <= set(said)
    assert {f"Delmål {s.key}: {s.text}" for goal in real.goals for s in goal.subgoals} <= set(said)
    assert real.strategy.vision in said
    for section in real.strategy.sections:
        assert not section["text"] or section["text"] in said
        for point in section["points"]:
            assert " ".join(filter(None, (point["name"], point["text"]))) in said


def test_the_real_plan_before_anybody_has_reported_says_so_and_invents_nothing(real: Snapshot):
    outline = report.outline(a_year(real))
    said = lines(outline)
    assert said.count("Ikke rapportert i 2026.") == len(real.measures) == 20
    assert under(outline, "Sammendrag")[0] == "Ingen tiltak er rapportert ennå."
    assert "Måloppnåelsen er ikke vurdert for hovedmål 1, 2 og 3." in said
    assert "Ingen indikatorer er vedtatt ennå; alle er forslag." in said
    assert not any(isinstance(b, Picture) and isinstance(b.chart, Trends) for b in outline.blocks)
    keys = {f"{i.belongs_to} {i.name} (forslag)": i.key for i in real.indicators}
    for row in (row for b in outline.blocks if isinstance(b, Table) and len(b.header) == 6 for row in b.rows):
        assert plain(row[0]).endswith("(forslag)")
        year = real.indicator(keys[plain(row[0])]).frequency.is_year_of(2026)  # no election in 2026
        assert [plain(cell) for cell in row[1:]] == [
            "Ikke målt",
            "Ikke målt",
            "Ikke målt" if year else "Måles ikke i 2026",
            "Ikke satt",
            "Forslag",
        ]
    assert all(
        "(forslag)" in plain(row[1])
        for n in "123"
        for row in table(outline, f"Tiltakene under hovedmål {n}").rows
    )


def test_the_second_3_1_is_explained_where_it_stands(real: Snapshot):
    outline = report.outline(a_year(real))
    subgoal = real.subgoal("3.2")
    assert under(outline, f"Delmål 3.2: {subgoal.text}")[0] == "Trykt som 3.1 i vedtatt dokument."
    assert text(outline).count("Trykt som") == 1


def test_headings_never_skip_a_level_and_each_has_an_anchor_of_its_own(real: Snapshot):
    headings = list(report.outline(a_year(real)).headings)
    levels = [0, *(h.level for h in headings)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len({h.anchor for h in headings}) == len(headings)


def test_the_parts_come_in_the_order_a_board_expects(real: Snapshot):
    outline = report.outline(a_year(real))
    assert [h.text for h in outline.headings if h.level == 1] == [
        "Sammendrag", "Visjon og verdier", "Hovedmål 1: Styrke kulturpolitikken",
        "Hovedmål 2: Styrke den lokale kultursektoren",
        "Hovedmål 3: Samlende nettverk, sterk organisasjon",
        "Avvik, læring og endringer", "Vedlegg 1: Slik måles indikatorene",
        "Vedlegg 2: Hva tallene bygger på",
    ]  # fmt: skip
    assert isinstance(outline.blocks[0], Paragraph)
    assert any(isinstance(block, Contents) for block in outline.blocks)


def test_the_cover_says_whose_it_is_for_which_year_and_that_an_example_is_made_up():
    example = report.outline(a_year(a_plan_of(a_measure(), example=True)))
    cover = [(b.style, plain(b.runs)) for b in example.blocks[:8] if isinstance(b, Paragraph)]
    assert (Style.ORGANISATION, "Norsk kulturforum") in cover
    assert (Style.TITLE, "Årsmelding 2026") in cover
    assert (Style.DATE, "1. januar–31. desember 2026") in cover
    assert (Style.MARK, "Eksempeldata – oppdiktet") in cover
    assert example.mark == "Eksempeldata – oppdiktet"
    assert "oppdiktet" not in text(made(a_measure()))


def test_a_year_that_is_not_over_says_which_day_it_holds_for():
    unfinished = made(a_measure(assessment=Assessment.ON_TRACK), made_on=date(2026, 11, 23))
    assert "Per 23. november 2026. Året er ikke over." in lines(unfinished)
    assert unfinished.mark == "Per 23.11.2026"
    assert table(unfinished, "Hovedmålene per 23.11.2026")
    assert "Måloppnåelsen vurderes når året er over." in lines(unfinished)
    assert not [said for said in lines(unfinished) if "Måloppnåelsen" in said and "er ikke vurdert" in said]


def test_what_was_done_is_told_by_day_and_only_what_was_said_in_the_year():
    told = [
        on(2025, 12, 31, done="I fjor"),
        on(2026, 2, 4, version=2, done="Først"),
        on(2026, 11, 13, version=3, done="Så"),
        on(2027, 1, 1, version=4, change_id=2, done="Etterpå"),
    ]
    outline = made(a_measure(report=told[2]), reports=told)
    said = under(outline, "1.1.1 Tiltak 1.1.1")
    assert [s for s in said if ":" in s[:15]] == ["4.\u00a0februar: Først", "13.\u00a0november: Så"]


def test_a_text_that_a_later_report_takes_up_again_is_told_once():
    told = [
        on(2026, 3, 1, done="Søkte midler"),
        on(2026, 3, 1, version=2, done="Søkte midler."),
        on(2026, 5, 1, version=3, done="Søkte midler. Fikk avslag."),
    ]
    outline = made(a_measure(report=told[2]), reports=told)
    assert text(outline).count("Søkte midler") == 1


def test_milestones_reached_in_the_year_are_told_among_what_was_done():
    reached = a_milestone(date(2026, 6, 1), date(2026, 5, 20), title="Kurs holdt", evidence="Deltakerliste")
    earlier = a_milestone(date(2025, 6, 1), date(2025, 5, 20), key="gammel", title="I fjor")
    outline = made(a_measure(milestones=(reached, earlier)))
    assert "20.\u00a0mai: Milepæl nådd: Kurs holdt (Deltakerliste)" in lines(outline)
    assert "I fjor" not in text(outline)
    assert "1 av 1 milepæler i handlingsplanen for 2026 er nådd." in lines(outline)


def test_a_measure_nobody_reported_on_this_year_says_so_and_when_it_last_was():
    old = on(2025, 11, 12)
    said = under(made(a_measure(report=old)), "1.1.1 Tiltak 1.1.1")
    assert "Ikke rapportert i 2026. Sist rapportert 12. november 2025." in said
    summary = under(made(a_measure(report=old)), "Ikke rapportert, vurdert eller målt for 2026")
    assert summary[0] == "1.1.1 Tiltak 1.1.1 er ikke rapportert i 2026, sist rapportert 12. november 2025."


def test_the_summary_counts_by_goal_where_there_are_more_than_a_few():
    """c09: sixty measures past their deadline were told of twice over four pages."""
    late = [a_measure(f"1.1.{n}", due=date(2026, 3, 31)) for n in range(1, 12)]
    few, many = made(*late[:2]), made(*late)
    assert under(few, "Dette avviker")[0] == "1.1.1 Tiltak 1.1.1 er over frist siden 31.03.2026"
    keys = ", ".join(measure.key for measure in late[:-1])
    assert under(many, "Dette avviker") == [f"1 Hovedmål 1: 11 tiltak er over frist ({keys} og 1.1.11)."]
    lacking = under(many, "Ikke rapportert, vurdert eller målt for 2026")
    assert lacking[0] == f"1 Hovedmål 1: 11 tiltak er ikke rapportert i 2026 ({keys} og 1.1.11)."


def test_a_measure_completed_before_the_year_is_not_called_silent():
    done = on(2025, 11, 12, phase=Phase.COMPLETED)
    lacking = under(made(a_measure(report=done)), "Ikke rapportert, vurdert eller målt for 2026")
    assert "1.1.1" not in "".join(lacking)


def test_a_next_step_is_quoted_with_its_day_and_its_name():
    promised = replace(on(2026, 11, 12), next_step="Levere", next_due=date(2026, 12, 1), actor="Rådgiver")
    said = under(made(a_measure(report=promised)), "1.1.1 Tiltak 1.1.1")
    assert "Neste steg innen 1. desember 2026: Levere (12.11.2026, Rådgiver)" in said


def test_a_deviation_never_stands_without_its_cause_and_remedy():
    said = a_report(
        assessment=Assessment.MAJOR_DEVIATION, cause="Pengene tok slutt", remedy="Vi søker på nytt"
    )
    outline, by = made(a_measure(report=said)), "13.11.2026, sekretariatet"
    assert f"■\u00a0Vesentlig avvik – 1.1.1 Tiltak 1.1.1: Pengene tok slutt ({by})" in lines(outline)
    assert f"Årsak: Pengene tok slutt\nSlik rettes det opp: Vi søker på nytt ({by})" in lines(outline)
    (row,) = table(outline, "Tiltak med avvik").rows
    assert [plain(cell) for cell in row] == [
        "1.1.1 Tiltak 1.1.1", f"■\u00a0Vesentlig avvik\n{by}", "Pengene tok slutt", "Vi søker på nytt",
    ]  # fmt: skip


def test_a_deviation_put_right_in_the_year_is_told_as_such():
    told = [
        on(2026, 3, 1, assessment=Assessment.SOME_DEVIATION, cause="Sykdom", remedy="Vikar"),
        on(2026, 11, 1, version=2, done="I gang igjen"),
    ]
    outline = made(a_measure(report=told[1]), reports=told)
    assert under(outline, "Rettet opp i løpet av året") == [
        "1.1.1 Tiltak 1.1.1: Sykdom (01.03.2026, sekretariatet)"
    ]


def test_what_came_of_the_year_counts_also_when_written_after_it():
    written = an_attainment(
        "1", Reached.PARTLY, reason="Nesten", narrative="Et godt år.", lesson="Begynn før"
    )
    end = a_plan_of(a_measure())
    later = replace(end, change_id=2, goals=(replace(end.goals[0], attainments=(written,)),))
    outline = report.outline(a_year(end, entered=later))
    said = lines(outline)
    assert "Måloppnåelse i 2026: delvis nådd. Nesten (10.01.2027, sekretariatet)" in said
    assert "Et godt år." in said
    assert "Hovedmål 1: Begynn før (10.01.2027, sekretariatet)" in said
    assert plain(table(outline, "Hovedmålene").rows[0][2]) == "Delvis nådd"


def test_what_was_said_of_a_measure_after_the_year_does_not_count():
    end = a_plan_of(a_measure(assessment=Assessment.ON_TRACK))
    late = a_report(assessment=Assessment.MAJOR_DEVIATION, cause="Senere", remedy="Senere", change_id=2)
    later = replace(end, change_id=2, goals=a_plan_of(a_measure(report=late)).goals)
    outline = report.outline(
        a_year(end, [*(m.report for m in end.measures if m.report), late], entered=later)
    )
    assert "Senere" not in text(outline)
    assert "●\u00a0I rute" in plain(table(outline, "Tiltakene under").rows[0][3])


def test_a_goal_nothing_is_written_of_says_so():
    said = under(made(a_measure()), "Hovedmål 1: Hovedmål 1")
    assert "Måloppnåelsen for hovedmålet i 2026 er ikke vurdert." in said
    assert "Det er ikke skrevet noen tekst om hovedmålet for 2026." in said
    assert "Hovedmålet er ikke rapportert." in said


def test_an_assessment_of_a_goal_is_given_the_day_and_the_one_who_said_it_and_not_the_board():
    goal = replace(a_plan_of(a_measure()).goals[0], report=on(2026, 11, 1, key="1", phase=None, done="Godt."))
    outline = report.outline(a_year(a_snapshot(goal)))
    said = under(outline, "Hovedmål 1: Hovedmål 1")
    assert "Vurdering av hovedmålet, 1. november 2026, sekretariatet: ●\u00a0I rute. Godt." in said
    assert table(outline, "Hovedmålene").header[1] == "Vurdering"
    assert "styret" not in text(outline).lower()


def test_only_fresh_assessments_are_said_to_have_no_deviation():
    stale = on(2026, 3, 1, assessment=Assessment.MAJOR_DEVIATION, cause="Sykdom", remedy="Vikar")
    assert "Ingen tiltak har en fersk vurdering." in under(made(a_measure(report=stale)), "Dette avviker")
    outline = made(a_measure(report=stale), a_measure("1.1.2", report=on(2026, 12, 1, key="1.1.2")))
    said = "Ingen tiltak med fersk vurdering er meldt med avvik"
    assert under(outline, "Dette avviker") == [f"{said} ved utgangen av 2026."]
    assert f"{said}." in lines(outline)


def test_a_stale_report_loses_its_colour_but_keeps_its_last_word():
    outline = made(a_measure(report=on(2026, 3, 1)))
    assert (
        plain(table(outline, "Tiltakene under").rows[0][3])
        == "○\u00a0Ikke oppdatert på 305 dager, sist «I rute»\nPågår"
    )


def test_a_proposed_responsible_is_marked():
    outline = made(a_measure(responsibilities=(a_responsibility("leder", proposal=True),)))
    assert plain(table(outline, "Tiltakene under").rows[0][1]) == "Leder (forslag)"


@pytest.fixture
def changed() -> Outline:
    """A year with every kind of change to the plan."""
    dropped = on(2026, 5, 1, phase=Phase.DROPPED, cause="Ingen midler", assessment=Assessment.NOT_ASSESSED)
    before = a_plan_of(
        a_measure("1.1.1", due=date(2026, 6, 30)), a_measure("1.1.3"),
        a_measure("1.1.2", text="Gammel ordlyd"),
    )  # fmt: skip
    end = a_plan_of(
        a_measure("1.1.1", due=date(2027, 6, 30), due_moves=2), a_measure("1.1.2", text="Ny ordlyd"),
        a_measure("1.1.4", decided_by="Årsmøtet"),
        a_measure("1.1.5", report=replace(dropped, key="1.1.5")),
        retired=(a_measure("1.1.3", retired=True),),
    )  # fmt: skip
    return report.outline(a_year(end, before=before))


def test_every_change_to_the_plan_is_listed(changed: Outline):
    assert under(changed, "Endringer i planen") == [
        "Nytt tiltak: 1.1.4 Tiltak 1.1.4 – vedtatt av Årsmøtet",
        "Nytt tiltak: 1.1.5 Tiltak 1.1.5",
        "Tatt ut av planen: 1.1.3 Tiltak 1.1.3",
        "Utgått: 1.1.5 Tiltak 1.1.5 – Ingen midler (01.05.2026, sekretariatet)",
        "Ny frist: 1.1.1 Tiltak 1.1.1 – 30.06.2026 → 30.06.2027 (2. gang den flyttes)",
        "Ny ordlyd i 1.1.2: «Gammel ordlyd» er nå «Ny ordlyd»",
    ]


def test_a_lowered_target_and_a_changed_baseline_are_told_with_their_case():
    def plan(aim: int, baseline: int, **more: Any) -> Snapshot:
        found = an_indicator(baseline=baseline, targets=[(date(2028, 12, 31), aim)])
        return a_plan_of(a_measure(indicators=(found,)), **more)

    decided = an_authority("medlemmer@2028-12-31", Effect.AMENDED)
    end = plan(
        238,
        220,
        decisions=(a_decision(),),
        authorities=(decided,),
        items=(an_item(),),
        meetings=(a_meeting(),),
    )
    assert under(report.outline(a_year(end, before=plan(245, 218))), "Endringer i planen") == [
        "Nytt mål: Medlemmer: nullpunktet er endret fra 218 (01.01.2024) til 220 (01.01.2024) (sak 41/2026)",
        "Nytt mål: Medlemmer: måltallet til 31.12.2028 er endret fra 245 til 238 (sak 41/2026)",
    ]


def test_the_first_year_has_nothing_to_compare_with_and_says_so():
    (said,) = under(made(a_measure()), "Endringer i planen")
    assert said.startswith("Planen ble lagt inn i 2026, så det finnes ingen utgave fra året før")
    (same,) = under(made(a_measure(), before=a_plan_of(a_measure())), "Endringer i planen")
    assert same.startswith("Ingen tiltak er lagt til, tatt ut eller utgått")


def measured(indicator: Any, **more: Any) -> tuple[Outline, list[str]]:
    """The report of a plan with one indicator, and that one's row in the table."""
    outline = made(a_measure(indicators=(indicator,)), **more)
    (row,) = table(outline, "Indikatorene for hovedmål 1").rows
    return outline, [plain(cell) for cell in row]


def test_an_indicator_shows_baseline_last_year_this_year_target_and_assessment():
    outline, row = measured(
        an_indicator(
            baseline=200, values=[("2025", 210), ("2026", 1235)], targets=[(date(2028, 12, 31), 1500)]
        )
    )
    assert row == [
        "1.1.1 Medlemmer",
        "200\n01.01.2024",
        "210",
        "1\u00a0235",
        "1\u00a0500\ninnen 2028",
        "●\u00a0I rute",
    ]
    assert any(isinstance(b, Picture) and isinstance(b.chart, Trends) for b in outline.blocks)


def test_a_value_entered_after_the_year_for_the_year_counts():
    end = a_plan_of(a_measure(indicators=(an_indicator(),)))
    later = a_plan_of(a_measure(indicators=(an_indicator(values=[("2026", 7)]),)), change_id=2)
    row = table(report.outline(a_year(end, entered=later)), "Indikatorene for hovedmål 1").rows[0]
    assert plain(row[3]) == "7"


def test_a_target_set_after_the_year_does_not_judge_it():
    end = a_plan_of(a_measure(indicators=(an_indicator(baseline=1, values=[("2026", 2)]),)))
    hindsight = an_indicator(baseline=1, values=[("2026", 2)], targets=[(date(2026, 12, 31), 9)])
    later = a_plan_of(a_measure(indicators=(hindsight,)), change_id=2)
    row = table(report.outline(a_year(end, entered=later)), "Indikatorene for hovedmål 1").rows[0]
    assert [plain(cell) for cell in row[4:]] == ["Ikke satt", "○\u00a0Ikke vurdert"]


def test_what_is_preliminary_or_holds_for_part_of_the_year_says_so():
    preliminary = a_value("2026", 7, quality=Quality.PRELIMINARY)
    assert measured(an_indicator(values=[preliminary]))[1][3] == "7\nforeløpig"
    assert measured(an_indicator(values=[("2026-H1", 4)]))[1][3] == "4\n1. halvår 2026"
    running = measured(an_indicator(values=[preliminary]), made_on=date(2026, 11, 23))[1][3]
    assert running == "hittil 7\nforeløpig"


def test_an_indicator_without_numbers_is_not_measured_never_zero():
    outline, row = measured(an_indicator())
    assert row[1:4] == ["Ikke målt"] * 3
    assert "1 av 1 indikatorer er ikke målt for 2026: «Medlemmer»." in lines(outline)


def test_what_is_not_due_yet_is_not_said_to_be_missing():
    yearly = an_indicator(frequency=Frequency.YEAR)
    november = date(2026, 11, 23)
    outline, row = measured(yearly, made_on=november)
    assert row[2:4] == ["Ikke målt", "Måles etter 31.12.2026"]
    assert "1 av 1 indikatorer er ikke målt for 2026: «Medlemmer»." not in lines(outline)
    assert "Én indikator for 2026 måles senere." in lines(outline)
    halves = measured(replace(yearly, frequency=Frequency.HALF_YEAR), made_on=november)[0]
    assert "1 av 1 indikatorer er ikke målt for 2026: «Medlemmer»." in lines(halves)
    outline, row = measured(replace(yearly, frequency=Frequency.ELECTION_YEAR))
    assert row[2:4] == ["Ikke målt", "Måles ikke i 2026"]
    assert not any("er ikke målt for 2026" in said for said in lines(outline))


def test_worse_than_the_baseline_is_said_in_words():
    fallen = an_indicator(baseline=10, values=[("2026", 6)], targets=[(date(2028, 12, 31), 20)])
    (row,) = table(measured(fallen)[0], "Målemetode og kilde").rows
    assert plain(row[3]).endswith("Lenger unna siste måltall enn nullpunktet.")
    assert "av veien" not in plain(row[3])


def test_a_forecast_is_read_by_all_who_read_the_report():
    rising = an_indicator(
        baseline=1, values=[("2024", 2), ("2025", 3), ("2026", 4)], targets=[(date(2028, 12, 31), 8)]
    )
    outline, _row = measured(rising)
    said = "Prognose for 31.12.2028: 6, nesten uten spredning."
    (picture,) = (b for b in outline.blocks if isinstance(b, Picture) and isinstance(b.chart, Trends))
    assert said in picture.alt
    assert f"Medlemmer: {said}" in lines(outline)
    assert any("Theil–Sen" in told for told in lines(outline))
    assert picture.chart.trends[0].aim == "mål 2028: 8"


def test_an_indicator_that_reached_its_target_is_told_in_the_summary():
    reached = an_indicator(values=[("2026", 12)], targets=[(date(2028, 12, 31), 10)])
    outline, _row = measured(reached)
    said = "1 av 1 indikatorer med måltall har nådd det: «Medlemmer» (12, måltall 10 for 2028)."
    assert said in under(outline, "Dette er nådd")
    fewer = replace(reached, direction=Direction.DOWN)
    assert said not in lines(measured(fewer)[0])


def test_every_indicator_says_how_it_is_measured_where_from_and_how_it_is_judged():
    outline, _row = measured(
        an_indicator(
            baseline=10, method="Vi teller", source="Registeret", values=[("2026", 15)],
            targets=[(date(2028, 12, 31), 20)],
        )
    )  # fmt: skip
    (row,) = table(outline, "Målemetode og kilde").rows
    assert [plain(cell) for cell in row] == [
        "1.1.1 Medlemmer\nantall", "Vi teller", "Registeret\nNår kilden publiserer",
        "Øke langs rett linje mellom nullpunkt og måltall. Ventet 31.12.2026: 16. "
        "Kommet 50\u00a0% av veien til siste måltall.",
    ]  # fmt: skip


def test_pictures_state_their_finding_in_words_too():
    outline, _row = measured(
        an_indicator(baseline=1, values=[("2025", 2), ("2026", 3)], targets=[(date(2028, 12, 31), 4)])
    )
    shares, trends = (b for b in outline.blocks if isinstance(b, Picture))
    assert isinstance(shares.chart, Shares)
    assert shares.alt == "1 Hovedmål 1: 1 ikke rapportert."
    assert trends.alt == "Medlemmer: Sist målt 3 (2026); målet er 4 i 2028."


def test_no_more_of_a_goals_indicators_are_drawn_than_can_be_seen_the_worst_first():
    good = [
        an_indicator(
            key=f"i{n}", name=f"God {n}", baseline=1, values=[("2026", 9)], targets=[(date(2026, 12, 31), 9)]
        )
        for n in range(20)
    ]
    bad = replace(good[0], key="verst", name="Verst", values=(a_value("2026", Decimal(1)),))
    outline = made(a_measure(indicators=(*good, bad)))
    drawn = [
        t
        for b in outline.blocks
        if isinstance(b, Picture) and isinstance(b.chart, Trends)
        for t in b.chart.trends
    ]
    assert len(drawn) == 12
    assert drawn[0].title == "Verst"
    assert "12 av 21 indikatorer er tegnet, de med størst avvik først. Alle står i tabellen." in lines(
        outline
    )


def test_what_the_numbers_rest_on_names_the_changes():
    end = a_plan_of(a_measure(), change_id=41, recorded_at=datetime(2026, 12, 30, 12, 5, tzinfo=UTC))
    later = replace(end, change_id=44, recorded_at=datetime(2027, 1, 20, 8, 0, tzinfo=UTC))
    said = text(report.outline(a_year(end, entered=later)))
    assert "slik de sto 31. desember 2026: endring 41 i endringsloggen, 30.12.2026 kl. 13.05." in said
    assert "slik de var ført inn 1. februar 2027: endring 44 i endringsloggen" in said


@settings(max_examples=60)
@given(snapshots(), st.sampled_from([date(2026, 11, 23), DONE]))
def test_whatever_the_plan_is_every_measure_is_told_of_and_nothing_is_dropped(plan: Snapshot, made_on: date):
    outline = report.outline(a_year(plan, made_on=made_on))
    anchors = {heading.anchor for heading in outline.headings}
    assert {chapters.anchor(thing) for thing in (*plan.aims, *plan.measures)} <= anchors
    assert all(len(row) == len(b.header) for b in outline.blocks if isinstance(b, Table) for row in b.rows)
    levels = [0, *(heading.level for heading in outline.headings)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_plan_without_goals_still_gives_a_report():
    outline = report.outline(a_year(a_snapshot(strategy=a_strategy(vision="Kultur"))))
    assert "Planen har ingen tiltak ennå." in lines(outline)
    assert "Planen har ingen indikatorer." in lines(outline)


def test_a_goal_without_measures_or_indicators_says_so():
    outline = report.outline(a_year(a_snapshot(a_goal(a_subgoal()))))
    assert "Delmålet har ingen tiltak i planen." in lines(outline)
    assert "Hovedmålet har ingen indikatorer." in lines(outline)


def test_a_report_just_saved_is_in_the_years_facts(planned: Database):
    say(planned, "1.1.1", done="Blåbær på Ås")
    with planned.reading() as session:
        year = exports.facts(session, PLAN, 2026, NOW.date())
    assert "23.\u00a0november: Blåbær på Ås" in lines(report.outline(year))


def test_the_year_is_read_as_it_stood_on_its_last_day(database: Database):
    adopt(database, a_plan(), now=datetime(2025, 6, 1, tzinfo=UTC))
    say(database, done="Før nyttår", now=datetime(2025, 12, 31, 22, 59, tzinfo=UTC))
    say(database, done="Etter nyttår", now=datetime(2025, 12, 31, 23, 0, tzinfo=UTC))  # 1 January in Norway
    with database.reading() as session:
        last = text(report.outline(exports.facts(session, PLAN, 2025, NOW.date())))
        this = text(report.outline(exports.facts(session, PLAN, 2026, NOW.date())))
    assert "Før nyttår" in last
    assert "Etter nyttår" not in last
    assert "Før nyttår" not in this
    assert "Etter nyttår" in this


@pytest.mark.parametrize(
    ("year", "why"),
    [
        (2027, "2027 har ikke begynt ennå. Velg et tidligere år."),
        (2023, "Strategien gjelder 2024–2028. Velg et av de årene."),
        (2025, "Det finnes ingen årsmelding for 2025, for planen ble lagt inn senere. Velg et senere år."),
    ],
)
def test_a_year_there_is_no_report_of_is_refused_with_the_reason(planned: Database, year: int, why: str):
    with planned.reading() as session, pytest.raises(BadInput) as refused:
        exports.annual_report(session, PLAN, year, NOW.date())
    assert str(refused.value) == why
    assert refused.value.field == "År"


def test_a_plan_that_was_not_there_on_the_day_is_refused(planned: Database):
    with (
        planned.reading() as session,
        pytest.raises(BadInput, match=r"langt tilbake som 01\.01\.2026"),
    ):
        exports.annual_report(session, PLAN, 2026, date(2026, 1, 1))


def test_making_the_report_writes_nothing(planned: Database):
    with planned.reading() as session:
        exports.annual_report(session, PLAN, 2026, NOW.date())
        assert session.get(tables.Change, 2) is None
