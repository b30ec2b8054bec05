"""A board's papers: one case, or all of them with the agenda, made from a meeting as it was frozen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from strategy import dates, empty, meetings
from strategy.exports import prose, status
from strategy.exports.annual.report import LANGUAGES, example
from strategy.exports.board.meeting import Sitting
from strategy.exports.measure import byline, said_by
from strategy.exports.outline import (
    Block,
    Bullets,
    Contents,
    Facts,
    Heading,
    Line,
    Outline,
    PageBreak,
    Run,
    Style,
    Table,
    body,
    line,
)
from strategy.i18n import SOURCE_LANGUAGE, _
from strategy.snapshot import AgendaItem, Attachment, Link, Meeting, Question
from strategy.terms import ItemContent, ItemKind
from strategy.values import spoken

SECTIONS = ("proposal", "summary", "background", "status", "considerations", "consequences", "follow_up")
"""The texts of a case, by the names of its fields, in the order they stand."""


def case(sitting: Sitting, key: str) -> Outline:
    """The paper of one case with its attachments."""
    item = _item(sitting, key)
    title = f"{case_title(item)} {_subject(sitting, item)}"
    heading, *rest = _whole_case(sitting, item)
    mark = [body(example(), style=Style.MARK)] if sitting.told.example else []
    return outline_of(sitting, title, [heading, *mark, *rest])


def papers(sitting: Sitting) -> Outline:
    """The whole set: cover, contents, the calling with its agenda, and every case with its attachments."""
    title = _("Sakspapirer til {meeting}").format(meeting=named(sitting.meeting))
    return outline_of(sitting, title, _papers(sitting), cover=True)


def drafted(sitting: Sitting, key: str) -> dict[str, str]:
    """The text the paper has for each of `SECTIONS` where nobody has written one, empty where it has none."""
    unwritten: dict[str, Any] = dict.fromkeys(SECTIONS, "")
    item = replace(_item(sitting, key), **unwritten)
    return {section: _text(sitting, item, section) for section in SECTIONS}


def proposal(sitting: Sitting, item: AgendaItem) -> str:
    """What is proposed in a case, in the words of whoever wrote it or else the usual ones."""
    return _text(sitting, item, "proposal")


def named(meeting: Meeting) -> str:
    """«styremøte 2, 2026–2027»."""
    return _("styremøte {n}, {period}").format(n=meeting.number, period=meeting.period)


def case_title(item: AgendaItem) -> str:
    """«Sak 41/2026»."""
    return f"{_('Sak')} {case_number(item)}"


def case_number(item: AgendaItem) -> str:
    """«41/2026», or that it has none."""
    return f"{item.number}/{item.year}" if item.number else _("uten nummer")


def outline_of(
    sitting: Sitting,
    title: str,
    blocks: Iterable[Block],
    mark: str = "",
    made_on: date | None = None,
    *,
    cover: bool = False,
) -> Outline:
    """A document of the meeting, made on the day its numbers hold for unless told otherwise."""
    strategy = sitting.told.strategy
    marks = [mark, example() if sitting.told.example else ""]
    running = f"{strategy.organisation} · {named(sitting.meeting).capitalize()}"
    return Outline(
        title,
        strategy.organisation,
        strategy.name,
        LANGUAGES[SOURCE_LANGUAGE],
        made_on or sitting.stand.day,
        running,
        " · ".join(filter(None, marks)),
        tuple(blocks),
        cover,
    )


def _item(sitting: Sitting, key: str) -> AgendaItem:
    return next((item for item in sitting.agenda if item.key == key), None) or sitting.told.item(key)


def _papers(sitting: Sitting) -> Iterator[Block]:
    yield from _cover(sitting)
    yield PageBreak()
    yield Contents(_("Innhold"), depth=1)
    yield from _calling(sitting)
    for item in sitting.agenda:
        if _has_paper(sitting, item):
            yield from _whole_case(sitting, item)


def _cover(sitting: Sitting) -> Iterator[Block]:
    meeting = sitting.meeting
    yield body(sitting.told.strategy.organisation, style=Style.ORGANISATION)
    yield body(_("Styremøte {n}").format(n=meeting.number), style=Style.TITLE)
    yield body(_("Innkalling og sakspapirer"), style=Style.SUBTITLE)
    yield body(_("Perioden {period}").format(period=meeting.period), style=Style.DATE)
    yield body(when_and_where(meeting), style=Style.DATE)
    yield body(frozen(sitting), style=Style.DATE)
    yield body(sitting.frozen.sentence, style=Style.DATE)
    if sitting.told.example:
        yield body(example(), style=Style.MARK)


def when_and_where(meeting: Meeting) -> str:
    """«23. november 2026 kl. 10.00, Oslo»."""
    day = dates.long_day(meeting.held_on)
    when = f"{day} {dates.o_clock(meeting.starts)}".rstrip()
    return when + (f", {meeting.place}" if meeting.place else "")


def frozen(sitting: Sitting) -> str:
    """Which day and which change the numbers hold for."""
    plan, meeting = sitting.stand.plan, sitting.meeting
    change = dates.number(plan.change_id)
    if meeting.as_of is None:
        form = _("Foreløpig: tallene er fra {day} (endring {n}) og er ikke låst.")
    else:
        form = _("Tallene er låst slik de sto {day} (endring {n}).")
    return form.format(day=dates.long_day(sitting.stand.day), n=change)


def _calling(sitting: Sitting) -> Iterator[Block]:
    meeting, told = sitting.meeting, sitting.told
    yield Heading(1, _("Innkalling og saksliste"), "saksliste")
    called = [s for s in told.seats if s.holds(meeting.held_on)]
    yield Facts(
        (
            (_("Styremøte"), line(_meeting_of(meeting))),
            (_("Tid og sted"), line(when_and_where(meeting))),
            (_("Innkalles"), line("; ".join(s.title for s in called) or _("Ingen verv er ført inn."))),
            (_("Møteleder"), line(meetings.who(told, meeting.chair) or _("Ikke ført"))),
            (_("Referent"), line(meeting.secretary or _("Ikke ført"))),
        )
    )
    if not sitting.agenda:
        yield body(_("Det er ikke ført opp noen saker ennå."), style=Style.NOTE)
        return
    header = (_("Sak"), _("Tittel"), _("Sakstype"), _("Merknad"))
    rows = tuple(
        (
            line(case_number(item)),
            line(Run(_subject(sitting, item), strong=True, to=_anchor(item))),
            line(item.kind.label),
            line(_("Unntatt offentlighet") if item.withheld else ""),
        )
        for item in sitting.agenda
    )
    yield Table(_("Saksliste"), header, rows, (12, 49, 18, 21))
    for item in sitting.agenda:
        if not _has_paper(sitting, item):
            yield Heading(2, f"{case_title(item)}: {_subject(sitting, item)}", _anchor(item))
            yield from _short_case(sitting, item)


def _has_paper(sitting: Sitting, item: AgendaItem) -> bool:
    """Whether there is more to it than its proposal, which stands with the agenda where there is not."""
    written_by_data = (ItemContent.STATUS, ItemContent.FOLLOW_UP)
    return bool(item.content in written_by_data or _shown_sections(sitting, item) or _links(sitting, item))


def _short_case(sitting: Sitting, item: AgendaItem) -> Iterator[Block]:
    if item.withheld:
        yield body(_withheld(item), style=Style.MARK)
    if proposed := proposal(sitting, item):
        yield body(Run(_("Forslag til vedtak"), strong=True))
        yield from prose.blocks(proposed, Style.RESOLUTION)
    else:
        yield body(_("Saken har ikke noe forslag til vedtak."), style=Style.NOTE)


def _withheld(item: AgendaItem) -> str:
    return _("Unntatt offentlighet: {reason}").format(reason=item.withheld)


def _whole_case(sitting: Sitting, item: AgendaItem) -> Iterator[Block]:
    yield Heading(1, f"{_('Styresak')} {case_number(item)} {_subject(sitting, item)}", _anchor(item))
    yield from _head(sitting, item)
    yield Heading(2, _("Forslag til vedtak"), f"{_anchor(item)}-forslag")
    yield from _section(sitting, item, "proposal", Style.RESOLUTION)
    for number, section in enumerate(_shown_sections(sitting, item), 1):
        yield Heading(2, f"{number} {_titles()[section]}", f"{_anchor(item)}-{section}")
        yield from _section(sitting, item, section)
        if section == "status" and item.content is ItemContent.STATUS:
            yield from _status(sitting, item, number)
    if item.content is ItemContent.FOLLOW_UP:
        yield from _decisions(sitting)
    yield from _measures(sitting, item)
    yield from _linked(sitting, item)
    yield from _attachments(sitting, item)


def _head(sitting: Sitting, item: AgendaItem) -> Iterator[Block]:
    meeting = sitting.meeting
    if item.withheld:
        yield body(_withheld(item), style=Style.MARK)
    if sitting.meeting.as_of is None:
        yield body(frozen(sitting), style=Style.NOTE)
    who = meetings.who
    week = meeting.held_on.isocalendar().week
    yield Facts(
        (
            (_("Styremøte"), line(_meeting_of(meeting))),
            (_("Møtedato"), line(f"{dates.day(meeting.held_on)} ({_('uke')} {week})")),
            (_("Saken gjelder"), line(_subject(sitting, item))),
            (_("Sakstype"), line(item.kind.label)),
            (_("Saksbehandler"), line(who(sitting.told, item.handler) or _("Ikke ført"))),
            (_("Ansvarlig"), line(who(sitting.told, item.responsible) or _("Ikke ført"))),
            (_("Vedlegg"), line(" · ".join(_attached(sitting, item)) or _("Ingen"))),
        )
    )


def _meeting_of(meeting: Meeting) -> str:
    return _("nr. {n}, perioden {period}").format(n=meeting.number, period=meeting.period)


def _subject(sitting: Sitting, item: AgendaItem) -> str:
    """What it is about; the status of the plan tells which day it is of."""
    if item.content is ItemContent.STATUS and item.title == item.content.label:
        return f"{item.title} {status.when(sitting.stand)}"
    return item.title


def _attached(sitting: Sitting, item: AgendaItem) -> list[str]:
    own = [title for title, _anchor, _blocks in _own_attachments(sitting, item)]
    links = [link.title for link in _links(sitting, item)]
    files = [file.title for file in _files(sitting, item)]
    return [f"{n}{dates.HARD_SPACE}{title}" for n, title in enumerate([*own, *links, *files], 1)]


def _own_attachments(sitting: Sitting, item: AgendaItem) -> Iterator[tuple[str, str, Iterator[Block]]]:
    """What a status paper has behind it; earlier decisions only where they have no case of their own."""
    if item.content is not ItemContent.STATUS:
        return
    yield _("Handlingsplan med status"), "handlingsplan", status.plan_with_status(sitting.stand)
    yield _("Indikatorer"), "indikatorer", status.indicators_in_full(sitting.stand)
    if not any(other.content is ItemContent.FOLLOW_UP for other in sitting.agenda):
        yield _("Oppfølging av tidligere vedtak"), "vedtak", _decisions(sitting)


def _links(sitting: Sitting, item: AgendaItem) -> tuple[Link, ...]:
    return sitting.told.links_of(item.key)


def _files(sitting: Sitting, item: AgendaItem) -> tuple[Attachment, ...]:
    return sitting.told.attachments_of(item.key)


def _measures(sitting: Sitting, item: AgendaItem) -> Iterator[Block]:
    """How the measures the case is about are going."""
    if found := [m for m in sitting.stand.plan.measures if m.key in item.measures]:
        yield Heading(2, _("Tiltak saken gjelder"), f"{_anchor(item)}-tiltak")
        caption = _("Tiltakene {when}").format(when=status.when(sitting.stand))
        yield status.measures(found, sitting.stand, caption)


def _linked(sitting: Sitting, item: AgendaItem) -> Iterator[Block]:
    """Where the documents attached to the case are."""
    links = (line(Run(link.title, strong=True), f": {link.url}") for link in _links(sitting, item))
    files = (_filed(file) for file in _files(sitting, item))
    if found := (*links, *files):
        yield Heading(2, _("Vedlegg"), f"{_anchor(item)}-lenker")
        yield Bullets(found)


def _filed(file: Attachment) -> Line:
    """What a file is, and that it is fetched where the case is read."""
    said = _(": {format}, {size}, ligger ved saken i løsningen")
    return line(
        Run(file.title, strong=True), said.format(format=file.format.label, size=dates.file_size(file.size))
    )


def _titles() -> Mapping[str, str]:
    return {
        "summary": _("Sammendrag"),
        "background": _("Bakgrunn"),
        "status": _("Status"),
        "considerations": _("Vurdering"),
        "consequences": _("Økonomiske og administrative konsekvenser"),
        "follow_up": _("Videre oppfølging"),
    }


def _shown_sections(sitting: Sitting, item: AgendaItem) -> list[str]:
    """Every section of a status paper, gaps too; of other cases those with something in them."""
    sections = SECTIONS[1:]
    if item.content is ItemContent.STATUS:
        return list(sections)
    return [section for section in sections if _text(sitting, item, section)]


def _section(sitting: Sitting, item: AgendaItem, section: str, style: Style = Style.BODY) -> Iterator[Block]:
    text = _text(sitting, item, section)
    if text:
        yield from prose.blocks(text, style)
        if section == "considerations" and item.key in sitting.judged:
            yield body(byline(*sitting.judged[item.key]), style=Style.NOTE)
    else:
        yield body(_GAPS[section](), style=Style.NOTE)


_GAPS = {
    "proposal": lambda: _("Det er ikke skrevet noe forslag til vedtak."),
    "summary": lambda: _("Det er ikke skrevet noe sammendrag."),
    "background": lambda: _("Det er ikke skrevet noe om bakgrunnen."),
    "status": lambda: _("Det er ikke skrevet noe om status."),
    "considerations": lambda: _("Det er ikke skrevet noen vurdering."),
    "consequences": lambda: _("Det er ikke skrevet noe om økonomiske og administrative konsekvenser."),
    "follow_up": lambda: _("Det er ikke skrevet noe om videre oppfølging."),
}


def _text(sitting: Sitting, item: AgendaItem, section: str) -> str:
    """What somebody has written, else what can be said from the data, else nothing."""
    said: str = getattr(item, section)
    if said.strip():
        return said
    if item.content is ItemContent.STATUS:
        return _FROM_DATA[section](sitting)
    return _usual_proposal(item) if section == "proposal" else ""


def _usual_proposal(item: AgendaItem) -> str:
    match item.content:
        case ItemContent.CALLING:
            return _("Innkallingen og dagsordenen godkjennes.")
        case ItemContent.FOLLOW_UP:
            return _("Styret tar gjennomgangen til etterretning.")
        case ItemContent.MEETING_PLAN:
            return _("Styret vedtar møteplanen.")
    return _("Styret tar saken til orientering.") if item.kind is ItemKind.ORIENTATION else ""


def _proposal(sitting: Sitting) -> str:
    said = [_("Styret tar statusrapporten til etterretning.")]
    if status.deviating(sitting.stand):
        said.append(
            _(
                "Styret ber sekretariatet følge opp tiltakene med avvik og legge fram ny status i neste "
                "styremøte."
            )
        )
    return "\n".join(f"{n}. {point}" for n, point in enumerate(said, 1))


def _background(sitting: Sitting) -> str:
    strategy = sitting.told.strategy
    form = _("{organisation} følger opp {name}, som gjelder {start}–{end}, i hvert styremøte.")
    said = form.format(
        organisation=strategy.organisation,
        name=strategy.name,
        start=strategy.start.year,
        end=strategy.end.year,
    )
    if found := sitting.earlier_status:
        item, meeting = found
        form = _("Forrige status: {case}, {meeting}, {day}.")
        return f"{said} " + form.format(
            case=case_title(item).lower(), meeting=named(meeting), day=dates.long_day(meeting.held_on)
        )
    return f"{said} {_('Dette er den første statusen som er ført som sak.')}"


def _follow_up(sitting: Sitting) -> str:
    said = []
    steps = [
        (m, m.report) for m in status.deviating(sitting.stand) if m.report and m.report.next_step.strip()
    ]
    for measure, report in steps:
        by = _(" innen {day}").format(day=dates.day(report.next_due)) if report.next_due else ""
        who = spoken(said_by(report, sitting.stand.told))
        said.append(f"- {measure.key} {measure.name}{by}: {report.next_step} ({who})")
    if said:
        said.insert(0, _("Neste steg for tiltakene med avvik:"))
    if later := sitting.next_meeting:
        form = _("Ny status legges fram i {meeting}, {day}.")
        said += ["", form.format(meeting=named(later), day=dates.long_day(later.held_on))]
    return "\n".join(said).strip()


_FROM_DATA = {
    "proposal": _proposal,
    "summary": lambda sitting: status.finding(sitting.stand),
    "background": _background,
    "status": lambda sitting: status.goals_in_words(sitting.stand),
    "considerations": lambda _sitting: "",
    "consequences": lambda _sitting: "",
    "follow_up": _follow_up,
}


def _status(sitting: Sitting, item: AgendaItem, number: int) -> Iterator[Block]:
    """The parts of the status section that are always made from the data."""
    stand, plan = sitting.stand, sitting.stand.plan
    parts = (
        (_("Samlet bilde"), "bilde", status.whole(stand)),
        (_("Endret siden forrige møte"), "endret", status.changed(stand)),
        (_("Tiltak med avvik"), "avvik", status.deviations(stand)),
        (_("Indikatorer"), "maalt", status.measured_in_short(stand)),
        (_("Åpne spørsmål fra styret"), "sporsmal", _questions(sitting.questions, sitting)),
        (_("Sagt og gjort"), "motstrid", status.answered(sitting.said_and_done, plan)),
    )
    for n, (title, anchor, blocks) in enumerate(parts, 1):
        yield Heading(3, f"{number}.{n} {title}", f"{_anchor(item)}-{anchor}")
        yield from blocks


def _questions(found: tuple[Question, ...], sitting: Sitting) -> Iterator[Block]:
    if not found:
        yield body(empty.questions(sitting.answered))
        return
    yield Bullets(tuple(_question(question, sitting) for question in found))


def _question(question: Question, sitting: Sitting) -> Line:
    who = meetings.who(sitting.told, question.asked_by)
    about = sitting.told.measure(question.measure)
    name = Run(f"{about.key} {about.name}: ", strong=True)
    return line(name, f"«{question.text}»", _(" Spurt av {who}.").format(who=who) if who else "")


def _decisions(sitting: Sitting) -> Iterator[Block]:
    yield from status.decisions(
        sitting.follow_up, sitting.earlier_decisions, sitting.stand.plan, sitting.stand
    )


def _attachments(sitting: Sitting, item: AgendaItem) -> Iterator[Block]:
    for n, (title, anchor, blocks) in enumerate(_own_attachments(sitting, item), 1):
        form = _("Vedlegg {n} til sak {number}: {title}")
        said = form.format(n=n, number=case_number(item), title=title)
        yield Heading(1, said, f"{_anchor(item)}-vedlegg-{anchor}")
        yield from blocks


def _anchor(item: AgendaItem) -> str:
    return item.key
