"""Forms for a milestone, an indicator's value and what came of a year; reports have a form of their own."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import streamlit as st

from strategy import dates, indicators, record
from strategy.errors import BadInput
from strategy.i18n import _
from strategy.snapshot import Goal, Indicator, IndicatorValue, Measure, Milestone, Subgoal
from strategy.terms import Direction, Quality, Reached
from strategy.ui import draft_fields, query
from strategy.ui.drafts import NEW, Draft
from strategy.ui.markdown import plain
from strategy.ui.view import view, writes


def milestone(measure: Measure) -> None:
    """Add a milestone, change one, mark it reached, or take it out."""
    steps = {step.key: step for step in measure.milestones}
    names = {NEW: _("Ny milepæl"), **{key: step.title for key, step in steps.items()}}
    chosen = query.select(_("Milepæl"), "m", list(names), names.__getitem__, required=True) or NEW
    step = steps.get(chosen)
    draft = Draft(f"milestone:{measure.key}:{chosen}", step.version if step else 0)
    draft.merge(names[chosen])
    title = draft_fields.line(draft, "title", _("Hva skal nås"), step.title if step else "")
    left, right = st.columns(2)
    due = draft_fields.day(draft, "due", _("Frist"), step.due if step else None, at=left)
    done_on = draft_fields.day(draft, "done_on", _("Nådd"), step.done_on if step else None, at=right)
    evidence = draft_fields.area(
        draft, "evidence", _("Dokumentasjon: hva som viser at den er nådd"), step.evidence if step else ""
    )
    with st.container(horizontal=True):
        pressed = st.button(_("Lagre milepælen"), type="primary", shortcut="Ctrl+Enter", key=draft.button)
        out = step and st.button(_("Ta ut av planen"), type="tertiary", key=draft.key("retire"))
    if pressed:
        _save_milestone(draft, measure, step, title, due, done_on, evidence)
    elif out and step:
        wanted = record.Wanted("milestone", step.key, draft.base, retired=True)
        draft.save(writes(wanted), _("milepælen er tatt ut"))


def value(indicator: Indicator) -> None:
    """Enter what an indicator was in a period, or correct an earlier value."""
    seen = view()
    period = _period(indicator, seen.today)
    if not period:
        return
    there = indicator.value_in(period)
    draft = Draft(f"value:{indicator.key}", there.version if there else 0)
    _begun(draft, period, _standing(indicator, there))
    draft.merge(_("{name}, {period}").format(name=indicator.name, period=period))
    if there:
        st.caption(
            _("Sto fra før: {was}. Du retter den; den gamle blir i historikken.").format(
                was=" · ".join(_value_lines(indicator, there))
            )
        )
    number = _number(draft, indicator, there)
    text = draft_fields.area(draft, "text", _("Vurdering i ord, i stedet for eller i tillegg til tallet"))
    source = draft_fields.line(draft, "source", _("Kilde"))
    comment = draft_fields.area(draft, "comment", _("Kommentar, for eksempel hvorfor tallet er rettet"))
    quality = st.segmented_control(
        _("Tallet er"),
        list(Quality),
        required=True,
        key=draft.key("quality"),
        persist_state="session",
        format_func=lambda term: term.label,
        help=_("Det som ikke er målt, har ikke noe tall; skriv hvorfor i kommentaren."),
    )
    if not number and quality is not Quality.NOT_MEASURED:
        number = _said_number(there)
    if st.button(_("Lagre målingen"), type="primary", shortcut="Ctrl+Enter", key=draft.button):
        said = _("{name}, {period}").format(name=indicator.name, period=dates.period_label(period))
        draft.save(
            lambda by: record.value(
                by,
                indicator.key,
                period,
                draft.base,
                value=dates.parse_amount(number, indicator.unit, _("Verdi")) if number else None,
                text=text,
                comment=comment,
                source=source,
                quality=quality,
                choices=draft.choices,
                sure=draft.is_sure(number),
            ),
            said,
            about=number,
        )


def attainment(thing: Goal | Subgoal, year: int) -> None:
    """What came of a goal or subgoal in a year, with the text for the annual report."""
    there = next((a for a in thing.attainments if a.year == year), None)
    draft = Draft(f"attainment:{thing.key}:{year}", there.version if there else 0)
    draft.merge(f"{thing.key} {year}")
    reached = st.segmented_control(
        _("Måloppnåelse"),
        list(Reached),
        default=there.reached if there else None,
        key=draft.key("reached"),
        format_func=lambda term: term.label,
        persist_state="session",
    )
    reason = draft_fields.area(draft, "reason", _("Begrunnelse"), there.reason if there else "")
    narrative = draft_fields.area(
        draft, "narrative", _("Tekst til årsmeldingen"), there.narrative if there else ""
    )
    lesson = draft_fields.area(draft, "lesson", _("Lærdom"), there.lesson if there else "")
    if st.button(_("Lagre årets tekst"), type="primary", shortcut="Ctrl+Enter", key=draft.button):
        draft.save(
            lambda by: record.attainment(
                by,
                thing.key,
                year,
                draft.base,
                reached=reached,
                reason=reason,
                narrative=narrative,
                lesson=lesson,
                choices=draft.choices,
            ),
            _("måloppnåelse for {key} i {year}").format(key=thing.key, year=year),
        )


def _begun(draft: Draft, period: str, fields: Mapping[str, Any]) -> None:
    """Begin with what stands in the period; what is typed stays when another period is chosen."""
    of, began = st.session_state.get(draft.key("began"), (period, {}))
    for name, value in fields.items():
        is_new = name not in began or began[name] != value
        if is_new and st.session_state.get(draft.key(name)) == began.get(name):
            st.session_state[draft.key(name)] = value
    if of != period:
        draft.rebase()
        st.session_state.pop(draft.key("conflict"), None)
    st.session_state[draft.key("began")] = period, fields


def _period(indicator: Indicator, today: date) -> str:
    """The period, of those that fit; another one, or a day, is written. Empty where it cannot be read."""
    years = range(today.year, today.year - 3, -1)
    spans = [span for span in indicator.spans if span.months]
    offered = [name for year in years for span in spans for name in reversed(span.named(year))]
    begun = [name for name in offered if dates.period_start(name) <= today]
    takes_days = dates.Span.DAY in indicator.spans
    written = st.selectbox(
        _("Periode"),
        [today.isoformat(), *begun] if takes_days else begun,
        index=int(takes_days),
        format_func=_period_said,
        accept_new_options=True,
        key=f"period:value:{indicator.key}:",
        persist_state="session",
        help=_("Velg fra lista, eller skriv en annen: 1. halvår 2024, 3. kvartal 2024 eller en dato."),
    )
    try:
        return dates.parse_period(written or "")
    except BadInput as refusal:
        st.warning(plain(str(refusal)), icon=":material/edit:")
        return ""


def _period_said(period: str) -> str:
    """A period as it is shown; what was written by hand as it is."""
    with suppress(BadInput):
        return dates.period_label(dates.parse_period(period))
    return period


def _standing(indicator: Indicator, there: IndicatorValue | None) -> dict[str, Any]:
    """What the form begins with: what stands in the period, but for its comment.

    The number that stands is told in the field, and never put in it: it would come on top of what is typed
    before the page has answered.
    """
    number = _said_number(there) or None
    return {
        "number": number if indicator.direction is Direction.YES_NO else "",
        "text": there.text if there else "",
        "source": there.source if there else indicator.source,
        "quality": there.quality if there else Quality.FINAL,
    }


def _said_number(there: IndicatorValue | None) -> str:
    return dates.number(there.value) if there and there.value is not None else ""


def _number(draft: Draft, indicator: Indicator, there: IndicatorValue | None) -> str:
    """The number that is typed; where one stands, it stays when nothing is."""
    if indicator.direction is Direction.YES_NO:
        options = {"1": _("Ja"), "0": _("Nei")}
        answer = st.segmented_control(
            _("Svar"),
            list(options),
            key=draft.key("number"),
            format_func=lambda o: options[o],
            persist_state="session",
        )
        return answer or ""
    label = _("Verdi ({unit})").format(unit=plain(indicator.unit))
    standing = _said_number(there)
    hint = _("Nå står {number}").format(number=standing) if standing else ""
    return draft_fields.line(draft, "number", label, placeholder=hint)


def _save_milestone(
    draft: Draft,
    measure: Measure,
    step: Milestone | None,
    title: str,
    due: date | None,
    done_on: date | None,
    evidence: str,
) -> None:

    def write(by: record.By) -> record.Saved:
        key = step.key if step else record.milestone_key(by.session, by.strategy, measure.key)
        year: dict[str, Any] = {"year": due.year} if due else {}
        return record.milestone(
            by,
            key,
            draft.base,
            measure=measure.key,
            title=title,
            due=due,
            done_on=done_on,
            evidence=evidence,
            choices=draft.choices,
            sure=draft.is_sure(title),
            **year,
        )

    draft.save(write, _("milepælen «{title}»").format(title=title), about=title)


def _value_lines(indicator: Indicator, there: IndicatorValue) -> list[str]:
    number = indicators.amount(indicator, there.value) if there.value is not None else ""
    said = (number, there.text, there.quality.label.lower(), there.comment)
    return [plain(line) for line in said if line]
