"""The shared pieces of page: marks, links, tables, charts, cards and the log."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from strategy import charts, dates, history, indicators, people, progress, sync, wording
from strategy.changes import Edit, FieldChange
from strategy.exports import measure as measure_said
from strategy.exports import outline
from strategy.i18n import _, plural
from strategy.snapshot import Goal, Indicator, Measure, Report, Snapshot
from strategy.terms import Assessment, Phase
from strategy.ui import markdown
from strategy.ui.markdown import plain
from strategy.ui.view import cached, view

MEASURES = "measures.py"
UPDATE = "update.py"
VALUES = "values.py"
ACTION = "action.py"
HANDOVER = "handover.py"
COMPLETENESS = "completeness.py"
MEETINGS = "meetings.py"
PRESENTATION = "presentasjon"
CARD = 300
CROSS = "✕"
"""Stands before what is late or not kept."""

T = TypeVar("T")


def heading(kicker: str, title: str, lead: str = "") -> None:
    """The page's name small beside whose plan it is, the finding large, and below it what that rests on."""
    seen = view()
    strategy = seen.snapshot.strategy
    whose = (strategy.organisation, strategy.name, _("per {day}").format(day=dates.day(seen.today)))
    st.session_state["identity"].caption(plain(" · ".join((*([kicker.upper()] if kicker else []), *whose))))
    titled(kicker, title, strategy.organisation)
    if lead:
        st.markdown(lead)


def titled(kicker: str, title: str, whose: str) -> None:
    """The title on the page; in the browser's tab it has the page's name before it, and whose it is after."""
    st.set_page_config(page_title=" – ".join(filter(None, (kicker, title, whose))))
    st.title(plain(title), anchor=False)


def section(title: str) -> None:
    """A heading inside the page."""
    st.header(plain(title), anchor=False)


def badge(assessment: Assessment, words: str) -> str:
    """Markdown for a mark with its shape, words and colour."""
    return f":{assessment.tone}-badge[{assessment.mark} {plain(words)}]"


def meanings(terms: type[Assessment] | type[Phase]) -> str:
    """What each word means, as help beside where it stands."""
    return "\n".join(
        f"- {term.marked if isinstance(term, Assessment) else term.label} – {_(term.meaning)}"
        for term in terms
    )


def symbol(assessment: Assessment) -> str:
    """Markdown for the bare shape in its colour."""
    return f":{assessment.tone}[{assessment.mark}]"


def shown_badge(report: Report | None, today: date) -> str:
    """Markdown for the mark of what the report is on, as it may be shown today; its age stands below."""
    shown = progress.mark_of(report, today)
    if not shown.stale or shown.last is None:
        return badge(shown.assessment, shown.word)
    aged = plural("på {n} dag, sist «{last}»", "på {n} dager, sist «{last}»", shown.age or 0)
    return f"{badge(shown.assessment, shown.short)}  \n{plain(aged.format(last=shown.last.label))}"


def counts(found: progress.Counts) -> str:
    """Markdown for the marks with their numbers; kinds with none are left out."""
    return " ".join(badge(mark, f"{count} {word}") for mark, count, word in found.rows if count)


def symbols(found: progress.Counts) -> str:
    """Markdown for the marks as `● 4 ▲ 2`."""
    return " ".join(f"{symbol(mark)} {count}" for mark, count, _word in found.rows if count)


def keep_pages(pages: Iterable[Any]) -> None:
    """Let links find the pages of this run as navigation knows them."""
    st.session_state["pages"] = {page.url_path: page for page in pages}


def page(address: str) -> Any:
    """A page for a link, by its address: a file would be looked for on disk each time, five times as dear."""
    return st.session_state["pages"][address]


def measure_link(measure: Measure, beside: str = "") -> None:
    """A measure's number and short name as a link to its page, and what is said `beside` them."""
    label = f"**{plain(measure.key)}** {plain(measure.name)}{faint(beside)}"
    st.page_link(page("tiltak"), label=label, icon="", query_params={"t": measure.key}, width="content")


