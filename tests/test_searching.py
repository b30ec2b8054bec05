"""Search over everything: what is found, in which order, how it is marked, where it stands; what is not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_origin

import pytest

from strategy import changes, database, dates, example, record, searching, snapshot, texts, things
from strategy.database import Database
from strategy.searching import Hit, Index
from strategy.snapshot import Attachment, Snapshot
from strategy.terms import Assessment, DraftState, FileType, MeetingState, Phase
from strategy.ui import markdown
from tests.databases import Maker, by, present, want, with_a_plan
from tests.plans import TODAY, a_measure, a_milestone, a_plan_of, a_report, noon
from tests.test_pages import Opener, app, go, goal_page, here, words

__all__ = ["app"]  # a fixture

MOMENTS = {n: noon(TODAY) for n in range(100)}
SOUGHT = sorted(kind for kind in things.KINDS if things.KINDS[kind].sought and things.worded(kind))


@pytest.fixture(scope="module")
def told(example_file: Path) -> Index:
    """Everything in the example, and a file on its first measure, with what is found in it."""
    with database.connect(f"sqlite:///{example_file}").reading() as session:
        change = changes.newest(session)
        (strategy,) = snapshot.strategies(session, change)
        plan = snapshot.load(session, strategy, change)
        file = Attachment(
            key="fil-1", change_id=change, thing=plan.measures[0].key, title="Referat", format=FileType.PDF,
            size=7, sha256="0" * 64,
        )  # fmt: skip
        return searching.read(session, replace(plan, attachments=(file,)))


def hits(index: Index, asked: str) -> list[Hit]:
    found = index.find(asked)
    return [searching.hit(entry, index.plan, found.words) for entry in found.entries]


def index_of(plan: Snapshot, **reports: Any) -> Index:
    return searching.indexed(plan, searching.entries(plan, reports, MOMENTS))


@pytest.mark.parametrize("asked", ["okte", "ØKTE", "Økte", "økte"])
def test_letters_with_and_without_marks_are_the_same(told: Index, asked: str):
    keys = {hit.key for hit in hits(told, asked)}
    assert "1.2.2" in keys  # «Økte midler til kulturarenaer»
    assert keys == {hit.key for hit in hits(told, "okte")}


@pytest.mark.parametrize(("written", "typed"), [
    ("ÆRLIG", "aerlig"), ("Århus", "arhus"), ("café", "cafe"), ("Sámediggi", "samediggi"),
    ("Kárášjohka", "karasjohka"), ("A\u030ase", "ase"), ("myk\u00adhet", "mykhet"), ("½", "1/2"),
])  # fmt: skip
def test_any_keyboard_finds_it(written: str, typed: str):
    assert texts.unaccented(written) == texts.unaccented(typed) == typed


def test_the_order_of_the_words_and_what_stands_round_them_are_nothing(told: Index):
    keys = [hit.key for hit in hits(told, "midler kulturarenaer")]
    assert keys
    assert keys == [hit.key for hit in hits(told, "«Kulturarenaer», midler?")]


def test_all_the_words_must_be_there_and_the_one_that_is_nowhere_is_named(told: Index):
    found = told.find("okte «Qwertåx»")
    assert (found.total, found.missing) == (0, ("Qwertåx",))
    assert "«Qwertåx»" in searching.sentence(found, "okte «Qwertåx»")
    apart = told.find("sykdom okte")
    assert (apart.total, apart.missing) == (0, ())
    assert "ikke på samme sted" in searching.sentence(apart, "sykdom okte")


def test_a_word_is_found_within_a_longer_but_a_short_one_only_as_a_whole():
    index = index_of(a_plan_of(a_measure("1.1.1", text="Et kulturmøte")))
    assert index.find("mote").total
    assert index.find("et").total
    assert not index.find("ku").total


@pytest.mark.parametrize(("asked", "is_found"), [
    ("36/2026", True), ("36", True), ("2026", True), ("6/2026", False), ("3", False), ("202", False),
])  # fmt: skip
def test_a_number_is_found_as_a_whole(asked: str, is_found: bool):
    index = index_of(a_plan_of(a_measure("1.1.1", text="Se sak 36/2026.")))
    assert bool(index.find(asked).total) is is_found


def test_what_is_named_so_stands_first_then_what_says_so_then_what_is_said_of_it():
    named = a_measure("1.1.1", name="Høringer", text="Noe", report=None)
    other = a_measure("1.1.2", name="Annet", text="Vi skriver høringer")
    report = a_report(key="1.1.1", done="Gjort")
    found = hits(index_of(a_plan_of(other, named), **{"1.1.1": (report,)}), "horinger")
    assert [(hit.kind, hit.key) for hit in found] == [
        ("measure", "1.1.1"), ("measure", "1.1.2"), ("status_report", "1.1.1"),
    ]  # fmt: skip


def test_a_kind_that_is_asked_for_stands_before_what_only_has_the_word(told: Index):
    found = hits(told, "vedtak 1.2.2")
    kinds = [hit.kind for hit in found]
    assert kinds[0] == "decision"
    assert kinds.count("decision") < len(kinds)
    assert all(kind != "decision" for kind in kinds[kinds.count("decision") :])


def test_an_older_report_on_a_goal_leads_to_its_change_in_the_log(app: Opener, told: Index):
    hit = next(hit for hit in hits(told, "sykdom") if hit.place.address == "endringslogg")
    at = go(app("example", dict(hit.place.query)), "log")
    assert "Sykdom og en ledig stilling på samme tid." in words(at).replace("*", "")


def test_the_newest_stands_first_and_each_report_leads_to_its_page_of_the_thread():
    thread = tuple(
        a_report(key="1.1.1", version=n, change_id=n, done=f"Gjort {n}") for n in range(1, searching.PAGE + 3)
    )
    moments = {n: noon(TODAY + timedelta(days=n)) for n in range(searching.PAGE + 3)}
    plan = a_plan_of(a_measure("1.1.1", report=thread[-1]))
    found = hits(searching.indexed(plan, searching.entries(plan, {"1.1.1": thread}, moments)), "gjort")
    assert [hit.version for hit in found] == [report.version for report in reversed(thread)]
    first, second, *_more, last = (hit.place.query for hit in found)
    assert first == {"t": "1.1.1"}
    assert second == {"t": "1.1.1", "del": "rapporter"}
    assert last == {"t": "1.1.1", "del": "rapporter", "rapporter": "2"}


def test_more_than_can_be_paged_through_are_counted_and_the_first_are_there():
    steps = tuple(a_milestone(key=f"1.1.1-m{n}", title=f"Møte {n}") for n in range(searching.MOST + 5))
    found = index_of(a_plan_of(a_measure("1.1.1", milestones=steps))).find("mote")
    assert (found.total, len(found.entries)) == (searching.MOST + 5, searching.MOST)
    said = searching.sentence(found, "mote")
    assert dates.number(found.total) in said
    assert dates.number(searching.MOST) in said


def test_nothing_asked_for_finds_nothing(told: Index):
    for asked in ("", "  ", "«» – ?"):
        assert told.find(asked) == searching.Found(())


def test_what_was_found_is_marked_word_by_word_and_shown_letter_by_letter():
    text = "Vi fikk *økte* midler_til [alt](x) og ÆREN: $1$"
    pieces = searching.marked(text, ("okte", "aere", "1"))
    assert "".join(piece for _sign, piece in pieces) == text
    assert [piece for sign, piece in pieces if sign == "+"] == ["økte", "ÆREN", "1"]
    shown = markdown.reworded(pieces)
    assert "**økte**" in shown
    assert "\\[alt\\]\\(x\\)" in shown


def test_a_long_text_is_cut_between_words_round_what_was_found():
    text = "Ord " * 200 + "særtilfelle " + "flere " * 200
    plan = a_plan_of(a_measure("1.1.1", text=text.strip()))
    (hit,) = hits(index_of(plan), "saertilfelle")
    assert hit.said.startswith("… Ord")
    assert hit.said.endswith("flere …")
    assert ("+", "særtilfelle") in hit.excerpt
    assert len(hit.said) < 300


@pytest.mark.parametrize("text", ["a" * 500 + "sær" + "b" * 500, "sær", "Sær.\n\nNy linje"])
def test_a_text_without_spaces_is_shown_too(text: str):
    (hit,) = hits(index_of(a_plan_of(a_measure("1.1.1", text=text))), "saer")
    assert "sær" in hit.said.casefold()


def test_a_kind_with_words_has_names_and_a_place_and_is_searched(told: Index):
    assert sorted({entry.kind for entry in told.entries}) == [k for k in SOUGHT if k not in things.KEPT]


FIELDS = [(kind, name) for kind in SOUGHT if kind not in things.KEPT for name in things.worded(kind)]


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_what_is_written_in_every_field_of_words_is_found(told: Index, kind: str, name: str):
    """Nothing here names a field: a new one is found as soon as it is declared."""
    entry = next(each for each in told.entries if each.kind == kind)
    changed = replace(entry, thing=replace(entry.thing, **{name: _holding("særordet", kind, name)}))
    (hit,) = hits(searching.indexed(told.plan, (changed,)), "SAERORD")
    assert (hit.kind, hit.key) == (kind, entry.thing.key)
    assert "særordet" in hit.said
    assert hit.field == things.shapes(kind)[name].refused


def _holding(word: str, kind: str, name: str) -> Any:
    """A value of the field with a word in it."""
    if name not in things.lists(kind):
        return word
    of = things.types(kind)[name].__args__[0]
    return ({"key": "om", "text": word},) if get_origin(of) is dict else (word,)


def test_a_field_holds_words_or_something_else_and_no_kind_is_forgotten():
    """What is a text for people has a limit; a key, a day and a number have none."""
    assert things.worded("status_report") == ("done", "cause", "remedy", "next_step")
    assert {"sections", "headings", "notes", "vision"} < set(things.worded("strategy"))
    assert not things.worded("confidence")
    assert [kind for kind in things.KINDS if not things.KINDS[kind].sought] == ["board", "draft", "mail"]


def test_a_decision_is_found_by_the_measure_the_meeting_the_month_and_who_follows_up(told: Index):
    for asked in ("vedtak 1.2.2", "vedtak kulturarenaer april 2026", "vedtak styremøte 16.04.2026"):
        assert "vedtak-87" in {hit.key for hit in hits(told, asked)}, asked
    role = told.plan.person("generalsekretaer").title
    mine = {d.key for d in told.plan.decisions if d.responsible == "generalsekretaer"}
    assert mine
    assert mine <= {hit.key for hit in hits(told, f"vedtak {role}")}


def test_who_wrote_it_is_not_searched_and_names_are_never_found(fresh_in_sqlite: Maker):
    plan = fresh_in_sqlite(with_a_plan)
    with plan.writing() as session:
        record.contact(by(session), "fag", name="Kari Nordmann", email="kari@example.org")
        record.report(by(session), "1.1.1", 0, **_said(done="Gjort"))
    for asked in ("kari", "nordmann", "kari@example.org", "example.org", "sekretariatet"):
        assert not _read(plan).find(asked).total, asked


def _said(**said: Any) -> dict[str, Any]:
    return {"phase": Phase.IN_PROGRESS, "assessment": Assessment.ON_TRACK, **said}


def _read(plan: Database) -> Index:
    with plan.reading() as session:
        return searching.read(session, present(plan))


def test_what_is_sealed_sent_in_or_mailed_is_not_found(told: Index):
    """Answers of confidence have no words; drafts and mails have, and are the secretariat's own."""
    assert told.plan.confidences
    assert told.plan.drafts
    kinds = {entry.kind for entry in told.entries}
    assert not kinds & {"confidence", "draft", "mail", "access_link", "plan_file", "board"}
    waiting = next(each for each in told.plan.drafts if each.state is DraftState.SUBMITTED)
    assert not any(hit.said in waiting.done for hit in hits(told, waiting.done) if hit.excerpt)


