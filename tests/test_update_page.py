"""The page behind a link: what it writes, what it never writes, and to whom it opens."""

import http.client
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from strategy import current, database, dates, links, people, progress, record
from strategy.access import LOCAL
from strategy.snapshot import Measure, Responsibility, Snapshot
from strategy.terms import Assessment, DraftState, Phase, Settlement
from strategy.update_page import MOST
from tests.databases import take_out
from tests.servers import Server, Starter

SMALL = 30_000
"""How many bytes the page may have at the most."""


@dataclass
class Door:
    """A server, and a link to it for the role with most to answer for."""

    server: Server
    person: str
    token: str

    @property
    def path(self) -> str:
        return f"/oppdater/{self.token}"

    @property
    def plan(self) -> Snapshot:
        return current.plan(database.connect(self.server.database_url))

    @property
    def measure(self) -> Measure:
        """One the role answers for and has sent in nothing on."""
        sent = {draft.measure for draft in self.plan.drafts}
        held = (m for m in self.plan.measures if m.key not in sent and m.phase is not Phase.DROPPED)
        return next(m for m in held if self.person in {r.person for r in answering(self.plan, m)})

    def ask(self, method: str = "GET", path: str = "", body: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        kind = {"content-type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path or self.path, body.encode() or None, kind)
        answer = connection.getresponse()
        found = answer.status, answer.read().decode()
        connection.close()
        return found

    def send(self, measure: str, /, **said: object) -> tuple[int, str]:
        report = self.plan.measure(measure).report
        draft = next((d for d in self.plan.drafts if d.key == f"{measure}@{self.person}"), None)
        about = {
            "measure": measure, "base": report.version if report else 0,
            "draft": draft.version if draft else 0, "phase": Phase.IN_PROGRESS.value,
            "assessment": Assessment.ON_TRACK.value, "done": "Sendt fra telefonen",
        }  # fmt: skip
        return self.ask("POST", body=urlencode(about | said))


def answering(plan: Snapshot, measure: Measure) -> tuple[Responsibility, ...]:
    return people.responsible_for(measure, current.today(plan))


@pytest.fixture(scope="module")
def door(serve_on: Starter, example_file: Path) -> Iterator[Door]:
    server = serve_on(example_file)
    opened = database.connect(server.database_url)
    plan = current.plan(opened)
    load = max(people.load(plan, current.today(plan)), key=lambda each: len(each.responsible))
    with opened.writing() as session:
        saved = record.access_link(
            record.By(session, LOCAL, plan.strategy.key, current.now(plan)), load.person.key,
            expires_on=current.today(plan) + timedelta(days=30))  # fmt: skip
        token = links.token(record.signing_key(session), saved.key)
    yield Door(server, load.person.key, token)
    opened.close()


def test_opening_the_page_writes_nothing_and_nothing_on_it_writes_by_being_followed(door: Door):
    before = door.plan.change_id
    status, page = door.ask()
    assert status == 200
    for address in (part.split('"')[0] for part in page.split('href="')[1:]):
        assert door.ask(path=address)[0] == 200
    assert door.ask("HEAD")[0] == 200
    assert door.plan.change_id == before


def test_the_page_is_small_has_no_script_and_is_kept_by_nobody(door: Door):
    chosen = door.ask(path=f"{door.path}?t={door.measure.key}")[1]
    for page in (door.ask()[1], chosen):
        assert len(page.encode()) < SMALL
        assert "<script" not in page
    connection = http.client.HTTPConnection("127.0.0.1", door.server.port, timeout=30)
    connection.request("GET", door.path)
    headers = connection.getresponse().headers
    connection.close()
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_an_old_report_shows_no_colour(door: Door):
    today = current.today(door.plan)
    held = (m for m in door.plan.measures if door.person in {r.person for r in answering(door.plan, m)})
    old = next(m.report for m in held if m.report and progress.is_stale(m.report, today))
    said = f"○ {progress.mark_of(old, today).word} · {dates.day(old.recorded_on)}"
    assert said in door.ask()[1]


def test_what_is_sent_is_a_draft_and_sending_it_twice_is_once(door: Door):
    measure, before = door.measure, door.plan.change_id
    status, _page = door.send(measure.key, draft=0)
    assert status == 303
    again, _page = door.send(measure.key, draft=0)
    assert again == 303
    assert door.plan.change_id == before + 1
    draft = next(d for d in door.plan.drafts if d.measure == measure.key)
    assert (draft.state, draft.done) == (DraftState.SUBMITTED, "Sendt fra telefonen")
    assert door.plan.measure(measure.key).report == measure.report
    assert "Sendt fra telefonen" in door.ask(path=f"{door.path}?sendt={measure.key}")[1]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"assessment": "some_deviation", "done": "<b>Møtet</b> ble utsatt"}, "Et avvik må ha en årsak"),
        ({"done": " "}, "Skriv kort hva som er gjort"),
        ({"phase": "ferdig", "done": "Vi er ferdige"}, "Velg hvor arbeidet er"),
        ({"base": "x", "done": "Noe"}, "Skjemaet er ikke helt"),
        ({"done": "a" * 5000}, "grensen er 4000"),
        ({"measure": "9.9.9", "done": "Andres"}, "gjelder ikke for tiltak"),
    ],
)
def test_what_cannot_be_used_is_said_and_what_was_typed_still_stands(door: Door, said, sentence: str):
    before, measure = door.plan.change_id, door.measure.key
    status, page = door.send(measure, **said)
    assert status in (403, 422)
    assert sentence in page
    assert door.plan.change_id == before
    if said["done"].strip() and "measure" not in said:
        assert said["done"].replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;") in page


