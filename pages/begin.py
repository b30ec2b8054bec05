"""The first steps, each made for many at once, and what is copied to a new year."""

import streamlit as st

from strategy import beginning, dates, ui
from strategy.beginning import Part
from strategy.i18n import _, plural
from strategy.ui import beginnings, new_year, query

view = ui.view()

found = beginnings.steps()
done = sum(step.is_done for step in found)
following = beginning.following(found)
title = (
    plural("Ett av seks steg er gjort.", "{number} av seks steg er gjort.", done).format(
        number=dates.in_words(done, capital=True)
    )
    if done
    else _("Seks steg, så kan planen følges.")
)
ui.heading(_("Kom i gang"), title if following else _("Alle seks steg er gjort."))
if not view.editable:
    st.info(_("Du ser planen slik den sto før. Gå tilbake til i dag for å endre."), icon=":material/history:")
    st.stop()
steps = {str(step.part): step for step in found}
first = str(following.part if following else Part.ROLES)
chosen = query.pills(
    _("Steg"),
    "steg",
    [*steps, new_year.STEP],
    lambda part: beginnings.label(steps[part]) if part in steps else _("Nytt år"),
    required=True,
    first=first,
    hidden=True,
)
if chosen == new_year.STEP:
    ui.section(_("Nytt år"))
    new_year.show()
    st.stop()
step = steps[chosen or first]
ui.section(step.name)
st.markdown(ui.plain(step.sentence))
beginnings.DRAW[step.part]()
