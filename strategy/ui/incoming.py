"""What has been sent in by link, and the links themselves: the pieces of the page for them."""

from datetime import date
from operator import attrgetter
from typing import Any

import streamlit as st

from strategy import config, dates, links, people, record, texts
from strategy.i18n import _
from strategy.snapshot import AccessLink, Draft, Person
from strategy.terms import Assessment, DraftState, Phase, Settlement
from strategy.ui import draft_fields, drafts
from strategy.ui.markdown import plain
from strategy.ui.parts import measure_link, report_lines, section, shown_badge
from strategy.ui.view import lead_to, refused, save, view, writes

MADE = "link:made"


def waiting() -> tuple[Draft, ...]:
    """The drafts nobody has seen to, oldest first."""
    found = (draft for draft in view().snapshot.drafts if draft.state is DraftState.SUBMITTED)
    return tuple(sorted(found, key=lambda draft: draft.change_id))


def finished() -> str:
    """What stands where no report waits."""
    if not view().snapshot.drafts:
        return _("Ingen rapporter er sendt inn ennå")
    return _("Ingen innsendte rapporter venter")


def draft(sent: Draft) -> None:
    """One draft: what was sent in, to be accepted as it is or edited, beside what stands now."""
    seen = view()
    measure, who = seen.snapshot.measure(sent.measure), seen.snapshot.person(sent.person)
    version = measure.report.version if measure.report else 0
    form = drafts.Draft(f"incoming:{sent.key}:{sent.version}", version)
    with st.container(border=True):
        measure_link(measure)
        st.caption(
            plain(_("Sendt inn {day} av {who}").format(day=dates.day(sent.recorded_on), who=who.title))
        )
        form.conflict(report_lines(measure.report) if measure.report else [])
        left, right = st.columns([3, 2], gap="large")
        with left:
            said = _fields(form, sent)
            _buttons(form, sent, said)
        with right:
            st.markdown(f"**{_('Dette står nå')}**")
            st.markdown(shown_badge(measure.report, seen.today))
            st.markdown("  \n".join(report_lines(measure.report)) if measure.report else _("Ikke rapportert"))


def link_list() -> None:
    """Every link that is good, with its address and a way to withdraw it; and a form for a new one."""
    seen = view()
    _made()
    live = [link for link in seen.snapshot.access_links if link.holds(seen.today)]
    if not live:
        st.markdown(_("Ingen lenker er i bruk. Lag en til en rolle som skal rapportere uten konto."))
    for link in live:
        _link(link, seen.snapshot.person(link.person))
    section(_("Ny lenke"))
    holders = {person.key: person for person in seen.snapshot.people if _answers(person.key)}
    if not holders:
        st.markdown(_("Ingen roller har ansvar for tiltak ennå. Gi ansvaret på siden Ansvarlige først."))
        return
    form = drafts.Draft("link:new", 0)
    chosen = st.selectbox(
        _("Rolle"),
        list(holders),
        index=None,
        format_func=lambda key: holders[key].title,
        key=form.key("who"),
        placeholder=_("Velg en rolle"),
    )
    until = st.date_input(
        _("Gjelder til og med"),
        seen.today + record.LASTS,
        min_value=seen.today,
        format="DD.MM.YYYY",
        key=form.key("until"),
    )
    if not st.button(_("Lag lenke"), type="primary", shortcut="Ctrl+Enter", key=form.button):
        return
    if chosen and isinstance(until, date):
        _make(form, holders[chosen], until)
    else:
        missing = "until" if chosen else "who"
        refused(_("Ikke lagret. Velg rollen lenka er til, og hvor lenge den varer."), missing)


def _fields(form: drafts.Draft, sent: Draft) -> dict[str, Any]:
    phase = draft_fields.term(form, "phase", _("Fase"), list(Phase), sent.phase)
    assessment = draft_fields.choice(
        _("Vurdering"),
        list(Assessment),
        key=form.key("assessment"),
        now=sent.assessment,
        said=attrgetter("marked"),
    )
    said: dict[str, Any] = {"phase": phase, "assessment": assessment or sent.assessment}
    said["done"] = draft_fields.area(form, "done", _("Dette er gjort"), sent.done)
    last = view().snapshot.measure(sent.measure).report
    said["promise"] = draft_fields.settlement(last, key=form.key("promise"), now=sent.promise)
    withdrawn = said["promise"] is Settlement.WITHDRAWN
    if said["assessment"].is_deviation or said["phase"] is Phase.DROPPED or withdrawn:
        said["cause"] = draft_fields.area(form, "cause", _("Årsak"), sent.cause)
    if said["assessment"].is_deviation:
        said["remedy"] = draft_fields.area(form, "remedy", _("Slik rettes det opp"), sent.remedy)
    said["next_step"] = draft_fields.area(form, "next_step", _("Neste steg"), sent.next_step)
    said["next_due"] = draft_fields.day(form, "next_due", _("Neste steg er gjort innen"), sent.next_due)
    return said


