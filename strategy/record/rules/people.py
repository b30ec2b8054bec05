"""The rules of roles, of what they answer for, and of the links and mails they are sent."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from strategy import texts
from strategy.access import Actor, Verb, require
from strategy.document.values import KEY_PATTERN
from strategy.errors import Conflict
from strategy.i18n import _, mark
from strategy.record.around import Around, Stored
from strategy.record.rules.rule import NO_MEASURE, NO_ROLE, Rules, Told, halves, in_plan, last
from strategy.record.wanted import Values, Wanted
from strategy.snapshot import Flat
from strategy.things import AccessLink, Person, Responsibility


def person_flaws(person: Person, around: Around) -> Iterator[Told]:
    """A role has a key the plan file can hold, and a title no other role has."""
    if not re.fullmatch(KEY_PATTERN, person.key):
        said = _("Nøkkelen «{key}» kan bare ha bokstaver, tall, punktum og strek.")
        yield "", said.format(key=person.key)
    if not person.title:
        yield "title", _("Gi rollen en tittel, for eksempel «Kasserer».")
    titles = {texts.folded(other.title) for other in around.all("person") if other.key != person.key}
    if texts.folded(person.title) in titles:
        yield "title", _("Det finnes alt en rolle som heter «{title}».").format(title=person.title)


def person_locks(wanted: Wanted, person: Person, around: Around) -> Iterator[Told]:
    """A role that answers for something, now or later, hands it over before it is taken out."""
    held = around.all("responsibility", person=person.key) if wanted.retired else ()
    if busy := {each.measure for each in held if not each.until or each.until > around.today}:
        said = _("Rollen har fortsatt ansvar for {measures}. Overlever det først.")
        yield "", said.format(measures=", ".join(sorted(busy, key=texts.natural)))


def responsibility_flaws(held: Responsibility, _around: Around) -> Iterator[Told]:
    """A responsibility lasts a day at least."""
    if held.since and held.until and held.since >= held.until:
        yield "until", _("Ansvaret er slutt før det begynner. Velg en senere sluttdato.")


def role_brought(held: Responsibility, around: Around) -> Iterator[Wanted]:
    """Whoever is adopted to anything is adopted as a role."""
    person = around.thing("person", held.person)
    if person.proposal and not held.proposal:
        yield Wanted("person", person.key, person.version, {"proposal": False})


def roles_adopted(before: Flat, target: Flat) -> Flat:
    """The plan of a file with the roles adopted that it adopts to something, as `role_brought` has it."""
    adopted = {
        ("person", said["person"])
        for ident, said in target.items()
        if ident[0] == "responsibility"
        and not said["proposal"]
        and before.get(ident, {"proposal": True})["proposal"]
    }
    return target | {ident: {**target[ident], "proposal": False} for ident in adopted if ident in target}


def access_link_flaws(link: AccessLink, around: Around) -> Iterator[Told]:
    """A link lasts a year at most, for what its role answers for or contributes to, also by a proposal."""
    if not around.today <= link.expires_on <= around.today + timedelta(days=366):
        yield "expires_on", _("En lenke varer til en dag fra i dag til om ett år.")
    held = around.all("responsibility", person=link.person) if link.measures else ()
    mine = {each.measure for each in held if each.part.reports and each.holds(around.today)}
    for key in sorted(set(link.measures) - mine, key=texts.natural):
        said = _(
            "Rollen har ikke ansvar for tiltak {key}, alene eller med andre, og kan ikke få lenke til det."
        )
        yield "measures", said.format(key=key)


def _parties(raw: Values, around: Around) -> Iterator[Told]:
    yield from in_plan("measure", raw["measure"], around, NO_MEASURE)
    yield from in_plan("person", raw["person"], around, NO_ROLE, "person")


def _in_roles(*fields: str) -> Callable[[Values, Around], Iterator[Told]]:
    """Each of the fields names a role there is."""

    def told(raw: Values, around: Around) -> Iterator[Told]:
        for name in fields:
            yield from in_plan("person", raw.get(name, ""), around, NO_ROLE, name)

    return told


def _may_open(actor: Actor, raw: Values, around: Stored) -> None:
    """A link that was withdrawn is dead: raises `Conflict` for who would give it out again."""
    require(actor, Verb.PLAN)
    gone = around.newest("access_link", raw["key"])
    if gone and gone["retired"] and "person" in raw:
        said = _("Lenka er trukket tilbake, og blir ikke tatt i bruk igjen. Lag en ny.")
        raise Conflict(said, raw["key"], gone["version"], {})


RULES: Mapping[str, Rules] = {
    "person": Rules(
        mark("Fant ikke rollen. Kanskje er den allerede tatt ut."),
        begun=last("person"),
        flaws=person_flaws,
        locks=person_locks,
    ),
    "responsibility": Rules(
        mark("Fant ikke ansvaret. Kanskje er det allerede tatt bort."),
        named=halves("measure", "person"),
        stands_on=_parties,
        begun=last("responsibility", "measure"),
        flaws=responsibility_flaws,
        brings=role_brought,
    ),
    "access_link": Rules(
        mark("Fant ikke lenka. Kanskje er den allerede trukket tilbake."),
        may=_may_open,
        stands_on=_in_roles("person"),
        flaws=access_link_flaws,
    ),
    "mail": Rules(NO_ROLE, stands_on=_in_roles("person", "recipient"), is_whole=True),
}
