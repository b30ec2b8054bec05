"""The year's action plan: its milestones measure by measure, moved, copied and marked as reached."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import streamlit as st

from strategy import new_year, progress, record, texts, ui
from strategy.i18n import _, plural
from strategy.progress import Progress
from strategy.snapshot import Measure, Milestone
from strategy.ui import milestones, query, sheets
from strategy.ui import new_year as copied
from strategy.ui.drafts import Draft
from strategy.ui.sheets.milestones import MILESTONES, columns
from strategy.ui.view import Write

PAGE = 12

view = ui.view()
snapshot, today = view.snapshot, view.today


def planned(year: int) -> list[Milestone]:
    """Every milestone in the year's action plan."""
    return [step for measure in snapshot.measures for step in measure.milestones if step.year == year]


def chosen_list(found: Progress) -> tuple[Milestone, ...] | None:
    """The list in the address, one of those with something in them; None for the whole plan of the year."""
    there = {name: steps for name, each in milestones.LISTS.items() if (steps := each.of(found))}
    if st.query_params.get("vis") not in there:
        st.query_params.pop("vis", None)
    labels = {name: f"{milestones.LISTS[name].label} {len(steps)}" for name, steps in there.items()}
    shown = query.pills(_("Vis"), "vis", list(there), labels.__getitem__) if there else None
    return there[shown] if shown else None


def chosen_year() -> int:
    """The year in the address; this one where there is none."""
    period = snapshot.strategy
    years = [str(n) for n in range(period.start.year, max(period.end.year, today.year + 1) + 1)]
    if st.query_params.get("ar") not in years:
        st.query_params["ar"] = str(today.year)
    return int(query.pills(_("År"), "ar", years, str, required=True) or today.year)


def chosen_measures() -> tuple[Measure, ...]:
    """Those of the goal in the address, or all."""
    goals = {goal.key: f"{goal.key} {goal.name}" for goal in snapshot.goals}
    goal = query.select(_("Hovedmål"), "mal", list(goals), goals.__getitem__)
    return snapshot.goal(goal).measures if goal else snapshot.measures


def in_order(steps: Iterable[Milestone]) -> list[Milestone]:
    """Milestones of one measure: those with a number first, then by their deadline."""
    return sorted(steps, key=lambda s: (s.order is None, s.order or 0, s.due, texts.natural(s.key)))


def entered_in(rows: Mapping[str, list[Milestone]], year: int) -> None:
    """The milestones of some measures in one grid, checked and saved as one change."""
    sheet = sheets.opened(MILESTONES)
    if is_written_in(sheet):
        sheet.again()
    keys = [step.key for steps in rows.values() for step in in_order(steps)]
    if not keys:
        said = _("Disse tiltakene har ingen milepæler i {year}. Skriv eller lim inn de første her.")
        st.markdown(said.format(year=year))
    sheet.show(keys, columns(), locked=(), alt=_("Milepælene, til å endre i"))
    if keys:
        moving(sheet, keys, year)
    if is_written_in(sheet):
        sheets.finish(sheet, lambda n: plural("én milepæl", "{n} milepæler", n))


def is_written_in(sheet: sheets.Sheet) -> bool:
    """Whether more than ticks is typed."""
    return any(cells.keys() - {"pick"} for cells in sheet.typed.values())


def moving(sheet: sheets.Sheet, keys: list[str], year: int) -> None:
    """What can be done with the rows that are picked, once all that is written in the grid is saved."""
    picked = {key: version_of(sheet, key) for key in keys if sheet.typed.get(key, {}).get("pick")}
    written = is_written_in(sheet)
    still = not picked or written
    with st.container(horizontal=True, vertical_alignment="center"):
        move = st.button(_("Flytt de valgte til {year}").format(year=year + 1), disabled=still, key="move")
        copy = st.button(_("Kopier de valgte til {year}").format(year=year + 1), disabled=still, key="copy")
        if not picked:
            st.caption(_("Kryss av i kolonnen «Velg» for å flytte eller kopiere."))
        elif written:
            st.caption(_("Lagre eller forkast det du har skrevet, så kan de valgte flyttes."))
    if move and ui.attempt(
        saving(lambda by: record.moving(by.session, by.strategy, picked, year + 1)),
        plural("én milepæl er flyttet", "{n} milepæler er flyttet", len(picked)),
    ):
        sheet.clear()
        st.rerun()
    if copy and ui.attempt(
        saving(lambda by: record.copying(by.session, by.strategy, year, year + 1, set(picked))),
        plural("én milepæl er kopiert", "{n} milepæler er kopiert", len(picked)),
    ):
        sheet.clear()
        st.rerun()


