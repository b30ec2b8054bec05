"""What stands round every page: navigation, whose plan it is, and which day is shown."""

from typing import Any

import streamlit as st

from strategy import config, current, dates, integrity
from strategy.errors import NotFound, Refusal
from strategy.i18n import _
from strategy.ui import past, places
from strategy.ui.markdown import plain
from strategy.ui.parts import MEASURES, PRESENTATION, keep_pages
from strategy.ui.view import (
    View,
    choose_day,
    choose_strategy,
    enter_example,
    leave_example,
    open_view,
    reason,
    told,
)


def frame() -> None:
    """Draw what stands round every page, open the view and run the page that was asked for."""
    st.set_page_config(page_icon=config.ICON, layout="wide")
    try:
        opened = open_view()
    except Refusal as refusal:
        _refused(refusal)
        return
    st.session_state["view"] = opened
    pages = places.pages(opened.snapshot)
    page = st.navigation(pages, position="top")
    group = places.group_of(pages, page.url_path)
    bar = st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key=f"gruppe-{group.encode().hex()}",  # `focus.js` marks it in the menu
    )
    st.session_state["identity"] = bar.container(width="content")
    tools = bar.container(horizontal=True, vertical_alignment="center", width="content")
    keep_pages(each for group in pages.values() for each in group)
    st.session_state["address"] = page.url_path
    st.query_params.update({})  # a link to the page one is on reaches the script, but not the address
    _example(tools, opened)
    if page.url_path == PRESENTATION:
        st.navigation(pages, position="hidden")
    else:
        _tools(tools, opened)
    with st.container():  # always there: what comes and goes above a form would take the focus from it
        _told(opened)
    if page.url_path != PRESENTATION:
        places.beside(page.url_path)
    try:
        _run(page, opened)
    except Refusal as refusal:
        st.title(_("Dette kan ikke vises"), anchor=False)
        st.error(plain(reason(refusal)), icon=":material/error:")
        there = isinstance(refusal, NotFound)  # the page is, only not what was asked of it
        label = _("Til {page}").format(page=plain(page.title)) if there else _("Alle tiltak")
        st.page_link(page if there else MEASURES, label=label, icon=":material/arrow_back:", query_params={})


def _run(page: Any, opened: View) -> None:
    """Run the page; what goes wrong because the database is damaged is told as that."""
    try:
        page.run()
    except Refusal:
        raise
    except Exception as error:
        if found := integrity.damage(opened.database):
            raise found from error
        raise


def _example(bar: Any, opened: View) -> None:
    """That what is shown is made up, where it is."""
    if opened.snapshot.example:
        bar.markdown(
            ":orange-badge[:material/science: " + _("Eksempeldata – oppdiktet") + "]", width="content"
        )


def _tools(bar: Any, opened: View) -> None:
    """What stands to the right at the top: the way out of the example, and which day is shown."""
    _strategies(bar, opened)
    if opened.snapshot.example and st.session_state.get("data"):
        bar.button(_("Til egne data"), on_click=leave_example, type="tertiary")
    past.tools(bar, opened)


def _strategies(bar: Any, opened: View) -> None:
    """Which of the strategies is shown, where there are several."""
    names = {period.key: period.name for period in current.periods(opened.state)}
    if len(names) < 2:
        return
    if st.session_state.get("vis-strategi") != opened.strategy:
        st.session_state["vis-strategi"] = opened.strategy
    bar.selectbox(
        _("Strategi"),
        list(names),
        format_func=names.__getitem__,
        key="vis-strategi",
        on_change=_strategy_chosen,
        label_visibility="collapsed",
        width=240,
    )


def _strategy_chosen() -> None:
    choose_strategy(st.session_state["vis-strategi"])


def _out_of_period(opened: View) -> str:
    """That the plan is not in force on the day shown, or nothing."""
    strategy = opened.snapshot.strategy
    if not opened.has_begun:
        return _("Planen gjelder fra {day}.").format(day=dates.long_day(strategy.start))
    if opened.today > strategy.end:
        return _("Planen gjaldt til og med {day}.").format(day=dates.long_day(strategy.end))
    return ""


def _told(opened: View) -> None:
    """That another day is shown, or no day of the plan; what was just saved, here and where the eye is."""
    if said := _out_of_period(opened):
        st.info(said, icon=":material/date_range:")
    past.told(opened)
    told()


def _refused(refusal: Refusal) -> None:
    """Say why there is nothing to show, and what can be done."""
    st.title(_("Planen kan ikke vises"), anchor=False)
    st.error(plain(reason(refusal)), icon=":material/error:")
    if st.session_state.get("day"):
        st.button(_("Tilbake til i dag"), on_click=choose_day, args=(None,))
    st.button(_("Se med eksempeldata"), on_click=enter_example)
