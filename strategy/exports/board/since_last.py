"""What has happened between two ends, as a report of its own or as facts for another program."""

import json
from collections.abc import Iterator
from typing import Any

from strategy import dates, since
from strategy.exports.annual.report import LANGUAGES, example
from strategy.exports.outline import Block, Bullets, Heading, Line, Outline, Run, Style, body, line
from strategy.history import Moment
from strategy.i18n import SOURCE_LANGUAGE, _
from strategy.since import Account, Fact, Promise
from strategy.snapshot import Goal, Measure, Snapshot, Subgoal
from strategy.terms import Assessment

Ends = tuple[Moment, Moment]


def outline(plan: Snapshot, ends: Ends, found: Account) -> Outline:
    """The finding, the promises not kept, and the news goal by goal."""
    strategy, day = plan.strategy, ends[1].day
    title = _("Siden sist")
    return Outline(
        title, strategy.organisation, strategy.name, LANGUAGES[SOURCE_LANGUAGE], day,
        f"{strategy.organisation} · {title}", example() if plan.example else "",
        tuple(_blocks(plan, ends, found)), cover=False,
    )  # fmt: skip


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
    if found.promises:
        yield Heading(2, _("Lovet, men ikke gjort"), "lofter")
        yield Bullets(tuple(line(*_named(p.measures), p.sentence) for p in found.promises))
    if found.whole:
        yield Heading(2, _("Hele planen"), "planen")
        yield Bullets(tuple(line(_said(fact)) for fact in found.whole))
    for group in found.groups:
        title = _("Hovedmål {key}: {name}").format(key=group.goal.key, name=group.goal.name)
        yield Heading(2, title, f"mal-{group.goal.key}")
        yield Bullets(tuple(map(_line, group.lines)))
    if found.quiet:
        yield Heading(2, _("Uten endring"), "uendret")
        yield Bullets(tuple(line(f"{measure.key} {measure.name}") for measure in found.quiet))


def _named(measures: tuple[Measure, ...]) -> Iterator[Run]:
    for measure in measures:
        yield Run(f"{measure.key} {measure.name}: ", strong=True)


def _line(news: since.Line) -> Line:
    runs = list(_what(news.thing))
    if news.before and news.after:
        runs += [_mark(news.before, news.was), Run(" → "), _mark(news.after, news.now), Run(". ")]
    told = " · ".join(map(_said, news.facts))
    stop = "" if told.endswith(".»") else "."
    said = [f"{told[:1].upper()}{told[1:]}{stop}"] if told else []
    return line(*runs, " ".join((*said, *([news.report] if news.report else []))))


def _mark(assessment: Assessment, word: str) -> Run:
    return Run(f"{assessment.mark}{dates.HARD_SPACE}{word}", assessment=assessment)


def _what(thing: Measure | since.Aim) -> Iterator[Run]:
    """The name in bold; of a subgoal, whose adopted text is long, only which it is."""
    if isinstance(thing, Subgoal):
        yield Run(_("Delmål {key}").format(key=thing.key), strong=True)
        yield Run(f" {thing.text}: ")
    else:
        name = _("Hovedmålet selv") if isinstance(thing, Goal) else f"{thing.key} {thing.name}"
        yield Run(f"{name}: ", strong=True)


def _said(fact: Fact) -> str:
    if not (fact.before and fact.after):
        return fact.text
    return _("{what}: «{before}» er nå «{after}»").format(
        what=fact.text, before=fact.before, after=fact.after
    )


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
    }


def _fact(fact: Fact) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": fact.kind.value, "text": fact.text, "bad": fact.bad}
    return found | ({"before": fact.before, "after": fact.after} if fact.before or fact.after else {})
