"""Roles and what they answer for: a handover is one change, and names never enter the history."""

from datetime import date, timedelta
from typing import Any

import pytest

from strategy import changes, document, history, people, record, tables
from strategy.access import LOCAL
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotFound
from strategy.terms import Part, Via
from tests.databases import NOW, PLAN, a_plan, adopt, by, newest, present, take_out, verify, want

TODAY = date(2026, 11, 23)


def hand_over(
    database: Database, assignments: dict[str, str], person: str = "fag", on: date = TODAY,
    versions: dict[str, int] | None = None,
) -> record.Saved:  # fmt: skip
    versions = dict.fromkeys(assignments, 1) if versions is None else versions
    with database.writing() as session:
        asked = record.Handover(person, on, assignments, versions)
        saved = record.handover(by(session), asked)
    assert saved
    return saved


def write(database: Database, do: Any, *args: Any, **said: Any) -> Any:
    with database.writing() as session:
        return do(by(session), *args, **said)


def responsible(database: Database, measure: str, day: date = TODAY) -> list[tuple[str, Part]]:
    return [(r.person, r.part) for r in people.in_force(present(database).measure(measure), day)]


@pytest.fixture
def busy(planned: Database) -> Database:
    """`fag` answers for two measures and reviews a third."""
    for measure, part in (("1.2.1", Part.RESPONSIBLE), ("2.1.1", Part.REVIEWER)):
        write(planned, want, "responsibility", f"{measure}@fag", 0, part=part)
    return planned


def test_a_handover_gives_each_line_its_new_owner_from_the_day_in_one_change(busy: Database):
    before = newest(busy)
    saved = hand_over(busy, {"1.1.1": "nestleder", "1.2.1": "leder", "2.1.1": record.NOBODY})
    assert saved.change_id == newest(busy) == before + 1
    yesterday = TODAY - timedelta(days=1)
    for measure, old, new in (
        ("1.1.1", [("fag", Part.RESPONSIBLE), ("leder", Part.CONTRIBUTOR)],
         [("leder", Part.CONTRIBUTOR), ("nestleder", Part.RESPONSIBLE)]),
        ("1.2.1", [("fag", Part.RESPONSIBLE)], [("leder", Part.RESPONSIBLE)]),
        ("2.1.1", [("fag", Part.REVIEWER)], []),
    ):  # fmt: skip
        assert sorted(responsible(busy, measure, yesterday)) == sorted(old), measure
        assert sorted(responsible(busy, measure)) == sorted(new), measure
    (load,) = (load for load in people.load(present(busy), TODAY) if load.person.key == "fag")
    assert (load.responsible, load.reviews) == ((), ())
    with busy.reading() as session:
        (logged,) = history.log(session, PLAN, newest(busy), limit=1)
    assert logged.reason == "Overlevering fra Fagansvarlig"
    assert verify(busy) == newest(busy)


def test_a_line_without_a_new_owner_is_refused_unless_it_is_left_on_purpose(busy: Database):
    before = newest(busy)
    with pytest.raises(BadInput, match=r"hvem som overtar 1\.2\.1, 2\.1\.1"):
        hand_over(busy, {"1.1.1": "leder"})
    assert newest(busy) == before


@pytest.mark.parametrize(
    ("assignments", "error", "said"),
    [
        ({"1.1.1": "fag"}, BadInput, "den som går"),
        ({"1.1.1": "ukjent"}, NotFound, "Fant ikke rollen"),
        ({"1.1.1": "leder", "1.1.2": "leder"}, NotFound, r"ikke ansvar for 1\.1\.2"),
    ],
)
def test_a_handover_that_cannot_be_done_says_why(planned: Database, assignments, error, said: str):
    with pytest.raises(error, match=said):
        hand_over(planned, assignments)
    assert newest(planned) == 1


def test_who_answers_for_nothing_has_nothing_to_hand_over(planned: Database):
    write(planned, take_out, "responsibility", "1.1.2@nestleder", 1)
    with pytest.raises(NotFound, match="ikke noe ansvar"):
        hand_over(planned, {}, person="nestleder")


def test_a_responsibility_changed_since_the_page_was_opened_is_a_conflict(planned: Database):
    since = date(2025, 1, 1)
    write(planned, want, "responsibility", "1.1.1@fag", 1, part=Part.RESPONSIBLE, since=since)
    with pytest.raises(Conflict, match=r"1\.1\.1 er endret"):
        hand_over(planned, {"1.1.1": "leder"})
    hand_over(planned, {"1.1.1": "leder"}, versions={"1.1.1": 2})


