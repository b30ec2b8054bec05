"""What is asked before a meeting and answered, and why a seeming contradiction stands."""

import re
from datetime import datetime

from sqlmodel import Session

from strategy import dates, tables
from strategy.access import Actor, Role, Verb, require
from strategy.errors import BadInput, NotAllowed, NotFound
from strategy.i18n import _
from strategy.record.meetings import check_unlocked, the_meeting
from strategy.record.saving import Saved, cleaned, current, drafted, live, next_key, responsible, save
from strategy.terms import Via

_CLASH = re.compile("[a-z_]{1,60}")


def question_key(session: Session, strategy: str) -> str:
    """A key for a new question."""
    return next_key(session, tables.Question, strategy, "sporsmal-")


def question(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *,
    meeting: str, measure: str, text: str, asked_by: str = "", now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Ask about a measure before a meeting, or put one's own question otherwise.

    `asked_by` is a seat or a role; a board member always asks in their own name.
    Raises `BadInput`, `NotFound`, `NotAllowed`, `Conflict`.
    """
    require(actor, Verb.ASK)
    standing = current(session, tables.Question, strategy, key)
    asker = asked_by if actor.role >= Role.SECRETARIAT and asked_by else actor.person or actor.name
    if standing and actor.role < Role.SECRETARIAT and standing["asked_by"] != asker:
        raise NotAllowed(_("Du kan bare endre dine egne spørsmål. Be sekretariatet om å gjøre endringen."))
    check_unlocked(the_meeting(session, strategy, meeting))
    if not live(session, tables.Measure, strategy, measure):
        raise NotFound(
            _("Tiltak «{key}» er ikke i planen, eller er tatt ut av den. Velg et annet.").format(key=measure)
        )
    said = {"meeting": meeting, "measure": measure, "text": text, "asked_by": asker}
    if standing and not asked_by:
        said["asked_by"] = standing["asked_by"]
    row = drafted(
        tables.Question, strategy, key, base_version, standing=standing, said=said,
    )  # fmt: skip
    if not key.startswith("sporsmal-"):
        raise BadInput(_("«{key}» kan ikke være nøkkelen til et spørsmål.").format(key=key), _("Spørsmål"))
    if not row.text:
        raise BadInput(_("Skriv hva du lurer på."), _("Spørsmål"))
    return save(session, actor, row, now=now, via=via)


def answer(
    session: Session, actor: Actor, strategy: str, key: str, base_version: int, *,
    answer: str, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Answer a question, as the secretariat or as who answers for the measure; also after the meeting.

    Raises as `question`.
    """
    standing = live(session, tables.Question, strategy, key)
    if not standing:
        raise NotFound(_("Fant ikke spørsmålet. Kanskje er det tatt ut siden du åpnet siden."))
    require(actor, Verb.REPORT, responsible(session, strategy, standing["measure"], dates.oslo_day(now)))
    row = drafted(
        tables.Question, strategy, key, base_version, standing=standing,
        said={"answer": answer, "answered_by": actor.person or actor.name},
    )  # fmt: skip
    if not row.answer:
        raise BadInput(_("Skriv et svar."), _("Svar"))
    return save(session, actor, row, now=now, via=via)


def explanation(
    session: Session, actor: Actor, strategy: str, base_version: int, *,
    meeting: str, thing: str, clash: str, text: str, now: datetime, via: Via = Via.PAGE,
) -> Saved:  # fmt: skip
    """Say why what is said of `thing` stands although it seems to clash; it is printed in the papers.

    Raises as `question`.
    """
    require(actor, Verb.MEET)
    check_unlocked(the_meeting(session, strategy, meeting))
    kinds = (tables.Measure, tables.Subgoal, tables.Goal, tables.Indicator)
    if not any(live(session, kind, strategy, thing) for kind in kinds):
        raise NotFound(_("Fant ikke «{key}» i planen.").format(key=thing))
    if not _CLASH.fullmatch(clash):
        raise BadInput(_("«{text}» er ingen kjent motstrid.").format(text=clash), _("Motstrid"))
    row = tables.Explanation(
        strategy=strategy, key=f"{meeting}@{thing}@{clash}", version=base_version + 1, change_id=0,
        meeting=meeting, thing=thing, clash=clash, text=cleaned(tables.Explanation, "text", text),
    )  # fmt: skip
    if not row.text:
        raise BadInput(_("Skriv hvorfor det som er sagt, likevel stemmer."), _("Forklaring"))
    return save(session, actor, row, now=now, via=via)
