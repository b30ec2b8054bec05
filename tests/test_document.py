"""The plan as text: what is understood, what is refused in which words, and that writing loses nothing."""

import json
import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy import document, tables, terms, texts
from strategy.document import nodes, schema
from tests.databases import a_plan
from tests.documents import ODD_TEXTS, plans

ROOT = Path(__file__).parent.parent
REAL = (ROOT / "strategy.yaml").read_bytes()
SCHEMA = json.loads((ROOT / "docs" / "strategy.schema.json").read_text("utf-8"))
MANUAL = (ROOT / "docs" / "strategy-yaml.md").read_text("utf-8")

PLAN = """\
strategy:
  key: "plan"
  organisation: "Laget"
  title: "PLAN"
  name: "Planen"
  start: 2024-01-01
  end: 2028-12-31
  vision: "Kultur for alle."
people:
  - key: "leder"
    title: "Styreleder"
  - key: "sekretaer"
    title: "Generalsekretær"
goals:
  - key: "1"
    printed: "MÅL 1:"
    text: "Styrke kulturen"
    name: "Styrke"
    subgoals:
      - key: "1.1"
        printed: "1.1"
        text: "Flere kurs"
        measures:
          - key: "1.1.1"
            name: "Kurs"
            text: "Holde kurs"
            kind: limited
            start: 2024-02-01
            due: 2026-06-30
            decided_by: ""
            responsible:
              - person: "leder"
                since: 2024-01-01
                until: 2025-01-01
                proposal: true
              - person: "sekretaer"
                part: contributor
            indicators:
              - key: "kurs"
                name: "Antall kurs"
                unit: "antall"
                direction: up
                controllability: high
                frequency: year
                baseline: 1.5
                baseline_on: 2023-12-31
                band: 0
                targets:
                  - due: 2025-12-31
                    value: 3
                  - due: 2026-12-31
                    value: 5
                    example: true
"""


def problems(text: str | bytes) -> tuple[document.Problem, ...]:
    raw = text if isinstance(text, bytes) else text.encode()
    plan, found = document.read(raw)
    assert (plan is None) == any(not problem.is_note for problem in found)
    return found


def edited(old: str, new: str) -> str:
    assert PLAN.count(old) == 1, f"«{old}» must stand in PLAN exactly once"
    return PLAN.replace(old, new)


def only(text: str | bytes) -> document.Problem:
    (problem,) = problems(text)
    return problem


def things(text: str | bytes) -> document.Things:
    plan, found = document.read(text if isinstance(text, bytes) else text.encode())
    assert plan is not None, [str(problem) for problem in found]
    return document.things(plan)


def test_a_good_plan_has_no_problems():
    assert problems(PLAN) == ()


def test_things_are_plain_values_with_their_place_among_their_siblings():
    found = things(PLAN)
    assert found["measure", "1.1.1"] == {
        "subgoal": "1.1", "name": "Kurs", "text": "Holde kurs", "kind": terms.Kind.LIMITED, "order": 1,
        "start": date(2024, 2, 1), "due": date(2026, 6, 30), "decided_by": "",
        "succeeds": None, "merged_from": None,
    }  # fmt: skip
    assert found["responsibility", "1.1.1@sekretaer"]["order"] == 2
    assert found["responsibility", "1.1.1@leder"]["part"] is terms.Part.RESPONSIBLE
    assert found["target", "kurs@2026-12-31"]["value"] == Decimal(5)
    assert found["indicator", "kurs"]["baseline"] == Decimal("1.5")


def test_the_fields_of_things_are_those_of_the_tables():
    found = things(PLAN)
    for (kind, key), fields in found.items():
        assert set(fields) == set(tables.fields_of(tables.VERSIONED[kind])), (kind, key)
    kinds = {"strategy", "goal", "subgoal", "measure", "person", "responsibility", "indicator", "target"}
    assert {kind for kind, _key in found} == kinds