def test_an_explanation_is_found_only_when_the_papers_are_out(told: Index):
    explanation = next(each for each in told.plan.explanations if each.text)
    assert explanation.key in {entry.thing.key for entry in told.entries}
    meetings = tuple(
        replace(each, state=MeetingState.DRAFT) if each.key == explanation.meeting else each
        for each in told.plan.meetings
    )
    early = searching.entries(replace(told.plan, meetings=meetings), {}, _moments(told))
    assert explanation.key not in {entry.thing.key for entry in early}


def _moments(told: Index) -> Mapping[int, datetime]:
    return dict.fromkeys(range(told.plan.change_id + 1), noon(TODAY))


def test_a_measure_taken_out_is_found_with_its_reports(told: Index):
    gone = a_measure("1.1.2", name="Borte", retired=True)
    plan = replace(a_plan_of(a_measure("1.1.1")), retired=(gone,))
    found = hits(index_of(plan, **{"1.1.2": (a_report(key="1.1.2", done="Avsluttet"),)}), "borte")
    assert [(hit.kind, hit.key) for hit in found] == [("measure", "1.1.2"), ("status_report", "1.1.2")]


FILES = {
    "tiltak": "measures", "indikatorer": "indicators", "ansvarlige": "people", "styremoter": "meetings",
    "om": "about", "tabell": "table", "rapporter": "reports", "endringslogg": "log",
}  # fmt: skip
BEHIND = (
    "meeting",
    "seat",
    "indicator_value",
    "tagging",
    "attainment",
    "authority",
    "explanation",
    "indicator",
)
"""What stands behind a fold, in a field or in a table there: the page opens on it."""


