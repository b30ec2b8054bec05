"""The strategy as adopted: what stands before the action plan, the goals, and notes on the document."""

import streamlit as st

from strategy import dates, ui
from strategy.i18n import _
from strategy.ui import findings

view = ui.view()
strategy = view.snapshot.strategy

period = _("{start} til {end}").format(start=dates.long_day(strategy.start), end=dates.long_day(strategy.end))
ui.heading(
    _("Om strategien"), strategy.vision, ui.plain(f"{strategy.title} · {strategy.organisation} · {period}")
)
for section in strategy.sections:
    ui.section(section["heading"])
    if section.get("text"):
        st.markdown(ui.plain(section["text"]))
    for point in section.get("points", ()):
        name = f"**{ui.plain(point['name'])}** " if point.get("name") else ""
        st.markdown(f"- {name}{ui.plain(point['text'])}")
ui.section(_("Mål og tiltak"))
for goal in view.snapshot.goals:
    st.subheader(ui.plain(f"{goal.printed} {goal.text}"), anchor=False)
    for text in findings.adopted(goal):
        st.markdown(text)
if strategy.notes:
    ui.section(_("Merknader"))
headings = {section["key"]: section["heading"].rstrip(":") for section in strategy.sections}
for note in strategy.notes:
    what = note.get("about", "")
    about = f"**{ui.plain(headings.get(what, what))}** " if what else ""
    st.markdown(f"- {about}{ui.plain(note['text'])}")
