"""Roles, what they answer for, and who holds them; names and addresses never enter the history."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from strategy import changes, dates, tables, texts
from strategy.access import Actor, Verb, require
from strategy.document.values import KEY_PATTERN
from strategy.errors import BadInput, Conflict, NotFound
from strategy.i18n import _
from strategy.record.rules.rule import whole
from strategy.record.saving import Saved, all_current, all_live, cleaned, current, live, save, taken_out
from strategy.record.wanted import Wanted
from strategy.record.writing import save_one
from strategy.snapshot import Measure
from strategy.terms import Part, Via

NOBODY = ""
"""Who takes over a measure that is left unowned on purpose."""

_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,190}$)([A-Za-z0-9](-*[A-Za-z0-9])*\.)+[A-Za-z]{2,}"
)


def person(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, title: str,
    order: int | None = None, proposal: bool = False, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Add or change a role; a new one takes its key from `person_key` and stands last.

    Raises `BadInput`, `NotAllowed`, `Conflict`.
    """
    require(actor, Verb.PLAN)
    if not re.fullmatch(KEY_PATTERN, key):
        raise BadInput(
            _("Nøkkelen «{key}» kan bare ha bokstaver, tall, punktum og strek.").format(key=key), _("Nøkkel")
        )
    others = [row for row in all_live(session, tables.Person, strategy) if row["key"] != key]
    standing = live(session, tables.Person, strategy, key)
    if order is None:
        order = standing["order"] if standing else 1 + max((row["order"] for row in others), default=0)
    row = tables.Person(
        strategy=strategy, key=key, version=base_version + 1, change_id=0, order=order, proposal=proposal,
        title=cleaned(tables.Person, "title", title),
    )  # fmt: skip
    if not row.title:
        raise BadInput(_("Gi rollen en tittel, for eksempel «Kasserer»."), _("Rolle"))
    if any(texts.folded(other["title"]) == texts.folded(row.title) for other in others):
        raise BadInput(_("Det finnes alt en rolle som heter «{title}».").format(title=row.title), _("Rolle"))
    return save(session, actor, row, now=now, via=via)


def person_key(session: Session, strategy: str, title: str) -> str:
    """A key for a new role, made of its title; one that is taken, also by a retired role, gets a number."""
    base = re.sub(r"[^a-zæøå0-9]+", "-", texts.folded(title)).strip("-")[:40] or "rolle"
    tries = (base, *(f"{base}-{n}" for n in range(2, 1_000)))
    return next(key for key in tries if not current(session, tables.Person, strategy, key))


