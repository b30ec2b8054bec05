"""The contract of the closed lists: every term, with its one row, all the way out to what a reader sees."""

import io
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx as word
import openpyxl
import pypdf
import pytest

from strategy import checks, dates, drawings, exports, progress, update_page, wording
from strategy.dates import Period
from strategy.exports import boxes
from strategy.exports.formats import docx, pdf, pictures
from strategy.exports.outline import Outline, Run, Shares, body
from strategy.palette import DARK, LIGHT
from strategy.record.rules.reports import deviation_flaws, report_normal
from strategy.terms import Assessment, Colours, DecisionState, Effect, MeetingState, Phase, Term
from strategy.things import StatusReport
from strategy.values import Mark
from strategy.workbook import form
from tests.databases import Database, present
from tests.plans import END, START, TODAY, a_measure, a_plan_of, a_report
from tests.test_theme import GRAPHICS, TEXT, THEME, contrast, rgb

ROOT = Path(__file__).parent.parent
LISTS = Term.__subclasses__()
EACH = pytest.mark.parametrize("assessment", Assessment, ids=str)
COPIED = "MORE_ASSESSMENTS" in os.environ
ROWS = (
    """    BETWEEN = "between", mark("Midt imellom"), Judgement(
        mark="□", shape="square-open", typed="=", tone="yellow", address="midt-imellom",
        colours=Colours("#a8821a", "#d6b84a", "#9a7a16", text="#6b5206", bar="#a8821a", in_bar="#0f1620"),
        predicate=mark("er midt imellom"), meaning=mark("det kan bli et avvik"),
    )  # fmt: skip
""",
    """    WORST = "worst", mark("Verst av alt"), Judgement(
        mark="◇", shape="diamond-open", typed="!", tone="blue", address="verst-av-alt",
        colours=Colours("#1d4e5f", "#7fb6c4", "#35788c", text="#1d4e5f", bar="#1d4e5f", in_bar="#ffffff"),
        predicate=mark("er verst"), meaning=mark("målet er i fare"), is_deviation=True, is_serious=True,
    )  # fmt: skip
""",
)
"""The one stands before what deviates and is neither that nor on track, the other is the worst."""


@pytest.mark.parametrize("of", LISTS, ids=lambda of: of.__name__)
def test_every_term_has_a_word_of_its_own_and_is_read_as_it_is_stored(of: type[Term]):
    assert len({term.label for term in of}) == len(of) > 1
    for term in of:
        assert term.word
        assert of(str(term)) is term
        assert wording.said(term) == term.label
        assert len(term) <= 24, "longer than its column in `tables.Term`"


def test_the_same_stored_word_in_two_lists_may_read_differently():
    class Door(Term):
        OPEN = "open", "Åpen"

    class Case(Term):
        OPEN = "open", "Ikke avgjort"

    assert (Door.OPEN.label, Case.OPEN.label) == ("Åpen", "Ikke avgjort")


def test_the_facts_of_a_term_are_those_of_its_row():
    assert {phase for phase in Phase if not phase.is_open} == {Phase.COMPLETED, Phase.DROPPED}
    assert {phase for phase in Phase if phase.is_under_way} == {Phase.IN_PROGRESS, Phase.CONTINUOUS}
    assert {state for state in MeetingState if state.is_locked} == {
        MeetingState.CLOSED,
        MeetingState.APPROVED,
    }
    assert {state for state in MeetingState if state.is_held} > {s for s in MeetingState if s.is_locked}
    assert {state for state in DecisionState if state.is_open} == {DecisionState.OPEN}
    assert {effect for effect in Effect if not effect.is_decided} == {Effect.CORRECTED}


def test_a_meeting_goes_on_through_the_rows_and_each_button_says_to_what():
    states = [MeetingState.DRAFT]
    while following := states[-1].following:
        assert states[-1].onward
        states.append(following)
    assert states == list(MeetingState)
    assert not states[-1].onward


