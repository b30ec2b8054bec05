"""A measure's lifeline on a page: the drawing, its finding, and all of it as words beside."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import streamlit as st

from strategy import dates, drawings, meetings, palette, people, progress
from strategy.drawings import Story, uri
from strategy.i18n import _, plural
from strategy.snapshot import Measure, Milestone, Snapshot
from strategy.terms import Effect, Part
from strategy.ui import attachments
from strategy.ui.markdown import plain
from strategy.ui.parts import paged
from strategy.ui.pictures import palette_of, stories
from strategy.ui.view import cached, dark, reports, view

PAGE = 12


@dataclass(frozen=True, slots=True)
class Told:
    """The drawing with what it says, the finding, and its steps as words; and a drawing of each milestone."""

    finding: str
    picture: str
    sentence: str
    thread: str
    steps: tuple[str, ...]


def of(measure: Measure) -> Told:
    """The lifeline of a measure."""
    return cached(_told, measure.key, dark())


def draw(measure: Measure) -> None:
    """The lifeline, with its finding for whoever does not see it."""
    told = of(measure)
    st.image(told.picture, alt=f"{measure.key}: {told.sentence}", width="stretch")


def legend() -> None:
    """How a lifeline is read, in words."""
    said = _(
        "Flagget er fristen, åpne flagg er der den var, og buene er hver gang den ble flyttet. Rutene er "
        "vurderingen kvartal for kvartal. Linja går fra vedtaket til i dag, med merket til hver rapport. "
        "Ruter på kant er vedtak, og + er noen som fikk ansvaret. Nederst er milepælene: strek er nådd, grå "
        "strek kommer, rødt kryss er over frist, tynt kryss ble ikke noe av."
    )
    st.markdown(f":small[:gray[{said}]]")


def milestones(measure: Measure) -> None:
    """Each milestone by name with its days, and on its own line of time."""
    if not measure.milestones:
        st.markdown(_("Tiltaket har ingen milepæler. Legg dem til på siden Oppdatering."))
        return
    drawn = tuple(zip(_ordered(measure), of(measure).steps, strict=True))
    for step, picture in paged(drawn, PAGE, "milepaeler"):
        with st.container(gap=None):
            when, title = _when(step, measure), plain(step.title)
            shown_by = f"  \n:small[:gray[{plain(step.evidence)}]]" if step.evidence else ""
            st.markdown(f"**{title}**  \n:small[{when}]{shown_by}")
            st.image(picture, alt="", width="stretch")
            attachments.of(step.key)


def _when(step: Milestone, measure: Measure) -> str:
    """Markdown for a milestone's deadline, and the day it was reached, or that it is late."""
    said = [plain(_("Frist {day}").format(day=dates.day(step.due)))]
    if step.done_on and progress.is_done(step, view().today):
        said.append(plain(_("Nådd {day}").format(day=dates.day(step.done_on))))
    elif step in progress.late_milestones(measure, view().today):
        said.append(f":red-badge[! {_('over frist')}]")
    else:
        still = _("Ikke nådd ennå") if progress.is_open(measure) else _("Ikke nådd")
        said.append(f":gray[{still}]")
    return " · ".join(said)


def _ordered(measure: Measure) -> list[Milestone]:
    return sorted(measure.milestones, key=lambda step: step.due)


def _told(shown: Snapshot, today: date, key: str, is_dark: bool) -> Told:
    measure, colours = shown.measure(key), palette_of(is_dark)
    (story,) = stories(shown, today, (key,))
    said = reports((key,)).get(key, ())
    assigned = (r.since for r in measure.responsibilities if r.since and r.part is Part.RESPONSIBLE)
    adopted, by = _adopted(shown, key)
    life = drawings.life(story, adopted, assigned, said)
    return Told(
        story.finding,
        uri(drawings.lifeline(life, colours)),
        f"{story.finding}. {story.sentence}",
        " → ".join(_thread(by, measure, story, len(said))),
        _steps(measure, story, colours),
    )


def _steps(measure: Measure, story: Story, colours: palette.Palette) -> tuple[str, ...]:
    return tuple(uri(drawings.milestone(step, story, colours)) for step in _ordered(measure))


def _adopted(shown: Snapshot, key: str) -> tuple[date, str]:
    """The day a measure was adopted, and by what: with the strategy, where nothing later added it."""
    for grounded in meetings.thread(shown, key):
        if grounded.authority.effect is Effect.ADOPTED:
            if grounded.meeting:
                number = _("styremøte nr. {n}").format(n=grounded.meeting.number)
                return grounded.meeting.held_on, number
            return grounded.authority.recorded_on, grounded.authority.note
    return shown.strategy.start, _("med strategien")


def _thread(by: str, measure: Measure, story: Story, reported: int) -> Iterator[str]:
    """Each step of a measure's life as markdown, from what it was adopted `by`."""
    yield f"**{_('Vedtatt')}** {plain(by)}".strip()
    yield f"**{_('ansvar')}** {plain(people.responsible_text(measure, story.today))}"
    if measure.report:
        times = plural("{n} gang", "{n} ganger", reported)
        form = _("{times}, sist {day}")
        said = form.format(times=times, day=dates.day(measure.report.recorded_on))
        yield f"**{_('rapportert')}** {plain(said)}"
    if story.flies and story.moved:
        days = " → ".join(map(dates.day, story.deadlines))
        times = plural("{n} gang", "{n} ganger", len(story.moved))
        yield f"**{_('frist flyttet')}** {plain(f'{times} ({days})')}"
    elif story.flies and story.due:
        yield f"**{_('frist')}** {plain(dates.day(story.due))}"
    if every := len(measure.milestones):
        form = plural("{some} av {n} milepæl", "{some} av {n} milepæler", every)
        yield f"**{_('nådd')}** {plain(form.format(some=len(story.reached)))}"
    if story.ends:
        yield f"**{plain(story.finding)}** {plain(dates.day(story.ends))}"