def attach(file: Attachment, strategy: str) -> None:
    """The row of a file, in the database that is shown."""
    said = {name: getattr(file, name) for name in things.shapes("attachment")}
    with here().writing() as session:
        want(replace(by(session), strategy=strategy), "attachment", file.key, 0, **said)


@pytest.mark.parametrize("kind", [kind for kind in SOUGHT if kind not in things.KEPT])
def test_the_link_leads_to_the_page_where_it_stands(app: Opener, told: Index, kind: str):
    """One of each kind on each page that things of the kind stand on."""
    found = [searching.hit(entry, told.plan, ()) for entry in told.entries if entry.kind == kind]
    by_page = {(hit.place.address[:8], *hit.place.query): hit for hit in reversed(found)}
    for hit in by_page.values():
        at = app("example", dict(hit.place.query))
        if kind == "attachment":
            attach(told.plan.attachments[0], told.plan.strategy.key)
        if hit.place.address.startswith("hovedmal-"):
            at = goal_page(go(at, "overview"), hit.place.address[-1])
        else:
            at = go(at, FILES[hit.place.address])
        assert not at.exception
        assert not at.error
        assert not at.warning
        begins = (hit.said or searching.facts(hit)["title"]).removesuffix(" …").split("\n")[0]
        seen = words(at).replace("*", "").replace("~", "")
        assert kind in BEHIND or " ".join(begins.split()) in " ".join(seen.split()), hit.place


