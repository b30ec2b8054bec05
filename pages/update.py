"""The secretariat's desk: what is to be reported, one after another; or one thing that was asked for."""

from collections.abc import Callable
from itertools import islice

import streamlit as st

from strategy import desk, people, ui
from strategy.i18n import _, plural
from strategy.snapshot import Measure
from strategy.ui import choices, entries, findings, incoming, reporting, rounds

SHOWN = 8
OFFERED = 200
REASONS = 3

view = ui.view()
snapshot, today = view.snapshot, view.today
queue = {asked.key: asked for asked in ui.cached(desk.queue)}
ICONS = {
    desk.Why.LATE: "schedule",
    desk.Why.CONTRADICTORY: "compare_arrows",
    desk.Why.SILENT: "volume_off",
    desk.Why.DUE: "event_upcoming",
}


def kind(why: desk.Why, words: str) -> str:
    """Markdown for why something is asked about: an icon and a word, no colour, which is the assessment's."""
    return f":gray-badge[:material/{ICONS[why]}: {ui.plain(words)}]"


def lead() -> str:
    """How many of each kind there are."""
    found = desk.counted(queue.values())
    return " ".join(kind(why, f"{n} {why.label.lower()}") for why, n in found.items())


def thing_of(key: str) -> reporting.Thing:
    """The measure, subgoal or goal with this key."""
    aims = {aim.key: aim for aim in snapshot.aims}
    return aims[key] if key in aims else snapshot.measure(key)


def name_of(thing: reporting.Thing) -> str:
    """Its number with the short name, or the adopted text where it has none."""
    return f"{thing.key} {getattr(thing, 'name', '') or thing.text}"


def chosen() -> str | None:
    """What the address or the list points at; nothing while the round goes on."""
    offered = findings.reportable()
    asked = st.query_params.get("t")
    if asked and asked not in offered:
        st.warning(ui.plain(_("Fant ikke «{key}» blant det som kan rapporteres.").format(key=asked)))
        st.page_link(ui.UPDATE, label=_("Velg fra lista"), icon=":material/list:", query_params={})
        st.stop()
    options = list(dict.fromkeys((*islice(offered, OFFERED), *([asked] if asked else []))))
    key = choices.select(
        _("Hva vil du rapportere på?"), "t", options, offered.__getitem__, nothing=_("Velg selv")
    )
    if len(offered) > OFFERED:
        said = _("Finn et annet blant alle {n} tiltak").format(n=len(snapshot.measures))
        st.page_link(ui.MEASURES, label=said, icon=":material/search:")
    return key


def before(thing: reporting.Thing) -> None:
    """What stands there now, to start from."""
    with st.container(border=True):
        st.markdown(ui.shown_badge(thing.report, today))
        if thing.report:
            st.markdown("  \n".join(ui.report_lines(thing.report)))
        else:
            st.markdown(_("Ingen har rapportert ennå."))
        st.caption(ui.plain(thing.text))
        if isinstance(thing, Measure):
            st.caption("  \n".join(map(ui.plain, (people.responsible_text(thing, today), *ui.facts(thing)))))
            ui.measure_link(thing)


def why(key: str) -> None:
    """Why it is in the queue, in words."""
    if asked := queue.get(key):
        st.markdown(f"{kind(asked.why, asked.why.label)} {ui.plain(' · '.join(asked.reasons[:REASONS]))}")


def one(thing: reporting.Thing) -> None:
    """The form that fits what the secretary wants to say of one thing."""
    kinds = {"rapport": _("Rapport")}
    if isinstance(thing, Measure):
        kinds["milepael"] = _("Milepæler")
    if thing.indicators:
        kinds["maling"] = _("Målinger")
    what = choices.pills(_("Hva vil du skrive?"), "hva", list(kinds), kinds.__getitem__, required=True)
    if what == "milepael" and isinstance(thing, Measure):
        entries.milestone(thing)
    elif what == "maling" and thing.indicators:
        names = {i.key: i.name + (_(" (forslag)") if i.proposal else "") for i in thing.indicators}
        key = choices.select(_("Indikator"), "i", list(names), names.__getitem__, required=True)
        entries.value(snapshot.indicator(key or thing.indicators[0].key))
    elif reporting.form(thing, kept, label=_("Lagre rapporten")):
        st.rerun()
    st.page_link(ui.UPDATE, label=_("Til køen"), icon=":material/arrow_forward:", query_params={})


