"""The account in words: the finding, what it rests on, and which two ends were compared."""

from datetime import date

from strategy import dates
from strategy.history import Moment
from strategy.i18n import _, plural
from strategy.since.account import Account


def named(moment: Moment) -> str:
    """«styremøte 2», or «24. september 2026»."""
    if moment.meeting:
        return _("styremøte {n}").format(n=moment.meeting.number)
    return dates.long_day(moment.day)


def headline(found: Account, start: Moment, end: Moment, today: date) -> str:
    """«Tre tiltak er blitt verre, to bedre siden styremøte 2. Fire løfter er ikke holdt.»"""
    said = [_finding(found).format(span=_span(start, end, today))]
    if found.promises:
        count = len(found.promises)
        number = _number(count)
        said.append(
            plural("{number} løfte er ikke holdt.", "{number} løfter er ikke holdt.", count).format(
                number=number
            )
        )
    return " ".join(said)


def basis(found: Account) -> str:
    """«9 av 20 tiltak har noe nytt, 11 er uendret.»; those with news that no longer count are told after."""
    form = _("{changed} av {total} tiltak har noe nytt, {quiet} er uendret.")
    changed = found.total - len(found.quiet)
    said = form.format(changed=changed, total=found.total, quiet=len(found.quiet))
    if left := found.changed - changed:
        said += " " + _("{n} tiltak er utgått eller tatt ut.").format(n=left)
    return said


def compared(start: Moment, end: Moment, today: date) -> str:
    """«Styremøte 2, status per 2. oktober 2026, sammenlignet med i dag, 23. november 2026.»"""
    return _("Fra {start} til {end}.").format(start=_in_full(start, today), end=_in_full(end, today))


def nothing_said() -> str:
    """Where nobody has reported, nothing has stood still either."""
    return _("Ingen tiltak er rapportert ennå, så det er ingenting å sammenligne.")


def _in_full(moment: Moment, today: date) -> str:
    day = dates.long_day(moment.day)
    if moment.meeting:
        return _("{meeting} (status per {day})").format(meeting=named(moment), day=day)
    return _("i dag, {day}").format(day=day) if moment.day == today else day


def _span(start: Moment, end: Moment, today: date) -> str:
    if end.meeting is None and end.day == today:
        return _("siden {start}").format(start=named(start))
    return _("fra {start} til {end}").format(start=named(start), end=named(end))


def _finding(found: Account) -> str:
    """The sentence with a place for the two ends."""
    if found.is_empty:
        return _("Ingenting er endret {span}.") if found.reported else nothing_said()
    worse, better = found.worse, found.better
    if worse and better:
        form = _("{worse} tiltak er blitt verre, {better} bedre {{span}}.")
        return form.format(worse=_number(worse), better=_number(better).lower())
    if worse:
        return _("{worse} tiltak er blitt verre {{span}}, ingen bedre.").format(worse=_number(worse))
    if better:
        return _("{better} tiltak er blitt bedre {{span}}, ingen verre.").format(better=_number(better))
    if not found.reported:
        return _("Planen er endret {span}, men ingen tiltak er rapportert ennå.")
    return _("Ingen tiltak er blitt verre eller bedre {span}.")


def _number(count: int) -> str:
    """At the start of a sentence; tiltak and løfte are neuter."""
    return _("Ett") if count == 1 else dates.in_words(count, capital=True)