def test_counts_are_of_the_things_in_the_plan():
    plan, _found = document.read(PLAN.encode())
    assert plan
    assert document.counts(plan) == {
        "goals": 1, "subgoals": 1, "measures": 1,
        "people": 2, "responsibilities": 2, "indicators": 1, "targets": 2,
    }  # fmt: skip


def test_a_field_that_may_be_left_out_may_stand_empty():
    assert things(edited("due: 2026-06-30", "due:"))["measure", "1.1.1"]["due"] is None
    assert things(edited("band: 0", "band: # ikke bestemt"))["indicator", "kurs"]["band"] is None


@pytest.mark.parametrize("line", ['decided_by: ""', 'text: "Flere kurs"', 'text: "Styrke kulturen"'])
def test_a_weight_is_told_that_it_no_longer_counts(line):
    indent = PLAN[: PLAN.index(line)].rpartition("\n")[2]
    text = edited(line, f"{line}\n{indent}weight: 2")
    (note,) = problems(text)
    assert note.is_note
    assert (note.message, note.hint) == (
        "«weight» teller ikke lenger. Framdrift telles i milepæler.", "Linja kan slettes.",
    )  # fmt: skip
    assert things(text) == things(PLAN)


def test_a_last_target_equal_to_the_baseline_is_told_and_loads():
    (note,) = problems(edited("value: 3", "value: 1.5"))
    assert note.is_note
    assert "er ikke over nullpunktet" in note.message


def test_minus_zero_is_zero():
    assert str(things(edited("band: 0", "band: -0"))["indicator", "kurs"]["band"]) == "0"


