"""The one cleaner: it refuses, says what and where, and never cuts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy import texts
from strategy.errors import BadInput

NASTY = [
    "\x00",
    "\x07",
    "\x0b",
    "\x1b",
    "\x7f",
    "\x80",
    "\x85",
    "\x9f",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\uffff",
    "\ufdd0",
]
HIDDEN = ["\u200e", "\u200f", "\u061c", "\u202a", "\u202e", "\u2066", "\u2069"]


@pytest.mark.parametrize("mark", [*NASTY, *HIDDEN], ids=ascii)
def test_an_invisible_mark_is_refused_by_its_number_and_never_removed(mark: str):
    with pytest.raises(BadInput, match=rf"^Årsak: .*U\+{ord(mark):04X}.*skriv ordet på nytt") as refused:
        texts.clean(f"a{mark}b", texts.PARAGRAPH, "Årsak")
    assert refused.value.field == "Årsak"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("kultur\u00adarbeid", "kulturarbeid"), ("kultur\u200barbeid", "kulturarbeid"),
        ("a\u200db", "ab"), ("\ufeffa", "a"), ("a\u2028b", "a\nb"),
        ("\ufb01nne o\ufb03sielt", "finne offisielt"),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_no_part_of_a_text_or_of_what_is_searched_for(written: str, kept: str):
    assert texts.clean(written, texts.PARAGRAPH, "Tekst") == kept
    assert texts.folded(written.upper()) == texts.folded(kept.upper())
    assert "U+" in texts.hidden(written)


@pytest.mark.parametrize("text", ["👩\u200d👧", "🏳️\u200d🌈", "می\u200cخواهم", "kulturarbeid"])
def test_a_joiner_that_is_a_part_of_what_is_written_stays(text: str):
    assert texts.clean(text, texts.LINE, "Tekst") == text
    assert texts.hidden(text) == ""


def test_keys_are_in_order_as_numbers():
    keys = ["A0-11", "A0-3", "2.1.10", "2.1.9", "2.1.9-m2", "å2", "å10"]
    assert sorted(keys, key=texts.natural) == ["2.1.9", "2.1.9-m2", "2.1.10", "A0-3", "A0-11", "å2", "å10"]


@pytest.mark.parametrize(
    "text",
    ["æøåÆØÅ", "naïve", "10 % – ca.", "🏳️‍🌈", "שלום", "a\tb", "a\n\nb", "Čáhppesnuorri", "«sitat»", "=1+1"],
)
def test_what_people_write_is_kept_letter_by_letter(text: str):
    assert texts.clean(text, texts.LINE, "Tekst") == text


def test_the_limit_counts_characters_after_cleaning_and_nothing_is_cut():
    assert texts.clean("  " + "å" * 200 + "\r\n", texts.LINE, "Navn") == "å" * 200
    with pytest.raises(BadInput, match=r"på 201 tegn, og grensen er 200\..*ingenting er kuttet"):
        texts.clean("å" * 201, texts.LINE, "Navn")


def test_a_letter_written_in_two_parts_becomes_one():
    assert texts.clean("A\u030arsmøte", texts.LINE, "Navn") == "Årsmøte"


def test_line_ends_of_every_machine_become_one():
    assert texts.normal(" a\r\nb\rc\n") == "a\nb\nc"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str):
    assert texts.normal(texts.normal(text)) == texts.normal(text)


@given(st.text(), st.integers(0, 20))
def test_a_text_is_either_refused_with_a_sentence_or_stored_clean(text: str, limit: int):
    flaw = texts.flaw(text, limit)
    if flaw:
        with pytest.raises(BadInput):
            texts.clean(text, limit, "Felt")
        return
    stored = texts.clean(text, limit, "Felt")
    assert len(stored) <= limit
    assert unicodedata.is_normalized("NFC", stored)
    assert stored.encode("utf-8").decode() == stored == stored.strip()
    assert not {"\x00", "\r"} & set(stored)


@pytest.mark.parametrize(
    ("wanted", "written"), [("årsmøte", "ÅRSMØTE"), ("Åre", "A\u030aRE"), ("straße", "STRASSE")]
)
def test_search_finds_the_word_however_it_is_written(wanted: str, written: str):
    assert texts.folded(wanted) == texts.folded(written)


def test_search_keeps_letters_apart_that_are_different_letters():
    assert texts.folded("å") != texts.folded("a")
    assert texts.folded("ø") != texts.folded("o")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Møtet var 19. oktober. Veilederen er ferdig.", "Møtet var 19. oktober."),
        ("Bl.a. NOKU og f.eks. Oslo er med. Resten kommer.", "Bl.a. NOKU og f.eks. Oslo er med."),
        ("Hvorfor ikke? Ingen vet.", "Hvorfor ikke?"),
        ("Alt er 100 %. Ferdig.", "Alt er 100 %."),
        ("Ett ord uten slutt", "Ett ord uten slutt"),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_at_no_date_and_no_shortened_word(text: str, first: str):
    assert texts.first_sentence(text) == first
