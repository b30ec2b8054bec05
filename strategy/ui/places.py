"""The places of the app: those in the menu, and the pages that stand beside each other under one of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from strategy.i18n import _, mark
from strategy.snapshot import Snapshot
from strategy.ui.parts import (
    ACTION,
    COMPLETENESS,
    HANDOVER,
    MEASURES,
    MEETINGS,
    PRESENTATION,
    UPDATE,
    VALUES,
    goal_page,
)

BESIDE = (
    {"arshjul": mark("Årshjul"), "handlingsplan": mark("Handlingsplan")},
    {"styremoter": mark("Styremøter"), "siden-sist": mark("Siden sist")},
    {
        "oppdatering": mark("Én og én"),
        "tabell": mark("Tabell"),
        "malinger": mark("Målinger"),
        "innsendt": mark("Innsendt og lenker"),
        "excel": mark("Excel-skjema"),
    },
    {"planen": mark("Planen"), "mangler": mark("Mangler"), "endringslogg": mark("Endringslogg")},
    {"innstillinger": mark("Innstillinger"), "kom-i-gang": mark("Kom i gang")},
)
"""The pages of one place by their address, with what each is called there; the first is in the menu."""


def pages(shown: Snapshot) -> dict[str, list[Any]]:
    """The navigation, group by group; a goal page for each goal there is."""
    return {
        "": [
            st.Page("overview.py", title=_("Oversikt"), default=True),
            st.Page("search.py", title=_("Søk"), url_path="sok"),
        ],
        _("Strategien"): [
            *(goal_page(goal) for goal in shown.goals),
            st.Page("about.py", title=_("Om strategien"), url_path="om"),
        ],
        _("Status"): [
            st.Page(MEASURES, title=_("Tiltak"), url_path="tiltak"),
            st.Page("indicators.py", title=_("Indikatorer"), url_path="indikatorer"),
            st.Page("people.py", title=_("Ansvarlige"), url_path="ansvarlige"),
            st.Page("year.py", title=_("Tidslinje"), url_path="arshjul"),
            _under(ACTION, "handlingsplan", _("Handlingsplan")),
            _under(HANDOVER, "overlevering", _("Overlevering")),
        ],
        _("Styret"): [
            st.Page(MEETINGS, title=_("Styremøter"), url_path="styremoter"),
            _under("since.py", "siden-sist", _("Siden sist")),
            _under("present.py", PRESENTATION, _("Presentasjon")),
        ],
        _("Sekretariatet"): [
            st.Page(UPDATE, title=_("Oppdatering"), url_path="oppdatering"),
            _under("table.py", "tabell", _("Tabell")),
            _under(VALUES, "malinger", _("Målinger")),
            _under("incoming.py", "innsendt", _("Innsendt og lenker")),
            _under("workbook.py", "excel", _("Excel-skjema")),
            st.Page("reports.py", title=_("Rapporter"), url_path="rapporter"),
            st.Page("plan.py", title=_("Planen"), url_path="planen"),
            _under(COMPLETENESS, "mangler", _("Mangler")),
            _under("log.py", "endringslogg", _("Endringslogg")),
            st.Page("settings.py", title=_("Innstillinger"), url_path="innstillinger"),
            _under("begin.py", "kom-i-gang", _("Kom i gang")),
        ],
    }


def group_of(groups: Mapping[str, Sequence[Any]], address: str) -> str:
    """The group of the menu a page is in, also one that is not in the menu itself."""
    return next((name for name, group in groups.items() if any(p.url_path == address for p in group)), "")


def beside(address: str) -> None:
    """The pages of this place, each as a link, the one that is shown in strong type."""
    names = next((each for each in BESIDE if address in each), None)
    if not names:
        return
    known = st.session_state["pages"]
    with st.container(horizontal=True, gap="medium", key="steder"):
        for each, name in names.items():
            label = f"**{_(name)}**" if each == address else _(name)
            st.page_link(known[each], label=label, icon="", query_params={}, width="content")


def _under(file: str, address: str, title: str) -> Any:
    """A page that is found from another of its place, and not from the menu."""
    return st.Page(file, title=title, url_path=address, visibility="hidden")