# Each line: what is written instead of what, the column of the fault, and words of the message and the hint.
WRONG = [
    # fields
    ('name: "Kurs"', 'nme: "x"\n            name: "Kurs"', 13, "«nme» finnes ikke her", "Mente du «name»?"),
    ("due: 2026-06-30", "frist: 2026-06-30", 13, "«frist» finnes ikke her", "Mente du «due»?"),
    ('printed: "MÅL 1:"', 'printed: "MÅL 1:"\n    due: 2026-01-01', 5, "«due» finnes ikke", "hører hjemme i"),
    (
        'vision: "Kultur for alle."',
        'vision: "K"\n  xyzzy: 1',
        3,
        "«xyzzy» finnes ikke",
        "Feltene her",
    ),
    (
        'name: "Kurs"',
        'name: "A"\n            name: "B"',
        13,
        "står to ganger (først på linje 25)",
        "bare ett",
    ),
    ("    subgoals:\n", "    measures: []\n    subgoals:\n", 5, "rett under et hovedmål", "under et delmål"),
    ('name: "Kurs"', '<<: "Kurs"\n            name: "Kurs"', 13, "«<<» er ikke lov", "helt ut"),
    ('name: "Kurs"', '[a]: 1\n            name: "Kurs"', 13, "et feltnavn", "text: …"),
    # text that YAML could take for something else
    ('name: "Kurs"', "name: no", 19, "«no» uten anførselstegn", 'Skriv "no" i anførselstegn'),
    ('name: "Kurs"', "name: 010", 19, "«010» uten", 'Skriv "010"'),
    ('name: "Kurs"', "name: 12:30", 19, "«12:30» uten", 'Skriv "12:30"'),
    ('name: "Kurs"', "name: 3.1", 19, "«3.1» uten", 'Skriv "3.1"'),
    ('name: "Kurs"', "name: 2026-01-01", 19, "«2026-01-01» uten", 'Skriv "2026-01-01"'),
    ('name: "Kurs"', "name: 1_000", 19, "«1_000» uten", 'Skriv "1_000"'),
    ('name: "Kurs"', "name: 0x1F", 19, "«0x1F» uten", 'Skriv "0x1F"'),
    ('name: "Kurs"', "name: 1e3", 19, "«1e3» uten", 'Skriv "1e3"'),
    ('name: "Kurs"', "name: ~", 19, "«~» uten", 'Skriv "~"'),
    ('name: "Kurs"', "name: N", 19, "«N» uten", 'Skriv "N"'),
    ('key: "1.1.1"', "key: 3.1", 18, "«3.1» uten", 'Skriv "3.1"'),
    ('name: "Kurs"', "name: Kurs # og fag", 19, "etter # her, blir ikke lest", "anførselstegn"),
    ('name: "Kurs"', "name: Kurs\n              - og fag", 19, "over flere linjer uten", "anførselstegn"),
    ('text: "Holde kurs"', 'text: ""', 19, "kan ikke stå tomt", "etter kolon"),
    ('text: "Holde kurs"', "text:", 18, "kan ikke stå tomt", "etter kolon"),
    ('text: "Holde kurs"', 'text: [""]', 19, "én verdi, ikke flere", "samme linje"),
    ('name: "Kurs"', 'name: "Kurs\\nog fag"', 19, "på én linje", "linjeskiftene"),
    ('name: "Kurs"', f'name: "{"x" * 201}"', 19, "på 201 tegn, og grensen er 200", ""),
    ('name: "Kurs"', 'name: "\\u202e"', 19, "skjult retningstegn (U+202E)", ""),
    ('name: "Kurs"', 'name: "a\\0b"', 19, "styretegn (U+0000)", ""),
    ('name: "Kurs"', 'name: "a\\u00adb"', 19, "usynlig tegn (U+00AD)", ""),
    ('key: "1.1.1"', 'key: "1 1"', 18, "kan ikke være en nøkkel", "bare bokstaver"),
    ('key: "1.1.1"', 'key: "a@b"', 18, "kan ikke være en nøkkel", "bare bokstaver"),
    # numbers, dates, yes and no, closed lists
    ("baseline: 1.5", 'baseline: "2"', 27, "«2» er ikke et tall her", "Skriv 2 uten anførselstegn"),
    ("baseline: 1.5", "baseline: 0,5", 27, "«0,5» er ikke et tall", "Skriv 0.5, med punktum"),
    ("baseline: 1.5", "baseline: 010", 27, "«010» er ikke et tall", "Skriv 10"),
    ("baseline: 1.5", "baseline: 1_000", 27, "«1_000» er ikke et tall", "vanlig tall"),
    ("baseline: 1.5", "baseline: 0x1F", 27, "«0x1F» er ikke et tall", "vanlig tall"),
    ("baseline: 1.5", "baseline: .inf", 27, "«.inf» er ikke et tall", "vanlig tall"),
    ("baseline: 1.5", "baseline: .nan", 27, "«.nan» er ikke et tall", "vanlig tall"),
    ("baseline: 1.5", "baseline: 1e308", 27, "«1e308» er ikke et tall", "vanlig tall"),
    ("baseline: 1.5", "baseline: 12:30", 27, "«12:30» er ikke et tall", "vanlig tall"),
    ("baseline: 1.5", "baseline: yes", 27, "«yes» er ikke et tall", "vanlig tall"),
    ("band: 0", "band: -1", 23, "mindre enn null", "Skriv for eksempel 2"),
    ("due: 2026-06-30", "due: 2026-02-30", 18, "Datoen 2026-02-30 finnes ikke", "Kontroller dag"),
    ("due: 2026-06-30", "due: 30.06.2026", 18, "«30.06.2026» er ikke en dato", "Skriv 2026-06-30."),
    ("due: 2026-06-30", "due: 31/12/26", 18, "«31/12/26» er ikke en dato", "år-måned-dag"),
    ("due: 2026-06-30", "due: 0001-01-01", 18, "finnes ikke", ""),
    ("due: 2026-06-30", "due: 2026-06-30T10:00:00", 18, "er ikke en dato", "år-måned-dag"),
    ("due: 2026-06-30", "due: true", 18, "«true» er ikke en dato", "år-måned-dag"),
    ("proposal: true", "proposal: ja", 27, "bare stå true (ja) eller false (nei)", "Skriv true"),
    ("proposal: true", "proposal: no", 27, "bare stå true", "Skriv false"),
    ("proposal: true", 'proposal: "true"', 27, "bare stå true", "Skriv true uten anførselstegn"),
    ("proposal: true", "proposal: kanskje", 27, "bare stå true", "slett linja"),
    ("kind: limited", "kind: limitd", 19, "«limitd» er ikke et av ordene", "Mente du «limited»?"),
    ("kind: limited", "kind: løpende", 19, "«løpende» er ikke et av", "Mente du «continuous»?"),
    ("direction: up", "direction: 1", 28, "«1» er ikke et av ordene", "Velg mellom: up (Øke), down"),
    ("kind: limited", "kind: {a: b}", 19, "én verdi, ikke flere", "samme linje"),
    ("            responsible:\n", "            responsible: ja\n            indikator:\n", 26, "", ""),
    # how the parts fit
    ('person: "leder"', 'person: "leeder"', 25, "«leeder» finnes ikke under «people»", "Mente du «leder»?"),
    ('person: "leder"', 'person: "Styreleder"', 25, "finnes ikke under", "Mente du «leder»?"),
    ('person: "leder"', 'person: "xyzzy"', 25, "finnes ikke under", "Legg den til under «people»"),
    ('person: "sekretaer"', 'person: "leder"', 25, "«leder» står to ganger på tiltaket", "én av"),
    ('key: "sekretaer"', 'key: "leder"', 10, "«leder» er brukt to ganger (først på linje 10)", "ny nøkkel"),
    ('key: "1.1.1"', 'key: "1"', 18, "«1» er brukt to ganger (først på linje 15)", "ny nøkkel"),
    ("end: 2028-12-31", "end: 2023-12-31", 8, "Siste dag ligger før første dag", "etter 2024-01-01"),
    ("due: 2026-06-30", "due: 2024-01-15", 18, "Fristen ligger før starten", "etter 2024-02-01"),
    ("due: 2026-06-30", "due: 2029-01-01", 18, "utenfor strategiperioden", "fra 2024-01-01 til 2028-12-31"),
    ("start: 2024-02-01", "start: 2023-02-01", 20, "Starten 2023-02-01 ligger utenfor", "Velg en dato"),
    ("until: 2025-01-01", "until: 2024-01-01", 24, "slutt før det begynner", "etter 2024-01-01"),
    ("due: 2026-12-31", "due: 2025-12-31", 26, "Datoen 2025-12-31 har to måltall", "bare ett måltall"),
    ("due: 2025-12-31", "due: 2023-12-31", 26, "ikke etter nullpunktet", "senere dato"),
    ("value: 3", "value: 1", 28, "1, er ikke over nullpunktet, 1,5", "Rett det ene"),
    ("band: 0", "band: 0.3", 23, "0,3 er mindre enn én, men det telles i hele", "Skriv 1 eller mer"),
    # shorthand of YAML
    ('name: "Kurs"', 'name: &navn "Kurs"', 19, "«&navn» er ikke lov", "Slett den"),
    ('name: "Kurs"', "name: *navn", 19, "«*navn» er ikke lov", "helt ut"),
    ('name: "Kurs"', 'name: !!str "Kurs"', 19, "«!!str» er ikke lov", "Slett det"),
    ('name: "Kurs"', 'name: !!python/object/apply:os.system ["id"]', 19, "er ikke lov", "Slett det"),
    ('name: "Kurs"', "name: !!binary aGk=", 19, "«!!binary» er ikke lov", "Slett det"),
    # what the parser itself stumbles on
    ('name: "Kurs"', "name: Kurs: og fag", 23, "Kolon her kan ikke leses", "anførselstegn"),
    ('name: "Kurs"', 'name: "Kurs', 19, "slutter først på linje 26", "Mangler den anførselstegn"),
    ('name: "Kurs"', 'name: "Kurs" og fag', 26, "noe etter det siste anførselstegnet", "Inne i teksten"),
    ('name: "Kurs"', ' name: "Kurs"', 14, "Innrykket passer ikke", "like langt inn"),
    (
        '          - key: "1.1.1"\n',
        '          - key: "1.1.1"\n             name: "x"\n',
        14,
        "Innrykket",
        "like langt inn",
    ),
    ('name: "Kurs"', "name: @Kurs", 19, "kan ikke begynne med dette tegnet", "anførselstegn"),
    ('name: "Kurs"', "\tname: x", 13, "Innrykket har en tabulator", "mellomrom"),
    ('name: "Kurs"', "name", 13, "mangler kolon etter feltnavnet", "Kontroller"),
    ('name: "Kurs"', "name: [Kurs", 19, "En klamme er ikke lukket", "anførselstegn"),
    ('name: "Kurs"', 'name: "K\\urs"', 23, "betyr ingenting", "omvendt skråstrek"),
    ('name: "Kurs"', 'name: "\\ud800"', 22, "Tegnkoden finnes ikke", "Skriv tegnet selv"),
    ('name: "Kurs"', 'name: "K\\qurs"', 21, "betyr ingenting", "omvendt skråstrek"),
    ('name: "Kurs"', "name: - Kurs", 19, "samme linje", "neste linje"),
]


