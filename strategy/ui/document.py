"""An outline on the page: the blocks that Word and PDF print, drawn with Streamlit."""

from collections.abc import Iterable
from typing import assert_never

import streamlit as st

from strategy import drawings, sync
from strategy.drawings import Story
from strategy.exports.formats import pictures
from strategy.exports.outline import (
    Bar,
    Beside,
    Block,
    Bullets,
    Contents,
    Entries,
    Entry,
    Facts,
    Heading,
    Line,
    Numbered,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Style,
    Table,
    capital,
    plain,
)
from strategy.snapshot import Goal
from strategy.ui import markdown
from strategy.ui.parts import MEASURES, badge, goal_page, paged
from strategy.ui.pictures import palette_of
from strategy.ui.view import dark, view
from strategy.values import Mark, Reworded

ENTRIES = 8
"""How many things are told of before one must turn the page."""

_WIDTHS = (2, 3)
_SMALL = (
    Style.STATUS,
    Style.NOTE,
    Style.ORGANISATION,
    Style.SUBTITLE,
    Style.DATE,
    Style.MARK,
    Style.CORRECTION,
)


def draw(blocks: Iterable[Block], below: int = 0) -> None:
    """Draw the blocks, their headings that much `below` the page's own; each long list has its own pages."""
    place, lists = "", 0
    for block in blocks:
        if isinstance(block, Heading):
            place, lists = block.anchor, 0
        lists += isinstance(block, Entries)
        _block(block, below, f"{place}-{lists}" if lists > 1 else place)


def text(line: Line) -> str:
    """A line as markdown: what people wrote letter by letter, a mark in its colour."""
    said = "".join(map(_run, line)).split("\n")
    return "  \n".join(each.strip() for each in said)


def _block(block: Block, below: int, place: str) -> None:
    match block:
        case Heading():
            _heading(block, below)
        case Paragraph():
            _paragraph(block)
        case Bullets():
            st.markdown("\n".join(f"- {_point(item)}" for item in block.items))
        case Numbered():
            points = [f"{number}. {_point(item)}" for number, item in enumerate(block.items, block.first)]
            st.markdown(_styled("\n".join(points), block.style))
        case Entries():
            for entry in paged(block.entries, ENTRIES, place):
                _entry(entry)
        case Facts():
            st.markdown(
                "  \n".join(f"**{markdown.plain(name)}:** {_point(said)}" for name, said in block.rows)
            )
        case Table():
            _table(block)
        case Picture():
            _picture(block)
        case Beside():
            for column, part in zip(st.columns(block.widths, gap="medium"), block.columns, strict=True):
                with column.container(gap="small"):
                    draw(part, below)
        case PageBreak() | Contents():
            pass
        case _:
            assert_never(block)


def _heading(heading: Heading, below: int) -> None:
    if goal := _goal_of(heading):
        label = f"**{markdown.plain(heading.text)}**"
        st.page_link(goal_page(goal), label=label, icon="", width="content")
        return
    said, level = markdown.plain(heading.text), heading.level + below
    if level in (2, 3):
        (st.header if level == 2 else st.subheader)(said, anchor=False)
    elif level == 4:
        st.markdown(f"#### {said}")
    else:  # the same words under every case, and Streamlit makes the id of a heading from its words
        st.markdown(f"**{said}**")


def _goal_of(heading: Heading) -> Goal | None:
    if not heading.source or heading.source.kind != "goal":
        return None
    return next((goal for goal in view().snapshot.goals if goal.key == heading.source.key), None)


def _paragraph(paragraph: Paragraph) -> None:
    said = text(paragraph.runs)
    if paragraph.style in _SMALL:
        st.caption(said)
    else:
        st.markdown(_styled(said, paragraph.style))


def _styled(said: str, style: Style) -> str:
    return "\n".join(f"> {each}" for each in said.split("\n")) if style is Style.RESOLUTION else said


def _entry(entry: Entry) -> None:
    """The thing, and beside it how its mark moved, what else there is to tell, and why."""
    name, told = st.columns(_WIDTHS, gap="xxsmall", vertical_alignment="top")
    with name:
        _named(entry.name)
    with told, st.container(gap="xxsmall"):
        if entry.moved:
            st.markdown(text(entry.moved))
        if entry.told:
            point = "- " if len(entry.told) > 1 else ""
            st.markdown("\n".join(point + _point(capital(each)) for each in entry.told))
        if entry.why:
            st.caption(markdown.plain(entry.why))


def _named(name: Line) -> None:
    """Each measure as a link to its page, all else as it is."""
    measures = [run for run in name if run.source and run.source.kind == "measure"]
    for run in measures:
        where = {"t": run.source.key} if run.source else {}
        st.page_link(MEASURES, label=_run(run), icon="", query_params=where, width="content")
    if not measures and name:
        st.markdown(text(name))


def _table(table: Table) -> None:
    st.caption(markdown.plain(table.caption))
    if any(isinstance(run.value, Story) for row in table.rows for cell in row for run in cell):
        _strips(table)
        return
    st.markdown(markdown.marked_table(table.header, ([_point(cell) for cell in row] for row in table.rows)))


def _strips(table: Table) -> None:
    """Each row as its name with what its other cells say, and under it its strip as wide as the page."""
    of = palette_of(dark())
    for at, (name, *cells) in enumerate(table.rows):
        told, head = next(
            (run.value, head)
            for cell, head in zip(cells, table.header[1:], strict=True)
            for run in cell
            if isinstance(run.value, Story)
        )
        bare = (tuple(run for run in cell if not isinstance(run.value, Story)) for cell in cells)
        said = filter(None, (_point(cell).strip(" ·–") for cell in bare))
        if not at:
            st.image(drawings.axis(told.period, told.today, of), alt=head, width="stretch")
        with st.container(gap="xxsmall"):
            _named(name)
            st.markdown(f":small[{' · '.join(said)}]")
            st.image(drawings.strip(told, of), alt=f"{plain(name)}: {told.sentence}", width="stretch")


def _picture(picture: Picture) -> None:
    chart = picture.chart
    if isinstance(chart, Bar):
        st.image(
            drawings.bar(chart.reached, chart.planned, chart.all, palette_of(dark())),
            alt=picture.alt,
            width="stretch",
        )
    else:
        st.image(pictures.png(chart), alt=picture.alt, width="stretch")
    st.markdown(markdown.plain(picture.caption))


def _point(line: Line) -> str:
    """A line where there is room for one: its breaks become middle dots."""
    return text(line).replace("  \n", " · ")


def _run(run: Run) -> str:
    match run.value:
        case Mark():
            return badge(run.value.assessment, run.value.word)
        case Reworded():
            return markdown.reworded(sync.words(run.value.before, run.value.after))
    said = markdown.escaped(run.text)
    inner = said.strip()
    return said.replace(inner, f"**{inner}**", 1) if run.strong and inner else said
