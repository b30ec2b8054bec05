"""What those without an account have sent in, the links they do it by, and the reminders they get."""

import streamlit as st

from strategy import dates, ui
from strategy.i18n import _, plural
from strategy.ui import incoming, reminding

SIZE = 5

view = ui.view()
waiting = incoming.waiting()
form = plural("Én innsendt rapport venter", "{number} innsendte rapporter venter", len(waiting))
title = form.format(number=dates.in_words(len(waiting), capital=True))
ui.heading(_("Innsendt og lenker"), title if waiting else incoming.finished())
if not view.editable:
    st.info(_("Du ser planen slik den sto før. Gå tilbake til i dag for å behandle rapporter."))
    st.stop()
sent, links, mails = st.tabs([_("Innsendt"), _("Lenker"), _("Påminnelser")], key="fane", bind="query-params")
if sent.open:
    with sent:
        if not waiting:
            st.markdown(_("Når noen har rapportert med en lenke, leser og godtar du rapporten her."))
            label = _("Lag en lenke til en ansvarlig")
            where = {"fane": _("Lenker")}
            st.page_link(
                ui.page("innsendt"), label=label, icon=":material/arrow_forward:", query_params=where
            )
        for draft in ui.paged(waiting, SIZE, "side"):
            incoming.draft(draft)
if links.open:
    with links:
        incoming.link_list()
if mails.open:
    with mails:
        reminding.mails()