def turn(now: rounds.Round) -> None:
    """One thing of the round: where we are, why it is asked about, and the form."""
    thing = thing_of(now.key)
    said = _("{n} av {total}").format(n=now.at + 1, total=len(now.keys))
    st.progress((now.at + 1) / len(now.keys), text=said)
    ui.section(name_of(thing))
    why(now.key)
    if reporting.form(thing, kept, label=_("Lagre og gå til neste"), onward=ways(now)):
        rounds.reported(now.key)
        st.rerun()


def ways(now: rounds.Round) -> Callable[[], None]:
    """The buttons that go past one thing of the round, or back to the one before."""

    def buttons() -> None:
        st.button(
            _("Hopp over"), on_click=rounds.step, args=(1,), shortcut=reporting.SKIP, key="round:skip",
            type="tertiary",
        )  # fmt: skip
        if now.at:
            st.button(_("Forrige"), on_click=rounds.step, args=(-1,), key="round:back", type="tertiary")

    return buttons


def following(now: rounds.Round) -> None:
    """What comes next, each a press away."""
    left = now.following
    st.markdown(f"**{_('Så kommer')}**" if left else _("Dette er den siste."))
    with st.container(gap="xxsmall"):
        for key in left[:SHOWN]:
            next_up(key)
    if len(left) > SHOWN:
        st.caption(_("og {n} til").format(n=len(left) - SHOWN))


def next_up(key: str) -> None:
    """A name to press, whole at any width, and in words why it is in the queue."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        label = ui.plain(name_of(thing_of(key)))
        st.button(label, on_click=rounds.take_up, args=(key,), key=f"round:{key}", type="tertiary", wrap=True)
        if key in queue:
            st.caption(queue[key].why.label.lower(), width="content")


def half_written(here: str) -> None:
    """What is begun elsewhere and not saved, each a press away."""
    offered = findings.reportable()
    begun = [key for key in reporting.half_written(kept) if key in offered and key != here]
    for key in begun[:SHOWN]:
        label = ui.plain(_("Halvskrevet: {name}").format(name=name_of(thing_of(key))))
        st.page_link(ui.UPDATE, label=label, icon=":material/history_edu:", query_params={"t": key})


def over(now: rounds.Round) -> None:
    """The end of the round, and what was gone past."""
    st.success(
        plural(
            "Runden er ferdig, og ett tiltak er meldt. Takk!",
            "Runden er ferdig, og {n} er meldt. Takk!",
            len(now.saved),
        )
        if now.saved
        else _("Runden er ferdig. Ingenting ble meldt denne gangen."),
        icon=":material/check_circle:",
    )
    if now.passed_over:
        said = plural("Ta det ene du hoppet over", "Ta de {n} du hoppet over", len(now.passed_over))
        st.button(said, on_click=rounds.again, args=(now.passed_over,), type="primary")
    st.page_link("overview.py", label=_("Se hvor vi står nå"), icon=":material/arrow_forward:")


title = plural("Én rapport venter på deg", "{n} rapporter venter på deg", len(queue))
ui.heading(_("Oppdatering"), title if queue else _("Alt er meldt"), lead())
if not view.editable:
    st.info(
        _("Du ser planen slik den sto før. Gå tilbake til i dag for å rapportere."), icon=":material/history:"
    )
    st.stop()
if waiting := incoming.waiting():
    said = plural(
        "Én innsendt rapport venter på svar", "{n} innsendte rapporter venter på svar", len(waiting)
    )
    st.page_link("incoming.py", label=said, icon=":material/inbox:")
kept = reporting.kept()
left, right = st.columns([3, 2], gap="large")
now = rounds.current(tuple(queue))
if st.query_params.get("t"):
    with left:
        thing = thing_of(chosen() or snapshot.measures[0].key)
        one(thing)
    with right:
        before(thing)
else:
    with left:
        if now.is_over:
            over(now)
        else:
            turn(now)
    with right:
        if not now.is_over:
            before(thing_of(now.key))
            following(now)
        half_written("" if now.is_over else now.key)
        chosen()
        label = _("Endre mange tiltak på én gang")
        st.page_link("table.py", label=label, icon=":material/table_edit:")
