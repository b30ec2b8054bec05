"""What is attached to a measure: comments, and links to documents."""

import streamlit as st

from strategy import config, dates, record, searching, texts
from strategy.i18n import _
from strategy.snapshot import Comment, Link
from strategy.ui import markdown
from strategy.ui.drafts import Draft
from strategy.ui.markdown import plain
from strategy.ui.parts import paged
from strategy.ui.view import save, view, writes

PAGE = 12


def document_line(links: tuple[Link, ...]) -> str:
    """The documents of a thing on one line of markdown."""
    return " · ".join(map(_shown, links))


def comments(thing: str) -> None:
    """The comments on a thing, newest first, and the form for one more."""
    seen = view()
    said = seen.snapshot.comments_on(thing)
    if seen.editable:
        _comment_form(thing)
    if not said:
        st.markdown(_("Ingen kommentarer ennå."))
    for comment in paged(said[::-1], searching.PAGE, "kommentarer"):
        _comment(comment)


def _comment(comment: Comment) -> None:
    seen = view()
    titles = {person.key: person.title for person in seen.snapshot.people}
    told = ", ".join(titles.get(key, key) for key in comment.mentions)
    when = dates.day(dates.oslo_day(comment.recorded_at))
    head = f"**{when} · {plain(comment.actor)}**" + (
        f" · {plain(_('til {who}').format(who=told))}" if told else ""
    )
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{head}  \n{plain(comment.text)}")
        if not seen.editable:
            return
        with st.container(horizontal=True):
            correcting = comment.actor == seen.actor.name and _correct(comment)
            _remove("comment", comment, _("kommentaren er tatt bort"))
        if correcting:
            _comment_form(comment.thing, comment)


def _comment_form(thing: str, standing: Comment | None = None) -> None:
    """Write a comment, or correct one's own."""
    seen = view()
    draft = _draft(standing) if standing else Draft(f"comment:{thing}", 0)
    draft.conflict([plain(standing.text)] if standing else [])
    text = st.text_area(
        _("Rett kommentaren") if standing else _("Ny kommentar"),
        standing.text if standing else "",
        key=draft.key("text"),
        persist_state="session",
        height="content",
        max_chars=texts.PARAGRAPH,
    )
    titles = {person.key: person.title for person in seen.snapshot.people}
    told = [key for key in standing.mentions if key in titles] if standing else []
    mentions = st.multiselect(
        _("Hvem skal få vite om den"),
        list(titles),
        told,
        format_func=titles.__getitem__,
        key=draft.key("mentions"),
        placeholder=_("Velg roller; de får den i neste e-post"),
        persist_state="session",
    )
    _unheard(mentions)
    if not st.button(_("Lagre rettelsen") if standing else _("Lagre kommentaren"), key=draft.button):
        return

    def write(by: record.By) -> record.Saved:
        key = standing.key if standing else record.comment_key(by.session, by.strategy)
        fields = {"thing": thing, "text": text, "mentions": mentions}
        return record.save_one(by, record.Wanted("comment", key, draft.base, fields))

    draft.save(write, _("kommentar til {key}").format(key=thing))


def _unheard(mentions: list[str]) -> None:
    """Say whom no mail reaches, before the comment is saved."""
    seen = view()
    if not mentions:
        return
    if not config.settings().smtp:
        st.caption(_("E-post er ikke satt opp, så ingen får beskjed. Kommentaren står her for alle."))
        return
    with seen.database.reading() as session:
        known = record.reachable(session, seen.strategy)
    if silent := [seen.snapshot.person(key).title for key in mentions if key not in known]:
        said = _("Uten e-postadresse, og får ikke beskjed: {roles}.")
        st.caption(plain(said.format(roles=", ".join(silent))))


def documents(thing: str) -> None:
    """The documents of a thing, each with the site it is on, and the form for one more."""
    seen = view()
    links = seen.snapshot.links_of(thing)
    if not links:
        st.markdown(_("Ingen dokumenter ennå. Lim inn adressen til et referat, et brev eller en nettside."))
    for link in paged(links, PAGE, "dokumenter"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_shown(link), width="content")
            correcting = seen.editable and _correct(link)
            if seen.editable:
                _remove("link", link, _("dokumentet er tatt bort"))
        if correcting:
            with st.container(border=True):
                _link_form(thing, link)
    if seen.editable:
        _link_form(thing)


def _shown(link: Link) -> str:
    """A document as a link that says which site it leads to."""
    site = texts.host(link.url)
    return markdown.link(site if link.title == site else f"{link.title} · {site}", link.url)


def _link_form(thing: str, standing: Link | None = None) -> None:
    """Add a document, or correct one."""
    draft = _draft(standing) if standing else Draft(f"link:{thing}", 0)
    draft.conflict([_shown(standing)] if standing else [])
    url = st.text_input(
        _("Rett adressen") if standing else _("Adresse"),
        standing.url if standing else "",
        key=draft.key("url"),
        persist_state="session",
        placeholder="https://",
        max_chars=texts.ADDRESS,
    )
    title = st.text_input(
        _("Rett hva det er") if standing else _("Hva det er"),
        standing.title if standing else "",
        key=draft.key("title"),
        persist_state="session",
        max_chars=texts.LINE,
        placeholder=_("For eksempel «Høringssvar om kulturloven»"),
    )
    if not st.button(_("Lagre rettelsen") if standing else _("Legg til dokumentet"), key=draft.button):
        return

    def write(by: record.By) -> record.Saved:
        key = standing.key if standing else record.link_key(by.session, by.strategy)
        fields = {"thing": thing, "url": url, "title": title}
        return record.save_one(by, record.Wanted("link", key, draft.base, fields))

    draft.save(write, _("dokument til {key}").format(key=thing))


def _draft(note: Comment | Link) -> Draft:
    """The form that corrects a comment or a link."""
    return Draft(f"note:{note.key}", note.version)


def _correct(note: Comment | Link) -> bool:
    """The button that opens and closes the form, and whether it is open; a save closes it."""
    opened = _draft(note).key("open")
    label = _("Avbryt") if st.session_state.get(opened) else _("Rett")
    st.button(label, key=f"correct:{note.key}", type="tertiary", on_click=_turn, args=(note, opened))
    return bool(st.session_state.get(opened))


def _turn(note: Comment | Link, opened: str) -> None:
    """Close the form, or open it on what stands there now."""
    draft = _draft(note)
    if st.session_state.get(opened):
        draft.close()
    else:
        draft.rebase()
        st.session_state[opened] = True


def _remove(kind: str, note: Comment | Link, said: str) -> None:
    """The button that takes a comment or a link away; it can be undone in the log."""
    wanted = record.Wanted(kind, note.key, note.version, retired=True)
    if st.button(_("Ta bort"), key=f"remove:{note.key}", type="tertiary") and save(writes(wanted), said):
        st.rerun()
