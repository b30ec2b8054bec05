"""Search over everything that is written: what was found, when it was said, and the way to it."""

import streamlit as st

from strategy import dates, searching, ui
from strategy.i18n import _
from strategy.ui import markdown

PAGE = 20

view = ui.view()


def asked() -> str:
    """What is searched for, as it stands in the address."""
    typed = st.text_input(
        _("Søk i alt"), key="q", bind="query-params", icon=":material/search:", live=True, width=560
    )
    return typed.strip()


def guide() -> None:
    """What there is to find, and how."""
    st.markdown(
        _(
            "Skriv ett eller flere ord, i hvilken som helst rekkefølge. Søket går gjennom strategien, mål, "
            "tiltak, milepæler, rapporter, indikatorer og målinger, og styrets saker, vedtak, spørsmål og "
            "svar. Også eldre rapporter er med."
        )
    )
    st.caption(
        _(
            "«okte» finner «økte», og «kultur» finner «fritidskultur». Skriv også hva slags eller når, som "
            "«vedtak kulturarena» eller «rapport november 2026». Et nummer, som «36/2026» eller «1.2.1», "
            "finner saken eller tiltaket."
        )
    )


def shown(hit: searching.Hit) -> None:
    """One hit: its title as the way to it, what kind and when, and the words round what was asked for."""
    with st.container(gap=None):
        st.page_link(
            ui.page(hit.place.address),
            label=markdown.reworded(hit.title),
            icon="",
            query_params=dict(hit.place.query),
            width="content",
        )
        known = ui.plain(f"{hit.label} · {dates.day(hit.day)}")
        about = " · ".join(filter(None, (known, markdown.reworded(hit.about))))
        said = f"  \n{ui.plain(f'{hit.field}:')} {markdown.reworded(hit.excerpt)}" if hit.excerpt else ""
        st.markdown(f":small[:gray[{about}]]{said}")


head = st.container()
words = asked()
found = ui.found(words)
with head:
    ui.heading(_("Søk"), searching.sentence(found, words) if words else _("Søk i alt som er skrevet"))
if not found.entries:
    guide()
with st.container(gap="small"):
    for entry in ui.paged(found.entries, PAGE, "side"):
        shown(searching.hit(entry, view.snapshot, found.words))