@pytest.mark.parametrize(("old", "new", "column", "message", "hint"), WRONG)
def test_each_mistake_is_told_where_it_is_and_how_to_mend_it(old, new, column, message, hint):
    found = problems(edited(old, new))
    assert found
    problem = next((p for p in found if message in p.message), found[0])
    assert message in problem.message
    assert hint in problem.hint
    assert problem.column == column
    first = PLAN[: PLAN.index(old)].count("\n") + 1
    assert first <= problem.line <= first + 1 + new.count("\n")


def test_what_should_fall_has_its_last_target_below_the_baseline():
    falling = edited("direction: up", "direction: down")
    assert "Det siste måltallet, 3, er ikke under nullpunktet, 1,5" in only(falling).message
    assert problems(falling.replace("value: 3", "value: 1")) == ()


@pytest.mark.parametrize(("old", "new", "column", "message", "hint"), WRONG)
def test_no_mistake_is_told_in_english_or_without_a_full_stop(old, new, column, message, hint):
    for problem in problems(edited(old, new)):
        assert "found" not in problem.message + problem.hint
        assert "expected" not in problem.message + problem.hint
        assert problem.message.endswith(".")
        assert problem.hint.endswith((".", "?")) or not problem.hint


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file():
    text = (
        edited('name: "Planen"', "nam: no")
        .replace("kind: limited", "kind: ja")
        .replace("baseline: 1.5", "baseline: ti")
    )
    text = text.replace('person: "leder"', 'person: "lder"').replace("due: 2026-06-30", "due: 2023-13-01")
    text = text.replace('unit: "antall"', 'unit: "antall"\n                unit: "%"').replace(
        "band: 0", "band: &x 1"
    )
    found = problems(text)
    lines = [problem.line for problem in found]
    assert lines == sorted(lines)
    told = " ".join(problem.message for problem in found)
    for part in (
        "«nam»",
        "mangler feltet «name»",
        "«ja»",
        "«ti»",
        "«lder»",
        "2023-13-01",
        "«unit»",
        "«&x»",
    ):
        assert part in told
    assert len(found) == 8