def test_who_contributed_and_takes_over_answers_for_it_and_who_already_has_more_keeps_it(busy: Database):
    write(busy, want, "responsibility", "2.1.1@leder", 0, part=Part.RESPONSIBLE)
    hand_over(busy, {"1.1.1": "leder", "1.2.1": "leder", "2.1.1": "leder"})
    for measure in ("1.1.1", "1.2.1", "2.1.1"):
        assert responsible(busy, measure) == [("leder", Part.RESPONSIBLE)]
    (kept,) = (r for r in present(busy).measure("2.1.1").responsibilities if r.person == "leder")
    assert kept.version == 1


def before(database: Database, person: str = "fag", day: date = TODAY) -> dict[str, Part]:
    with database.reading() as session:
        return history.held_before(session, PLAN, person, newest(database), day)


def test_what_was_held_before_is_told_also_where_it_was_for_less_than_a_day(busy: Database):
    assert before(busy) == {}
    write(busy, want, "responsibility", "1.1.2@fag", 0, since=TODAY)
    hand_over(busy, dict.fromkeys(("1.1.1", "1.1.2", "1.2.1", "2.1.1"), "leder"))
    held = {"1.1.1": Part.RESPONSIBLE, "1.2.1": Part.RESPONSIBLE, "2.1.1": Part.REVIEWER}
    assert before(busy) == held | {"1.1.2": Part.RESPONSIBLE}
    assert before(busy, day=TODAY - timedelta(days=1)) == {}
    assert before(busy, "leder") == before(busy, "nestleder") == {}


@pytest.mark.parametrize("said", [{"proposal": True}, {"since": TODAY + timedelta(days=30)}])
def test_a_proposal_and_what_never_began_are_no_history(busy: Database, said: dict[str, Any]):
    write(busy, want, "responsibility", "1.1.2@fag", 0, **said)
    hand_over(busy, dict.fromkeys(("1.1.1", "1.1.2", "1.2.1", "2.1.1"), "leder"))
    assert before(busy).keys() == {"1.1.1", "1.2.1", "2.1.1"}


def test_a_handover_that_is_undone_is_no_history(busy: Database):
    saved = hand_over(busy, {"1.1.1": "nestleder", "1.2.1": record.NOBODY, "2.1.1": record.NOBODY})
    write(busy, record.undo, saved.change_id)
    assert before(busy) == before(busy, "nestleder") == {}


def test_a_proposal_is_handed_over_as_a_proposal(planned: Database):
    hand_over(planned, {"1.1.2": "leder"}, person="nestleder")
    found = people.in_force(present(planned).measure("1.1.2"), TODAY)
    assert [(r.person, r.proposal) for r in found] == [("leder", True)]


def test_a_responsibility_still_to_come_goes_to_the_other_from_its_own_day(planned: Database):
    spring = date(2027, 3, 1)
    write(planned, want, "responsibility", "2.1.1@nestleder", 0, part=Part.RESPONSIBLE, since=spring)
    hand_over(planned, {"1.1.2": "leder", "2.1.1": "leder"}, person="nestleder")
    assert responsible(planned, "2.1.1") == []
    assert responsible(planned, "2.1.1", spring) == [("leder", Part.RESPONSIBLE)]
    assert [r.person for r in present(planned).measure("2.1.1").responsibilities] == ["leder"]


def test_handing_back_gives_it_to_the_first_again(planned: Database):
    hand_over(planned, {"1.1.1": "nestleder"})
    hand_over(
        planned, {"1.1.1": "fag", "1.1.2": record.NOBODY}, person="nestleder", on=TODAY + timedelta(days=30)
    )
    assert ("nestleder", Part.RESPONSIBLE) in responsible(planned, "1.1.1")
    assert ("fag", Part.RESPONSIBLE) in responsible(planned, "1.1.1", TODAY + timedelta(days=30))


def test_the_plan_after_a_handover_can_be_written_and_read_back(busy: Database):
    hand_over(busy, {"1.1.1": "nestleder", "1.2.1": "leder", "2.1.1": record.NOBODY})
    plan, problems = document.read(document.write(present(busy).flat, PLAN).encode())
    assert (plan is not None, problems) == (True, ())


def test_a_role_gets_a_key_of_its_title_and_stands_last(planned: Database):
    with planned.writing() as session:
        key = record.person_key(session, PLAN, "Leder for Ø-utvalget!")
        want(by(session), "person", key, 0, title="Leder for Ø-utvalget!")
        assert key == "leder-for-ø-utvalget"
        assert record.person_key(session, PLAN, "leder for ø utvalget") == "leder-for-ø-utvalget-2"
    assert present(planned).people[-1].title == "Leder for Ø-utvalget!"


