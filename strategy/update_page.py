"""The one-minute update: a plain page behind a signed link, for a phone, without account or script.

Opening it writes nothing, so a mail scanner that follows every link does no harm. What is sent in is a draft.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from strategy import config, current, dates, links, palette, people, progress, record, startup, texts, things
from strategy.access import STRANGER
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotAllowed, Refusal
from strategy.exports import measure as measure_said
from strategy.i18n import _
from strategy.snapshot import AccessLink, Draft, Measure, Report, Snapshot
from strategy.terms import Assessment, DraftState, Phase, Settlement, Via
from strategy.things import Where

MOST = 64 * 1024
"""How many bytes a form may have."""

MANY = 2
"""From how many measures on the page begins with a list."""

HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
FIELDS = things.edited("status_report", Where.LINK)
TEXTS = tuple(name for name in FIELDS if things.shapes("status_report")[name].limit)


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that is good: where, which plan, and whose it is."""

    database: Database
    plan: Snapshot
    link: AccessLink
    token: str
    example: str

    @property
    def address(self) -> str:
        return f"/oppdater/{quote(self.token)}{self.example}"

    def to(self, name: str, measure: str) -> str:
        """The address with something said of one measure."""
        return f"{self.address}{'&' if self.example else '?'}{name}={quote(measure)}"

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What the person answers for or contributes to today and the link is for, in the plan's order."""
        today = current.today(self.plan)
        return tuple(
            measure
            for measure in self.plan.measures
            if (not self.link.measures or measure.key in self.link.measures)
            and any(r.person == self.link.person for r in people.reporting_on(measure, today))
        )

    def draft(self, measure: Measure) -> Draft | None:
        """What the person has sent in on a measure that is not taken into the plan."""
        key = f"{measure.key}@{self.link.person}"
        found = next((draft for draft in self.plan.drafts if draft.key == key), None)
        return found if found and found.state is not DraftState.ACCEPTED else None

    def draft_version(self, measure: Measure) -> int:
        key = f"{measure.key}@{self.link.person}"
        return next((draft.version for draft in self.plan.drafts if draft.key == key), 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed, as it came; `theirs` is what somebody else sent in meanwhile."""

    measure: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    theirs: str = ""


async def update(request: Request) -> Response:
    """The page, or what was sent from it."""
    if request.method == "POST":
        body = await _body(request)
        return await asyncio.to_thread(_sent, request, body)
    return await asyncio.to_thread(_shown, request)


ROUTES = [Route("/oppdater/{token:path}", update, methods=["GET", "POST"])]


def _shown(request: Request) -> Response:
    try:
        opened = _opened(request)
    except Refusal as refusal:
        return _closed(refusal)
    asked = request.query_params
    return _page(opened, Answer(asked.get("t", "")), receipt=asked.get("sendt", ""))


def _sent(request: Request, body: bytes | None) -> Response:
    """Save a draft and show it by a new address, so that reloading sends nothing twice."""
    try:
        opened = _opened(request)
        if body is None:
            raise BadInput(_("Teksten er for lang til å sendes på en gang. Kort den ned."))
    except Refusal as refusal:
        return _closed(refusal)
    typed = {name: values[-1] for name, values in _fields(body).items()}
    answer = Answer(typed.get("measure", ""), {name: typed.get(name, "") for name in FIELDS})
    try:
        _save(opened, answer.measure, typed)
    except Conflict as conflict:
        theirs = _lines(conflict.theirs)
        return _page(_opened(request), _with(answer, str(conflict), theirs), status=conflict.status)
    except Refusal as refusal:
        return _page(opened, _with(answer, str(refusal)), status=refusal.status)
    return RedirectResponse(opened.to("sendt", answer.measure), status_code=303, headers=HEADERS)


def _save(opened: Opened, measure: str, typed: Mapping[str, str]) -> None:
    said: dict[str, Any] = {name: typed.get(name, "") for name in TEXTS}
    base, version = _whole(typed.get("base", "")), _whole(typed.get("draft", ""))
    with opened.database.writing() as session:
        record.draft(
            record.By(session, STRANGER, opened.plan.strategy.key, current.now(opened.plan), Via.LINK),
            opened.link.key,
            measure,
            version,
            base=base,
            phase=next((phase for phase in Phase if phase == typed.get("phase")), None),
            assessment=next((each for each in Assessment if each == typed.get("assessment")), None),
            next_due=_day(typed),
            promise=next((each for each in Settlement if each == typed.get("promise")), None),
            **said,
        )


def _opened(request: Request) -> Opened:
    """What the link in the address opens. Raises `NotAllowed` for any that is not good."""
    example = request.query_params.get("data") == "eksempel"
    settings = config.settings()
    where = startup.open_example(settings) if example else startup.open_database(settings, datetime.now(UTC))
    token = request.path_params["token"]
    with where.reading() as session:
        key = links.key_of(record.stored_signing_key(session), token)
    plans = current.plans(where)
    found = ((plan, link) for plan in plans for link in plan.access_links if link.key == key)
    plan, link = next(found, (plans[0], None))
    if not link or not link.holds(current.today(plan)):
        raise NotAllowed(_("Lenka gjelder ikke lenger. Be sekretariatet om en ny."))
    return Opened(where, plan, link, token, "?data=eksempel" if example else "")


def _page(opened: Opened, answer: Answer, *, receipt: str = "", status: int = 200) -> Response:
    plan, measures = opened.plan, _asked_about(opened, answer)
    shown = _template().render(
        _=_,
        title=_("Rapporter til {who}").format(who=plan.strategy.organisation),
        example=plan.example,
        light=palette.LIGHT,
        dark=palette.DARK,
        organisation=plan.strategy.organisation,
        person=plan.person(opened.link.person).title,
        heading=_heading(len(measures)),
        lead="" if answer.measure or len(measures) < MANY else _("Trykk på det du vil rapportere om."),
        receipt=_receipt(opened, receipt),
        refused=answer.refused,
        address=opened.address,
        cards=list(_cards(opened, measures, answer, receipt)),
        phases=list(Phase),
        settlements=list(Settlement),
        assessments=list(Assessment),
        limit=texts.PARAGRAPH,
        until=dates.day(opened.link.expires_on),
    )
    return HTMLResponse(shown, status, HEADERS)


def _closed(refusal: Refusal) -> Response:
    """Say that the link opens nothing, and nothing of what it might have opened."""
    shown = _template().render(
        _=_,
        title=_("Lenka kan ikke brukes"),
        heading=_("Lenka kan ikke brukes"),
        light=palette.LIGHT,
        dark=palette.DARK,
        lead=str(refusal),
        organisation=_("Rapportering"),
        person="",
        cards=(),
    )
    return HTMLResponse(shown, refusal.status, HEADERS)


def _heading(count: int) -> str:
    if not count:
        return _("Du har ingen tiltak å rapportere på nå")
    if count < MANY:
        return _("Hvordan går det med tiltaket ditt?")
    return _("Hvordan går det med de {n} tiltakene dine?").format(n=dates.in_words(count))


def _asked_about(opened: Opened, answer: Answer) -> tuple[Measure, ...]:
    """The measures still in the plan; one dropped while its form was filled in stays, with what was typed."""
    kept = answer.measure if answer.said else ""
    return tuple(m for m in opened.measures if m.phase is not Phase.DROPPED or m.key == kept)


def _cards(
    opened: Opened, measures: Sequence[Measure], answer: Answer, receipt: str
) -> Iterator[dict[str, Any]]:
    """Each measure as a line to press, the chosen one, or the only one, with its form."""
    chosen = answer.measure or (measures[0].key if len(measures) < MANY and measures and not receipt else "")
    for measure in sorted(measures, key=lambda m: m.key != chosen):
        draft, report = opened.draft(measure), measure.report
        typed = answer.said if answer.measure == measure.key else {}
        yield {
            "key": measure.key,
            "name": measure.name,
            "text": measure.text,
            "state": _state(opened, draft, report),
            "open": measure.key == chosen,
            "address": opened.to("t", measure.key),
            "word": draft.word if draft else "",
            "theirs": answer.theirs,
            "last": report.done if report else "",
            "last_on": dates.day(report.recorded_on) if report else "",
            "promised": measure_said.promised(report),
            "base": report.version if report else 0,
            "draft": opened.draft_version(measure),
            "said": typed or _begin(draft, report),
        }


def _begin(draft: Draft | None, report: Report | None) -> dict[str, str]:
    """What the form holds when it is opened: what was sent in, or the last report but for what was done."""
    if draft:
        return {name: str(getattr(draft, name) or "") for name in FIELDS}
    said = {name: str(getattr(report, name, "") or "") for name in FIELDS}
    return {**said, "done": "", "promise": ""}


def _state(opened: Opened, draft: Draft | None, report: Report | None) -> str:
    if draft and draft.state is DraftState.SUBMITTED:
        return _("Sendt {day}. Venter på sekretariatet.").format(day=dates.day(draft.recorded_on))
    if draft:
        return _("Sendt tilbake. Se hva som mangler.")
    shown = progress.mark_of(report, current.today(opened.plan))
    said = f"{shown.symbol} {shown.word}"
    return f"{said} · {dates.day(report.recorded_on)}" if report else said


def _receipt(opened: Opened, key: str) -> dict[str, str] | None:
    measure = next((each for each in opened.measures if each.key == key), None)
    draft = opened.draft(measure) if measure else None
    if not measure or not draft:
        return None
    said = (draft.phase.label if draft.phase else "", f"{draft.assessment.mark} {draft.assessment.label}")
    return {"name": f"{measure.key} {measure.name}", "line": " · ".join((*said, draft.done))}


def _with(answer: Answer, refused: str, theirs: str = "") -> Answer:
    return Answer(answer.measure, answer.said, refused, theirs)


def _lines(theirs: Mapping[str, Any]) -> str:
    return "\n".join(str(theirs[name]) for name in ("done", "cause", "remedy") if theirs.get(name))


def _day(typed: Mapping[str, str]) -> date | None:
    """The day of the next step, as a browser sends it or as somebody writes it."""
    text = typed.get("next_due", "").strip()
    return dates.parse_day(text, _("Neste steg innen")) if text else None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise BadInput(_("Skjemaet er ikke helt. Last siden på nytt og prøv igjen."))
    return int(text)


def _fields(body: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=40, errors="strict")
    except ValueError:
        return {}


async def _body(request: Request) -> bytes | None:
    """What was sent, or None where it is longer than any form of ours."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST:
            return None
    return body


@cache
def _template() -> jinja2.Template:
    folder = jinja2.FileSystemLoader(Path(__file__).with_name("templates"))
    kept = jinja2.Environment(loader=folder, autoescape=True, trim_blocks=True)
    return kept.get_template("update.html")
