"""Links and what is sent in by them: who may, what it becomes, and that no altered address opens anything."""

import random
import string
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer

from strategy import links, record, update_page
from strategy.access import STRANGER
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotAllowed, NotFound
from strategy.terms import Assessment, DraftState, Part, Phase, Via
from tests.databases import NOW, a_plan, adopt, by, newest, present, say, take_out, verify

TODAY = date(2026, 11, 23)
SECRET = "hemmelig"


@pytest.fixture
def linked(planned: Database) -> Database:
    """The plan with a link for the one who answers for 1.1.1."""
    link(planned)
    return planned


def link(database: Database, person: str = "fag", **said: Any) -> record.Saved:
    said = {"expires_on": TODAY, "key": "lenke-1", **said}
    with database.writing() as session:
        return record.access_link(by(session, said.pop("now", NOW)), person, **said)


def send(database: Database, base_version: int = 0, measure: str = "1.1.1", **said: Any) -> record.Saved:
    said = {"base": 0, "phase": Phase.IN_PROGRESS, "assessment": Assessment.ON_TRACK, "done": "Sendt",
            **said}  # fmt: skip
    with database.writing() as session:
        who = by(session, said.pop("now", NOW), STRANGER, via=Via.LINK)
        return record.draft(who, said.pop("link", "lenke-1"), measure, base_version, **said)


def accept(database: Database, base_version: int = 1, base: int = 0, **said: Any) -> record.Saved:
    said = {
        "phase": Phase.IN_PROGRESS,
        "assessment": Assessment.ON_TRACK,
        "done": "Sendt",
        **said,
    }
    with database.writing() as session:
        return record.accept_draft(by(session), "1.1.1@fag", base_version, base=base, **said)


def test_what_is_sent_in_counts_nowhere_until_it_is_accepted(linked):
    send(linked)
    assert present(linked).measure("1.1.1").report is None
    assert [(d.person, d.state) for d in present(linked).drafts] == [("fag", DraftState.SUBMITTED)]
    before = newest(linked)
    accept(linked, done="Sendt, og rettet av sekretariatet")
    assert newest(linked) == before + 1
    report = present(linked).measure("1.1.1").report
    assert report is not None
    assert (report.done, report.version) == ("Sendt, og rettet av sekretariatet", 1)
    assert [d.state for d in present(linked).drafts] == [DraftState.ACCEPTED]
    assert verify(linked) == newest(linked)


def test_a_draft_on_a_report_that_is_no_longer_the_newest_shows_both(linked):
    send(linked)
    say(linked, done="Sagt av sekretariatet")
    with pytest.raises(Conflict) as refused:
        accept(linked)
    assert refused.value.theirs["done"] == "Sagt av sekretariatet"
    assert present(linked).drafts[0].state is DraftState.SUBMITTED
    assert accept(linked, base=1).version == 2


def test_a_draft_sent_in_anew_while_it_was_read_is_not_accepted_unseen(linked):
    send(linked)
    send(linked, 1, done="Mer er gjort")
    with pytest.raises(Conflict, match="endret eller behandlet"):
        accept(linked, 1)
    accept(linked, 2, done="Mer er gjort")


def test_a_returned_draft_says_why_and_can_be_sent_again(linked):
    send(linked)
    with linked.writing() as session, pytest.raises(BadInput, match="beskjed"):
        record.return_draft(by(session), "1.1.1@fag", 1, word=" ")
    with linked.writing() as session:
        record.return_draft(by(session), "1.1.1@fag", 1, word="Hvem møtte?")
    assert (present(linked).drafts[0].state, present(linked).drafts[0].word) == (
        DraftState.RETURNED,
        "Hvem møtte?",
    )
    send(linked, 2, done="Fem møtte")
    assert present(linked).drafts[0].state is DraftState.SUBMITTED


def test_the_same_sent_twice_is_one(linked):
    first, again = send(linked), send(linked)
    assert again.again
    assert again.change_id == first.change_id


@pytest.mark.parametrize("measure", ["1.1.2", "1.2.1", "2.1.1", "9.9.9"])
def test_a_link_is_useless_for_another_measure(linked, measure: str):
    with pytest.raises(NotAllowed, match="gjelder ikke for tiltak"):
        send(linked, measure=measure)