def faint(beside: str) -> str:
    """Markdown for what is said of a thing after its name, empty where nothing is."""
    return f" :gray[{plain(beside)}]" if beside else ""


def measure_row(measure: Measure, said: str) -> None:
    """A measure as a link with markdown to the right, below where there is no room."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall"
    ):
        measure_link(measure)
        st.markdown(said, width="content")


def goal_page(goal: Goal) -> Any:
    """The page of one main goal, as navigation and links know it."""
    return st.Page("goal.py", title=f"{goal.key} {goal.name}", url_path=f"hovedmal-{goal.key}")


def responsible(measure: Measure, today: date) -> str:
    """Who answers for the measure, as plain markdown."""
    return plain(people.responsible_text(measure, today))


def chart(drawn: charts.Chart | None, key: str) -> None:
    """A figure that says its finding to a screen reader, with the same numbers as a table below."""
    if drawn is None:
        return
    st.plotly_chart(drawn.figure, key=key, alt=drawn.alt, config=charts.CONFIG)
    said = _("Vis tallene som tabell")
    with st.expander(said, key=f"{key}-table", on_change="rerun", type="compact") as folded:
        if folded.open:
            header, rows = drawn.table
            table(header, rows)


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A real table of plain texts; every cell is shown letter by letter."""
    st.markdown(markdown.table(header, rows))


def balanced(things: Iterable[T], size: Callable[[T], int]) -> tuple[list[T], list[T]]:
    """Deal things of different height into two columns, each to the shorter one."""
    left: list[T] = []
    right: list[T] = []
    for thing in things:
        shorter = left if sum(map(size, left)) <= sum(map(size, right)) else right
        shorter.append(thing)
    return left, right


def paged(things: tuple[T, ...], size: int, key: str) -> tuple[T, ...]:
    """The part of a long list that is on the chosen page; the page number stands in the address."""
    count = -(-len(things) // size)
    if count <= 1:
        return things
    number = st.pagination(count, key=key, bind="query-params")
    return things[(number - 1) * size : number * size]


def proposal(indicator: Indicator) -> str:
    """Markdown that marks a proposal, empty for what is adopted."""
    return f" :gray-badge[{_('Forslag')}]" if indicator.proposal else ""


def facts(measure: Measure) -> list[str]:
    """How far, and by when, as bare texts."""
    return [outline.plain(said) for said in measure_said.facts(measure, view().today)]


def report_lines(report: Report) -> list[str]:
    """What a report says, each part under its name, as markdown lines."""
    return [f"**{name}:** {plain(outline.plain(said))}" for name, said in measure_said.reported(report)]


def cards() -> Any:
    """A grid for cards with a chart: three in a row, fewer where a chart would be too small to read."""
    return st.grid(3, min_column_width=CARD)


def indicator_line(indicator: Indicator) -> str:
    """An indicator in one line: its name, newest value, and target."""
    seen = view()
    newest = indicators.latest(indicator, seen.today)
    why = indicators.unmeasured_said(indicator, seen.today)
    said = [why[:1].lower() + why[1:]]
    if newest:
        value = newest.text if newest.value is None else indicators.amount(indicator, newest.value)
        said = [f"{value} ({dates.period_label(newest.period)})"]
    if gap := indicators.unmeasured(indicator, seen.today):
        why = indicators.not_measured(gap)
        said = [*(said if newest else []), why[:1].lower() + why[1:]]
    if aim := indicators.target(indicator, seen.today):
        said.append(indicators.aim(indicator, aim))
    name = f"{indicator.name} ({_('forslag')})" if indicator.proposal else indicator.name
    return f"{name}: {', '.join(said)}"


def indicator_card(indicator: Indicator) -> None:
    """One indicator: its finding, its trend and how it is measured."""
    seen = view()
    period = seen.snapshot.strategy.period
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f"**{plain(indicator.name)}** {plain(indicator.unit)}{proposal(indicator)}")
        found = indicators.mark(indicator, seen.today)
        said = plain(indicators.sentence(indicator, seen.today, seen.snapshot.strategy.end))
        ahead = indicators.forecast(indicator, seen.snapshot.strategy.end, seen.today)
        shown = f"{symbol(found)} {said}" if indicators.is_coloured(indicator) else said
        st.markdown(shown, help=ahead.method if ahead else None)
        if indicator.values:
            chart(cached(_trend, indicator.key, period), key=f"trend-{indicator.key}")
        st.caption(plain(_how_measured(indicator)))