@pytest.mark.parametrize("fact", ["mark", "shape", "typed", "tone", "address", "predicate", "meaning"])
def test_no_two_assessments_are_told_by_the_same(fact: str):
    assert all(getattr(each, fact) for each in Assessment)
    assert len({getattr(each, fact) for each in Assessment}) == len(Assessment)


def test_the_worst_comes_first_and_what_is_not_judged_last():
    ranked = sorted(Assessment, key=lambda each: each.rank)
    assert [each.rank for each in ranked] == list(range(len(Assessment)))
    assert ranked[0].is_serious
    assert [each.is_deviation for each in ranked] == sorted((e.is_deviation for e in ranked), reverse=True)
    assert ranked[-2].is_on_track
    assert [each for each in Assessment if not each.is_judged] == ranked[-1:] == [Assessment.NOT_ASSESSED]


@EACH
def test_the_colours_of_an_assessment_can_be_seen_where_they_stand(assessment: Assessment):
    of: Colours = assessment.colours
    for colour, ground, least in (
        (of.light, LIGHT.ground, GRAPHICS), (of.dark, DARK.ground, GRAPHICS),
        (of.middle, LIGHT.ground, GRAPHICS), (of.middle, DARK.ground, GRAPHICS),
        (of.text, "#ffffff", TEXT), (of.in_bar, of.bar, TEXT - 0.2),
    ):  # fmt: skip
        assert contrast(rgb(colour), rgb(ground)) >= least, (colour, ground)
    for mode, colour in (("light", of.light), ("dark", of.dark)):
        assert THEME[mode][f"{assessment.tone}Color"] == colour


@EACH
def test_every_assessment_is_counted(assessment: Assessment):
    counted = progress.counts([a_measure(assessment=assessment), a_measure("1.1.2")], TODAY)
    silent = assessment is Assessment.NOT_ASSESSED
    assert (counted.total, counted.of(assessment)) == (2, 2 if silent else 1)
    assert [(mark, count) for mark, count, _word in counted.rows if mark is assessment] == [
        (assessment, counted.of(assessment))
    ]
    assert len(counted.rows) == len(Assessment)


@EACH
def test_what_is_not_on_track_is_said_first_of_all(assessment: Assessment):
    plan = a_plan_of(a_measure(assessment=Assessment.ON_TRACK), a_measure("1.1.2", assessment=assessment))
    if assessment.is_on_track:
        told = "Alle to tiltak er i rute."
    else:
        standing = assessment.predicate if assessment.is_judged else "er uten fersk vurdering"
        told = f"Ett av to tiltak er i rute. Ett {standing}."
    assert checks.headline(plan, TODAY) == told


@EACH
def test_every_assessment_is_drawn(assessment: Assessment):
    story = drawings.story(
        a_measure(assessment=assessment), [a_report(assessment=assessment)], (), Period(START, END), TODAY
    )
    for of in (LIGHT, DARK):
        held = drawings.held([assessment], 0, 1, of)
        assert f'href="#{assessment}"' in held
        assert f'fill="{of.marks[assessment]}"' in held
        assert f'href="#is-{assessment}"' in drawings.ladder([(assessment, assessment)], of)
        strip = drawings.strip(story, of)
        assert f'href="#{assessment}"' in strip
        assert f'color="{of.marks[assessment]}"' in strip
    assert story.sentence == f"{assessment.label} siden 4. kv. 2026."


@EACH
def test_every_assessment_stands_in_files(assessment: Assessment):
    shares = pictures.spec(Shares((("Alle", ((assessment, 3),)),)))
    assert f"{assessment.mark} 3" in str(shares)
    assert assessment.colours.bar in str(shares)
    marked = (body(Run(Mark(assessment, assessment.label))),)
    said = Outline("A", "B", "C", "nb-NO", TODAY, "D", "", marked)
    whole = assessment.marked.replace(" ", "\u00a0", 1)
    (run,) = (r for p in word.Document(io.BytesIO(docx.render(said))).paragraphs for r in p.runs if r.text)
    assert (run.text, run.style.name, run.style.font.bold) == (whole, assessment.word, True)
    assert f"#{run.style.font.color.rgb}".lower() == assessment.colours.text
    (page,) = pypdf.PdfReader(io.BytesIO(pdf.render(said))).pages
    resources: Any = page["/Resources"]
    fonts = [str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()]
    assert whole in page.extract_text()
    assert not [font for font in fonts if boxes.NAME in font]