def test_a_problem_reads_as_one_line():
    problem = only(edited("due: 2026-06-30", "due: 30.06.2026"))
    assert str(problem) == "Linje 29, kolonne 18: «30.06.2026» er ikke en dato. Skriv 2026-06-30."


def test_a_missing_field_is_told_with_what_it_is_for():
    problem = only(edited('            text: "Holde kurs"\n', ""))
    assert (problem.line, problem.column) == (24, 13)
    assert problem.message == "Tiltaket «1.1.1» mangler feltet «text»."
    assert problem.hint.startswith("Legg til linja «text: …». Den vedtatte teksten")


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        (b"", 1, 1, "Fila er tom"),
        (b"# bare en merknad\n", 1, 1, "Fila er tom"),
        (b"---\n...\n", 2, 1, "Fila må bestå av felt"),
        (b"just text", 1, 1, "Fila må bestå av felt"),
        (b"- a\n- b\n", 1, 1, "Fila må bestå av felt"),
        (b"a: &x [*x]\nb: *x", 1, 4, "«&x» er ikke lov"),
        (PLAN.encode() + b"---\na: 1\n", 54, 1, "flere dokumenter"),
        ("strategy: Blåbær".encode("latin-1"), 1, 13, "ikke lagret som UTF-8"),
        ("a: 1\nb: ø".encode() + b"\xff", 2, 5, "ikke lagret som UTF-8"),
        (PLAN.encode("utf-16"), 1, 1, "ikke lagret som UTF-8"),
        (b"PK\x03\x04\x14\x00", 1, 1, "Fila er fra Excel, Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", 1, 1, "Fila er fra Excel, Word"),
        (b"a: " + b"[" * 60, 1, 23, "dypere enn 20 nivåer"),
        (b"[" * 500_000, 1, 21, "dypere enn 20 nivåer"),
        (b"- " * 400_000, 1, 41, "dypere enn 20 nivåer"),
        (b"a: [" + b"x," * 400_000, 1, 133333, "for mange verdier"),
        (b"a" * 1_000_001, 1, 1, "1000001 byte, og grensen er 1000000"),
        ("a: 1\n# æ \u202e skjult\n".encode(), 2, 5, "skjult retningstegn (U+202E)"),
        (b"a: 1\nb: x\x07y", 2, 5, "styretegn (U+0007)"),
        ("a: 1\nb: kultur\u00adarbeid".encode(), 2, 10, "usynlig tegn (U+00AD)"),
        ("a: 1\nb: x\u200by".encode(), 2, 5, "usynlig tegn (U+200B)"),
        ("a: 1\nb: x\u2028y".encode(), 2, 5, "skjult linjeskift (U+2028)"),
        ("a: 1\nb: \ufb01nne".encode(), 2, 4, "«fi» som ett tegn (U+FB01)"),
        (b"a: x\0y", 1, 5, "styretegn (U+0000)"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_its_reason(raw, line, column, message):
    problem = next(p for p in problems(raw) if message in p.message)
    assert (problem.line, problem.column) == (line, column)


def test_all_that_is_wrong_in_a_part_that_stands_where_it_cannot_is_told_at_once():
    measure = '[{key: "x", name: "X", text: "X", due: Q3 2026, budget: 1, responsible: [{person: ukjent}]}]'
    said = " ".join(
        str(p)
        for p in problems(PLAN.replace("    subgoals:\n", f"    measures: {measure}\n    subgoals:\n", 1))
    )
    for told in (
        "rett under et hovedmål",
        "«Q3 2026» er ikke en dato",
        "«budget» finnes ikke",
        "«ukjent» finnes ikke",
    ):
        assert told in said


def test_a_key_may_have_every_letter_a_language_has():
    assert "Ås-čáhppe.é_Ÿ" in {
        key for (_kind, key) in things(PLAN.replace('key: "1"', 'key: "Ås-čáhppe.é_Ÿ"', 1))
    }


def test_a_file_with_byte_order_mark_and_windows_line_ends_reads_the_same():
    assert things(PLAN.replace("\n", "\r\n").encode("utf-8-sig")) == things(PLAN)


def test_a_thousand_mistakes_are_counted_and_not_all_shown():
    found = problems("strategy: 1\n" + "".join(f"felt{n}: 1\n" for n in range(1_000)))
    assert len(found) == 201
    assert found[-1].message == "Det er 802 feil til."


def test_the_pure_parser_reads_the_same(monkeypatch):
    quick = things(REAL)
    monkeypatch.setattr(nodes, "_LOADER", yaml.SafeLoader)
    assert things(REAL) == quick
    assert only(edited('name: "Kurs"', "name: no")).column == 19


def test_an_anchor_is_refused_at_every_value():
    """One fault at each node of a good file: it is always found, and at its place."""
    starts = [m.start(2) for m in re.finditer(r"^( *(?:- )?\w+: )(\S)", PLAN, re.MULTILINE)]
    assert len(starts) == 45
    for at in starts:
        problem = only(PLAN[:at] + "&a " + PLAN[at:])
        assert problem.line == PLAN[:at].count("\n") + 1
        assert problem.column == at - PLAN.rfind("\n", 0, at)


def test_a_list_is_refused_at_every_single_value():
    for found in re.finditer(r"^( *(?:- )?\w+: )(\S.*)$", PLAN, re.MULTILINE):
        text = PLAN[: found.start(2)] + "[[1]]" + PLAN[found.end(2) :]
        line = PLAN[: found.start(2)].count("\n") + 1
        assert any(p.line == line and "én verdi" in p.message for p in problems(text))


SURPRISES = [
    *("no", "NO", "nO", "on", "off", "y", "n", "Y", "N", "yes", "true", "false"),
    *(
        "null",
        "~",
        "010",
        "0o10",
        "08",
        "1_000",
        "12:30:45",
        "1.10",
        "1e3",
        "1.0e3",
        "2026-01-01",
        "2026-13-45",
    ),
    *("2026-02-30", ".inf", ".nan", "0x1F", "1.2.3", "=", "<<", "nei", "ja", "av", "på", "3.1"),
    *("-", "-1", "+1", "190:20:30", "0b1", "1,5", ".5", "5."),
]


@pytest.mark.parametrize("written", SURPRISES)
def test_a_bare_word_is_read_letter_by_letter_or_refused_with_the_right_spelling(written):
    text = edited('name: "Kurs"', f"name: {written}")
    plan, found = document.read(text.encode())
    if plan is None:
        assert found[0].line in (25, 26)
    else:
        assert document.things(plan)["measure", "1.1.1"]["name"] == written
    quoted = edited('name: "Kurs"', f'name: "{written}"')
    assert things(quoted)["measure", "1.1.1"]["name"] == written


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "on",
        "y",
        "n",
        "yes",
        "true",
        "null",
        "~",
        "010",
        "08",
        "1_000",
        "12:30",
        "1.10",
        "2026-01-01",
        ".inf",
        "0x1F",
    ],
)
def test_what_a_yaml_reader_would_convert_is_never_accepted_bare(written):
    assert f'Skriv "{written}" i anførselstegn.' in only(edited('name: "Kurs"', f"name: {written}")).hint


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_any_bare_text_is_read_letter_by_letter_or_refused(written):
    """Broken lines fold and outer blanks go in YAML; any other difference would be a silent change."""
    plan, _found = document.read(edited('name: "Kurs"', f"name: {written}").encode())
    if plan is None:
        return
    read = document.things(plan)["measure", "1.1.1"]["name"]
    unquoted = [written, *(written[1:-1].replace(mark * 2, mark) for mark in "'\"" if written[:1] == mark)]
    assert read in [texts.normal(text) for text in unquoted] or "\\" in written or written[:1] in "|>"