def test_a_link_for_some_measures_is_useless_for_the_rest(planned):
    adopt(planned, a_plan(changed={"1.1.2@nestleder": {"person": "nestleder", "proposal": False}}))
    link(planned, "nestleder", measures=["1.1.2"])
    send(planned, measure="1.1.2")
    with pytest.raises(BadInput, match="ikke ansvar"):
        link(planned, "nestleder", measures=["1.1.1"], key="lenke-2")


def test_the_one_who_is_proposed_may_send_in(planned):
    link(planned, "nestleder")
    assert send(planned, measure="1.1.2").version == 1


def test_a_contributor_has_a_link_to_what_it_contributes_to_and_a_reviewer_has_none(planned):
    link(planned, "leder", measures=["1.1.1"])
    send(planned)
    assert [(d.measure, d.person) for d in present(planned).drafts] == [("1.1.1", "leder")]
    with pytest.raises(BadInput, match="ikke ansvar"):
        link(planned, "leder", measures=["1.1.2"], key="lenke-2")
    adopt(planned, a_plan(changed={"1.1.1@leder": {"part": Part.REVIEWER}}))
    with pytest.raises(NotAllowed, match="gjelder ikke for tiltak"):
        send(planned, 1)
    with pytest.raises(BadInput, match="ikke ansvar"):
        link(planned, "leder", measures=["1.1.1"], key="lenke-3")


def test_the_page_behind_a_contributors_link_shows_what_it_contributes_to(planned):
    link(planned, "leder")
    plan = present(planned)
    (made,) = plan.access_links
    opened = update_page.Opened(planned, plan, made, "", "")
    assert [measure.key for measure in opened.measures] == ["1.1.1"]


def test_the_link_is_dead_after_its_day_after_withdrawal_and_after_a_handover(linked):
    with pytest.raises(NotAllowed, match="gjelder ikke lenger"):
        send(linked, now=NOW + timedelta(days=1))
    adopt(linked, a_plan(changed={"1.1.1@fag": {"until": TODAY}}))
    with pytest.raises(NotAllowed, match="gjelder ikke for tiltak"):
        send(linked)
    adopt(linked, a_plan())
    with linked.writing() as session:
        take_out(by(session), "access_link", "lenke-1", 1)
    with pytest.raises(NotAllowed, match="gjelder ikke lenger"):
        send(linked)


@pytest.mark.parametrize("said", [
    {"assessment": Assessment.SOME_DEVIATION}, {"done": " "}, {"done": "\x07"}, {"phase": Phase.DROPPED},
])  # fmt: skip
def test_what_is_not_whole_is_refused_and_nothing_is_written(linked, said: dict[str, Any]):
    before = newest(linked)
    with pytest.raises(BadInput):
        send(linked, **said)
    assert newest(linked) == before


def test_a_link_is_for_a_role_there_is_and_a_day_to_come(planned):
    with pytest.raises(NotFound, match="Fant ikke rollen"):
        link(planned, "ingen")
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=400)):
        with pytest.raises(BadInput, match="varer"):
            link(planned, expires_on=day)


def test_the_database_has_one_secret_of_its_own(planned):
    with planned.reading() as session:
        assert record.stored_signing_key(session) == ""
    with planned.writing() as session:
        made = record.signing_key(session)
        assert record.signing_key(session) == made
    with planned.reading() as session:
        assert record.stored_signing_key(session) == made
    assert len(made) > 40


def test_an_empty_key_signs_nothing_and_opens_nothing():
    """Where no key is made yet, what anybody can sign with it is let in nowhere."""
    forged = Signer("", salt="oppdater", digest_method=sha256).sign("lenke-1").decode()
    assert links.key_of("", forged) is None
    with pytest.raises(ValueError, match="empty key"):
        links.token("", "lenke-1")


def test_every_link_has_a_key_to_be_signed_with(planned):
    with planned.writing() as session:
        record.access_link(by(session), "fag", expires_on=NOW.date())
        assert record.stored_signing_key(session)


def test_of_a_thousand_altered_tokens_none_is_accepted():
    made = links.token(SECRET, "lenke-1")
    assert links.key_of(SECRET, made) == "lenke-1"
    assert links.key_of("en annen hemmelighet", made) is None
    draw, letters = random.Random(2026), string.ascii_letters + string.digits + "-_.=æ"
    for _n in range(1000):
        at = draw.randrange(len(made))
        altered = made[:at] + draw.choice(letters) + made[at + draw.randrange(2) :]
        assert altered == made or links.key_of(SECRET, altered) is None


@given(st.text())
def test_no_text_is_a_token(text: str):
    assert links.key_of(SECRET, text) is None
