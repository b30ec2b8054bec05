"""The forms on roles: a new one, its title, who holds it, and what it has to do with a measure."""

import streamlit as st

from strategy import dates, people, record, tables, texts, wording
from strategy.i18n import _
from strategy.snapshot import Measure, Person, Responsibility
from strategy.terms import Part
from strategy.ui import draft_fields
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.parts import section
from strategy.ui.view import view, writes


def contact_of(person: str) -> tables.Contact | None:
    """Who holds a role, read where it is asked for; it is in no snapshot."""
    seen = view()
    with seen.database.reading() as session:
        return record.contacts(session, seen.strategy).get(person)


def new_role() -> None:
    """Add a role that measures can be given to."""
    draft = Draft("role:new", 0)
    title = st.text_input(
        _("Tittel, for eksempel «Kasserer»"),
        key=draft.key("title"),
        max_chars=texts.LINE,
        help=_("En rolle, aldri navnet på en person. Navn og e-post kan legges til etterpå."),
    )
    if not st.button(_("Legg til rollen"), type="primary", key=draft.button):
        return

    def write(by: record.By) -> record.Saved:
        key = record.person_key(by.session, by.strategy, title)
        return record.save_one(by, record.Wanted("person", key, 0, {"title": title}))

    draft.save(write, _("rollen «{title}»").format(title=title))


def title_form(person: Person) -> None:
    """Change what a role is called, adopt a proposed one, or take it out."""
    draft = Draft(f"role:{person.key}", person.version)
    draft.conflict([plain(person.title)])
    title = st.text_input(_("Tittel"), person.title, key=draft.key("title"), max_chars=texts.LINE)
    proposed = person.proposal and st.checkbox(_("Bare et forslag"), value=True, key=draft.key("proposal"))
    with st.container(horizontal=True):
        pressed = st.button(_("Lagre tittelen"), key=draft.button)
        out = st.button(_("Ta rollen ut av planen"), type="tertiary", key=draft.key("retire"))
    if pressed:
        fields = {"title": title, "proposal": proposed}
        wanted = record.Wanted("person", person.key, draft.base, fields)
        draft.save(writes(wanted), _("rollen «{title}»").format(title=title))
    elif out:
        draft.save(
            lambda by: record.retire_person(by, person.key, draft.base),
            _("rollen «{title}» er tatt ut").format(title=person.title),
        )


def contact_form(person: Person, held: tables.Contact | None) -> None:
    """Say who holds a role now, or erase it; neither leaves a trace in the history."""
    draft = Draft(f"contact:{person.key}", 0)
    st.caption(
        _("Navn og e-post står utenfor historikken. De vises bare her, og kan slettes helt når som helst.")
    )
    name = st.text_input(_("Navn"), held.name if held else "", key=draft.key("name"), max_chars=texts.LINE)
    email = st.text_input(_("E-post"), held.email if held else "", key=draft.key("email"))
    with st.container(horizontal=True):
        pressed = st.button(_("Lagre navn og e-post"), key=draft.button)
        out = held is not None and st.button(
            _("Slett navn og e-post"), type="tertiary", key=draft.key("erase")
        )
    if pressed:
        _save_contact(draft, person.key, name, email)
    elif out:
        _save_contact(draft, person.key, "", "")


def left_behind() -> None:
    """Names and addresses of roles and seats the plan no longer has, to be erased."""
    seen = view()
    there = {person.key for person in seen.snapshot.people} | {seat.key for seat in seen.snapshot.seats}
    with seen.database.reading() as session:
        found = {key: c for key, c in record.contacts(session, seen.strategy).items() if key not in there}
    if not found:
        return
    section(_("Navn uten rolle"))
    st.caption(_("Rollen er tatt ut av planen. Navn og adresse bør slettes."))
    for key, held in found.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(f"{key}: {' · '.join(filter(None, (held.name, held.email)))}"), width="content")
            if st.button(_("Slett"), key=f"forget:{key}", type="tertiary"):
                _save_contact(Draft(f"contact:{key}", 0), key, "", "")


def _save_contact(draft: Draft, key: str, name: str, email: str) -> None:

    def write(by: record.By) -> record.Saved:
        record.contact(by, key, name=name, email=email)
        return record.Saved(key, 0, 0, by.now)

    said = _("hvem som har rollen") if name or email else _("navn og e-post er slettet")
    draft.save(write, said)


def responsibilities(measure: Measure) -> None:
    """Everybody who has or had something to do with a measure, and the form that changes it."""
    held = sorted(measure.responsibilities, key=lambda r: (list(Part).index(r.part), r.proposal, r.order))
    if held:
        st.markdown("\n".join(f"- {_held(each)}" for each in held))
    else:
        st.markdown(_("Ingen har noe med tiltaket å gjøre ennå."))
    if view().editable and not measure.retired:
        _responsibility_form(measure)


def _held(each: Responsibility) -> str:
    """Markdown for one role with its part in the measure, and from when to when where that is known."""
    said = [each.part.label]
    if each.since:
        said.append(_("fra {day}").format(day=dates.day(each.since)))
    if each.until:
        said.append(_("til {day}").format(day=dates.day(each.until)))
    return f"**{plain(people.name(each))}** {plain(' · '.join(said))}"


def _responsibility_form(measure: Measure) -> None:
    seen = view()
    titles = {person.key: person.title for person in seen.snapshot.people}
    chosen = st.selectbox(
        _("Gi eller endre ansvar for"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=_("Velg en rolle"),
        key=f"who:{measure.key}",
    )
    if chosen is None:
        return
    there = next((r for r in measure.responsibilities if r.person == chosen), None)
    draft = Draft(f"responsibility:{measure.key}@{chosen}", there.version if there else 0)
    draft.conflict([plain(f"{there.part.label} {wording.said(there.since)}")] if there else [])
    standing = there.part if there else Part.RESPONSIBLE
    part = st.pills(
        _("Oppgave"),
        [each for each in Part if each.reports or each is standing],
        default=standing,
        required=True,
        format_func=lambda part: part.label,
        key=draft.key("part"),
    )
    left, right = st.columns(2)
    since = draft_fields.day(draft, "since", _("Fra og med"), there.since if there else seen.today, at=left)
    until = draft_fields.day(
        draft, "until", _("Til (første dag uten ansvaret)"), there.until if there else None, at=right
    )
    proposal = bool(there and there.proposal) and st.checkbox(
        _("Bare et forslag"), value=True, key=draft.key("proposal")
    )
    with st.container(horizontal=True):
        pressed = st.button(_("Lagre ansvaret"), type="primary", key=draft.button)
        out = there and st.button(
            _("Ta bort, det ble skrevet ved en feil"), type="tertiary", key=draft.key("retire")
        )
    key = f"{measure.key}@{chosen}"
    if pressed:
        fields = {"part": part or standing, "since": since, "until": until, "proposal": proposal}
        said = _("ansvar for {key}: {title}").format(key=measure.key, title=titles[chosen])
        draft.save(writes(record.Wanted("responsibility", key, draft.base, fields)), said)
    elif out:
        said = _("ansvaret for {key} er tatt bort").format(key=measure.key)
        draft.save(writes(record.Wanted("responsibility", key, draft.base, retired=True)), said)