@settings(max_examples=60, deadline=None)
@given(plans())
def test_what_is_written_reads_back_as_the_same_things(plan):
    wanted = document.things(plan)
    written = document.write(wanted, plan.strategy.key)
    assert things(written) == wanted
    assert document.write(things(written), plan.strategy.key) == written


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_an_odd_text_survives_writing(text):
    wanted = things(PLAN)
    wanted["goal", "1"]["text"] = texts.normal(text)
    assert things(document.write(wanted, "plan")) == wanted


def test_written_lines_are_short_and_text_stands_in_quotes():
    wanted = things(PLAN)
    wanted["goal", "1"]["text"] = "ord " * 200 + "slutt"
    written = document.write(wanted, "plan")
    assert max(len(line) for line in written.splitlines()) <= 100
    assert 'name: "Kurs"' in written
    assert "due: 2026-06-30" in written


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_written_lines_have_nothing_an_editor_would_strip(text):
    wanted = things(PLAN)
    wanted["goal", "1"]["text"] = texts.normal(text)
    written = document.write(wanted, "plan")
    assert "\t" not in written
    assert not [line for line in written.splitlines() if line != line.rstrip(" ")]


def test_what_the_plan_does_not_speak_of_is_not_written():
    wanted = things(PLAN)
    more = {**wanted, ("milestone", "1.1.1-m1"): {"measure": "1.1.1", "title": "x", "due": date(2025, 1, 1)}}
    assert document.write(more, "plan") == document.write(wanted, "plan")


