"""One merge of what both began with, what stands now and what is wanted: nothing is lost or made up."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy.record import OURS, THEIRS, Ident, Merge, Values, Wanted, merged

FIELDS = ("name", "text", "tags")
STEP: Ident = ("milestone", "1.1.1-m1")
BASE = {STEP: {"name": "Søk", "text": "Frist i mai", "tags": ["a"]}}

values = st.sampled_from(["", "x", "y", "z"])
things = st.fixed_dictionaries(dict.fromkeys(FIELDS, values))
idents = st.tuples(st.sampled_from(["measure", "milestone"]), st.sampled_from("123"))
plans = st.dictionaries(idents, things, max_size=4)
said = st.dictionaries(st.sampled_from(FIELDS), values)
sides = st.tuples(plans, plans, st.dictionaries(idents, st.none() | said | things, max_size=4))

Side = dict[Ident, dict[str, Any]]
Ours = Mapping[Ident, Values | None]


def chosen(base: Side, theirs: Side, ours: Ours, side: str) -> Merge:
    """The merge with one side chosen everywhere."""
    choices = {clash.name: side for clash in merged(base, theirs, ours, versions=versions(theirs)).clashes}
    return merged(base, theirs, ours, versions=versions(theirs), choices=choices)


def versions(theirs: Side) -> dict[Ident, int]:
    return dict.fromkeys(theirs, 3)


def written(theirs: Side, wanted: tuple[Wanted, ...]) -> Side:
    """What stands when the wanted is written on top of theirs."""
    found = dict(theirs)
    for each in wanted:
        assert each.base_version == (3 if each.ident in theirs else 0)
        if each.retired:
            del found[each.ident]
        else:
            found[each.ident] = {**found.get(each.ident, {}), **each.fields}
    return found


def of(plan: Mapping[Ident, Values | None], ident: Ident, field: str) -> Any:
    return (plan.get(ident) or {}).get(field)


@given(plans, plans)
def test_an_untouched_copy_merges_to_nothing_whatever_they_have_done(base: Side, theirs: Side):
    assert merged(base, theirs, base) == Merge((), ())


@given(plans, plans)
def test_what_stands_already_is_neither_written_nor_a_clash(base: Side, theirs: Side):
    assert merged(base, theirs, theirs, versions=versions(theirs)) == Merge((), ())


@given(plans, st.dictionaries(idents, st.none() | things))
def test_where_nobody_else_has_been_ours_is_done_and_nothing_clashes(base: Side, ours: dict[Ident, Any]):
    found = merged(base, base, ours, versions=versions(base))
    assert found.clashes == ()
    assert written(base, found.wanted) == {k: v for k, v in (base | ours).items() if v is not None}


@given(sides)
def test_what_nobody_has_changed_does_not_change(of_all: tuple[Side, Side, Ours]):
    base, theirs, ours = of_all
    for side in (THEIRS, OURS):
        now = written(theirs, chosen(base, theirs, ours, side).wanted)
        for ident, thing in base.items():
            spoken = ours.get(ident, {})
            if spoken is not None and theirs.get(ident) == thing:
                same = {name for name in FIELDS if spoken.get(name, thing[name]) == thing[name]}
                assert {name: now[ident][name] for name in same} == {name: thing[name] for name in same}
        assert {k: v for k, v in now.items() if k not in ours} == {
            k: v for k, v in theirs.items() if k not in ours
        }


@given(sides)
def test_choosing_theirs_everywhere_leaves_all_they_have_changed_standing(of_all: tuple[Side, Side, Ours]):
    base, theirs, ours = of_all
    now = written(theirs, chosen(base, theirs, ours, THEIRS).wanted)
    for ident in theirs:
        if base.get(ident) != theirs[ident]:
            assert ident in now
        for name in FIELDS if ident in base else ():
            if theirs[ident][name] != base[ident][name]:
                assert now[ident][name] == theirs[ident][name]
    assert all(ident not in now for ident in base if ident not in theirs)


@given(sides)
def test_choosing_ours_everywhere_gives_ours_for_all_we_have_changed(of_all: tuple[Side, Side, Ours]):
    base, theirs, ours = of_all
    now = written(theirs, chosen(base, theirs, ours, OURS).wanted)
    for ident, spoken in ours.items():
        if spoken is None:
            assert ident not in now
            continue
        for name, value in spoken.items():
            if value != of(base, ident, name) and (ident in base or value):
                assert now[ident][name] == value


@given(sides, st.randoms())
def test_the_order_of_things_does_not_matter(of_all: tuple[Side, Side, Ours], random: Any):
    base, theirs, ours = of_all
    shuffled = list(ours)
    random.shuffle(shuffled)
    one = merged(base, theirs, ours, versions=versions(theirs))
    other = merged(base, theirs, {ident: ours[ident] for ident in shuffled}, versions=versions(theirs))
    assert {w.ident: w for w in one.wanted} == {w.ident: w for w in other.wanted}
    assert {c.name: c for c in one.clashes} == {c.name: c for c in other.clashes}


@given(sides)
def test_a_clash_is_only_where_both_have_changed_the_same_to_different_things(
    of_all: tuple[Side, Side, Ours],
):
    base, theirs, ours = of_all
    for clash in merged(base, theirs, ours, versions=versions(theirs)).clashes:
        assert clash.theirs != clash.ours
        assert clash.theirs != clash.base
        assert clash.ours != clash.base or (clash.kind, clash.key) not in base


def test_fields_of_the_same_thing_merge_each_by_itself():
    theirs = {STEP: BASE[STEP] | {"name": "Søk nå", "tags": ["a", "b"]}}
    ours = {STEP: {"text": "Frist i juni", "tags": ["a", "c"]}}
    found = merged(BASE, theirs, ours, versions={STEP: 2})
    assert found.wanted == (Wanted(*STEP, 2, {"text": "Frist i juni"}),)
    (clash,) = found.clashes
    assert (clash.field, clash.base, clash.theirs, clash.ours, clash.chosen) == (
        "tags", ["a"], ["a", "b"], ["a", "c"], "",
    )  # fmt: skip
    both = merged(BASE, theirs, ours, versions={STEP: 2}, choices={clash.name: OURS})
    assert both.wanted == (Wanted(*STEP, 2, {"text": "Frist i juni", "tags": ["a", "c"]}),)
    assert [each.chosen for each in both.clashes] == [OURS]


def test_a_choice_made_of_an_older_version_or_that_is_no_side_does_not_count():
    theirs, ours = {STEP: BASE[STEP] | {"name": "B"}}, {STEP: {"name": "C"}}
    (clash,) = merged(BASE, theirs, ours, versions={STEP: 2}).clashes
    for now, side in ((3, OURS), (2, "begge")):
        found = merged(BASE, theirs, ours, versions={STEP: now}, choices={clash.name: side})
        assert (found.wanted, [each.chosen for each in found.clashes]) == ((), [""])


@pytest.mark.parametrize(
    ("theirs", "ours", "wanted"),
    [
        (None, {"name": "Ny"}, Wanted(*STEP, 0, BASE[STEP] | {"name": "Ny"})),
        (BASE[STEP] | {"name": "Ny"}, None, Wanted(*STEP, 2, retired=True)),
    ],
)
def test_what_one_takes_out_and_the_other_changes_is_chosen_as_a_whole(
    theirs: Any, ours: Any, wanted: Wanted
):
    there, version = ({STEP: theirs}, {STEP: 2}) if theirs else ({}, {})
    (clash,) = merged(BASE, there, {STEP: ours}, versions=version).clashes
    assert (clash.field, clash.theirs, clash.ours and clash.ours["name"]) == (
        "",
        theirs,
        ours and ours["name"],
    )
    for side, found in ((THEIRS, ()), (OURS, (wanted,))):
        assert merged(BASE, there, {STEP: ours}, versions=version, choices={clash.name: side}).wanted == found


def test_what_both_add_meets_field_by_field_and_an_empty_field_is_not_said():
    theirs = {STEP: {"name": "Deres", "text": "", "tags": ["a"]}}
    ours = {STEP: {"name": "Vår", "text": "Vår tekst", "tags": []}}
    found = merged({}, theirs, ours, versions={STEP: 1})
    assert found.wanted == (Wanted(*STEP, 1, {"text": "Vår tekst"}),)
    assert [(c.field, c.base, c.theirs, c.ours) for c in found.clashes] == [("name", None, "Deres", "Vår")]


def test_what_nobody_knows_how_it_began_is_never_written_over_unasked():
    found = merged({STEP: {}}, BASE, {STEP: {"name": "Vår", "text": "Frist i mai"}}, versions={STEP: 5})
    assert found.wanted == ()
    assert [clash.field for clash in found.clashes] == ["name"]
