"""What stands on an agenda: the cases of a meeting in their order, and those every meeting has."""

from collections.abc import Iterator
from typing import Any

from strategy import dates, texts
from strategy.i18n import _
from strategy.record.around import Around
from strategy.terms import ItemContent, ItemKind
from strategy.things import AgendaItem, Meeting

OWN = 45
"""Where a meeting's own cases stand among the usual: after the decisions to follow up, before the economy."""


def cases(meeting: str, around: Around) -> list[AgendaItem]:
    """The cases on a meeting's agenda, in its order."""
    found = around.all("agenda_item", meeting=meeting)
    return sorted(found, key=lambda case: (case.order, len(case.key), case.key))


def place(meeting: str, around: Around) -> int:
    """The order of a case that is told none: among the usual ones, or else last."""
    found = cases(meeting, around)
    if any(case.content is ItemContent.CALLING for case in found):
        return OWN
    return max((case.order for case in found), default=0) + 1


def usual(meeting: Meeting, around: Around) -> Iterator[dict[str, Any]]:
    """What every meeting treats, in the order and the words NOKU's board has used."""
    before = max(
        (m for m in around.all("meeting") if m.held_on < meeting.held_on),
        key=lambda m: (m.held_on, texts.natural(m.key)),
        default=None,
    )
    status = _(
        "1. Styret tar statusrapporten til etterretning.\n"
        "2. Styret ber sekretariatet følge opp tiltakene med vesentlig avvik og legge fram ny status i neste "
        "styremøte."
    )
    yield _usual(
        10,
        _("Godkjenning av innkalling og dagsorden"),
        _("Innkallingen og dagsordenen godkjennes."),
        ItemContent.CALLING,
    )
    if before:
        proposal = _("Protokollen fra styremøte {number}, {period}, {day} godkjennes.").format(
            number=before.number, period=before.period, day=dates.long_day(before.held_on)
        )
        yield _usual(20, _("Godkjenning av protokoll"), proposal, ItemContent.MINUTES)
    inform = ItemKind.ORIENTATION
    yield _usual(30, _("Status for handlingsplanen"), status, ItemContent.STATUS, inform)
    noted = _("Styret tar gjennomgangen til etterretning.")
    yield _usual(40, _("Oppfølging av vedtak"), noted, ItemContent.FOLLOW_UP, inform)
    economy = _("Styret tar økonomirapporten til etterretning.")
    yield _usual(50, _("Økonomirapport"), economy, ItemContent.PLAIN, inform)
    yield _usual(60, _("Eventuelt"), "", ItemContent.ANY_OTHER, ItemKind.DISCUSSION)
    yield _usual(70, _("Møteplan"), _("Styret vedtar møteplanen."), ItemContent.MEETING_PLAN)


def titles(meeting: Meeting, around: Around) -> frozenset[str]:
    """What the cases of the usual agenda of a meeting are called."""
    return frozenset(case["title"] for case in usual(meeting, around))


def _usual(
    order: int, title: str, proposal: str, content: ItemContent, kind: ItemKind = ItemKind.DECISION
) -> dict[str, Any]:
    return {"order": order, "title": title, "proposal": proposal, "content": content, "kind": kind}
