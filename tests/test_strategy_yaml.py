"""The real plan: the adopted document letter by letter, and nothing made up beside it."""

import re
from pathlib import Path

import pytest

from strategy import document, terms

ROOT = Path(__file__).parent.parent
RAW = (ROOT / "strategy.yaml").read_bytes()
ADOPTED = (Path(__file__).parent / "data" / "strategi-2024-2028.txt").read_text("utf-8")
"""The document as NOKU's årsmøte adopted it, taken over independently of the plan."""


@pytest.fixture(scope="module")
def plan() -> document.Document:
    found, problems = document.read(RAW)
    assert [str(problem) for problem in problems] == []
    assert found
    return found


def plain(text: str) -> str:
    """Without the ticks before points, and with every run of blanks as one."""
    return " ".join(text.replace("✓", " ").split())


def printed(plan: document.Document) -> list[str]:
    """Every text the plan claims is adopted, in the order of the printed document."""
    vision, goals_heading, action_plan, *columns = plan.headings
    about, what_we_do, values, compass = (
        [
            section.heading,
            section.text,
            *(part for point in section.points for part in (point.name, point.text)),
        ]
        for section in plan.sections
    )
    found = [plan.strategy.title, *about, *what_we_do, vision, plan.strategy.vision, *values, *compass]
    found += [goals_heading, *(goal.text for goal in plan.goals), action_plan]
    for goal in plan.goals:
        found += [goal.printed, goal.text, *columns]
        for subgoal in goal.subgoals:
            found += [subgoal.printed, subgoal.text, *(measure.text for measure in subgoal.measures)]
    return [text for text in found if text]


def test_the_whole_document_is_rebuilt_letter_by_letter_and_nothing_is_added(plan):
    assert plain(" ".join(printed(plan))) == plain(ADOPTED)


def test_every_sentence_of_the_document_is_in_the_plan(plan):
    whole = plain(" ".join(printed(plan)))
    paragraphs = [plain(part) for part in re.split(r"\n\s*\n|✓", ADOPTED) if plain(part)]
    sentences = [s for part in paragraphs for s in re.split(r"(?<=[.?]) (?=[A-ZÆØÅ])", part)]
    assert len(sentences) > 60
    at = 0
    for sentence in sentences:
        at = whole.index(sentence, at) + len(sentence)


def test_a_single_changed_letter_would_be_noticed(plan):
    """The control: the comparison above can fail."""
    goal = plan.goals[0].model_copy(update={"text": plan.goals[0].text.replace("nasjonalt", "Nasjonalt")})
    changed = plan.model_copy(update={"goals": (goal, *plan.goals[1:])})
    assert plain(" ".join(printed(changed))) != plain(ADOPTED)


def test_there_are_3_goals_12_subgoals_and_20_measures(plan):
    counts = document.counts(plan)
    assert (counts["goals"], counts["subgoals"], counts["measures"]) == (3, 12, 20)
    assert [len(goal.subgoals) for goal in plan.goals] == [4, 5, 3]
    assert [sum(len(subgoal.measures) for subgoal in goal.subgoals) for goal in plan.goals] == [7, 8, 5]


def test_the_second_3_1_is_keyed_3_2_and_says_so(plan):
    keys = [(subgoal.key, subgoal.printed) for subgoal in plan.goals[2].subgoals]
    assert keys == [("3.1", "3.1"), ("3.2", "3.1"), ("3.3", "3.3")]
    notes = [note.text for note in plan.notes if note.about == "3.2"]
    assert "Trykt som 3.1 i vedtatt dokument." in notes


def test_the_keys_of_measures_follow_their_subgoals(plan):
    for goal in plan.goals:
        for subgoal in goal.subgoals:
            assert subgoal.key.startswith(f"{goal.key}.")
            for number, measure in enumerate(subgoal.measures, 1):
                assert measure.key == f"{subgoal.key}.{number}"


def test_notes_are_about_something_in_the_document(plan):
    known = {key for kind, key in document.things(plan) if kind in ("goal", "subgoal", "measure")}
    known |= {section.key for section in plan.sections}
    assert {note.about for note in plan.notes} <= known | {""}
    assert len(plan.notes) == 17


def test_the_adoption_is_told_with_its_source(plan):
    (adopted,) = (note.text for note in plan.notes if "Vedtatt på årsmøtet" in note.text)
    assert "Lillestrøm 3. juni 2024" in adopted
    assert "Kilde: noku.no/" in adopted


def test_short_names_are_short_and_never_the_same(plan):
    things = document.things(plan)
    names = [values["name"] for (kind, _key), values in things.items() if kind in ("goal", "measure")]
    assert len(set(names)) == 23
    assert max(len(name) for name in names) <= 45


def test_every_role_every_share_and_every_indicator_is_marked_a_proposal(plan):
    proposed = [
        values["proposal"]
        for (kind, _key), values in document.things(plan).items()
        if kind in ("person", "responsibility", "indicator")
    ]
    assert len(proposed) > 80
    assert all(proposed)


def test_nothing_is_made_up(plan):
    """No deadlines, targets, baselines or values: the document has none."""
    for (kind, _key), values in document.things(plan).items():
        assert kind != "target"
        if kind == "measure":
            assert (values["start"], values["due"], values["decided_by"]) == (None, None, "")
        if kind == "indicator":
            assert (values["baseline"], values["baseline_on"], values["band"]) == (None, None, None)
        if kind == "responsibility":
            assert (values["since"], values["until"]) == (None, None)
    assert "EKSEMPEL" not in RAW.decode()


def test_every_measure_has_one_responsible_and_one_or_two_indicators(plan):
    for goal in plan.goals:
        for subgoal in goal.subgoals:
            for measure in subgoal.measures:
                parts = [share.part for share in measure.responsible]
                assert parts.count(terms.Part.RESPONSIBLE) == 1
                assert len(measure.indicators) in (1, 2)


def test_the_most_steerable_indicator_stands_first(plan):
    rank = list(terms.Controllability)
    for goal in plan.goals:
        for subgoal in goal.subgoals:
            for measure in subgoal.measures:
                found = [rank.index(indicator.controllability) for indicator in measure.indicators]
                assert found == sorted(found)


def test_the_file_is_what_writing_the_plan_gives(plan):
    """So an export of an unchanged plan differs from the file in nothing, comments included."""
    assert document.write(document.things(plan), plan.strategy.key).encode() == RAW


def test_somebody_who_never_saw_yaml_can_read_it():
    lines = RAW.decode().splitlines()
    assert lines[0] == "# yaml-language-server: $schema=docs/strategy.schema.json"
    assert (ROOT / "docs" / "strategy.schema.json").exists()
    code = [line for line in lines if not line.lstrip().startswith("#")]
    assert not any(re.search(r"^\s*(- )?\w+: [\[{&*!|>]", line) for line in code)
    assert max(map(len, lines)) <= 100
    for field in ("strategy", "headings", "sections", "notes", "people", "goals"):
        assert lines[lines.index(f"{field}:") - 1].startswith("# ")