def retire_person(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *, now: datetime,
    via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Take a role that answers for nothing out of the plan, with its name and address.

    What it once answered for goes out with it and stays in the history. Raises as `person`, and `NotFound`.
    """
    require(actor, Verb.PLAN)
    missing = _("Fant ikke rollen. Kanskje er den allerede tatt ut.")
    row = taken_out(session, tables.Person, strategy, key, base_version, missing)
    today = dates.oslo_day(now)
    held = all_live(session, tables.Responsibility, strategy, person=key)
    if busy := [row["measure"] for row in held if not _is_over(row, today)]:
        raise BadInput(
            _("Rollen har fortsatt ansvar for {measures}. Overlever det først.").format(
                measures=", ".join(sorted(set(busy)))
            )
        )
    ended = [_next(row, retired=True) for row in held]
    _forget(session, strategy, key)
    return save(session, actor, row, now=now, via=via, beside=ended)


def responsibility(
    session: Session, actor: Actor, strategy: str, measure: str, person: str, base_version: int, *,
    now: datetime, via: Via = Via.PAGE, **fields: Any,
) -> Saved:  # fmt: skip
    """Say what a role has to do with a measure, and from when until when (`until` is the first day after).

    What is left out is said to be nothing, but for its place among the others. Raises as `retire_person`.
    """
    said = {name: value for name, value in whole("responsibility", fields).items() if name != "order"}
    wanted = Wanted("responsibility", f"{measure}@{person}", base_version, said)
    return save_one(session, actor, strategy, wanted, now=now, via=via)


def retire_responsibility(
    session: Session, actor: Actor, strategy: str, measure: str, person: str, base_version: int, *,
    now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Take back what was said of a role and a measure by mistake; an end date is the way when it was true.

    Raises as `retire_person`.
    """
    wanted = Wanted("responsibility", f"{measure}@{person}", base_version, retired=True)
    return save_one(session, actor, strategy, wanted, now=now, via=via)


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


def handover(
    session: Session, actor: Actor, strategy: str, person: str, assignments: Mapping[str, str], *, on: date,
    base_versions: Mapping[str, int], now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Hand over all that `person` answers for from the day `on`, as one change.

    `assignments` says for each measure which role takes over, `NOBODY` where it is left unowned on purpose;
    `base_versions` has the version of each responsibility, by measure, as the page was opened with.
    What has a part keeps it: a contribution is handed over as one. Raises as `retire_person`.
    """
    require(actor, Verb.PLAN)
    leaving = _person(session, strategy, person)
    held = {row["measure"]: row for row in _lines(session, strategy, person, on)}
    _check_assigned(held, assignments, person)
    for measure, row in held.items():
        if row["version"] != base_versions.get(measure):
            raise Conflict(
                _("Ansvaret for {measure} er endret siden du åpnet siden. Se over og lagre på nytt.").format(
                    measure=measure
                ),
                row["key"], row["version"], dict(row),
            )  # fmt: skip
    for taker in {taker for taker in assignments.values() if taker != NOBODY}:
        _person(session, strategy, taker)
    known = all_current(session, tables.Responsibility, strategy)
    there = {row["key"]: row for row in known}
    last = _last_orders(known)
    rows = [new for m, row in held.items() for new in _handed(row, assignments[m], on, there, last[m])]
    reason = _("Overlevering fra {title}").format(title=leaving["title"])
    change = changes.append(session, actor, rows, via=via, reason=reason, now=now)
    return Saved(rows[0].key, rows[0].version, change.id, now)


def contact(
    session: Session,
    actor: Actor,
    strategy: str,
    key: str,
    *,
    name: str = "",
    email: str = "",
) -> None:
    """Say who holds a role or a seat, or with neither name nor address: forget them.

    It stands outside the history, so that a person can be erased and no trace is left. Raises as
    `retire_person`.
    """
    require(actor, Verb.PLAN)
    is_there = any(live(session, table, strategy, key) for table in (tables.Person, tables.Seat))
    if (name or email) and not is_there:
        raise NotFound(_("Fant ikke rollen «{key}».").format(key=key))
    name = texts.clean(name, texts.LINE, _("Navn"), one_line=True)
    email = texts.clean(email, texts.LINE, _("E-post"), one_line=True)
    if email and not _EMAIL.fullmatch(email):
        raise BadInput(_("«{email}» er ikke en e-postadresse.").format(email=email), _("E-post"))
    session.execute(sa.delete(_CONTACT).where(_CONTACT.c.strategy == strategy, _CONTACT.c.key == key))
    if name or email:
        session.execute(sa.insert(_CONTACT).values(strategy=strategy, key=key, name=name, email=email))


def contacts(session: Session, strategy: str) -> dict[str, tables.Contact]:
    """Who holds each role and seat, by its key; only those somebody has named."""
    rows = session.execute(sa.select(_CONTACT).where(_CONTACT.c.strategy == strategy)).mappings()
    return {row["key"]: tables.Contact(**row) for row in rows}


_CONTACT: sa.Table = tables.Contact.__table__


def _lines(session: Session, strategy: str, person: str, on: date) -> list[dict[str, Any]]:
    """The responsibilities a handover from `on` is about: in force then or to come, in live measures."""
    held = all_live(session, tables.Responsibility, strategy, person=person)
    measures = {row["key"] for row in all_live(session, tables.Measure, strategy)} if held else set()
    return [row for row in held if row["measure"] in measures and not _is_over(row, on)]


def _responsibility(
    measure: Measure, person: str, version: int, fields: dict[str, Any], *, retired: bool = False
) -> Wanted:
    return Wanted("responsibility", f"{measure.key}@{person}", version, fields, retired)


def _person(session: Session, strategy: str, key: str) -> Mapping[str, Any]:
    found = live(session, tables.Person, strategy, key)
    if not found:
        raise NotFound(_("Fant ikke rollen «{key}».").format(key=key))
    return found


def _last_orders(rows: Iterable[Mapping[str, Any]]) -> Mapping[str, int]:
    """The highest order among those of each measure."""
    found: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        found[row["measure"]] = max(found[row["measure"]], row["order"])
    return found


def _is_over(row: Mapping[str, Any], day: date) -> bool:
    return row["until"] is not None and row["until"] <= day


def _check_assigned(held: Mapping[str, Any], assignments: Mapping[str, str], person: str) -> None:
    if not held:
        raise NotFound(_("Rollen har ikke noe ansvar å overlevere fra den dagen."))
    if left := sorted(held.keys() - assignments.keys()):
        raise BadInput(
            _("Velg hvem som overtar {measures}, eller at ingen gjør det.").format(measures=", ".join(left)),
            _("Overtas av"),
        )
    if strange := sorted(assignments.keys() - held.keys()):
        raise NotFound(_("Rollen har ikke ansvar for {measures}.").format(measures=", ".join(strange)))
    if person in assignments.values():
        raise BadInput(_("Ansvaret kan ikke overleveres til den som går."), _("Overtas av"))


def _handed(
    row: Mapping[str, Any], taker: str, on: date, known: Mapping[str, Mapping[str, Any]], last: int
) -> Iterator[tables.Responsibility]:
    """The end of one responsibility and the beginning of the next, which stands after `last`."""
    if row["since"] and row["since"] >= on:  # it never came into force
        yield _next(row, retired=True)
    else:
        yield _next(row, until=on)
    if taker == NOBODY:
        return
    key = f"{row['measure']}@{taker}"
    there = known.get(key)
    since = max(on, row["since"] or on)
    fresh = {
        **row, "key": key, "person": taker, "since": since, "until": row["until"],
        "version": there["version"] if there else 0,
        "order": there["order"] if there else last + 1,
    }  # fmt: skip
    if not there or there["retired"] or _is_over(there, on) or _has_less(there, row):
        yield _next(fresh)


def _has_less(there: Mapping[str, Any], than: Mapping[str, Any]) -> bool:
    return _ORDER[there["part"]] > _ORDER[than["part"]] or (there["proposal"] and not than["proposal"])


_ORDER = {part: number for number, part in enumerate(Part)}
"""What a role has to do with a measure, the most first: who has more already, keeps it."""


def _next(row: Mapping[str, Any], **fields: Any) -> tables.Responsibility:
    return tables.Responsibility(
        **{**row, "version": row["version"] + 1, "change_id": 0, "retired": False, **fields}
    )


def _forget(session: Session, strategy: str, key: str) -> None:
    """Remove who held a role, unless there is a seat of that name too."""
    if not live(session, tables.Seat, strategy, key):
        session.execute(sa.delete(_CONTACT).where(_CONTACT.c.strategy == strategy, _CONTACT.c.key == key))
