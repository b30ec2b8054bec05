"""The secretariat's part of the story: tags, links, comments, and reports sent in without an account."""

from collections.abc import Iterator
from typing import Any

from strategy import record, tables
from strategy.example.stage import Stage
from strategy.example.story import SECRETARY, Event, Said, Told, day_of, read
from strategy.terms import Assessment, Phase, Settlement


def events() -> Iterator[Event]:
    """All that the secretariat has beside the plan."""
    said = read("desk.yaml")
    for told, name in ((Told.TAGGED, "tags"), (Told.LINKED, "links"), (Told.NOTED, "comments")):
        for each in said[name]:
            yield Event(day_of(each["date"]), told, each.get("by", SECRETARY), (each["thing"],), each)
    for invited in said["drafts"]:
        yield Event(day_of(invited["made"]), Told.INVITED, SECRETARY, (invited["link"],), invited)
        for sent in invited["sent"]:
            thing = (invited["link"], f"{sent['measure']}@{invited['person']}")
            yield Event(day_of(sent["date"]), Told.SENT, SECRETARY, thing, sent)
            if back := sent.get("returned"):
                yield Event(day_of(back["date"]), Told.RETURNED, SECRETARY, thing, back)


def tag(stage: Stage, event: Event) -> None:
    """Give a measure its tags."""
    stage.want("tagging", event.thing[0], tags=event.said["tags"])


def link(stage: Stage, event: Event) -> None:
    """Attach a document."""
    said = {name: event.said[name] for name in ("thing", "title", "url")}
    stage.want("link", record.link_key(stage.session, stage.strategy), **said)


def note(stage: Stage, event: Event) -> None:
    """Comment on a thing, and mention somebody."""
    said = {"thing": event.said["thing"], "text": event.said["text"]}
    key = record.comment_key(stage.session, stage.strategy)
    stage.want("comment", key, mentions=event.said.get("mentions", ()), **said)


def invite(stage: Stage, event: Event) -> None:
    """Make a link for somebody to report by."""
    said = event.said
    expires = day_of(said["expires"])
    stage.told(record.access_link, said["person"], expires_on=expires, key=said["link"])


def send(stage: Stage, event: Event) -> None:
    """Send in a report through the link."""
    said, (link_key, key) = event.said, event.thing
    base = stage.version(tables.StatusReport, said["measure"])
    version = stage.version(tables.Draft, key)
    stage.told(record.draft, link_key, said["measure"], version, base=base, **_report(said))


def send_back(stage: Stage, event: Event) -> None:
    """Send a draft back with a word."""
    stage.do(record.return_draft, tables.Draft, event.thing[1], word=event.said["word"])


def _report(said: Said) -> dict[str, Any]:
    return {
        "phase": Phase(said["phase"]),
        "assessment": Assessment(said["assessment"]),
        "done": said["done"],
        "cause": said.get("cause", ""),
        "remedy": said.get("remedy", ""),
        "next_step": said.get("next", ""),
        "next_due": day_of(said.get("next_due")),
        "promise": Settlement(said["promise"]) if "promise" in said else None,
    }


SCENES = {
    Told.TAGGED: tag,
    Told.LINKED: link,
    Told.NOTED: note,
    Told.INVITED: invite,
    Told.SENT: send,
    Told.RETURNED: send_back,
}
"""How each kind of event is played."""