def test_the_page_says_what_it_searches_then_what_it_found_and_where(app: Opener):
    at = go(app("example"), "search")
    assert at.title[0].value == "Søk i alt som er skrevet"
    assert "fritidskultur" in words(at)
    at = at.text_input(key="q").input("okte midler").run()
    assert at.title[0].value.endswith(" treff på «okte midler»")
    link = at.get("page_link")[0]
    assert "**Økte** **midler** til kulturarenaer" in link.proto.label
    assert link.proto.query_string == "t=1.2.2"
    at = at.text_input(key="q").input("qwertyx").run()
    assert "«qwertyx»" in at.title[0].value
    assert not at.exception


def test_many_hits_are_paged_and_a_new_search_begins_at_the_first(app: Opener):
    at = go(app("example", {"q": "rapport", "side": "3"}), "search")
    assert len(at.get("page_link")) == 20
    at = at.text_input(key="q").input("1.2.2 departementet").run()
    assert at.get("page_link")
    assert not at.exception


def test_an_earlier_day_is_searched_as_it_stood_then(app: Opener):
    early = example.DEMO_DAY - timedelta(days=365)
    then, now = (
        go(app("example", {"q": "vedtak kulturarenaer", **more}), "search")
        for more in ({"per": early.isoformat()}, {})
    )
    assert then.title[0].value != now.title[0].value
    assert "16.04.2026" in words(now)
    assert "16.04.2026" not in words(then)
