"""What is changed in Streamlit's own scripts."""

import importlib.util
from functools import cache
from pathlib import Path

import pytest

from strategy import chrome

EVERYTHING = {**chrome.WORDS, **chrome.LOOKS, **chrome.PARTS, **chrome.KEYS, **chrome.CELLS, **chrome.WAITS}


@cache
def scripts() -> list[bytes]:
    spec = importlib.util.find_spec("streamlit")
    assert spec is not None
    assert spec.origin is not None
    files = sorted((Path(spec.origin).parent / "static" / "static" / "js").glob("*.js"))
    return [file.read_bytes() for file in files]


@cache
def own() -> bytes:
    return b"\n".join(script for script in scripts() if len(script) <= chrome.OWN_SCRIPTS)


@pytest.mark.parametrize("literal", EVERYTHING)
def test_every_literal_is_in_the_installed_version(literal: str):
    assert own().count(literal.encode()) > 0


def test_nothing_is_left_of_any_literal():
    changed = b"\n".join(chrome.changed(script) for script in own().split(b"\n"))
    assert [was for was in EVERYTHING if was.encode() in changed] == []


def test_a_large_library_is_left_alone():
    large = [script for script in scripts() if len(script) > chrome.OWN_SCRIPTS]
    assert large
    assert all(chrome.changed(script) is script for script in large)


def test_a_replacement_keeps_the_quotes_and_holes_of_its_literal():
    for was, now in chrome.WORDS.items():
        assert was.count("`") == now.count("`")
        assert was.count("${") == now.count("${")


def test_other_text_is_left_alone():
    assert chrome.changed(b"const a=`Search me`;") == b"const a=`Search me`;"
