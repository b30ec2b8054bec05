"""Somebody leaves: all they answer for on one page, a new owner for each line, saved as one change."""

from datetime import date, timedelta

import streamlit as st

from strategy import people, progress, record, ui, wording
from strategy.errors import Conflict, Several
from strategy.i18n import _, plural
from strategy.snapshot import Measure, Responsibility
from strategy.ui import drafts, query

PAGE = 20

view = ui.view()
snapshot, today = view.snapshot, view.today
titles = {person.key: person.title for person in snapshot.people}


def leaving() -> str:
    """The role that is left, from the address or the list."""
    asked = st.query_params.get("p")
    if asked and asked not in titles:
        st.warning(ui.plain(_("Fant ikke rollen «{key}».").format(key=asked)))
    busy = [key for key in titles if people.lines_of(snapshot, key, today)]
    offered = list(dict.fromkeys((*([asked] if asked in titles else []), *busy)))
    return query.select(_("Hvem går"), "p", offered, titles.__getitem__, required=True) or ""


def line(measure: Measure, held: Responsibility) -> None:
    """One measure: where it stands, and who takes it over."""
    with st.container(border=True):
        what, taker = st.columns([3, 2], vertical_alignment="center")
        with what, st.container(gap="xxsmall"):
            ui.measure_row(measure, ui.shown_badge(measure.report, today))
            said = [held.part.label + (_(" (forslag)") if held.proposal else ""), *ui.facts(measure)]
            st.caption(ui.plain(" · ".join(said)))
        taker.selectbox(
            _("{key} overtas av").format(key=measure.key),
            takers(),
            format_func=named,
            key=line_key(measure),
            index=None,
            placeholder=named(usual(measure)) if usual(measure) is not None else _("Velg"),
            persist_state="session",
        )


def takers() -> list[str]:
    """Everybody who can take over, and nobody."""
    return [*(key for key in titles if key != who), record.NOBODY]


def named(key: str | None) -> str:
    """A role by its title; nobody in words."""
    return titles[key] if key else _("Ingen – tiltaket blir stående uten")


def line_key(measure: Measure) -> str:
    """Where the choice for a line is kept."""
    return draft.key(f"line:{measure.key}")


def usual(measure: Measure) -> str | None:
    """Who takes over a line nothing is chosen for: nobody needs to own what is over."""
    return everything if progress.is_open(measure) else record.NOBODY


def chosen() -> dict[str, str]:
    """The new owner of each measure, as far as they are chosen."""
    picked = ((m, st.session_state.get(line_key(m))) for m, _held in lines)
    said = {measure.key: usual(measure) if taker is None else taker for measure, taker in picked}
    return {key: taker for key, taker in said.items() if taker is not None}


def save_all() -> None:
    """Write the handover as one change; where somebody came first, show the page anew."""
    asked = record.Handover(who, day or today, chosen(), versions)
    try:
        done = ui.save(
            lambda by: record.handover(by, asked), _("overlevering fra {title}").format(title=titles[who])
        )
    except (Conflict, Several) as refusal:
        st.session_state.pop(draft.key("versions"), None)
        st.warning(ui.plain(str(refusal)), icon=":material/compare_arrows:")
        return
    if done:
        draft.close()
        st.rerun()


def headline() -> str:
    """How much there is to hand over."""
    if not lines:
        return _("{title} har ikke noe ansvar å overlevere").format(title=titles[who])
    form = plural("{title} overleverer {n} tiltak", "{title} overleverer {n} tiltak", len(lines))
    return form.format(title=titles[who]) + wording.dropped_among(measure for measure, _held in lines)


if not view.editable:
    ui.heading(_("Overlevering"), _("Ansvar kan ikke overleveres her"))
    st.info(_("Gå tilbake til i dag for å overlevere ansvar."), icon=":material/history:")
    st.stop()
place = st.container()
who = leaving()
if not who:
    ui.heading(_("Overlevering"), _("Ingen har noe ansvar å overlevere"))
    st.page_link("people.py", label=_("Til Ansvarlige"), icon=":material/group:")
    st.stop()
draft = drafts.Draft(f"handover:{who}", 0)
left, right = st.columns(2)
day: date | None = left.date_input(
    _("Første dag med ny ansvarlig"),
    today,
    format="DD.MM.YYYY",
    key=draft.key("day"),
    min_value=min(snapshot.strategy.start, today),
    max_value=today + timedelta(days=730),
    persist_state="session",
)
lines = people.lines_of(snapshot, who, day or today)
versions = st.session_state.setdefault(draft.key("versions"), {m.key: held.version for m, held in lines})
with place:
    ui.heading(
        _("Overlevering"), headline(), _("Velg hvem som overtar hver linje. Alt lagres som én endring.")
    )
if not lines:
    st.page_link("people.py", label=_("Til rollen"), icon=":material/person:", query_params={"p": who})
    st.stop()
everything: str | None = right.selectbox(
    _("Alle linjer overtas av, om ikke annet er valgt"),
    takers(),
    index=None,
    format_func=named,
    placeholder=_("Velg for hver linje"),
    key=draft.key("everything"),
    persist_state="session",
)
for measure, held in ui.paged(lines, PAGE, "side"):
    line(measure, held)
ready = len(chosen())
st.markdown(_("**{ready} av {total} linjer** er klare.").format(ready=ready, total=len(lines)))
if st.button(_("Lagre overleveringen"), type="primary", key=draft.button):
    save_all()
st.page_link("people.py", label=_("Til rollen"), icon=":material/person:", query_params={"p": who})