def test_two_who_send_at_once_see_both_texts(door: Door):
    measure = door.measure.key
    assert door.send(measure, draft=0, done="Først sendt")[0] == 303
    status, page = door.send(measure, draft=0, done="Skrevet samtidig")
    assert status == 409
    assert "Først sendt" in page
    assert "Skrevet samtidig" in page
    assert door.send(measure, done="Skrevet samtidig")[0] == 303


def test_a_dropped_measure_is_not_asked_about_but_what_was_typed_meanwhile_stands(door: Door):
    opened, plan, measure = database.connect(door.server.database_url), door.plan, door.measure
    assert measure.name in door.ask()[1]
    with opened.writing() as session:
        record.report(
            record.By(session, LOCAL, plan.strategy.key, current.now(plan)),
            measure.key, measure.report.version if measure.report else 0,
            phase=Phase.DROPPED, assessment=Assessment.NOT_ASSESSED, done="Lite",
            cause="Ingen penger")  # fmt: skip
    opened.close()
    assert measure.name not in door.ask()[1]
    assert measure.name not in door.ask(path=f"{door.path}?t={measure.key}")[1]
    status, page = door.send(measure.key, done="Skrevet på toget", assessment=Assessment.SOME_DEVIATION.value)
    assert status == 422
    assert "Skrevet på toget" in page


def test_a_form_that_is_too_long_or_no_form_is_refused(door: Door):
    assert door.send(door.measure.key, done="x" * MOST)[0] == 422
    for body in ("\x00\xff", "a=1&" * 100, "%", "measure"):
        assert door.ask("POST", body=body)[0] in (400, 403, 422)


def test_of_a_thousand_altered_tokens_none_opens_anything(door: Door):
    draw, letters = random.Random(2026), string.ascii_letters + string.digits + "-_."
    before, refused = door.plan.change_id, 0
    for n in range(1000):
        at = draw.randrange(len(door.token))
        altered = door.token[:at] + draw.choice(letters) + door.token[at + 1 :]
        if altered == door.token:
            altered += "x"
        status, page = door.ask(
            "POST" if n % 2 else "GET", f"/oppdater/{altered}", "measure=1.2.1" if n % 2 else ""
        )
        refused += status == 403 and "Lenka gjelder ikke lenger" in page
    assert refused == 1000
    assert door.plan.change_id == before


def until_today(door: Door) -> tuple[str, str]:
    """The key of a link that holds for today, and what stands in its address."""
    opened, plan = database.connect(door.server.database_url), door.plan
    with opened.writing() as session:
        saved = record.access_link(
            record.By(session, LOCAL, plan.strategy.key, current.now(plan)), door.person,
            expires_on=current.today(plan))  # fmt: skip
        return saved.key, links.token(record.signing_key(session), saved.key)


def test_a_link_that_has_run_out_opens_nothing_and_takes_nothing(door: Door):
    """Its day is counted by the plan's own clock: a change on the day after is enough."""
    _key, token = until_today(door)
    assert door.ask(path=f"/oppdater/{token}")[0] == 200
    opened, plan = database.connect(door.server.database_url), door.plan
    tomorrow = current.now(plan) + timedelta(days=1)
    with opened.writing() as session:
        record.access_link(
            record.By(session, LOCAL, plan.strategy.key, tomorrow), door.person,
            expires_on=current.today(plan) + timedelta(days=30))  # fmt: skip
    before = door.plan.change_id
    for method in ("GET", "POST"):
        status, page = door.ask(method, f"/oppdater/{token}", "measure=1.2.1" if method == "POST" else "")
        assert (status, "Lenka gjelder ikke lenger" in page) == (403, True)
    assert door.plan.change_id == before


def test_a_withdrawn_link_opens_nothing(door: Door):
    key, token = until_today(door)
    opened, plan = database.connect(door.server.database_url), door.plan
    assert door.ask(path=f"/oppdater/{token}")[0] == 200
    with opened.writing() as session:
        take_out(record.By(session, LOCAL, plan.strategy.key, current.now(door.plan)), "access_link", key, 1)
    assert door.ask(path=f"/oppdater/{token}")[0] == 403


@pytest.mark.browser
def test_a_report_is_sent_from_a_phone_without_script(door: Door, browser: Browser):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="nb-NO"
    )
    page, measure = context.new_page(), door.measure
    page.goto(door.server.url + door.path)
    page.get_by_role("link", name=measure.name).click()
    page.get_by_label("Pågår").check()  # one that was never reported has no phase to begin with
    page.get_by_label("Noe avvik").check()
    page.get_by_label("Dette er gjort").fill("Skrevet på bussen")
    page.get_by_label("Årsak").fill("Sykdom")
    page.get_by_label("Slik rettes det opp").fill("Vikar fra mandag")
    promised = bool(measure.report and measure.report.is_promise)
    if promised:
        page.get_by_label("Ikke ennå").check()
    step = page.get_by_label("Neste steg (kan stå tomt)")
    step.fill("Avtale nytt møte med kommunen, og skrive et utkast som alle kan lese før jul. " * 4)
    assert step.evaluate("box => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight")
    assert wide(page) <= 360
    page.get_by_role("button", name="Send rapporten").click()
    page.get_by_text(f"Takk. Rapporten om {measure.key}").wait_for()
    context.close()
    draft = next(d for d in door.plan.drafts if d.measure == measure.key)
    assert (draft.done, draft.cause, draft.remedy) == ("Skrevet på bussen", "Sykdom", "Vikar fra mandag")
    assert draft.assessment is Assessment.SOME_DEVIATION
    assert (draft.promise is Settlement.NOT_YET) is promised


def wide(page: Page) -> float:
    return max(box["x"] + box["width"] for e in page.locator("main *").all() if (box := e.bounding_box()))