def test_the_excel_form_explains_every_assessment(planned: Database):
    with planned.reading() as session:
        book = openpyxl.load_workbook(io.BytesIO(exports.update_form(session, present(planned), TODAY)))
    guide = {row[0].value: row for row in book[form.GUIDE].iter_rows()}
    for each in Assessment:
        shape, words, *_rest = guide[each.mark]
        assert words.value == f"{each.word} – {each.meaning}"
        assert shape.font.color.rgb == f"FF{each.colours.text[1:].upper()}"


@EACH
def test_a_deviation_alone_has_a_cause_and_a_remedy(assessment: Assessment):
    said = StatusReport(
        key="1.1.1", phase=Phase.IN_PROGRESS, assessment=assessment, cause="Ferie", remedy="Vikar"
    )
    kept = report_normal(said)
    assert (kept.cause, kept.remedy) == (("Ferie", "Vikar") if assessment.is_deviation else ("", ""))
    flaws = [field for field, _said in deviation_flaws(replace(kept, cause="", remedy=""))]
    assert flaws == (["cause", "remedy"] if assessment.is_deviation else [])


def test_the_page_behind_a_link_offers_every_assessment_and_asks_why_of_the_deviations():
    card = {"open": True, "said": {"assessment": ""}, "key": "1.1.1", "name": "Høringer"}
    page = update_page._template().render(
        _=str, light=LIGHT, dark=DARK, cards=[card], phases=list(Phase), assessments=list(Assessment)
    )
    for each in Assessment:
        assert f'<b class="{each}" aria-hidden="true">{each.mark}</b> {each.label}' in page
        assert f"--{each}: {each.colours.dark};" in page
        hidden = f"form:has([value={each}]:checked) .why {{ display: none; }}" in page
        assert hidden is not each.is_deviation


@pytest.mark.skipif(COPIED, reason="this is the copy that has them")
def test_one_row_more_is_one_assessment_more(tmp_path: Path):
    """All of the above, and what counts, in a copy whose only difference is a row for each."""
    for folder in ("strategy", "tests", "pages", ".streamlit"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    rows = tmp_path / "strategy" / "terms.py"
    said = rows.read_text("utf-8")
    for before, row in zip(("SOME_DEVIATION", "NOT_ASSESSED"), ROWS, strict=True):
        said = said.replace(f"    {before} =", f"{row}    {before} =")
    rows.write_text(said, "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "tests/test_terms.py"],
        cwd=tmp_path, env=os.environ | {"MORE_ASSESSMENTS": "1", "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert int(ran.stdout.split(" passed")[0].split()[-1]) > 6 * (len(Assessment) + len(ROWS))


@pytest.mark.skipif(not COPIED, reason="only in the copy that has more rows")
def test_the_copy_has_more_rows():
    assert [each.label for each in Assessment if each.is_serious][-1] == "Verst av alt"
    assert "Midt imellom" in [each.label for each in Assessment if each.is_judged and not each.is_deviation]
    measures = [a_measure(f"1.1.{n}", assessment=each) for n, each in enumerate(Assessment, 1)]
    told = f"Ett av {dates.in_words(len(measures))} tiltak er i rute. Ett er verst."
    assert checks.headline(a_plan_of(*measures), TODAY) == told
    first, second = checks.attention(a_plan_of(*measures), TODAY)[:2]
    assert (first.sentence, second.sentence) == ("Verst av alt", "Vesentlig avvik")
