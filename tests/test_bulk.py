"""Many edits as one change: all of them or none; what stands in the way is told at once."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategy import history, record
from strategy.access import Actor
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotAllowed, Several
from strategy.record import Clash, Wanted
from strategy.terms import Assessment, Part, Phase, Via
from tests.databases import (
    NOW,
    OUTSIDER,
    PLAN,
    RESPONSIBLE,
    SECRETARY,
    a_plan,
    adopt,
    by,
    differing,
    newest,
    present,
    say,
    take_out,
    verify,
    want,
    with_a_plan,
)

TODAY = date(2026, 11, 23)
LATER = date(2027, 12, 31)
DECIDED = record.Grounds(note="Styremøtet 12. november")


def report(key: str, base: int = 0, **fields: Any) -> Wanted:
    return Wanted("status_report", key, base, fields)


def due(key: str, day: Any, base: int = 1) -> Wanted:
    return Wanted("measure", key, base, {"due": day})


def tagged(key: str, *tags: str, base: int = 0) -> Wanted:
    return Wanted("tagging", key, base, {"tags": list(tags)})


def do(database: Database, wanted: Sequence[Wanted], actor: Actor = SECRETARY, **said: Any) -> Any:
    with database.writing() as session:
        usual: dict[str, Any] = {"reason": "Gjennomgang", "grounds": DECIDED}
        who = by(session, said.pop("now", NOW), actor, via=said.pop("via", Via.PAGE))
        return record.save(who, wanted, **usual | said)


def test_everything_is_one_change_with_one_reason(planned):
    wanted = [
        report("1.1.1", phase=Phase.IN_PROGRESS, assessment=Assessment.ON_TRACK),
        report("1.1.2", phase=Phase.PLANNED, assessment=Assessment.NOT_ASSESSED),
        due("1.2.1", LATER),
        tagged("1.1.1", "Valg", "Media"),
        *record.answering(present(planned).measure("1.1.2"), ["fag"], TODAY),
    ]
    saved = do(planned, wanted)

    now = present(planned)
    assert newest(planned) == saved.change_id == 2
    assert now.measure("1.1.1").phase is Phase.IN_PROGRESS
    assert now.measure("1.1.2").phase is Phase.PLANNED
    assert now.measure("1.2.1").due == LATER
    assert now.tags_of("1.1.1") == ("Valg", "Media")
    with planned.reading() as session:
        (last, *_rest) = history.log(session, PLAN, 2)
    assert (last.reason, last.total) == ("Gjennomgang", len(wanted) + 1)
    assert [a.note for a in now.authorities_of("1.2.1")] == [DECIDED.note]
    assert verify(planned) == 2


def test_the_preview_is_exactly_what_is_then_done(planned):
    before = present(planned)
    wanted = [report("1.1.1", phase=Phase.ON_HOLD, assessment=Assessment.NOT_ASSESSED), tagged("1.2.1", "A")]
    shown = record.previewed(before, wanted)
    do(planned, wanted)

    done = {(e.kind, e.key): e for e in differing(before, present(planned))}
    assert {(e.kind, e.key): e for e in shown.edits} == done


def test_what_stands_there_already_is_no_change(planned):
    say(planned, "1.1.1", 0, done="Noe", assessment=Assessment.ON_TRACK, phase=Phase.IN_PROGRESS)
    unchanged = [
        report("1.1.1", 1, phase=Phase.IN_PROGRESS, done=" Noe\r\n"),
        due("1.1.1", date(2027, 6, 30)),
        tagged("1.1.1"),
        *record.answering(present(planned).measure("1.1.1"), ["fag"], TODAY),
    ]
    assert record.previewed(present(planned), unchanged).edits == ()
    assert do(planned, unchanged) is None
    assert newest(planned) == 2


def test_what_is_not_said_stands_as_it_was_and_a_cause_goes_with_its_deviation(planned):
    say(planned, "1.1.1", 0, assessment=Assessment.SOME_DEVIATION, done="Skrev", cause="Tid", remedy="Leie",
        next_step="Sende", estimate=40)  # fmt: skip
    do(planned, [report("1.1.1", 1, phase=Phase.ON_HOLD)])
    held = present(planned).measure("1.1.1").report
    assert held
    assert (held.phase, held.cause, held.remedy, held.done) == (Phase.ON_HOLD, "Tid", "Leie", "Skrev")
    assert (held.next_step, held.estimate) == ("Sende", 40)
    do(planned, [report("1.1.1", 2, assessment=Assessment.ON_TRACK)])
    better = present(planned).measure("1.1.1").report
    assert better
    assert (better.cause, better.remedy, better.done) == ("", "", "Skrev")


def test_all_clashes_and_all_flaws_are_told_together_and_nothing_is_written(planned):
    say(planned, "1.1.1", 0, done="Deres")
    before = newest(planned)
    wanted = [
        report("1.1.1", 0, phase=Phase.PLANNED, done="Vår"),
        due("1.1.1", LATER, base=7),
        report("1.1.2", phase=Phase.PLANNED, assessment=Assessment.MAJOR_DEVIATION),
        report("1.2.1", phase=Phase.DROPPED, done="a\x00b"),
        report("2.1.1", phase=Phase.PLANNED, assessment=Assessment.ON_TRACK),
        report("9.9.9", phase=Phase.PLANNED),
        tagged("2.1.1", *(str(n) for n in range(21))),
    ]
    with pytest.raises(Several) as refused:
        do(planned, wanted)

    assert newest(planned) == before
    assert [(c.kind, c.key, c.field, c.version) for c in refused.value.clashes] == [
        ("status_report", "1.1.1", "phase", 1), ("status_report", "1.1.1", "done", 1),
        ("measure", "1.1.1", "due", 1),
    ]  # fmt: skip
    told = {(f.key, f.field) for f in refused.value.flaws}
    assert told == {
        ("1.1.2", "cause"), ("1.1.2", "remedy"), ("1.2.1", "done"), ("1.2.1", "cause"), ("9.9.9", ""),
        ("2.1.1", "tags"),
    }  # fmt: skip
    assert "Ingenting er lagret" in str(refused.value)


def test_a_clash_shows_base_theirs_and_ours_field_by_field(planned):
    say(planned, "1.1.1", 0, done="Først", phase=Phase.PLANNED)
    say(planned, "1.1.1", 1, done="Deres", phase=Phase.IN_PROGRESS)
    with pytest.raises(Several) as refused:
        do(planned, [report("1.1.1", 1, done="Vår", phase=Phase.IN_PROGRESS)])

    (clash,) = refused.value.clashes
    assert clash == Clash("status_report", "1.1.1", 2, "done", "Først", "Deres", "Vår")
    assert do(planned, [report("1.1.1", clash.version, done="Vår")]).version == 3


def test_what_two_have_said_of_the_same_row_in_two_fields_is_kept_both(planned):
    say(planned, "1.1.1", 0, done="Først", next_step="Ringe")
    say(planned, "1.1.1", 1, done="Deres", next_step="Ringe")
    assert do(planned, [report("1.1.1", 1, next_step="Vår")]).version == 3
    kept = present(planned).measure("1.1.1").report
    assert kept
    assert (kept.done, kept.next_step) == ("Deres", "Vår")


def test_what_follows_of_ours_never_empties_what_somebody_else_has_written_unseen(planned):
    late: dict[str, Any] = {"assessment": Assessment.SOME_DEVIATION, "remedy": "Vikar"}
    say(planned, "1.1.1", 0, cause="Sykdom", **late)
    say(planned, "1.1.1", 1, cause="Deres grunn", **late)
    with pytest.raises(Several) as refused:
        do(planned, [report("1.1.1", 1, assessment=Assessment.ON_TRACK)])
    (clash,) = refused.value.clashes
    assert (clash.field, clash.base, clash.theirs, clash.ours) == ("cause", "Sykdom", "Deres grunn", "")


def test_a_choice_holds_for_what_was_seen_and_for_nothing_saved_later(planned):
    say(planned, "1.1.1", 0, done="Først")
    base = present(planned).flat
    say(planned, "1.1.1", 1, done="Deres")
    wanted = [report("1.1.1", 1, done="Vår")]
    (clash,) = record.previewed(present(planned), wanted, base=base).clashes
    choices = {clash.name: record.OURS}
    shown = record.previewed(present(planned), wanted, base=base, choices=choices)
    assert (shown.is_clear, shown.wanted) == (True, (report("1.1.1", 2, done="Vår"),))

    say(planned, "1.1.1", 2, done="Enda en")
    with pytest.raises(Several):
        do(planned, shown.wanted)
    later = record.previewed(present(planned), wanted, base=base, choices=choices)
    assert [each.theirs for each in later.waiting] == ["Enda en"]


@pytest.mark.parametrize("chosen", [record.THEIRS, record.OURS])
def test_what_was_taken_out_meanwhile_comes_back_only_where_somebody_chooses_it(planned, chosen: str):
    step(planned)
    base = present(planned).flat
    with planned.writing() as session:
        take_out(by(session), "milestone", "1.1.1-m1", 1)
    wanted = [Wanted("milestone", "1.1.1-m1", 1, {"evidence": "Referat"})]
    (clash,) = record.previewed(present(planned), wanted, base=base).waiting
    assert (clash.field, clash.theirs, clash.ours["evidence"]) == ("", None, "Referat")
    with pytest.raises(Several):
        do(planned, wanted)

    shown = record.previewed(present(planned), wanted, base=base, choices={clash.name: chosen})
    do(planned, shown.wanted)
    steps = present(planned).measure("1.1.1").milestones
    assert [(s.title, s.evidence) for s in steps] == [("Sendt", "Referat")] * (chosen == record.OURS)


def test_two_new_reports_at_once_are_two_statements_and_nothing_of_them_is_merged(planned):
    say(planned, "1.1.1", 0, done="Deres")
    anew = Wanted("status_report", "1.1.1", 0, {"next_step": "Vår"}, anew=True)
    with pytest.raises(Several) as refused:
        do(planned, [anew])
    (clash,) = refused.value.clashes
    assert (clash.field, clash.theirs["done"], clash.ours["next_step"]) == ("", "Deres", "Vår")
    assert record.previewed(present(planned), [anew]).edits == ()


def test_a_deadline_moves_only_on_grounds_and_a_file_without_them_says_so_in_the_thread(planned):
    with pytest.raises(BadInput, match="Velg vedtaket"):
        do(planned, [due("1.1.1", LATER), tagged("1.1.1", "Valg")], grounds=record.Grounds())
    assert newest(planned) == 1
    do(planned, [due("1.1.1", LATER)], grounds=record.Grounds(), via=Via.EXCEL)
    assert [(a.decision, a.note) for a in present(planned).authorities_of("1.1.1")] == [("", "")]


def test_who_wanted_the_same_as_was_saved_meanwhile_collides_with_nobody(planned):
    do(planned, [tagged("1.1.1", "Valg")])
    assert do(planned, [tagged("1.1.1", "Valg")]) is None


def test_the_same_thing_twice_is_refused(planned):
    with pytest.raises(Several, match="flere ganger"):
        do(planned, [tagged("1.1.1", "A"), tagged("1.1.1", "B")])


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (report("1.1.1", phase="planned", assessment=Assessment.ON_TRACK), "phase"),
        (report("1.1.1", phase=Phase.PLANNED, assessment=None), "assessment"),
        (report("1.1.1", phase=Phase.PLANNED, estimate=True), "estimate"),
        (report("1.1.1", phase=Phase.PLANNED, estimate=101), "estimate"),
        (report("1.1.1", phase=Phase.PLANNED, estimate=99.5), "estimate"),
        (report("1.1.1", done="Uten fase"), "phase"),
        (report("1.1.1", phase=Phase.PLANNED, done="x" * 4001), "done"),
        (due("1.1.1", "2027-01-01"), "due"),
        (due("1.1.1", NOW), "due"),
        (due("1.1.1", date(9999, 1, 1)), "due"),
        (Wanted("measure", "1.1.1", 1, {"start": date(2028, 1, 1)}), "due"),
        (Wanted("measure", "1.1.1", 1, {"name": " "}), "name"),
        (Wanted("measure", "1.1.1", 1, {"text": "Ny vedtatt tekst"}), ""),
        (Wanted("goal", "1", 1, {"text": "x"}), ""),
        (Wanted("tagging", "1.1.1", 0, {"tags": [1]}), "tags"),
        (Wanted("responsibility", "1.1.1@ukjent", 0, {"part": Part.RESPONSIBLE}), "person"),
        (Wanted("responsibility", "1.1.1@fag", 1, {"since": TODAY, "until": date(2026, 1, 1)}), "until"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_written(planned, wanted: Wanted, field: str):
    with pytest.raises(Several) as refused:
        do(planned, [wanted, tagged("1.2.1", "God nok")])
    assert [flaw.field for flaw in refused.value.flaws] == [field]
    assert newest(planned) == 1


def test_a_responsible_may_send_reports_on_their_own_measures_and_nothing_else(planned):
    mine = report("1.1.1", phase=Phase.PLANNED, assessment=Assessment.ON_TRACK)
    assert do(planned, [mine], RESPONSIBLE)
    for other in (report("1.2.1", phase=Phase.PLANNED), due("1.1.1", LATER), tagged("1.1.1", "A")):
        with pytest.raises(NotAllowed):
            do(planned, [other], RESPONSIBLE)


def test_the_wanted_answer_for_it_from_today_and_nobody_else(planned):
    def answering() -> list[str]:
        held = present(planned).measure("1.1.1").responsibilities
        return [r.person for r in held if r.part is Part.RESPONSIBLE and r.holds(TODAY) and not r.proposal]

    def choose(*people: str) -> None:
        do(planned, record.answering(present(planned).measure("1.1.1"), people, TODAY))

    assert answering() == ["fag"]
    choose("nestleder", "leder")
    assert answering() == ["nestleder", "leder"]
    ended = next(r for r in present(planned).measure("1.1.1").responsibilities if r.person == "fag")
    assert ended.until == TODAY
    choose()
    assert answering() == []
    choose("nestleder", "fag")
    assert sorted(answering()) == ["fag", "nestleder"]


def test_a_proposal_that_is_chosen_is_adopted_and_another_stays(planned):
    adopt(planned, a_plan(changed={"1.1.1@leder": {"part": Part.RESPONSIBLE, "proposal": True}}))
    do(planned, record.answering(present(planned).measure("1.1.2"), ["nestleder"], TODAY))
    do(planned, record.answering(present(planned).measure("1.1.1"), [], TODAY))

    now = present(planned)
    assert [r.proposal for r in now.measure("1.1.2").responsibilities] == [False]
    assert [r.until for r in now.measure("1.1.1").responsibilities if r.proposal] == [None]


def test_adopting_who_answers_adopts_the_role_in_the_same_change_and_a_proposal_does_not(planned):
    roles = {key: {"proposal": True} for key in ("nestleder", "leder")}
    adopt(planned, a_plan(changed=roles, without=["1.1.1@leder"]))
    before = newest(planned)
    proposed = Wanted("responsibility", "2.1.1@leder", 0, {"proposal": True})
    do(planned, [proposed, *record.answering(present(planned).measure("1.1.2"), ["nestleder"], TODAY)])

    now = present(planned)
    assert newest(planned) == before + 1
    assert [now.person(key).proposal for key in ("nestleder", "leder")] == [False, True]
    with planned.writing() as session:
        want(by(session), "responsibility", "2.1.1@leder", 1, proposal=False)
    assert not present(planned).person("leder").proposal
    with planned.writing() as session:
        record.undo(by(session), before + 2)
    assert present(planned).person("leder").proposal


def test_tags_are_cleaned_and_each_stands_once(planned):
    def tag(base: int, *tags: str) -> record.Saved:
        with planned.writing() as session:
            return want(by(session), "tagging", "1.1.1", base, tags=tags)

    tag(0, " Valg", "valg", "", "Media")
    assert present(planned).tags_of("1.1.1") == ("Valg", "Media")
    assert tag(1, "Valg", "Media").again
    with pytest.raises(Conflict):
        tag(0, "Annet")
    for bad in (["a\x00"], ["x" * 201], [str(n) for n in range(21)]):
        with pytest.raises(BadInput):
            tag(1, *bad)
    tag(1)
    assert present(planned).tags_of("1.1.1") == ()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            st.builds(
                report, st.sampled_from(["1.1.1", "1.2.1"]), phase=st.sampled_from(Phase),
                assessment=st.sampled_from(Assessment), done=st.text(max_size=5),
            ),
            st.builds(due, st.sampled_from(["1.1.1", "1.1.2"]), st.none() | st.dates()),
            st.builds(tagged, st.sampled_from(["1.1.1", "2.1.1"]), st.sampled_from("abc")),
        ),
        max_size=4,
    )
)  # fmt: skip
def test_either_all_of_the_preview_is_done_or_nothing(fresh_in_sqlite, wanted):
    database = fresh_in_sqlite(with_a_plan)
    before = present(database)
    shown = record.previewed(before, wanted)
    if not shown.is_clear:
        with pytest.raises(Several) as refused:
            do(database, wanted)
        assert (refused.value.clashes, refused.value.flaws) == (shown.clashes, shown.flaws)
        assert newest(database) == 1
        return
    do(database, wanted)
    done = {(e.kind, e.key): e for e in differing(before, present(database))}
    done = {ident: edit for ident, edit in done.items() if ident[0] != "authority"}
    assert {(e.kind, e.key): e for e in shown.edits} == done
    assert newest(database) == 1 + bool(shown.edits)
    assert verify(database) == newest(database)


def step(database: Database) -> None:
    with database.writing() as session:
        record.milestone(by(session), "1.1.1-m1", 0, measure="1.1.1", title="Sendt",
                         due=date(2026, 12, 1))  # fmt: skip


def test_milestones_are_reached_and_values_entered_with_all_else(planned):
    step(planned)
    wanted = [
        Wanted("milestone", "1.1.1-m1", 1, {"done_on": TODAY, "evidence": " Referat "}),
        Wanted("indicator_value", "svar@2026", 0, {"value": Decimal("4.5"), "source": "Arkivet"}),
        report("1.1.1", phase=Phase.IN_PROGRESS, assessment=Assessment.ON_TRACK),
    ]
    shown = record.previewed(present(planned), wanted)
    assert shown.is_clear
    do(planned, wanted, RESPONSIBLE)

    measure = present(planned).measure("1.1.1")
    assert (measure.milestones[0].done_on, measure.milestones[0].evidence) == (TODAY, "Referat")
    assert measure.milestones[0].title == "Sendt"
    assert (measure.indicators[0].values[0].value, measure.indicators[0].values[0].period) == (
        Decimal("4.5"), "2026",
    )  # fmt: skip
    assert verify(planned) == newest(planned) == 3


@pytest.mark.parametrize(
    ("wanted", "field", "why"),
    [
        (Wanted("milestone", "1.1.1-m1", 1, {"done_on": LATER}), "done_on", "framtiden"),
        (Wanted("milestone", "1.1.1-m1", 1, {"evidence": "x" * 4001}), "evidence", "4001 tegn"),
        (Wanted("milestone", "1.1.1-m9", 3, {"done_on": TODAY}), "", "Fant ikke milepælen"),
        (Wanted("milestone", "1.1.1-m9", 0, {"done_on": TODAY}), "due", "må ha en frist"),
        (Wanted("milestone", "1.1.1-m1", 1, {"measure": "1.2.1"}), "", "kan ikke endres her"),
        (Wanted("milestone", "1.1.1-m1", 1, {"title": " "}), "title", "Gi milepælen et navn"),
        (Wanted("milestone", "1.1.1-m1", 1, {"year": 26}), "year", "er ikke et årstall"),
        (Wanted("milestone", "1.1.1-m1", 1, {"due": None}), "due", "må ha en frist"),
        (Wanted("indicator_value", "svar@2026", 0, {"comment": "Bare ord"}), "value", "et tall eller"),
        (Wanted("indicator_value", "svar@2031", 0, {"value": Decimal(1)}), "period", "ikke begynt"),
        (Wanted("indicator_value", "svar@i fjor", 0, {"value": Decimal(1)}), "period", "ikke en periode"),
        (Wanted("indicator_value", "svar@2026", 0, {"value": Decimal("1e20")}), "value", "for stort"),
        (Wanted("indicator_value", "vedtak@2026", 0, {"value": Decimal(2)}), "value", "ja eller nei"),
        (Wanted("indicator_value", "borte@2026", 0, {"value": Decimal(2)}), "", "Fant ikke indikatoren"),
        (Wanted("indicator_value", "svar@2026", 0, {"value": 2}), "value", "kan ikke brukes her"),
    ],
)
def test_a_milestone_or_value_at_fault_is_named(planned, wanted: Wanted, field: str, why: str):
    step(planned)
    (flaw,) = record.previewed(present(planned), [wanted]).flaws
    assert (flaw.key, flaw.field) == (wanted.key, field)
    assert why in flaw.sentence
    with pytest.raises(Several):
        do(planned, [wanted])
    assert newest(planned) == 2


def test_milestones_and_values_of_others_are_not_for_a_responsible(planned):
    step(planned)
    for wanted in (
        Wanted("milestone", "1.1.1-m1", 1, {"done_on": TODAY}),
        Wanted("indicator_value", "vedtak@2026", 0, {"value": Decimal(1)}),
        Wanted("indicator_value", "borte@2026", 0, {"value": Decimal(1)}),
    ):
        with pytest.raises(NotAllowed):
            do(planned, [wanted], OUTSIDER)
