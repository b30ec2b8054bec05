"""One wanted thing against what stands: judged by the rules of its kind, the same for every road in.

Where somebody else has saved since, what is wanted is first merged with theirs (`merging`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from strategy import dates, things
from strategy.changes import Action, Edit, edit_between
from strategy.i18n import _
from strategy.record.around import Around, Planned, made, values_of
from strategy.record.merging import UNCHOSEN, Choices, clash, merged
from strategy.record.rules import RULES
from strategy.record.rules.rule import Told, cleaned, unfit
from strategy.record.wanted import Clash, Flaw, Ident, Preview, Values, Wanted
from strategy.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands of a thing, at `version` (0 where none does), and what it would be; None is not there."""

    wanted: Wanted
    before: Values | None
    after: Values | None
    version: int
    flaws: tuple[Flaw, ...] = ()
    left_out: tuple[Flaw, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def edit(self) -> Edit | None:
        """What would change; what is said anew changes, though it be to the same, but not before a choice."""
        if self.wanted.anew and self.collides:
            return None
        found = edit_between(*self.wanted.ident, self.before, self.after)
        if found is None and self.wanted.anew:
            return Edit(*self.wanted.ident, Action.CHANGED, ())
        return found

    @property
    def collides(self) -> bool:
        """Whether somebody has to choose before all of it can be written."""
        return any(not clash.chosen for clash in self.clashes)


def previewed(
    now: Snapshot,
    wanted: Sequence[Wanted],
    *,
    base: Mapping[Ident, Values] | None = None,
    today: date | None = None,
    choices: Choices = UNCHOSEN,
) -> Preview:
    """Compare what is wanted with the plan as it stands; what stands there already is left out.

    `base` is what the edits began with (the `flat` of the snapshot they were made on), to merge them with
    what was saved since; `choices` says whose is to stand where they clash. `today` is the day nothing
    measured or reached can be after; else that of the plan's newest change.
    """
    around = Planned(now, today or dates.oslo_day(now.recorded_at), base or {})
    return preview(judge(wanted, around, choices))


def judge(wanted: Sequence[Wanted], around: Around, choices: Choices = UNCHOSEN) -> tuple[Judged, ...]:
    """Each wanted thing as it would be, then what these bring along; one that is wanted twice is refused."""
    times = Counter(each.ident for each in wanted)
    around.wanted = {each.ident: each.fields for each in wanted}
    found = [_merged(each, around, choices) if times[each.ident] < 2 else _twice(each) for each in wanted]
    brought = {each.ident: each for judged in found for each in _brought(judged, around)}
    along = (_merged(each, around, choices) for ident, each in brought.items() if ident not in times)
    return (*found, *along)


def preview(found: Sequence[Judged]) -> Preview:
    """What stands in the way of all of it, and what would change where nothing does."""
    flaws = dict.fromkeys(flaw for each in found for flaw in each.flaws)
    return Preview(
        tuple(edit for each in found if (edit := each.edit)),
        tuple(clash for each in found for clash in each.clashes),
        tuple(flaws),
        tuple(flaw for each in found for flaw in each.left_out),
        tuple(each.wanted for each in found if each.edit),
    )


def _brought(judged: Judged, around: Around) -> Iterator[Wanted]:
    """What else is so once this is saved."""
    if judged.edit and judged.after is not None and not judged.flaws:
        after = {"key": judged.wanted.key, "version": judged.version, "change_id": 0, **judged.after}
        yield from RULES[judged.wanted.kind].brings(made(judged.wanted.kind, after), around)


def _merged(wanted: Wanted, around: Around, choices: Choices) -> Judged:
    """A wanted thing on top of what stands; where somebody else has saved since, merged with theirs.

    What is said anew, as a report, is a statement as a whole: two at once are two, and never one of both.
    """
    judged = _on_top(wanted, around)
    if judged.version == wanted.base_version or wanted.kind not in RULES:
        return judged
    base = around.begun(wanted.ident, wanted.base_version)
    if wanted.anew:
        both = clash(wanted.ident, judged.version, "", base, judged.before, judged.after, choices)
        return replace(judged, wanted=replace(wanted, base_version=judged.version), clashes=(both,))
    if base and judged.before is None and not wanted.retired:  # taken out since: the whole of it comes back
        fields = {**_sayable(wanted, base), **wanted.fields}
        judged = _on_top(replace(wanted, base_version=0, fields=fields), around)
    if judged.before == judged.after:
        return judged
    if RULES[wanted.kind].is_whole:
        both = clash(wanted.ident, judged.version, "", base, judged.before, judged.after, choices)
        return replace(judged, clashes=(both,))
    return _settled(judged, base, around, choices)


def _settled(judged: Judged, base: Values | None, around: Around, choices: Choices) -> Judged:
    """What comes of it when only what merges, or was chosen, is put on top of what stands."""
    ident, theirs, version = judged.wanted.ident, judged.before, judged.version
    merge = merged(
        {} if base is None else {ident: base},
        {} if theirs is None else {ident: theirs},
        {ident: judged.after},
        versions={ident: version},
        choices=choices,
    )
    final = Judged(Wanted(*ident, version), theirs, theirs, version)
    for each in merge.wanted:
        again = replace(
            each, fields=_sayable(each, each.fields), reason=judged.wanted.reason, sure=judged.wanted.sure
        )
        final = _on_top(again, around)
    waiting = {each.field for each in merge.clashes if not each.chosen}
    flaws = tuple(flaw for flaw in final.flaws if flaw.field not in waiting)
    return replace(final, flaws=flaws, left_out=judged.left_out, clashes=merge.clashes)


def _taken_over(kind: str, before: Values | None) -> dict[str, Any]:
    """What a new version says of itself where nothing else is said: as before, but for what is said anew."""
    anew = {name for name, shape in things.shapes(kind).items() if shape.anew}
    return {name: None if name in anew else value for name, value in (before or {}).items()}


def _on_top(wanted: Wanted, around: Around) -> Judged:
    rules = RULES.get(wanted.kind)
    standing = around.thing(*wanted.ident) if rules else None
    before = values_of(wanted.kind, standing) if standing else None
    version = standing.version if standing else 0

    def found(told: Iterable[Told], *, is_missing: bool = False) -> tuple[Flaw, ...]:
        return tuple(Flaw(*wanted.ident, field, sentence, is_missing) for field, sentence in told)

    def refused(told: Iterable[Told], *, is_missing: bool = False) -> Judged:
        return Judged(wanted, before, before, version, found(told, is_missing=is_missing))

    if not rules or set(wanted.fields) - set(_may_be_said(wanted)):
        only = _("Bare det protokollen sier, kan rettes når møtet er avsluttet.")
        return refused([("", _("Dette kan ikke endres her.") if wanted.reason is None else only)])
    if wanted.retired:
        barred = tuple(rules.locks(wanted, standing, around)) if standing else ()
        return refused(barred) if barred else Judged(wanted, before, None, version)
    raw = {"key": wanted.key, **rules.named(wanted.key), **_taken_over(wanted.kind, before), **wanted.fields}
    gone = [("", _(rules.missing).format(key=wanted.key))]
    must = set(things.shapes(wanted.kind))
    if wanted.base_version and not before and must - set(things.defaults(wanted.kind)) - set(raw):
        return refused(gone, is_missing=True)
    if lacking := [(name, _(said)) for name, said in rules.needs.items() if raw.get(name) in (None, "")]:
        return refused(lacking)
    if wrong := tuple(unfit(wanted.kind, wanted.fields)):
        return refused(wrong)
    if missing := tuple(rules.stands_on(raw, around)):
        return refused(missing, is_missing=True)
    raw = {**things.defaults(wanted.kind), **({} if before else rules.begun(raw, around)), **raw}
    if must - set(raw):
        return refused(gone, is_missing=True)
    said, flaws = cleaned(wanted.kind, wanted.fields)
    thing = rules.normal(made(wanted.kind, raw | said | {**rules.follows(raw, around)}))
    after = None if before is None and rules.is_nothing(thing) else values_of(wanted.kind, thing)
    judged = Judged(wanted, before, after, version)
    if not judged.edit:
        return judged
    told = (*rules.locks(wanted, thing, around), *flaws, *rules.flaws(thing, around))
    asked = () if told else tuple(_doubts(judged, rules.doubts(thing, around)))
    left_out = tuple(_left_out(wanted, said, thing, rules.left_out))
    return Judged(wanted, before, after, version, (*found(told), *asked), left_out)


def _doubts(judged: Judged, told: Iterable[Told]) -> Iterator[Flaw]:
    """What looks wrong in a field that changes, unless whoever wants it is sure."""
    changed = (
        {each.field for each in judged.edit.fields if each.before != each.after} if judged.edit else set()
    )
    for field, sentence in () if judged.wanted.sure else told:
        if field in changed:
            yield Flaw(*judged.wanted.ident, field, sentence, is_doubt=True)


def _may_be_said(wanted: Wanted) -> Iterable[str]:
    rules = RULES[wanted.kind]
    if wanted.reason is not None:
        return rules.corrected
    return rules.only or (things.shapes(wanted.kind).keys() - rules.named(wanted.key).keys())


def _sayable(wanted: Wanted, said: Values) -> dict[str, Any]:
    names = set(_may_be_said(wanted))
    return {name: value for name, value in said.items() if name in names}


def _left_out(wanted: Wanted, said: Values, thing: Any, sentence: str) -> Iterator[Flaw]:
    """What was said and the rules have emptied."""
    for name, value in said.items():
        if sentence and value and not getattr(thing, name):
            field = things.shapes(wanted.kind)[name].refused
            yield Flaw(*wanted.ident, name, _(sentence).format(field=field))


def _twice(wanted: Wanted) -> Judged:
    said = _("Tiltaket står flere ganger. La det stå bare én gang.")
    return Judged(wanted, None, None, 0, (Flaw(*wanted.ident, "", said),))