@pytest.mark.parametrize(
    ("key", "title", "said"),
    [
        ("ny", " ", "Gi rollen en tittel"),
        ("ny", "fagansvarlig", "alt en rolle"),
        ("ny@rolle", "Ny", "bare ha bokstaver"),
        ("ny", "x" * 201, "grensen er 200"),
    ],
)
def test_a_role_that_cannot_be_used_says_why(planned: Database, key: str, title: str, said: str):
    with pytest.raises(BadInput, match=said):
        write(planned, want, "person", key, 0, title=title)


def test_a_role_with_work_is_not_taken_out_and_one_without_leaves_no_loose_ends(planned: Database):
    with pytest.raises(BadInput, match=r"ansvar for 1\.1\.1.*Overlever"):
        write(planned, record.retire_person, "fag", 1)
    hand_over(planned, {"1.1.1": "leder"})
    write(planned, record.contact, "fag", name="Kari", email="kari@example.org")
    write(planned, record.retire_person, "fag", 1)
    found = present(planned)
    assert [person.key for person in found.people] == ["leder", "nestleder"]
    assert not any(r.person == "fag" for m in found.measures for r in m.responsibilities)
    with planned.reading() as session:
        assert record.contacts(session, PLAN) == {}
    with pytest.raises(NotFound):
        write(planned, record.retire_person, "fag", 7)


def test_an_end_before_the_start_is_refused(planned: Database):
    with pytest.raises(BadInput, match="slutt før det begynner"):
        write(
            planned, want, "responsibility", "2.1.1@fag", 0, part=Part.RESPONSIBLE, since=TODAY,
            until=TODAY,
        )  # fmt: skip


EMAILS = ("kari@example.org", "Kari.Nordmann+styre@sub.example.no")
NO_EMAILS = (
    "kari", "kari@", "@example.org", "kari@example", "kari@example..org", "kari@-example.org",
    "a b@example.org", "kari@example.org, ola@example.org", "Kari <kari@example.org>",
    "kari@example.org\nBcc: x@example.org", "kari@exämple.org", "kari@example.org\x00",
    f"{'x' * 65}@example.org",
)  # fmt: skip


@pytest.mark.parametrize("email", EMAILS)
def test_who_holds_a_role_is_kept_outside_the_history_and_can_be_erased(planned: Database, email: str):
    before, number = present(planned), newest(planned)
    write(planned, record.contact, "fag", name=" Kari Nordmann ", email=email)
    write(planned, record.contact, "leder", email=email)
    with planned.reading() as session:
        found = record.contacts(session, PLAN)
    assert {key: (c.name, c.email) for key, c in found.items()} == {
        "fag": ("Kari Nordmann", email), "leder": ("", email)
    }  # fmt: skip
    write(planned, record.contact, "fag")
    with planned.reading() as session:
        assert list(record.contacts(session, PLAN)) == ["leder"]
    assert newest(planned) == number == verify(planned)
    assert present(planned) == before
    assert email not in document.write(before.flat, PLAN)


@pytest.mark.parametrize("email", NO_EMAILS)
def test_what_is_no_address_is_refused(planned: Database, email: str):
    with pytest.raises(BadInput) as refused:
        write(planned, record.contact, "fag", email=email)
    assert refused.value.field == "E-post"


def test_a_name_left_behind_by_a_role_the_plan_file_took_out_can_be_erased(planned: Database):
    write(planned, record.contact, "leder", name="Kari")
    adopt(planned, a_plan(without=["leder", "1.1.1@leder"]))
    with pytest.raises(NotFound):
        write(planned, record.contact, "leder", name="Ola")
    write(planned, record.contact, "leder")
    with planned.reading() as session:
        assert record.contacts(session, PLAN) == {}


def test_a_contact_needs_a_role_or_a_seat(planned: Database):
    with pytest.raises(NotFound):
        write(planned, record.contact, "ukjent", name="Kari")
    with planned.writing() as session:
        seat = tables.Seat(strategy=PLAN, key="verv-1", version=1, change_id=0, title="Nestleder", order=1)
        changes.append(session, LOCAL, [seat], via=Via.PAGE, reason="", now=NOW)
        record.contact(by(session, actor=LOCAL), "verv-1", name="Kari")


def test_a_title_changed_in_the_plan_file_and_here_is_the_same_role(planned: Database):
    write(planned, want, "person", "fag", 1, title="Fagleder")
    adopt(planned, a_plan(changed={"fag": {"title": "Fagsjef"}}))
    assert present(planned).person("fag").title == "Fagsjef"