BITS = [
    *(
        b"\t",
        b"&a ",
        b"*a",
        b"!!",
        b"{",
        b"[",
        b"|",
        b">",
        b"%",
        b"---\n",
        b"? ",
        b": ",
        b"\x00",
        b"\xff",
        b'"',
    ),
    *(b"'", b"@", b"- ", b"\n", b"#", b"\xe2\x80\xae", b"<<: ", b"no", b"010", b"goals:\n", b"  ", b"\r"),
    *(b"\\u", b"\xef\xbb\xbf"),
]


def mutated(chance: random.Random, base: bytes) -> bytes:
    raw = bytearray(base)
    for _n in range(chance.randint(1, 8)):
        at = chance.randrange(len(raw) + 1)
        match chance.randrange(4):
            case 0 if raw:
                raw[at % len(raw)] = chance.randrange(256)
            case 1:
                raw[at:at] = chance.choice(BITS)
            case 2:
                del raw[at : at + chance.choice([1, 3, 30])]
            case _:
                other = chance.randrange(len(raw) + 1)
                raw[at:at] = raw[other : other + chance.choice([5, 50])]
    return bytes(raw)


@pytest.mark.parametrize(("base", "rounds"), [(PLAN.encode(), 4_000), (REAL, 150)])
def test_no_bytes_whatever_raise_or_go_without_a_place(base, rounds):
    chance = random.Random(2028)
    for _n in range(rounds):
        raw = mutated(chance, base)
        plan, found = document.read(raw)
        assert (plan is None) == bool(found), raw
        assert all(p.line >= 1 and p.column >= 1 and p.message for p in found), raw
        if plan:
            document.write(document.things(plan), plan.strategy.key)


