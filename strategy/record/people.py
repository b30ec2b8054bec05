"""Roles, what they answer for, and who holds them; names and addresses never enter the history."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import tables, texts
from strategy.access import Verb, require
from strategy.errors import BadInput, Conflict, NotFound
from strategy.i18n import _
from strategy.record.around import Stored, values_of
from strategy.record.by import By
from strategy.record.saving import Saved, all_live, current, live
from strategy.record.wanted import Wanted
from strategy.record.writing import save, save_one
from strategy.snapshot import Measure
from strategy.terms import Part
from strategy.things import Person, Responsibility

NOBODY = ""
"""Who takes over a measure that is left unowned on purpose."""

_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,190}$)([A-Za-z0-9](-*[A-Za-z0-9])*\.)+[A-Za-z]{2,}"
)


def person_key(session: Session, strategy: str, title: str, taken: Collection[str] = ()) -> str:
    """A key for a new role, made of its title; one that is taken, also by a retired role, gets a number."""
    base = re.sub(r"[^a-zæøå0-9]+", "-", texts.folded(title)).strip("-")[:40] or "rolle"
    tries = (base, *(f"{base}-{n}" for n in range(2, 1_000)))
    free = (key for key in tries if key not in taken)
    return next(key for key in free if not current(session, tables.Person, strategy, key))


def retire_person(by: By, key: str, base_version: int) -> Saved:
    """Take a role that answers for nothing out of the plan, with its name and address.

    What it once answered for goes out with it and stays in the history. Raises as `save_one`.
    """
    held = all_live(by.session, tables.Responsibility, by.strategy, person=key)
    ended = (Wanted("responsibility", row["key"], row["version"], retired=True) for row in held)
    wanted = Wanted("person", key, base_version, retired=True)
    saved = save_one(by, wanted, *ended)
    if not live(by.session, tables.Seat, by.strategy, key):
        _forget(by.session, by.strategy, key)
    return saved


def answering(measure: Measure, people: Sequence[str], today: date) -> tuple[Wanted, ...]:
    """The edits that make `people`, and nobody else, answer for a measure from `today`.

    Who is only proposed and is wanted, is adopted; who is proposed and not wanted, stays proposed.
    """
    held = {r.person: r for r in measure.responsibilities}
    found = []
    for order, person in enumerate(people):
        there = held.get(person)
        if there and there.holds(today) and there.part is Part.RESPONSIBLE and not there.proposal:
            continue
        fields = {"part": Part.RESPONSIBLE, "since": today, "until": None, "proposal": False, "order": order}
        found.append(_responsibility(measure, person, there.version if there else 0, fields))
    for person, there in held.items():
        mine = there.part is Part.RESPONSIBLE and there.holds(today) and not there.proposal
        if mine and person not in people:
            begun = there.since is None or there.since < today
            over = {"until": today} if begun else {}
            found.append(_responsibility(measure, person, there.version, over, retired=not begun))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Handover:
    """All that `person` answers for, handed over from the day `on`.

    `takers` says for each measure which role takes over, `NOBODY` where it is left unowned on purpose;
    `versions` has the version of each responsibility, by measure, as the page was opened with.
    """

    person: str
    on: date
    takers: Mapping[str, str]
    versions: Mapping[str, int]


def handover(by: By, asked: Handover) -> Saved | None:
    """Hand over all that a role answers for, as one change.

    What has a part keeps it: a contribution is handed over as one. Raises as `save_one`.
    """
    require(by.actor, Verb.PLAN)
    around = Stored(by.session, by.strategy, asked.on)
    leaving = _person(around, asked.person)
    held = {
        each.measure: each
        for each in around.all("responsibility", person=asked.person)
        if around.thing("measure", each.measure) and not _is_over(each, asked.on)
    }
    _check(held, asked)
    for taker in set(asked.takers.values()) - {NOBODY}:
        _person(around, taker)
    wanted = [edit for each in held.values() for edit in _handed(each, asked, around)]
    reason = _("Overlevering fra {title}").format(title=leaving.title)
    return save(by, wanted, reason=reason)


def contact(by: By, key: str, *, name: str = "", email: str = "") -> None:
    """Say who holds a role or a seat, or with neither name nor address: forget them.

    It stands outside the history, so that a person can be erased and no trace is left. Raises as
    `retire_person`.
    """
    require(by.actor, Verb.PLAN)
    is_there = any(live(by.session, table, by.strategy, key) for table in (tables.Person, tables.Seat))
    if (name or email) and not is_there:
        raise NotFound(_("Fant ikke rollen «{key}».").format(key=key))
    name = texts.clean(name, texts.LINE, _("Navn"), one_line=True)
    email = texts.clean(email, texts.LINE, _("E-post"), one_line=True)
    if email and not _EMAIL.fullmatch(email):
        raise BadInput(_("«{email}» er ikke en e-postadresse.").format(email=email), _("E-post"))
    _forget(by.session, by.strategy, key)
    if name or email:
        by.session.execute(sa.insert(_CONTACT).values(strategy=by.strategy, key=key, name=name, email=email))


def reachable(session: Session, strategy: str) -> frozenset[str]:
    """The roles and seats that have an e-mail address, by key."""
    return frozenset(key for key, held in contacts(session, strategy).items() if held.email)


def contacts(session: Session, strategy: str) -> dict[str, tables.Contact]:
    """Who holds each role and seat, by its key; only those somebody has named."""
    rows = session.execute(sa.select(_CONTACT).where(_CONTACT.c.strategy == strategy)).mappings()
    return {row["key"]: tables.Contact(**row) for row in rows}


_CONTACT: sa.Table = tables.Contact.__table__


def _responsibility(
    measure: Measure, person: str, version: int, fields: dict[str, Any], *, retired: bool = False
) -> Wanted:
    return Wanted("responsibility", f"{measure.key}@{person}", version, fields, retired)


def _person(around: Stored, key: str) -> Person:
    found: Person | None = around.thing("person", key)
    if not found:
        raise NotFound(_("Fant ikke rollen «{key}».").format(key=key))
    return found


def _is_over(held: Responsibility, day: date) -> bool:
    return held.until is not None and held.until <= day


def _check(held: Mapping[str, Responsibility], asked: Handover) -> None:
    """Raise what stands in the way of a handover."""
    if not held:
        raise NotFound(_("Rollen har ikke noe ansvar å overlevere fra den dagen."))
    if left := sorted(held.keys() - asked.takers.keys(), key=texts.natural):
        raise BadInput(
            _("Velg hvem som overtar {measures}, eller at ingen gjør det.").format(measures=", ".join(left)),
            _("Overtas av"),
        )
    if strange := sorted(asked.takers.keys() - held.keys(), key=texts.natural):
        raise NotFound(_("Rollen har ikke ansvar for {measures}.").format(measures=", ".join(strange)))
    if asked.person in asked.takers.values():
        raise BadInput(_("Ansvaret kan ikke overleveres til den som går."), _("Overtas av"))
    for measure, each in held.items():
        if each.version != asked.versions.get(measure):
            said = _("Ansvaret for {measure} er endret siden du åpnet siden. Se over og lagre på nytt.")
            theirs = values_of("responsibility", each)
            raise Conflict(said.format(measure=measure), each.key, each.version, theirs)


def _handed(held: Responsibility, asked: Handover, around: Stored) -> Iterator[Wanted]:
    """The end of one responsibility and the beginning of the next."""
    is_begun = held.since is None or held.since < asked.on  # else it never came into force
    over = {"until": asked.on} if is_begun else {}
    yield Wanted("responsibility", held.key, held.version, over, retired=not is_begun)
    if (taker := asked.takers[held.measure]) == NOBODY:
        return
    key = f"{held.measure}@{taker}"
    there = around.thing("responsibility", key)
    if not there or _is_over(there, asked.on) or _has_less(there, held):
        since = max(asked.on, held.since or asked.on)
        fields = {"part": held.part, "since": since, "until": held.until, "proposal": held.proposal}
        yield Wanted("responsibility", key, there.version if there else 0, fields)


def _has_less(there: Responsibility, than: Responsibility) -> bool:
    return _ORDER[there.part] > _ORDER[than.part] or (there.proposal and not than.proposal)


_ORDER = {part: number for number, part in enumerate(Part)}
"""What a role has to do with a measure, the most first: who has more already, keeps it."""


def _forget(session: Session, strategy: str, key: str) -> None:
    session.execute(sa.delete(_CONTACT).where(_CONTACT.c.strategy == strategy, _CONTACT.c.key == key))
