"""Comments and links: what is attached to a thing, and which addresses are links at all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy import record, texts
from strategy.database import Database
from strategy.errors import BadInput, Conflict, NotAllowed, NotFound, Refusal
from strategy.ui.markdown import link as linked
from tests.databases import NOW, PLAN, RESPONSIBLE, SECRETARY, by, newest, present, take_out, want

ADDRESSES = {
    "https://www.kulturforum.no/sak?id=1&b=%C3%A6#del": "https://www.kulturforum.no/sak?id=1&b=%C3%A6#del",
    "  HTTP://KS.no/Sti ": "http://ks.no/Sti",
    "https://blåbær.no/": "https://blåbær.no/",
    "http://intranett:8080/sak": "http://intranett:8080/sak",
    "https://192.168.0.1/a(b)": "https://192.168.0.1/a(b)",
}
NO_ADDRESSES = (
    "", "www.kulturforum.no", "javascript:alert(1)", "JavaScript://example.org/%0aalert(1)",
    "data:text/html,x", "file:///etc/passwd", "ftp://example.org/", "https:///sti", "https://",
    "http:example.org", "//example.org/", "https://bruker:passord@example.org/",
    "https://example.org@evil.example/", "https://exa mple.org/", "https://example.org/a b",
    "https://example.org/\nx", "https://example.org/\x00", "https://example.org:99999/",
    "https://example.org:abc/", "https://[::1", "https://ex\u202eample.org/", "https://.example.org/",
    "https://example..org/", "https://<script>/", "https://example.org/" + "x" * 2000, "\\\\example\\fil",
)  # fmt: skip


def write(database: Database, do: Any, *args: Any, actor: Any = SECRETARY, **said: Any) -> Any:
    with database.writing() as session:
        return do(by(session, actor=actor), *args, **said)


@pytest.mark.parametrize("given", ADDRESSES)
def test_a_web_address_is_a_link(given: str):
    assert texts.web_address(given, "Adresse") == ADDRESSES[given]


@pytest.mark.parametrize("given", NO_ADDRESSES)
def test_what_is_no_web_address_is_refused_with_a_sentence(given: str):
    with pytest.raises(BadInput) as refused:
        texts.web_address(given, "Adresse")
    assert refused.value.field == "Adresse"


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda tail: f"https://ks.no/{tail}"))
def test_whatever_is_pasted_is_a_link_or_refused(pasted: str):
    try:
        address = texts.web_address(pasted, "Adresse")
    except Refusal:
        return
    assert address.startswith(("https://", "http://"))
    assert texts.host(address)
    assert texts.web_address(address, "Adresse") == address
    shown = linked("Referat", address)
    assert shown.startswith("[Referat](<http")
    assert not set(shown.partition("](<")[2][:-2]) & set("<>\\`$ \n|")


def test_links_stand_on_their_thing_in_the_order_they_came(planned: Database):
    for n, title in enumerate(("Referat", ""), 1):
        write(planned, want, "link", f"lenke-{n}", 0, thing="1.1.1", url=f"https://ks.no/{n}", title=title)
    write(planned, want, "link", "lenke-3", 0, thing="1.2.1", url="https://ks.no/3")
    found = present(planned).links_of("1.1.1")
    assert [(link.title, link.url, link.order) for link in found] == [
        ("Referat", "https://ks.no/1", 1), ("ks.no", "https://ks.no/2", 2),
    ]  # fmt: skip
    write(planned, want, "link", "lenke-1", 1, thing="1.1.1", url="https://ks.no/ny", title="Nytt referat")
    write(planned, take_out, "link", "lenke-2", 1)
    assert [link.url for link in present(planned).links_of("1.1.1")] == ["https://ks.no/ny"]


def test_a_comment_tells_who_is_mentioned_and_when_it_was_written(planned: Database):
    write(
        planned,
        want,
        "comment",
        "kommentar-1",
        0,
        thing="1.1.1",
        text=" Spør styret ",
        mentions=["leder", "leder"],
    )
    (found,) = present(planned).comments_on("1.1.1")
    assert (found.text, found.mentions, found.actor, found.recorded_at) == (
        "Spør styret", ("leder",), SECRETARY.name, NOW
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"text": " "}, BadInput),
        ({"text": "x" * 4001}, BadInput),
        ({"mentions": ["ukjent"]}, NotFound),
        ({"thing": "9.9.9"}, NotFound),
        ({"thing": "leder"}, NotFound),
    ],
)
def test_a_comment_that_cannot_be_used_is_refused(planned: Database, said: dict[str, Any], error):
    with pytest.raises(error):
        write(planned, want, "comment", "kommentar-1", 0, **{"thing": "1.1.1", "text": "Hei"} | said)
    assert newest(planned) == 1


def test_a_comment_stays_on_its_thing_and_is_not_overwritten_unseen(planned: Database):
    write(planned, want, "comment", "kommentar-1", 0, thing="1.1.1", text="Min")
    with pytest.raises(BadInput, match="hører til noe annet"):
        write(planned, want, "comment", "kommentar-1", 1, thing="1.2.1", text="Flyttet")
    with pytest.raises(Conflict):
        write(planned, want, "comment", "kommentar-1", 0, thing="1.1.1", text="Din")
    with pytest.raises(NotFound):
        write(planned, take_out, "comment", "kommentar-7", 1)


def test_only_the_one_who_wrote_a_comment_corrects_it(planned: Database):
    write(planned, want, "comment", "kommentar-1", 0, thing="1.1.1", text="Min", actor=RESPONSIBLE)
    with pytest.raises(NotAllowed, match="Bare den som skrev"):
        write(planned, want, "comment", "kommentar-1", 1, thing="1.1.1", text="Din")
    write(planned, want, "comment", "kommentar-1", 1, thing="1.1.1", text="Rettet", actor=RESPONSIBLE)
    (found,) = present(planned).comments_on("1.1.1")
    assert (found.text, found.version, found.actor) == ("Rettet", 2, RESPONSIBLE.name)
    with pytest.raises(Conflict):
        write(planned, want, "comment", "kommentar-1", 1, thing="1.1.1", text="Sent", actor=RESPONSIBLE)
    write(planned, record.undo, newest(planned))
    (found,) = present(planned).comments_on("1.1.1")
    assert (found.text, found.actor) == ("Min", RESPONSIBLE.name)
    write(planned, want, "comment", "kommentar-1", 3, thing="1.1.1", text="Igjen", actor=RESPONSIBLE)


def test_a_responsible_attaches_to_their_own_measure_only(planned: Database):
    write(planned, want, "comment", "kommentar-1", 0, thing="1.1.1", text="Min", actor=RESPONSIBLE)
    for thing in ("1.2.1", "1", "svar"):
        with pytest.raises(NotAllowed):
            write(planned, want, "comment", "kommentar-2", 0, thing=thing, text="x", actor=RESPONSIBLE)
        with pytest.raises(NotAllowed):
            write(planned, want, "link", "lenke-2", 0, thing=thing, url="https://ks.no/", actor=RESPONSIBLE)


def test_a_new_key_is_never_one_that_was_taken_away(planned: Database):
    write(planned, want, "comment", "kommentar-1", 0, thing="1.1.1", text="Min")
    write(planned, take_out, "comment", "kommentar-1", 1)
    with planned.reading() as session:
        assert record.comment_key(session, PLAN) == "kommentar-2"
        assert record.link_key(session, PLAN) == "lenke-1"
