"""The secretariat's forms: a milestone, an indicator's value, a year's attainment; reports have their own.

What is typed lives under keys that carry the thing and a draft number, so that it survives a refusal, a
conflict and a visit to another page; the number goes up when it has been saved. Beside it stands the version
the form was opened with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import streamlit as st

from strategy import dates, record, texts, wording
from strategy.errors import Conflict
from strategy.i18n import _
from strategy.snapshot import Attainment, Goal, Indicator, IndicatorValue, Measure, Milestone, Subgoal
from strategy.terms import Direction, Quality, Reached
from strategy.ui import choices
from strategy.ui.markdown import plain
from strategy.ui.view import save, view

NEW = "ny"


@dataclass(frozen=True, slots=True)
class Draft:
    """One form on one thing: `what` names it in the session, `version` is what stands in the plan now."""

    what: str
    version: int

    def __post_init__(self) -> None:
        st.session_state.setdefault(self.key("base"), self.version)

    @property
    def number(self) -> int:
        """How many times this form has been saved or given up in this session."""
        return int(st.session_state.get(f"draft:{self.what}", 0))

    @property
    def button(self) -> str:
        """The key of the button that saves: the same for every draft, so that the focus stays on it."""
        return f"save:{self.what}"

    def key(self, field: str) -> str:
        """The widget key of one field."""
        return f"{field}:{self.what}:{self.number}"

    @property
    def base(self) -> int:
        """The version the form was opened with."""
        return int(st.session_state[self.key("base")])

    def rebase(self) -> None:
        """Let what is typed stand on top of what somebody else saved, now that both have been seen."""
        st.session_state[self.key("base")] = self.version

    def close(self) -> None:
        """Begin anew after a save, or when what was typed is given up."""
        st.session_state[f"draft:{self.what}"] = self.number + 1

    def save(self, write: Callable[[Any, datetime], record.Saved | None], said: str) -> None:
        """Save; on a conflict remember it, so that both texts are shown."""
        try:
            saved = save(write, said)
        except Conflict:
            st.session_state[self.key("conflict")] = True
            st.rerun()
        if saved:
            self.close()
            st.rerun()

    def conflict(self, theirs: list[str]) -> None:
        """Where somebody saved first: show theirs above the form, which still holds what was typed here."""
        if not st.session_state.get(self.key("conflict")) or self.base == self.version:
            return
        with st.container(border=True):
            st.warning(
                _("Noen andre lagret mens du skrev. Teksten din står i skjemaet under og er ikke lagret."),
                icon=":material/compare_arrows:",
            )
            st.markdown(f"**{_('Dette lagret de')}**  \n" + "  \n".join(theirs))
            with st.container(horizontal=True):
                st.button(
                    _("Behold min tekst, og lagre den etter deres"),
                    on_click=self.rebase,
                    key=self.key("keep"),
                )
                st.button(_("Forkast min tekst"), on_click=self.close, key=self.key("drop"), type="tertiary")


def milestone(measure: Measure) -> None:
    """Add a milestone, change one, mark it reached, or take it out."""
    steps = {step.key: step for step in measure.milestones}
    names = {NEW: _("Ny milepæl"), **{key: step.title for key, step in steps.items()}}
    chosen = choices.select(_("Milepæl"), "m", list(names), names.__getitem__, required=True) or NEW
    step = steps.get(chosen)
    draft = Draft(f"milestone:{measure.key}:{chosen}", step.version if step else 0)
    draft.conflict(_milestone_lines(step) if step else [])
    title = st.text_input(
        _("Hva skal nås"),
        step.title if step else "",
        max_chars=texts.LINE,
        key=draft.key("title"),
        persist_state="session",
    )
    left, right = st.columns(2)
    due = _day(left, draft, "due", _("Frist"), step.due if step else None)
    done_on = _day(right, draft, "done_on", _("Nådd"), step.done_on if step else None)
    evidence = _area(
        draft,
        "evidence",
        _("Dokumentasjon: hva som viser at den er nådd"),
        step.evidence if step else "",
        fill=True,
    )
    with st.container(horizontal=True):
        pressed = st.button(_("Lagre milepælen"), type="primary", key=draft.button)
        out = step and st.button(_("Ta ut av planen"), type="tertiary", key=draft.key("retire"))
    if pressed and due is None:
        st.warning(_("Ikke lagret. Milepælen må ha en frist."), icon=":material/edit:")
    elif pressed and due:
        _save_milestone(draft, measure, step, title, due, done_on, evidence)
    elif out and step:
        seen = view()
        draft.save(
            lambda session, now: record.retire_milestone(
                session, seen.actor, seen.strategy, step.key, draft.base, now=now
            ),
            _("milepælen er tatt ut"),
        )


def value(indicator: Indicator) -> None:
    """Enter what an indicator was in a period, or correct an earlier value."""
    seen = view()
    period = st.text_input(
        _("Periode"),
        str(seen.today.year),
        key=f"period:{indicator.key}",
        persist_state="session",
        help=_("Skriv 2026 for et år, 2026-H1 for et halvår, 2026-Q3 for et kvartal, eller en dato."),
    ).strip()
    there = next((v for v in indicator.values if v.period == period), None)
    draft = Draft(f"value:{indicator.key}:{period}", there.version if there else 0)
    draft.conflict(_value_lines(indicator, there) if there else [])
    if there:
        st.caption(
            _("Sto fra før: {was}. Du retter den; den gamle blir i historikken.").format(
                was=" · ".join(_value_lines(indicator, there))
            )
        )
    number = _number(draft, indicator, there)
    text = _area(
        draft,
        "text",
        _("Vurdering i ord, i stedet for eller i tillegg til tallet"),
        there.text if there else "",
        fill=True,
    )
    source = st.text_input(
        _("Kilde"),
        there.source if there else indicator.source,
        key=draft.key("source"),
        persist_state="session",
    )
    comment = _area(draft, "comment", _("Kommentar, for eksempel hvorfor tallet er rettet"), "")
    quality = st.segmented_control(
        _("Tallet er"),
        list(Quality),
        default=there.quality if there else Quality.FINAL,
        required=True,
        key=draft.key("quality"),
        format_func=lambda term: term.label,
        help=_("Det som ikke er målt, har ikke noe tall; skriv hvorfor i kommentaren."),
    )
    if st.button(_("Lagre målingen"), type="primary", key=draft.button):
        said = _("{name}, {period}").format(name=indicator.name, period=period)
        draft.save(
            lambda session, now: record.value(
                session,
                seen.actor,
                seen.strategy,
                indicator.key,
                period,
                draft.base,
                value=dates.parse_number(number, _("Verdi")) if number else None,
                text=text,
                comment=comment,
                source=source,
                quality=quality,
                now=now,
            ),
            said,
        )


def attainment(thing: Goal | Subgoal, year: int) -> None:
    """What came of a goal or subgoal in a year, with the text for the annual report."""
    there = next((a for a in thing.attainments if a.year == year), None)
    draft = Draft(f"attainment:{thing.key}:{year}", there.version if there else 0)
    draft.conflict(_attainment_lines(there) if there else [])
    reached = st.segmented_control(
        _("Måloppnåelse"),
        list(Reached),
        default=there.reached if there else None,
        key=draft.key("reached"),
        format_func=lambda term: term.label,
        persist_state="session",
    )
    reason = _area(draft, "reason", _("Begrunnelse"), there.reason if there else "", fill=True)
    narrative = _area(
        draft, "narrative", _("Tekst til årsmeldingen"), there.narrative if there else "", fill=True
    )
    lesson = _area(draft, "lesson", _("Lærdom"), there.lesson if there else "", fill=True)
    if st.button(_("Lagre årets tekst"), type="primary", key=draft.button):
        seen = view()
        draft.save(
            lambda session, now: record.attainment(
                session,
                seen.actor,
                seen.strategy,
                thing.key,
                year,
                draft.base,
                reached=reached,
                reason=reason,
                narrative=narrative,
                lesson=lesson,
                now=now,
            ),
            _("måloppnåelse for {key} i {year}").format(key=thing.key, year=year),
        )


def _area(draft: Draft, field: str, label: str, earlier: str, *, fill: bool = False) -> str:
    """A text field; `earlier` is filled in, or only shown as a reminder."""
    text: str | None = st.text_area(
        label,
        earlier if fill else "",
        key=draft.key(field),
        persist_state="session",
        height="content",
        placeholder="" if fill else earlier or None,
    )
    return text or ""


def _day(column: Any, draft: Draft, field: str, label: str, earlier: date | None) -> date | None:
    chosen: date | None = column.date_input(
        label,
        earlier,
        format="DD.MM.YYYY",
        key=draft.key(field),
        persist_state="session",
        min_value=date(2000, 1, 1),
        max_value=date(2100, 12, 31),
    )
    return chosen


def _number(draft: Draft, indicator: Indicator, there: IndicatorValue | None) -> str:
    before = dates.number(there.value) if there and there.value is not None else ""
    if indicator.direction is Direction.YES_NO:
        options = {"1": _("Ja"), "0": _("Nei")}
        answer = st.segmented_control(
            _("Svar"),
            list(options),
            default=before or None,
            key=draft.key("number"),
            format_func=lambda o: options[o],
            persist_state="session",
        )
        return answer or ""
    label = _("Verdi ({unit})").format(unit=plain(indicator.unit))
    return st.text_input(label, before, key=draft.key("number"), persist_state="session").strip()


def _save_milestone(
    draft: Draft,
    measure: Measure,
    step: Milestone | None,
    title: str,
    due: date,
    done_on: date | None,
    evidence: str,
) -> None:
    seen = view()

    def write(session: Any, now: datetime) -> record.Saved:
        key = step.key if step else record.milestone_key(session, seen.strategy, measure.key)
        return record.milestone(
            session,
            seen.actor,
            seen.strategy,
            key,
            draft.base,
            measure=measure.key,
            title=title,
            due=due,
            done_on=done_on,
            evidence=evidence,
            year=due.year,
            weight=step.weight if step else record.FULL,
            now=now,
        )

    draft.save(write, _("milepælen «{title}»").format(title=title))


def _milestone_lines(step: Milestone) -> list[str]:
    said = [step.title, _("Frist {day}").format(day=dates.day(step.due))]
    if step.done_on:
        said.append(_("Nådd {day}. {evidence}").format(day=dates.day(step.done_on), evidence=step.evidence))
    return [plain(line) for line in said]


def _value_lines(indicator: Indicator, there: IndicatorValue) -> list[str]:
    number = f"{wording.said(there.value)} {indicator.unit}" if there.value is not None else ""
    said = (number, there.text, there.quality.label.lower(), there.comment)
    return [plain(line) for line in said if line]


def _attainment_lines(there: Attainment) -> list[str]:
    reached = there.reached.label if there.reached else _("Ikke vurdert")
    return [plain(line) for line in (reached, there.reason, there.narrative, there.lesson) if line]
