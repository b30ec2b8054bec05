"""What did not happen in spite of a promise: a next step or a decision whose day has passed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from strategy import dates, meetings, progress, texts
from strategy.i18n import _, plural
from strategy.since.between import Between
from strategy.since.facts import case
from strategy.snapshot import Decision, Measure, Report
from strategy.values import Day, Phrase, phrase, spoken


@dataclass(frozen=True, slots=True)
class Promise:
    """`what` was to be done by `due`; `since` tells what has been said of it after that, or how long nothing.

    `measures` are those it is about; a `decision` may be about none.
    """

    measures: tuple[Measure, ...]
    due: date
    what: str
    since: str
    decision: Decision | None = None
    source: str = ""

    @property
    def sentence(self) -> str:
        return spoken(self.said)

    @property
    def said(self) -> Phrase:
        """«Lovet til 01.11.2026: Levere rapporten. Ingen ny rapport på 161 dager.»"""
        form = _("{source} til {day}: {what}") if self.source else _("Lovet til {day}: {what}")
        said = phrase(form, source=self.source, day=Day(self.due), what=_stopped(self.what))
        return (*said, f" {self.since}")


def broken(seen: Between) -> tuple[Promise, ...]:
    """Every promise not kept, the oldest first."""
    found = (*_next_steps(seen), *_decisions(seen))
    return tuple(sorted(found, key=lambda promise: promise.due))


def _next_steps(seen: Between) -> Iterator[Promise]:
    """The next steps of the reports in the earlier snapshot, where their day has passed undone."""
    for key, new in seen.new.items():
        old = seen.old.get(key)
        if old is None or old.report is None or old.report.next_due is None or new.report is None:
            continue
        if old.report.next_due >= seen.today or not progress.is_open(new) or _done(old, new, seen):
            continue
        what = old.report.next_step or _("Neste steg")
        yield Promise((new,), old.report.next_due, what, _told(old.report, new, new.report, seen.today))


def _done(old: Measure, new: Measure, seen: Between) -> bool:
    """Whether the promise is settled since: the reports say that it is done or withdrawn.

    Reports from before they were asked do not. Then a milestone reached since or anything new that is done
    counts, but not where the same next step is still ahead.
    """
    if old.report and new.answered_in > old.report.change_id:
        return new.settled_in > old.report.change_id
    reached = {step.key for step in old.milestones if progress.is_done(step, seen.then)}
    if any(progress.is_done(step, seen.today) and step.key not in reached for step in new.milestones):
        return True
    before, after = old.report, new.report
    if not before or not after or before.change_id == after.change_id or _repeated(before, after):
        return False
    return bool(after.done) and after.done != before.done


def _repeated(before: Report, after: Report) -> bool:
    return bool(before.next_step) and texts.folded(before.next_step) == texts.folded(after.next_step)


def _told(before: Report, measure: Measure, after: Report, today: date) -> str:
    if before.change_id == after.change_id:
        silent = progress.age(after, today)
        return plural("Ingen ny rapport på {n} dag.", "Ingen ny rapport på {n} dager.", silent)
    if measure.answered_in > before.change_id and after.next_due:
        form = _("Ikke gjort ennå. Lovet for {n}. gang, nå til {day}.")
        return form.format(n=measure.promised, day=dates.day(after.next_due))
    if _repeated(before, after) and after.next_due and before.next_due and after.next_due > before.next_due:
        return _("Lovet på nytt til {day}.").format(day=dates.day(after.next_due))
    return _("Rapporten {day} sier ikke at det er gjort.").format(day=dates.day(after.recorded_on))


def _decisions(seen: Between) -> Iterator[Promise]:
    """The board's open decisions whose day has passed."""
    for decision in seen.after.decisions:
        if decision.due and meetings.is_late(decision, seen.today):
            about = tuple(seen.new[key] for key in decision.measures if key in seen.new)
            since = decision.outcome or _("Vedtaket er ikke meldt fulgt opp.")
            source = _("Vedtatt i {where}").format(where=case(decision, seen))
            yield Promise(about, decision.due, decision.text, _stopped(since), decision, source)


def _stopped(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
