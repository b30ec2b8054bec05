"""What has happened between two ends, as a report of its own or as facts for another program."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from strategy import since
from strategy.exports.annual.report import LANGUAGES, example
from strategy.exports.measure import said_by
from strategy.exports.outline import (
    Block,
    Bullets,
    Entries,
    Entry,
    Heading,
    Line,
    Outline,
    Run,
    Style,
    body,
    capital,
    line,
)
from strategy.history import Moment
from strategy.i18n import SOURCE_LANGUAGE, _, plural
from strategy.since import Account, Fact, Group, Promise
from strategy.snapshot import Goal, Measure, Report, Snapshot, Subgoal
from strategy.terms import Assessment
from strategy.values import Day, Mark, Number, phrase, source, spoken

Ends = tuple[Moment, Moment]


def outline(plan: Snapshot, ends: Ends, found: Account) -> Outline:
    """The finding, the promises not kept, and the news goal by goal."""
    strategy, day = plan.strategy, ends[1].day
    title = _("Siden sist")
    return Outline(
        title,
        strategy.organisation,
        strategy.name,
        LANGUAGES[SOURCE_LANGUAGE],
        day,
        f"{strategy.organisation} · {title}",
        example() if plan.example else "",
        tuple(_blocks(plan, ends, found)),
        cover=False,
    )


def facts(plan: Snapshot, ends: Ends, found: Account) -> bytes:
    """The same as JSON; keys are those of the plan, days as `2026-11-23`."""
    start, end = ends
    said = {
        "from": _end(start),
        "to": _end(end),
        "finding": since.headline(found, start, end, found.today),
        "example": plan.example,
        "measures": found.total,
        "worse": found.worse,
        "better": found.better,
        "unchanged": [measure.key for measure in found.quiet],
        "promises": [_promise(promise) for promise in found.promises],
        "whole": [_fact(fact) for fact in found.whole],
        "goals": [
            {"key": group.goal.key, "name": group.goal.name, "news": [_news(each) for each in group.lines]}
            for group in found.groups
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _blocks(plan: Snapshot, ends: Ends, found: Account) -> Iterator[Block]:
    start, end = ends
    yield Heading(1, since.headline(found, start, end, found.today), "siden-sist")
    yield body(f"{since.compared(start, end, found.today)} {since.basis(found)}", style=Style.LEAD)
    if plan.example:
        yield body(example(), style=Style.MARK)
    yield from promises(found)
    yield from whole(found)
    for each in found.groups:
        yield from group(each)
    if found.quiet:
        yield Heading(2, _("Uten endring"), "uendret")
        yield unchanged(found.quiet)


def promises(found: Account) -> Iterator[Block]:
    """What was promised and not done, the oldest first."""
    if found.promises:
        yield Heading(2, _("Lovet, men ikke gjort"), "lofter")
        form = _("Dette var lovet {day} eller før, og dagen er passert.")
        yield body(phrase(form, day=Day(found.then)), style=Style.NOTE)
        yield Entries(tuple(map(promised, found.promises)))


def whole(found: Account) -> Iterator[Block]:
    """What has happened to the plan as a whole."""
    if found.whole:
        yield Heading(2, _("Hele planen"), "planen")
        yield Bullets(tuple(capital(line(fact.full)) for fact in found.whole))


def group(shown: Group) -> Iterator[Block]:
    """One goal: how many became worse and better, and what happened, worst first."""
    title = _("Hovedmål {key}: {name}").format(key=shown.goal.key, name=shown.goal.name)
    yield Heading(2, title, f"mal-{shown.goal.key}", source(shown.goal))
    yield body(counted(shown.lines), style=Style.NOTE)
    yield Entries(tuple(map(entry, shown.lines)))


def unchanged(measures: Iterable[Measure]) -> Bullets:
    """The measures nothing happened to."""
    return Bullets(tuple(line(f"{each.key} {each.name}", source=source(each)) for each in measures))


def entry(each: since.Line) -> Entry:
    """What has happened to one thing."""
    moved = [_mark(each, each.before, each.was), Run(" → "), _mark(each, each.after, each.now)]
    told = tuple(line(fact.full, source=source(each.thing)) for fact in each.facts)
    return Entry(_name(each.thing), tuple(moved) if each.before and each.after else (), told, _quoted(each))


def _quoted(each: since.Line) -> str:
    """What the newest report says, with its day and who said it."""
    if each.said is None:
        return each.report
    return f"{each.report} ({spoken(said_by(each.said))})"


def in_short(each: since.Line, most: int) -> Entry:
    """The same without the report, and with its first facts only, the bad before the good."""
    whole, facts = entry(each), sorted(each.facts, key=lambda fact: not fact.bad)
    told = [line(fact.text) for fact in facts[:most]]
    more = [line(_("{n} til").format(n=len(facts) - most))] if len(facts) > most else []
    return Entry(whole.name, whole.moved, (*told, *more))


def promised(promise: Promise) -> Entry:
    """A promise not kept, by the measures it is about."""
    names = tuple(run for each in promise.measures for run in (Run(", "), *_name(each)))[1:]
    return Entry(names, told=(line(promise.said),))


def counted(lines: Iterable[since.Line]) -> Line:
    """«2 verre · 1 bedre · 5 andre nyheter»."""
    steps = [each.step for each in lines]
    worse, better = steps.count(-1), steps.count(1)
    rest = len(steps) - worse - better
    said = [phrase(_("{n} verre"), n=Number(worse))] if worse else []
    said += [phrase(_("{n} bedre"), n=Number(better))] if better else []
    said += [(plural("{n} annen nyhet", "{n} andre nyheter", rest),)] if rest else []
    return line(*[value for each in said for value in (" · ", *each)][1:])


def _mark(each: since.Line, assessment: Assessment | None, word: str) -> Run:
    report = each.thing.report if assessment is each.after else None
    return Run(Mark(assessment or Assessment.NOT_ASSESSED, word), source=source(report) if report else None)


def _name(thing: Measure | since.Aim) -> Line:
    """The name in bold; of a subgoal, whose adopted text is long, only which it is."""
    if isinstance(thing, Subgoal):
        return line(Run(_("Delmål {key}").format(key=thing.key), strong=True), f" {thing.text}")
    name = _("Hovedmålet selv") if isinstance(thing, Goal) else f"{thing.key} {thing.name}"
    return line(Run(name, strong=True, source=source(thing)))


def _end(moment: Moment) -> dict[str, Any]:
    return {
        "change": moment.change,
        "day": moment.day.isoformat(),
        "meeting": moment.meeting.key if moment.meeting else None,
    }


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "measures": [measure.key for measure in promise.measures],
        "decision": promise.decision.key if promise.decision else None,
        "due": promise.due.isoformat(),
        "what": promise.what,
        "since": promise.since,
    }


def _news(news: since.Line) -> dict[str, Any]:
    thing = news.thing
    kind = "measure" if isinstance(thing, Measure) else "goal" if isinstance(thing, Goal) else "subgoal"
    return {
        "kind": kind,
        "key": thing.key,
        "before": news.before and news.before.value,
        "after": news.after and news.after.value,
        "facts": [_fact(fact) for fact in news.facts],
        "report": news.report,
        "said": _said(news.said),
    }


def _said(report: Report | None) -> dict[str, str] | None:
    """The day of the newest report and who gave it."""
    return {"on": report.recorded_on.isoformat(), "by": report.actor} if report else None


def _fact(fact: Fact) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": fact.kind.value, "text": fact.text, "bad": fact.bad}
    return found | ({"before": fact.texts.before, "after": fact.texts.after} if fact.texts else {})
