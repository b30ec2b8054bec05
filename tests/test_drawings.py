"""The still pictures: whole, within their frame, each thing once, seen by all eyes, with no words in them."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import strategies as st

from strategy import dates, drawings, progress
from strategy import indicators as indicator_rules
from strategy.drawings import svg
from strategy.drawings.lifeline import NARROWEST
from strategy.drawings.moved import COLUMN
from strategy.drawings.strip import HEIGHT, MUTED, TINT, scale
from strategy.exports.formats import pictures
from strategy.palette import DARK, LIGHT, PRINTED, Palette
from strategy.snapshot import Measure, Report, Snapshot
from strategy.terms import Assessment, Direction, Phase
from tests.plans import (
    END,
    START,
    TODAY,
    a_measure,
    a_milestone,
    a_plan_of,
    a_report,
    a_strategy,
    days,
    days_ago,
    given,
    indicators,
    measures,
    noon,
    reports,
    snapshots,
)
from tests.test_charts import measured
from tests.test_theme import GRAPHICS, contrast, rgb

PERIOD = a_strategy().period
THEMES = pytest.mark.parametrize("of", [LIGHT, DARK, PRINTED], ids=["light", "dark", "print"])
palettes = st.sampled_from([LIGHT, DARK, PRINTED])
HOSTILE = "</svg><script>alert(1)</script> & \"'<x"


def told(
    measure: Measure, *said: Report, decided: tuple[date, ...] = (), today: date = TODAY
) -> drawings.Story:
    return drawings.story(
        measure, said or ((measure.report,) if measure.report else ()), decided, PERIOD, today
    )


def drawn(measure: Measure, *said: Report, of: Palette = LIGHT) -> ET.Element:
    return ET.fromstring(drawings.strip(told(measure, *said), of))


def named(root: ET.Element, name: str) -> list[float]:
    """Where in per cent everything that is placed under a name stands."""
    there = (each for each in root.iter() if each.get("href") == f"#{name}")
    return [float(each.attrib["x"].rstrip("%")) for each in there]


def marks(root: ET.Element) -> list[str]:
    """The marks that are drawn, from the left."""
    found = [(x, each.value) for each in Assessment for x in named(root, each.value)]
    return [name for _x, name in sorted(found)]


def said_on(day: date, assessment: Assessment, phase: Phase = Phase.IN_PROGRESS) -> Report:
    return a_report(phase, assessment, recorded_at=noon(day))


# --- every picture


Corners = Iterator[tuple[float, float]]


def number(element: ET.Element, name: str, of: float) -> float:
    value = element.get(name, "0")
    return float(value.rstrip("%")) * of / 100 if value.endswith("%") else float(value)


def steps_of(path: str) -> Corners:
    """Every point a path goes through; of an arc its ends."""
    x = y = 0.0
    for command, said in re.findall(r"([MLHVAv])([^MLHVAZv]*)", path):
        numbers = [float(each) for each in re.findall(r"-?\d*\.?\d+", said)]
        match command:
            case "H":
                (x,) = numbers
            case "V":
                (y,) = numbers
            case "v":
                y += numbers[0]
            case _:
                x, y = numbers[-2:]
        yield x, y


def reach(element: ET.Element, width: float, height: float) -> Corners:
    """The corners of one element in pixels."""
    thick = float(element.get("stroke-width", "1")) / 2 if element.get("stroke") else 0.0
    match element.tag.rpartition("}")[2]:
        case "rect":
            x, y = number(element, "x", width), number(element, "y", height)
            yield x - thick, y - thick
            yield x + number(element, "width", width) + thick, y + number(element, "height", height) + thick
        case "line":
            yield from ((number(element, f"x{n}", width), number(element, f"y{n}", height)) for n in (1, 2))
        case "circle":
            r = number(element, "r", width) + thick
            x, y = number(element, "cx", width), number(element, "cy", height)
            yield from ((x - r, y - r), (x + r, y + r))
        case "polyline" | "polygon":
            points = (point.split(",") for point in element.attrib["points"].split())
            yield from ((float(x) * width / 100, float(y)) for x, y in points)
        case "text":
            x, y = number(element, "x", width), number(element, "y", height)
            yield from ((x, y - 12), (x + 28, y))
        case "path":
            yield from steps_of(element.attrib["d"])


def corners(element: ET.Element, width: float, height: float, shapes: dict[str, ET.Element]) -> Corners:
    """Those of an element and all in it, placed and moved as it says."""
    dx, dy = 0.0, 0.0
    if element.tag.endswith("svg") or element.get("href"):
        dx, dy = number(element, "x", width), number(element, "y", height)
    if moved := element.get("transform"):
        dy += float(moved.rstrip(")").split()[1])
    placed = [shapes[element.attrib["href"][1:]]] if element.get("href") else []
    for x, y in reach(element, width, height):
        yield x + dx, y + dy
    for inner in (*element, *placed):
        if not inner.tag.endswith("defs"):
            yield from ((x + dx, y + dy) for x, y in corners(inner, width, height, shapes))


def is_whole(picture: str, *, least: int = svg.NARROWEST) -> None:
    """It is XML, and nothing of it is outside the frame, however narrow or wide the column."""
    root = ET.fromstring(picture)
    height = float(root.attrib["height"])
    shapes = {each.attrib["id"]: each for each in root.iter() if each.get("id")}
    for width in (least, 900):
        for x, y in corners(root, width, height, shapes):
            assert -0.6 <= x <= width + 0.6, (x, width, picture)
            assert -0.6 <= y <= height + 0.6, (y, height, picture)


@given(measures(), st.lists(reports(), max_size=6), st.lists(days, max_size=4), days, palettes)
def test_a_strip_is_whole_whatever_it_tells(
    measure: Measure, said: list[Report], other: list[date], today: date, of: Palette
):
    moved = replace(measure, was_due=tuple(other))
    picture = drawings.strip(drawings.story(moved, said, other, PERIOD, today), of)
    is_whole(picture, least=pictures.STRIP)


@given(snapshots(), days, palettes)
def test_the_bars_and_the_years_are_whole_whatever_is_planned(plan: Snapshot, today: date, of: Palette):
    found = progress.years(plan.measures, plan.strategy, today)
    for each in found:
        is_whole(drawings.bar(len(each.reached), len(each.planned), len(each.all), of))
    is_whole(drawings.years(found, of))


@given(st.integers(0, 90), st.integers(0, 90), st.integers(0, 90), palettes)
def test_a_bar_of_any_length_is_whole(reached: int, late: int, rest: int, of: Palette):
    is_whole(drawings.bar(reached, reached + late, reached + late + rest, of))


@given(indicators(), days, palettes)
def test_a_trend_is_whole_whatever_was_measured(indicator: Any, today: date, of: Palette):
    if drawings.has_trend(indicator, today):
        is_whole(drawings.trend(indicator, PERIOD, today, of), least=120)


@given(measures(), st.integers(2024, 2028), days, palettes)
def test_a_plan_of_a_year_is_whole_and_has_each_milestone_once(
    measure: Measure, year: int, today: date, of: Palette
):
    found = progress.of_year([measure], year, today)
    drawn = drawings.plan(found, today, of)
    is_whole(drawn)
    assert drawn.count("<use ") == len(found.all)
    is_whole(drawings.months(year, today, of), least=NARROWEST)


def test_a_plan_tells_what_is_reached_late_and_to_come():
    steps = [
        a_milestone(date(2026, 2, 1), date(2026, 2, 3), key="1"),
        a_milestone(date(2026, 5, 1), key="2"),
        a_milestone(date(2026, 12, 1), key="3"),
    ]
    found = progress.of_year([a_measure(milestones=tuple(steps))], 2026, date(2026, 11, 23))
    root = ET.fromstring(drawings.plan(found, date(2026, 11, 23), LIGHT))
    assert len(named(root, "reached")) == len(named(root, "late")) == len(named(root, "coming")) == 1
    assert named(root, "reached") < named(root, "late") < named(root, "coming")


@given(days, st.lists(days, max_size=9), palettes)
def test_the_days_of_a_month_are_whole(today: date, named_days: list[date], of: Palette):
    shown = dates.Period(today.replace(day=1), (today.replace(day=28) + timedelta(days=4)).replace(day=1))
    is_whole(drawings.month(shown, named_days, named_days[:1], today, of, late=named_days[1:]))
    is_whole(drawings.axis(PERIOD, today, of))


@given(measures(), st.lists(reports(), max_size=6), st.lists(days, max_size=4), days, days, palettes)
def test_a_lifeline_is_whole_whatever_it_tells(
    measure: Measure, said: list[Report], other: list[date], adopted: date, today: date, of: Palette
):
    story = drawings.story(replace(measure, was_due=tuple(other)), said, other, PERIOD, today)
    is_whole(drawings.lifeline(drawings.life(story, adopted, other, said), of), least=NARROWEST)
    for step in measure.milestones:
        is_whole(drawings.milestone(step, story, of))


Moves = list[tuple[Assessment, Assessment]]
moves = st.lists(st.tuples(st.sampled_from(Assessment), st.sampled_from(Assessment)), max_size=40)


@given(moves, palettes)
def test_a_ladder_is_whole_whichever_way_the_marks_went(steps: Moves, of: Palette):
    is_whole(drawings.ladder(steps, of), least=max(84, COLUMN * len(steps) // 2))


@given(measures(), st.lists(days, min_size=1, max_size=4), days, palettes)
def test_a_deadline_on_its_way_is_whole(measure: Measure, other: list[date], today: date, of: Palette):
    story = drawings.story(replace(measure, was_due=tuple(other)), (), (), PERIOD, today)
    is_whole(drawings.slip(story, other[-1], of))


@given(st.lists(st.sampled_from(Assessment), max_size=70), st.integers(0, 9), st.integers(0, 9), palettes)
def test_what_a_role_answers_for_is_whole_however_much(
    marks: list[Assessment], proposed: int, more: int, of: Palette
):
    is_whole(drawings.held(marks, proposed, len(marks) + proposed + more, of))


@given(measures())
def test_no_word_of_a_user_is_in_a_picture(measure: Measure):
    steps = tuple(replace(each, title=HOSTILE) for each in measure.milestones)
    picture = drawings.strip(told(replace(measure, name=HOSTILE, text=HOSTILE, milestones=steps)), LIGHT)
    assert "alert" not in picture
    assert not [each for each in ET.fromstring(picture).iter() if (each.text or "").strip()]


def test_a_picture_is_an_address_the_page_needs_to_ask_nobody_for():
    assert drawings.uri("<svg/>") == "data:image/svg+xml;base64,PHN2Zy8+"


def test_a_strip_fills_its_column_or_has_a_width_of_its_own_for_files():
    stretched, fixed = (drawings.strip(told(a_measure()), LIGHT, width) for width in (None, 480))
    assert [ET.fromstring(each).get("width") for each in (stretched, fixed)] == ["100%", "480"]
    assert not [each for each in (stretched, fixed) if "viewBox" in each]


# --- what a strip tells


@given(measures(), days)
def test_every_milestone_is_drawn_once(measure: Measure, today: date):
    root = ET.fromstring(drawings.strip(told(measure, today=today), LIGHT))
    found = {name: len(named(root, name)) for name in ("reached", "late", "coming", "left")}
    assert sum(found.values()) == len(measure.milestones)
    assert found["late"] == len(progress.late_milestones(measure, today))
    assert found["reached"] == sum(progress.is_done(each, today) for each in measure.milestones)


def test_what_is_late_in_the_same_week_can_be_counted():
    steps = tuple(a_milestone(days_ago(9 + n), key=f"m{n}") for n in range(3))
    places = named(drawn(a_measure(milestones=steps)), "late")
    assert [b - a >= 2 for a, b in pairwise(places)] == [True, True]


def test_a_quarter_is_full_now_muted_before_and_empty_after():
    measure = a_measure(assessment=Assessment.SOME_DEVIATION)
    root = drawn(measure, said_on(days_ago(100), Assessment.ON_TRACK), measure.report or a_report())
    colours = {
        group.get("color"): sum(each.get("href") == "#full" for each in group)
        for group in root.iter()
        if group.get("color")
    }
    tone = LIGHT.marks[Assessment.SOME_DEVIATION]
    assert colours[tone] == 1
    assert colours[svg.mix(LIGHT.marks[Assessment.ON_TRACK], LIGHT.ground, MUTED)] == 1
    assert len(named(root, "empty")) == 8
    assert marks(root) == ["some_deviation"]


def test_a_quarter_nobody_reported_in_has_no_mark():
    root = drawn(a_measure())
    assert marks(root) == []
    assert len(named(root, "full")) == 12


def test_a_report_that_grew_old_is_grey_as_on_the_page():
    assert marks(drawn(a_measure(), said_on(days_ago(400), Assessment.MAJOR_DEVIATION)))[-1] == "not_assessed"


def test_the_deadline_flies_where_it_is_and_empty_where_it_was():
    root = drawn(a_measure(due=END, was_due=(date(2026, 6, 30), date(2027, 6, 30))))
    assert len(named(root, "was")) == 2
    (flag,) = named(root, "due-back")
    assert flag > max(named(root, "was"))
    assert flag == scale(PERIOD).at(END)


@pytest.mark.parametrize("phase", [Phase.COMPLETED, Phase.DROPPED])
def test_nothing_is_to_come_after_the_work_has_ended(phase: Phase):
    steps = (a_milestone(END, key="a"), a_milestone(days_ago(300), days_ago(300), key="b"))
    root = drawn(a_measure(phase=phase, due=END, milestones=steps))
    assert not named(root, "empty")
    assert not named(root, "due-back")
    assert (len(named(root, "left")), len(named(root, "reached"))) == (1, 1)
    struck = [each for each in root.iter() if each.tag.endswith("line") and each.get("y1") == each.get("y2")]
    assert bool(struck) is (phase is Phase.DROPPED)


def test_decisions_stand_on_their_days_when_they_are_made():
    root = ET.fromstring(drawings.strip(told(a_measure(), decided=(days_ago(50), END)), LIGHT))
    assert named(root, "decided") == [scale(PERIOD).at(days_ago(50))]


@given(days, days)
def test_a_later_day_never_stands_before_an_earlier_one(one: date, other: date):
    on = scale(PERIOD)
    assert (on.at(one) < on.at(other)) <= (one < other)
    assert svg.INSET <= on.at(one) <= 100 - svg.INSET + 0.1


def test_a_day_outside_the_period_stands_at_its_end():
    on = scale(PERIOD)
    assert on.at(date(2020, 5, 5)) == on.at(START)
    assert on.at(date(2030, 5, 5)) >= on.at(END)


@THEMES
def test_every_mark_can_be_seen_on_its_cell(of: Palette):
    for each in Assessment:
        tone = of.marks[each]
        assert contrast(rgb(tone), rgb(svg.mix(tone, of.ground, TINT))) >= GRAPHICS
        assert contrast(rgb(of.ground), rgb(tone)) >= GRAPHICS


@pytest.mark.parametrize("assessment", Assessment, ids=str)
def test_every_assessment_has_its_shape(assessment: Assessment):
    (path,) = ET.fromstring(f"<g>{svg.mark(assessment, 3)}</g>")
    assert (path.get("fill") == "none") is assessment.shape.endswith("-open")


# --- what a lifeline tells


def lived(
    measure: Measure, *said: Report, assigned: tuple[date, ...] = (), adopted: date = START
) -> ET.Element:
    story = told(measure, *said)
    return ET.fromstring(drawings.lifeline(drawings.life(story, adopted, assigned, said), LIGHT))


def hops(root: ET.Element) -> list[tuple[float, float]]:
    """Where each hop begins and ends, in per cent."""
    found = ([float(x) for x in re.findall(r"([\d.]+),", each.attrib["points"])] for each in root.iter() if
             each.tag.endswith("polyline"))  # fmt: skip
    return [(xs[0], xs[-1]) for xs in found]


def test_every_time_the_deadline_moved_is_a_hop_from_flag_to_flag():
    first, second = date(2026, 6, 30), date(2027, 6, 30)
    root, on = lived(a_measure(due=END, was_due=(first, second))), scale(PERIOD)
    assert hops(root) == [(on.at(first), on.at(second)), (on.at(second), on.at(END))]
    assert (len(named(root, "was")), len(named(root, "due-back"))) == (2, 1)


def test_a_deadline_that_came_nearer_is_a_dotted_hop():
    root = lived(a_measure(due=date(2026, 6, 30), was_due=(END, date(2027, 6, 30), END)))
    (dotted, *_rest) = dashes = [
        each.get("stroke-dasharray") for each in root.iter() if each.tag.endswith("polyline")
    ]
    assert dotted
    assert [bool(each) for each in dashes] == [True, False, True]


@pytest.mark.parametrize("phase", [Phase.COMPLETED, Phase.DROPPED])
def test_what_has_ended_has_no_deadline_to_hop_to(phase: Phase):
    assert not hops(lived(a_measure(phase=phase, due=END, was_due=(START,))))


def test_every_report_stands_on_its_day_by_its_mark():
    said = [said_on(days_ago(30 * n), each) for n, each in enumerate(Assessment, 1)]
    root = lived(a_measure(report=said[0]), *reversed(said))
    for report in said:
        assert named(root, f"said-{report.assessment.value}") == [scale(PERIOD).at(report.recorded_on)]


def test_the_line_goes_from_the_adoption_to_now_and_says_when_somebody_got_it():
    root, on = lived(a_measure(), adopted=days_ago(400), assigned=(days_ago(90), END)), scale(PERIOD)
    (line,) = [e for e in root.iter() if e.tag.endswith("line") and e.get("y1") == e.get("y2")]
    ends = [float(line.attrib[name].rstrip("%")) for name in ("x1", "x2")]
    assert ends == [on.at(days_ago(400)), on.at(TODAY)]
    assert named(root, "adopted") == ends[:1]
    assert named(root, "assigned") == [on.at(days_ago(90))]


def test_the_only_words_in_a_lifeline_are_the_years():
    steps = (a_milestone(days_ago(9), title=HOSTILE),)
    root = lived(
        a_measure(name=HOSTILE, text=HOSTILE, milestones=steps, report=said_on(TODAY, Assessment.ON_TRACK))
    )
    words = [each.text for each in root.iter() if (each.text or "").strip()]
    assert words == ["2024", "2025", "2026", "2027", "2028"]


@pytest.mark.parametrize(
    ("due", "done", "late"), [(9, None, True), (9, 3, False), (9, 20, False), (-9, None, False)]
)
def test_a_milestone_is_crossed_on_its_own_line_only_where_it_is_late(due: int, done: int | None, late: bool):
    step = a_milestone(days_ago(due), None if done is None else days_ago(done))
    picture = drawings.milestone(step, told(a_measure(milestones=(step,))), LIGHT)
    assert ("#late" in picture) is late
    assert (LIGHT.marks[Assessment.MAJOR_DEVIATION] in picture) is late
    assert ("dasharray" in picture) is (done == 3)


def test_a_milestone_that_its_measure_let_go_is_no_more_to_come():
    step = a_milestone(END)
    ended = told(a_measure(phase=Phase.DROPPED, milestones=(step,)))
    assert '"#left"' in drawings.milestone(step, ended, LIGHT)


@pytest.mark.parametrize(
    ("measure", "finding"),
    [
        (a_measure(), "ikke rapportert"),
        (a_measure(assessment=Assessment.ON_TRACK, due=END, was_due=(START,)), "i rute"),
        (
            a_measure(assessment=Assessment.ON_TRACK, due=END, was_due=(START, START, START)),
            "fristen er flyttet tre ganger",
        ),
        (a_measure(assessment=Assessment.ON_TRACK, due=days_ago(1)), "meldt i rute, men 1 dag over fristen"),
        (
            a_measure(assessment=Assessment.SOME_DEVIATION, due=days_ago(83), was_due=(START, START)),
            "noe avvik, 83 dager over fristen",
        ),
        (
            a_measure(
                assessment=Assessment.ON_TRACK,
                milestones=(a_milestone(days_ago(9), key="a"), a_milestone(days_ago(8), key="b")),
            ),
            "to milepæler er over frist",
        ),
        (a_measure(phase=Phase.COMPLETED, due=days_ago(9), was_due=(START, START)), "fullført"),
        (a_measure(phase=Phase.DROPPED, due=days_ago(9)), "utgått"),
    ],
)
def test_the_finding_is_what_one_should_know_first(measure: Measure, finding: str):
    assert told(measure).finding == finding


# --- what has moved


@given(moves)
def test_every_measure_stands_once_on_the_ladder_with_an_arrow_where_its_mark_moved(steps: Moves):
    root = ET.fromstring(drawings.ladder(steps, LIGHT))
    assert sum(len(named(root, f"is-{each.value}")) for each in Assessment) == len(steps)
    for step in product(Assessment, Assessment):
        arrows = named(root, "from-{}-to-{}".format(*(each.value for each in step)))
        assert len(arrows) == (steps.count(step) if step[0] is not step[1] else 0)


def test_worse_is_down_and_only_a_judged_mark_colours_its_arrow():
    best, worst, grey = Assessment.ON_TRACK, Assessment.MAJOR_DEVIATION, Assessment.NOT_ASSESSED

    def arrow(before: Assessment, after: Assessment) -> tuple[float, float, str]:
        root = ET.fromstring(drawings.ladder([(before, after)], LIGHT))
        name = f"from-{before.value}-to-{after.value}"
        (shape,) = (each for each in root.iter() if each.get("id") == name)
        (group,) = (g for g in root.iter() if any(each.get("href") == f"#{name}" for each in g))
        start, end = (y for _x, y in list(steps_of(shape[0].attrib["d"]))[:2])
        return start, end, group.attrib["color"]

    start, end, tone = arrow(best, worst)
    assert (start < end, tone) == (True, LIGHT.marks[worst])
    start, end, tone = arrow(worst, best)
    assert (start > end, tone) == (True, LIGHT.marks[best])
    assert arrow(best, grey)[2] == arrow(grey, worst)[2] == LIGHT.muted


def test_the_hop_that_is_new_is_strong_and_those_before_it_thin():
    first, second = date(2026, 6, 30), date(2027, 6, 30)
    story = told(a_measure(due=END, was_due=(first, second)))

    def weights(since: date) -> list[float]:
        root = ET.fromstring(drawings.slip(story, since, LIGHT))
        return [float(e.attrib["stroke-width"]) for e in root.iter() if e.tag.endswith("polyline")]

    assert weights(second) == [1.5, 2.5]
    assert weights(first) == [2.5, 2.5]
    root = ET.fromstring(drawings.slip(story, second, LIGHT))
    assert (len(named(root, "was")), len(named(root, "due-back"))) == (2, 1)


# --- the days of a month


def test_a_day_with_something_late_is_crossed_out_and_no_day_is_drawn_twice():
    shown = dates.Period(date(2026, 11, 1), date(2026, 12, 1))
    late = {date(2026, 11, 5), date(2026, 11, 9)}
    picture = drawings.month(shown, late, {date(2026, 11, 23)}, TODAY, LIGHT, late=late)
    assert len(named(ET.fromstring(picture), "late")) == 2
    assert len(blocks(picture)) == 30 - 2
    assert blocks(picture).count(LIGHT.accent) == 1
    assert "late" not in drawings.month(shown, late, (), TODAY, LIGHT)


# --- what a role answers for


def test_a_role_has_a_cell_with_a_mark_for_each_measure_and_an_empty_one_for_what_is_proposed():
    some = [Assessment.MAJOR_DEVIATION, Assessment.ON_TRACK, Assessment.ON_TRACK]
    picture = drawings.held(some, 2, 5, LIGHT)
    assert blocks(picture) == [*(LIGHT.marks[each] for each in some), "none", "none"]
    assert marks(ET.fromstring(picture)) == [each.value for each in some]


def test_all_roles_are_drawn_on_one_scale():
    few, many = (ET.fromstring(drawings.held([Assessment.ON_TRACK] * n, 0, 12, LIGHT)) for n in (1, 12))
    wide = [
        next(each.get("width") for each in root.iter() if each.tag.endswith("rect")) for root in (few, many)
    ]
    assert wide[0] == wide[1]


def test_a_role_with_very_many_has_one_cell_for_those_of_a_mark():
    some = [Assessment.SOME_DEVIATION] * 20 + [Assessment.ON_TRACK] * 30
    picture = drawings.held(some, 0, 50, LIGHT)
    assert blocks(picture) == [LIGHT.marks[Assessment.SOME_DEVIATION], LIGHT.marks[Assessment.ON_TRACK]]


# --- what is said of it


def test_the_words_say_what_is_seen():
    steps = (a_milestone(days_ago(9), key="a"), a_milestone(days_ago(90), days_ago(95), key="b"))
    measure = a_measure(
        report=said_on(days_ago(20), Assessment.SOME_DEVIATION), milestones=steps, due=END,
        was_due=(date(2027, 6, 30), date(2028, 6, 30)),
    )  # fmt: skip
    before = said_on(days_ago(200), Assessment.ON_TRACK)
    between = said_on(days_ago(130), Assessment.SOME_DEVIATION)
    assert told(measure, before, between, measure.report or before).sentence == (
        "Noe avvik siden 3. kv. 2026. Frist 31.12.2028, flyttet 2 ganger. "
        "1 av 2 milepæler nådd, 1 over frist."
    )


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        (a_measure(), "Ikke rapportert."),
        (a_measure(due=days_ago(3)), f"Ikke rapportert. Over frist siden {dates.day(days_ago(3))}."),
        (a_measure(phase=Phase.DROPPED, due=days_ago(3)), "Utgått siden 4. kv. 2026."),
        (a_measure(due=END, was_due=(START,)), "Ikke rapportert. Frist 31.12.2028, flyttet 1 gang."),
    ],
)
def test_the_words_say_no_more_than_is_known(measure: Measure, sentence: str):
    assert told(measure).sentence == sentence


# --- bars


def blocks(picture: str) -> list[str]:
    return [each.attrib["fill"] for each in ET.fromstring(picture).iter() if each.tag.endswith("rect")]


def test_a_bar_has_a_block_for_each_milestone_and_a_cross_in_what_is_late():
    picture = drawings.bar(9, 12, 16, LIGHT)
    root = ET.fromstring(picture)
    assert [blocks(picture).count(each) for each in (LIGHT.accent, "none")] == [9, 4]
    assert len(named(root, "late")) == 3
    (line,) = {float(each.attrib["x1"].rstrip("%")) for each in root.iter() if each.tag.endswith("line")}
    assert line == pytest.approx(svg.INSET + (100 - 2 * svg.INSET) * 12 / 16, abs=0.01)


def test_a_long_bar_is_whole_and_as_long_as_what_is_reached():
    root = ET.fromstring(drawings.bar(30, 40, 120, LIGHT))
    frame, late, reached = (
        float(r.attrib["width"].rstrip("%")) for r in root.iter() if r.tag.endswith("rect")
    )
    assert (round(frame / reached), round(reached / late)) == (4, 3)


def test_the_years_are_as_many_as_they_are_counted():
    plan = a_plan_of(a_measure(milestones=(a_milestone(days_ago(9), key="a"), a_milestone(END, key="b"))))
    found = progress.years(plan.measures, plan.strategy, TODAY)
    picture = drawings.years(found, LIGHT)
    assert [each.year for each in found] == [2024, 2025, 2026, 2028]
    assert len(blocks(picture)) == 2 * len(found)
    assert "<line" in picture


def test_an_indicator_of_yes_and_no_is_told_in_words():
    assert drawings.has_trend(measured(), TODAY)
    assert not drawings.has_trend(measured(direction=Direction.YES_NO), TODAY)
    assert not drawings.has_trend(measured(values=()), TODAY)


def test_the_newest_value_stands_as_its_mark_and_the_target_as_a_ring():
    picture = drawings.trend(measured(), PERIOD, TODAY, DARK)
    assert picture.count("<circle") == 2 + 1 + 1  # two earlier values, the ring, and the air round the mark
    found = indicator_rules.mark(measured(), TODAY)
    assert found.is_judged
    assert f'color="{DARK.marks[found]}"' in picture


def good_side(**more: Any) -> list[tuple[float, float]]:
    """The corners of the shaded side in per cent and pixels, none where there is none."""
    root = ET.fromstring(drawings.trend(measured(**more), PERIOD, TODAY, LIGHT))
    found = [each.attrib["points"].split() for each in root.iter() if each.tag.endswith("polygon")]
    return [(float(x), float(y)) for points in found for x, y in (point.split(",") for point in points)]


def test_the_side_where_it_is_good_to_be_is_shaded():
    up, down = good_side(), good_side(direction=Direction.DOWN, targets=[(END, 2)])
    path = range(2, len(up) - 2)
    assert max(y for _x, y in (up[0], up[-1])) < min(up[n][1] for n in path)
    assert min(y for _x, y in (down[0], down[-1])) > max(down[n][1] for n in path)
    assert len(good_side(direction=Direction.HOLD, targets=[(END, 12)])) == 4
    assert not good_side(direction=Direction.FOLLOW)
    assert not good_side(targets=[], baseline=None)


def test_only_what_is_behind_has_a_line_to_where_it_should_be():
    def lines(value: int) -> int:
        indicator = measured(values=[("2024", 10), ("2025", value)])
        picture = drawings.trend(indicator, PERIOD, TODAY, LIGHT)
        return sum(
            LIGHT.marks[each] in line for each in Assessment for line in re.findall("<line[^>]*>", picture)
        )

    assert (lines(9), lines(14)) == (1, 0)


def test_the_height_of_a_strip_is_the_same_for_all():
    assert ET.fromstring(drawings.strip(told(a_measure()), LIGHT)).get("height") == str(HEIGHT)


# --- what was in force


def test_each_quarter_shows_what_was_in_force_at_its_end():
    first, second = (
        said_on(date(2024, 2, 1), Assessment.ON_TRACK),
        said_on(date(2024, 9, 1), Assessment.MAJOR_DEVIATION),
    )
    told_then = told(a_measure(report=second), first, second, today=date(2024, 11, 1))
    serious, grey = Assessment.MAJOR_DEVIATION, Assessment.NOT_ASSESSED
    assert told_then.marks == (Assessment.ON_TRACK, grey, serious, serious)
    assert (
        told(a_measure(), said_on(date(2024, 4, 1), Assessment.ON_TRACK), today=date(2024, 5, 1)).marks[0]
        is None
    )


def test_a_report_on_the_last_day_of_a_quarter_is_in_it():
    said = said_on(date(2024, 6, 30), Assessment.ON_TRACK)
    assert told(a_measure(report=said), said, today=date(2024, 7, 1)).marks == (
        None,
        *[Assessment.ON_TRACK] * 2,
    )


def test_what_was_dropped_is_grey_from_then_on():
    said = (
        said_on(date(2024, 2, 1), Assessment.ON_TRACK),
        said_on(date(2024, 8, 1), Assessment.ON_TRACK, Phase.DROPPED),
    )
    marks = told(a_measure(report=said[1]), *said, today=date(2024, 11, 1)).marks
    assert marks[2:] == (Assessment.NOT_ASSESSED, Assessment.NOT_ASSESSED)


def test_before_the_period_nothing_is_shown():
    assert told(a_measure(), today=START - timedelta(days=10)).marks == ()


def test_only_the_year_that_runs_has_a_line_where_now_is():
    steps = (a_milestone(date(2025, 5, 1), key="a"), a_milestone(days_ago(9), key="b"))
    plan = a_plan_of(a_measure(milestones=steps))
    picture = drawings.years(progress.years(plan.measures, plan.strategy, TODAY), LIGHT)
    assert picture.count("<line") == 1
