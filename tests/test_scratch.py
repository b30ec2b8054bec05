"""What is half written: each person's own, gone when it is saved, and never a part of the history."""

from datetime import timedelta

import pytest

from strategy import record
from strategy.access import Actor, Role
from strategy.errors import BadInput, NotAllowed
from tests.databases import NOW, PLAN, READER, RESPONSIBLE, SECRETARY, by, newest, verify

scratch = record.scratch


def test_what_is_kept_is_given_back_to_the_one_who_wrote_it_and_to_nobody_else(planned):
    with planned.writing() as session:
        scratch.keep(by(session), "report:1.1.1", {"done": "Halv æøå", "base": 3})
        scratch.keep(by(session, actor=RESPONSIBLE), "report:1.1.1", {"done": "Min"})
    with planned.reading() as session:
        assert scratch.kept(session, SECRETARY, PLAN) == {
            "report:1.1.1": scratch.Kept({"done": "Halv æøå", "base": 3}, NOW)
        }
        assert scratch.kept(session, RESPONSIBLE, PLAN)["report:1.1.1"].fields == {"done": "Min"}
        assert scratch.kept(session, SECRETARY, "annen-plan") == {}


def test_the_newest_text_takes_the_place_of_the_older_and_no_change_is_made_of_it(planned):
    before = newest(planned)
    with planned.writing() as session:
        for minutes, said in enumerate(("Ha", "Halv", "Halvferdig")):
            now = NOW + timedelta(minutes=minutes)
            scratch.keep(by(session, now), "report:1.1.1", {"done": said})
    with planned.reading() as session:
        (kept,) = scratch.kept(session, SECRETARY, PLAN).values()
    assert (kept.fields, kept.saved_at) == ({"done": "Halvferdig"}, NOW + timedelta(minutes=2))
    assert newest(planned) == before == verify(planned)


def test_what_is_dropped_is_gone_and_the_rest_stands(planned):
    with planned.writing() as session:
        for form in ("report:1.1.1", "report:1.1.2"):
            scratch.keep(by(session), form, {"done": form})
        scratch.drop(by(session), "report:1.1.1")
        scratch.drop(by(session), "var-aldri-der")
    with planned.reading() as session:
        assert list(scratch.kept(session, SECRETARY, PLAN)) == ["report:1.1.2"]


def test_what_no_form_could_hold_is_refused_aloud_and_who_only_reads_keeps_nothing(planned):
    with planned.writing() as session:
        scratch.keep(by(session), "report:1.1.1", {"done": "æ" * (scratch.MOST - 20)})
        with pytest.raises(BadInput, match="grensen er 60000"):
            scratch.keep(by(session), "report:1.1.1", {"done": "x" * scratch.MOST})
        assert scratch.kept(session, SECRETARY, PLAN)["report:1.1.1"].fields["done"][0] == "æ"
    for who in (READER, Actor("ingen", Role.READER)):
        with pytest.raises(NotAllowed), planned.writing() as session:
            scratch.keep(by(session, actor=who), "report:1.1.1", {"done": "x"})