def saving(wanted: Callable[[record.By], tuple[record.Wanted, ...]]) -> Write:
    """The write that saves what is wanted, found within it."""
    return lambda by: record.save(by, wanted(by))


def version_of(sheet: sheets.Sheet, key: str) -> int:
    """The version a picked milestone was shown in."""
    return sheet.base(key).versions["milestone", key]


def last_year(year: int) -> None:
    """Take up what was not reached the year before."""
    fresh = [step for step in record.copyable(snapshot, year - 1, year) if step.done_on is None]
    if not fresh:
        return
    over = plural("Én milepæl ble ikke nådd i {year}.", "{n} milepæler ble ikke nådd i {year}.", len(fresh))
    still = plural(
        "Én milepæl i {year} er ikke nådd ennå.", "{n} milepæler i {year} er ikke nådd ennå.", len(fresh)
    )
    said = over if year - 1 < today.year else still
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(said.format(year=year - 1))
        if st.button(_("Kopier hit"), key="take-up") and ui.attempt(
            saving(lambda by: record.copying(by.session, by.strategy, year - 1, year)),
            _("handlingsplanen for {year}").format(year=year),
        ):
            st.rerun()


def whole_year(year: int) -> None:
    """The way to copy all of a year at once, where nothing is planned in one that can be made ready."""
    if year in (today.year, today.year + 1) and new_year.is_unplanned(snapshot, year):
        copied.link(_("Nytt år: kopier møter, milepæler og måltall til {year}").format(year=year), year)


def adding(measures: tuple[Measure, ...], year: int) -> None:
    """A new milestone in one of the measures; the form is empty when it has been saved."""
    ui.section(_("Ny milepæl"))
    draft = Draft("ny-milepael", 0)
    names = {measure.key: f"{measure.key} {measure.name}" for measure in measures}
    with st.form("ny-milepael", clear_on_submit=False):
        key = st.selectbox(_("Tiltak"), list(names), format_func=names.__getitem__, key="ny-tiltak")
        title = st.text_input(_("Hva skal nås"), max_chars=texts.LINE, key=draft.key("title"))
        due = st.date_input(
            _("Frist"), None, format="DD.MM.YYYY", key=draft.key(f"due-{year}"), min_value=date(2000, 1, 1)
        )
        pressed = st.form_submit_button(_("Legg til"), type="primary")
    if pressed and key:
        draft.save(
            lambda by: record.milestone(
                by,
                record.milestone_key(by.session, by.strategy, key),
                0,
                measure=key,
                title=title,
                due=due,
                year=year,
                sure=draft.is_sure(f"{key}: {title}"),
            ),
            _("milepælen «{title}»").format(title=title),
            about=f"{key}: {title}",
        )


head = st.container()
year = chosen_year()
mine = chosen_measures()
found = progress.of_year(mine, year, today)
with head:
    ui.heading(_("Handlingsplan"), found.sentence, ui.plain(f"{found.coverage} {found.beside}"))
listed = chosen_list(found)
if not view.editable:
    st.info(_("Du ser planen slik den sto før. Gå tilbake til i dag for å endre."), icon=":material/history:")
steps = planned(year) if listed is None else listed
with_steps = {step.measure for step in steps}
measures = ui.paged(tuple(measure for measure in mine if measure.key in with_steps), PAGE, "side")
if listed is None:
    milestones.plan(measures, year)
if view.editable and mine:
    if listed is None:
        last_year(year)
        whole_year(year)
    entered_in({m.key: [s for s in steps if s.measure == m.key] for m in measures}, year)
    adding(mine, year)