def _how_measured(indicator: Indicator) -> str:
    parts = (
        _("Målemetode: {method}.").format(method=indicator.method.rstrip(".")) if indicator.method else "",
        _("Kilde: {source}.").format(source=indicator.source.rstrip(".")) if indicator.source else "",
        _baseline(indicator),
        f"{indicator.frequency.label}.",
    )
    return " ".join(part for part in parts if part)


def _baseline(indicator: Indicator) -> str:
    """«Nullpunkt: 210 (31.12.2025).», empty where there is none."""
    if indicator.baseline is None:
        return ""
    said = indicators.amount(indicator, indicator.baseline)
    day = f" ({dates.day(indicator.baseline_on)})" if indicator.baseline_on else ""
    return _("Nullpunkt: {said}.").format(said=said + day)


def logged(
    entry: history.LoggedChange, below: Callable[[int], None] | None = None, *, opened: int = 0
) -> None:
    """One change of the log, folded: who and what; open: every field before and after, then `below`.

    The one that is `opened` begins so.
    """
    seen = view()
    whole = entry.total <= len(entry.edits)
    things = list(dict.fromkeys(wording.happened(edit, seen.snapshot) for edit in entry.edits))
    count = len(things) if whole else entry.total
    more = _(" og {n} til").format(n=count - 2) if count > 2 else ""
    title = plain(f"{entry.id} · {dates.clock(entry.recorded_at)} · {entry.actor}")
    with st.expander(
        f"{title} · **{plain(', '.join(things[:2]) + more)}**",
        expanded=entry.id == opened,
        key=f"change-{entry.id}",
        on_change="rerun",
        type="compact",
    ) as box:
        if box.open:
            st.caption(plain(" · ".join(part for part in (entry.via.label, entry.reason) if part)))
            with seen.database.reading() as session:
                edits = entry.edits if whole else history.edits(session, seen.strategy, entry.id)
            for edit in paged(edits, 25, f"endring-{entry.id}"):
                edited(edit)
            if below:
                below(entry.id)


def edited(edit: Edit, title: str = "", header: tuple[str, str] | None = None) -> None:
    """One thing before and after, field by field; a changed text word by word.

    `title` and `header` are said instead where it has not happened yet.
    """
    st.markdown(f"**{plain(title or wording.happened(edit, view().snapshot))}**")
    rows = [
        [markdown.cell(wording.field(edit.kind, change.field)), *_before_and_after(change)]
        for change in wording.told(edit)
    ]
    st.markdown(markdown.marked_table([_("Felt"), *(header or (_("Før"), _("Nå")))], rows))


def _before_and_after(change: FieldChange) -> tuple[str, str]:
    """Both texts as cells: what went is struck out, what came is bold."""
    before, after = wording.said(change.before), wording.said(change.after)
    if not (change.before and change.after and isinstance(change.after, str)):
        return markdown.cell(before), markdown.cell(after)
    words = list(sync.words(before, after))
    return markdown.changed(words, "-", "~~"), markdown.changed(words, "+", "**")


def _trend(shown: Snapshot, today: date, key: str, period: dates.Period) -> charts.Chart | None:
    return charts.indicator_trend(shown.indicator(key), period, today)