def _buttons(form: drafts.Draft, sent: Draft, said: dict[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        accepted = st.button(_("Godta rapporten"), type="primary", key=form.button)
        with st.popover(_("Send tilbake")):
            word = st.text_area(_("Hva mangler?"), key=form.key("word"), max_chars=texts.PARAGRAPH)
            returned = st.button(_("Send tilbake med denne beskjeden"), key=form.key("return"))
    if accepted and word and not form.is_sure(word):
        form.ask(_("Du har skrevet hva som mangler, og det går ikke ut når rapporten godtas."), word)
    elif accepted:
        form.save(
            lambda by: record.accept_draft(by, sent.key, sent.version, base=form.base, **said),
            _("rapport på {key}").format(key=sent.measure),
            then=_next,
        )
    elif returned and (mended := _mended(sent, said)) and not form.is_sure(mended):
        form.ask(_("Det du har rettet i rapporten, følger ikke med når den sendes tilbake."), mended)
    elif returned:
        form.save(
            lambda by: record.return_draft(by, sent.key, sent.version, word=word or ""),
            _("utkastet om {key} er sendt tilbake").format(key=sent.measure),
            then=_next,
        )


def _next() -> None:
    """Let the focus go to the report that waits next."""
    lead_to(":incoming:")


def _mended(sent: Draft, said: dict[str, Any]) -> str:
    """What has been corrected in a report that was sent in, empty where it is as it came."""
    return ", ".join(name for name, value in said.items() if (value or None) != (getattr(sent, name) or None))


def _answers(person: str) -> bool:
    seen = view()
    return any(r.person == person for m in seen.snapshot.measures for r in people.reporting_on(m, seen.today))


def _make(form: drafts.Draft, person: Person, until: date) -> None:
    made = dict[str, str]()

    def write(by: record.By) -> record.Saved:
        saved = record.access_link(by, person.key, expires_on=until)
        made["address"] = _address(record.signing_key(by.session), saved.key)
        return saved

    if save(write, _("lenke til {who}").format(who=person.title)):
        st.session_state[MADE] = (person.title, made["address"])
        form.close()
        lead_to(":made:link:")
        st.rerun()


def _made() -> None:
    """The address of the link just made, to be copied."""
    if made := st.session_state.pop(MADE, None):
        title, address = made
        st.markdown(plain(_("Lenka til {who}. Send den bare til dem det gjelder.").format(who=title)))
        with st.container(key="address:made:link:"):
            _copied(address)


def _link(link: AccessLink, person: Person) -> None:
    said = _("{who} · {what} · til og med {day}").format(
        who=person.title,
        what=", ".join(link.measures) or _("alt rollen har ansvar for eller er med på"),
        day=dates.day(link.expires_on),
    )
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    row.markdown(plain(said), width="content")
    with row.container(horizontal=True, width="content"):
        with st.popover(_("Vis adressen"), type="tertiary"):
            _shown(link)
        if st.button(_("Trekk tilbake"), key=f"link:{link.key}", type="tertiary"):
            _withdraw(link, person)


def _shown(link: AccessLink) -> None:
    with view().database.reading() as session:
        secret = record.stored_signing_key(session)
    if secret:
        _copied(_address(secret, link.key))
    else:
        st.markdown(_("Lenka har ingen adresse. Trekk den tilbake, og lag en ny."))


def _copied(address: str) -> None:
    """The address to copy; where it leads to this machine alone, that is said."""
    st.code(address, language=None, wrap_lines=True)
    if config.settings().is_local:
        st.caption(
            _("Lenka virker bare på denne maskinen. Be den som drifter løsningen, sette STRATEGY_ADDRESS.")
        )


def _withdraw(link: AccessLink, person: Person) -> None:
    wanted = record.Wanted("access_link", link.key, link.version, retired=True)
    if save(writes(wanted), _("lenka til {who} er trukket tilbake").format(who=person.title)):
        st.rerun()


def _address(secret: str, key: str) -> str:
    example = "?data=eksempel" if st.session_state.get("data") else ""
    return f"{config.settings().address}/oppdater/{links.token(secret, key)}{example}"
