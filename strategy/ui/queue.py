"""The queue at the desk: what is asked for and why, what stands there now, and what is half written."""

from collections.abc import Mapping

import streamlit as st

from strategy import desk, people
from strategy.i18n import _
from strategy.record.scratch import Kept
from strategy.snapshot import Measure
from strategy.ui import findings, reporting
from strategy.ui.markdown import plain
from strategy.ui.parts import UPDATE, facts, measure_link, report_lines, shown_badge
from strategy.ui.view import cached, view

SHOWN = 8
REASONS = 3


def asked() -> dict[str, desk.Asked]:
    """What is asked for, by key, in the order it is wanted."""
    return {each.key: each for each in cached(desk.queue)}


def counted() -> str:
    """How many of each kind there are."""
    found = desk.counted(asked().values())
    return " ".join(_kind(why, f"{n} {why.label.lower()}") for why, n in found.items())


def finished() -> str:
    """What stands where nothing is asked for."""
    if not view().snapshot.measures:
        return _("Planen har ingen tiltak ennå")
    return _("Alt er meldt")


def thing_of(key: str) -> reporting.Thing:
    """The measure, subgoal or goal with this key."""
    shown = view().snapshot
    aims = {aim.key: aim for aim in shown.aims}
    return aims[key] if key in aims else shown.measure(key)


def name_of(thing: reporting.Thing) -> str:
    """Its number with the short name, or the adopted text where it has none."""
    return f"{thing.key} {getattr(thing, 'name', '') or thing.text}"


def before(thing: reporting.Thing) -> None:
    """What stands there now, to start from."""
    today = view().today
    with st.container(border=True):
        st.markdown(shown_badge(thing.report, today))
        if thing.report:
            st.markdown("  \n".join(report_lines(thing.report)))
        else:
            st.markdown(_("Ingen har rapportert ennå."))
        st.caption(plain(thing.text))
        if isinstance(thing, Measure):
            st.caption("  \n".join(map(plain, (people.responsible_text(thing, today), *facts(thing)))))
            measure_link(thing)


def why(key: str) -> None:
    """Why it is in the queue, in words."""
    if there := asked().get(key):
        st.markdown(f"{_kind(there.why, there.why.label)} {plain(' · '.join(there.reasons[:REASONS]))}")


def half_written(kept: Mapping[str, Kept], here: str) -> None:
    """What is begun elsewhere and not saved, each a press away."""
    offered = findings.reportable()
    begun = [key for key in reporting.half_written(kept) if key in offered and key != here]
    for key in begun[:SHOWN]:
        label = plain(_("Halvskrevet: {name}").format(name=name_of(thing_of(key))))
        st.page_link(UPDATE, label=label, icon=":material/history_edu:", query_params={"t": key})


def _kind(why: desk.Why, words: str) -> str:
    """Markdown for why something is asked about: an icon and a word, no colour, which is the assessment's."""
    return f":gray-badge[:material/{why.icon}: {plain(words)}]"