NAMES = st.sampled_from([*schema.GROUPS, "key", "text", "band", "due"])
LEAVES = st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.dates()
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_no_structure_whatever_raises(data):
    problems(yaml.dump(data, allow_unicode=True))


def test_the_published_schema_is_the_one_the_reader_uses():
    assert document.json_schema() == SCHEMA


def test_an_editor_finds_no_fault_in_the_plans_the_reader_accepts():
    for text in (PLAN, REAL.decode()):
        plain = json.loads(json.dumps(yaml.safe_load(text), default=str))
        jsonschema.validate(plain, SCHEMA, jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("baseline: 1.5", "baseline: ja"),
        ("kind: limited", "kind: løpende"),
        ('name: "Kurs"', 'nme: "Kurs"'),
    ],
)
def test_an_editor_finds_the_faults_the_reader_finds(old, new):
    plain = json.loads(json.dumps(yaml.safe_load(edited(old, new)), default=str))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, SCHEMA, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("group", schema.GROUPS)
def test_every_field_and_every_word_is_documented(group):
    """Each group of fields has a heading of its own in the manual, with a row for each field."""
    part = MANUAL.split(f"\n### `{group}`" if group else "\n### Hele fila")[1].split("\n### ")[0]
    for name, field in schema.GROUPS[group].model_fields.items():
        row = next((line for line in part.splitlines() if line.startswith(f"| `{name}` |")), "")
        assert ("| ja |" if field.is_required() else "| nei |") in row, (group, name)
        assert field.description
    for of in (terms.Kind, terms.Part, terms.Direction, terms.Controllability, terms.Frequency):
        for term in of:
            assert f"`{term}`" in MANUAL


def test_what_has_the_same_place_is_written_in_the_order_of_numbers():
    wanted = a_plan(without=["leder", "fag", "nestleder", "1.1.1@fag", "1.1.1@leder", "1.1.2@nestleder"])
    for key in ("rolle-10", "rolle-9", "rolle-2"):
        wanted["person", key] = {"title": f"Tittel {key[6:]}", "order": 1, "proposal": False}
    assert re.findall(r"rolle-\d+", document.write(wanted, "plan")) == ["rolle-2", "rolle-9", "rolle-10"]
