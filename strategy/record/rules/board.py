"""The rules of how the board works, who sits on it, what it asks, and what is explained to it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from strategy.access import Actor, Role, Verb, require
from strategy.contradictions import Clash, settles
from strategy.errors import NotAllowed, NotFound
from strategy.i18n import _, mark
from strategy.record.around import Around, Stored
from strategy.record.rules.meetings import NO_MEETING, closed_locks
from strategy.record.rules.rule import NO_ROLE, NO_THING, Rules, Told, in_plan, may_meet, may_report
from strategy.record.wanted import Values, Wanted
from strategy.things import Board, Explanation, Question, Seat, holds, shapes

ANSWER = {"answer", "answered_by"}
"""What is said of a question by who answers it, also after the meeting."""

_LONGEST, _LARGEST = 365, 99


def board_normal(board: Board) -> Board:
    """Reminders stand in the order they are sent."""
    before, after = sorted(board.reminders, reverse=True), sorted(board.overdue_reminders)
    return replace(board, reminders=tuple(before), overdue_reminders=tuple(after))


def board_flaws(board: Board, around: Around) -> Iterator[Told]:
    """Whole days within a year, each once; reports are in before papers go out; the reserve is somebody."""
    for name, shape in shapes("board").items():
        said = getattr(board, name)
        days = said if isinstance(said, tuple) else (said,)
        if (
            holds("board", name) is not str
            and name != "quorum"
            and not (all(0 <= day <= _LONGEST for day in days) and len(set(days)) == len(days))
        ):
            yield name, _("{field}: skriv hele dager fra 0 til 365.").format(field=shape.refused)
    if board.quorum is not None and not 1 <= board.quorum <= _LARGEST:
        yield "quorum", _("Skriv hvor mange som må være til stede, fra 1 til {n}.").format(n=_LARGEST)
    if board.updates_days < board.papers_days:
        yield (
            "updates_days",
            _("Rapportene må være inne før sakspapirene sendes ut: velg minst like mange dager."),
        )
    if board.fallback and not any(around.thing(kind, board.fallback) for kind in ("person", "seat")):
        yield "fallback", _(NO_ROLE).format(key=board.fallback)


def seat_flaws(seat: Seat, _around: Around) -> Iterator[Told]:
    """A seat has a name, and lasts a day at least."""
    if not seat.title:
        yield "title", _("Gi vervet et navn, for eksempel «Styreleder».")
    if seat.since and seat.until and seat.until <= seat.since:
        yield "until", _("Vervet må slutte etter at det begynte.")


def question_flaws(question: Question, _around: Around) -> Iterator[Told]:
    """A question asks something, and an answer answers."""
    if not question.key.startswith("sporsmal-"):
        yield "", _("«{key}» kan ikke være nøkkelen til et spørsmål.").format(key=question.key)
    if not question.text:
        yield "text", _("Skriv hva du lurer på.")
    if question.answered_by and not question.answer:
        yield "answer", _("Skriv et svar.")


def question_locks(wanted: Wanted, question: Question, around: Around) -> Iterator[Told]:
    """A question is asked before its meeting is closed; it may be answered later."""
    if wanted.retired or set(wanted.fields) - ANSWER:
        yield from closed_locks(wanted, around.thing("meeting", question.meeting))


def explanation_normal(explanation: Explanation) -> Explanation:
    """What has an explanation is not unexplained."""
    unexplained = True if explanation.unexplained and not explanation.text else None
    return replace(explanation, unexplained=unexplained)


def explanation_flaws(explanation: Explanation, _around: Around) -> Iterator[Told]:
    """An explanation is of a contradiction, and says something where words settle it, or is none at all."""
    if explanation.clash not in [*Clash]:
        yield "clash", _("«{text}» er ingen kjent motstrid.").format(text=explanation.clash)
    if not settles(explanation.clash, unexplained=explanation.unexplained):
        yield "text", _(NO_WORDS)
    elif not explanation.text and not explanation.unexplained:
        yield "text", _("Skriv hvorfor det som er sagt, likevel stemmer.")


def explanation_locks(wanted: Wanted, explanation: Explanation, around: Around) -> Iterator[Told]:
    """What is explained for a closed meeting stands; once the papers are out, no answer is taken away."""
    meeting = around.thing("meeting", explanation.meeting)
    yield from closed_locks(wanted, meeting)
    is_called_off = ("meeting", explanation.meeting) in around.wanted
    if wanted.retired and meeting and meeting.as_of and not is_called_off:
        yield "", _(ANSWERED)


def _may_ask(actor: Actor, raw: Values, around: Stored) -> None:
    """Board members ask in their own name; who may report on the measure answers."""
    asked = around.thing("question", raw["key"])
    if "answer" in raw and not raw.keys() - ANSWER - {"key"}:
        if not asked:
            raise NotFound(_(NO_QUESTION))
        may_report(actor, asked.measure, around)
        return
    require(actor, Verb.ASK)
    names = {raw.get("asked_by"), asked.asked_by if asked else None} - {None}
    if actor.role < Role.SECRETARIAT and names - {actor.person or actor.name}:
        raise NotAllowed(_("Du kan bare endre dine egne spørsmål. Be sekretariatet om å gjøre endringen."))


def _may_explain(actor: Actor, raw: Values, around: Stored) -> None:
    """Who may report on a measure may explain it; only who makes the meeting puts it forward unexplained."""
    if raw.get("unexplained"):
        require(actor, Verb.MEET)
    else:
        may_report(actor, raw["thing"], around)


def _asked_of(raw: Values, around: Around) -> Iterator[Told]:
    """What a question was asked of may be gone later."""
    before = around.thing("question", raw["key"])
    for kind, sentence in (("meeting", NO_MEETING), ("measure", NO_LONGER)):
        if not before or getattr(before, kind) != raw[kind]:
            yield from in_plan(kind, raw[kind], around, sentence)


def _explained(raw: Values, around: Around) -> Iterator[Told]:
    yield from in_plan("meeting", raw["meeting"], around, NO_MEETING)
    if not any(around.thing(kind, raw["thing"]) for kind in ("measure", "subgoal", "goal", "indicator")):
        yield "", _("Fant ikke «{key}» i planen.").format(key=raw["thing"])


def _meeting_thing_and_clash(key: str) -> Values:
    return dict(zip(("meeting", "thing", "clash"), [*key.split("@", 2), "", ""], strict=False))


NO_WORDS = mark(
    "En forklaring er ikke nok for det som er meldt fullført uten dokumentasjon. Legg inn dokumentasjon på "
    "en milepæl eller et dokument på tiltaket, rett rapporten, eller legg det fram som uforklart."
)
ANSWERED = mark("Papirene er sendt ut med dette svaret. Endre det, eller trekk innkallingen tilbake først.")
NO_QUESTION = mark("Fant ikke spørsmålet. Kanskje er det tatt ut siden du åpnet siden.")
NO_LONGER = mark("Tiltak «{key}» er ikke i planen, eller er tatt ut av den. Velg et annet.")

RULES: Mapping[str, Rules] = {
    "board": Rules(NO_THING, may=may_meet, normal=board_normal, flaws=board_flaws),
    "seat": Rules(NO_THING, may=may_meet, flaws=seat_flaws),
    "question": Rules(
        NO_QUESTION,
        may=_may_ask,
        needs={"measure": mark("Velg hvilket tiltak spørsmålet gjelder.")},
        stands_on=_asked_of,
        locks=question_locks,
        flaws=question_flaws,
    ),
    "explanation": Rules(
        NO_THING,
        may=_may_explain,
        named=_meeting_thing_and_clash,
        stands_on=_explained,
        normal=explanation_normal,
        locks=explanation_locks,
        flaws=explanation_flaws,
    ),
}
