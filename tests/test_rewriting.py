"""A change is written into the author's own file: its lines differ, and no other."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from strategy import document
from strategy.document import rewriting, writer
from strategy.snapshot import Flat
from tests.databases import PLAN, a_plan
from tests.documents import plans

REAL = (Path(__file__).parent.parent / "strategy.yaml").read_text("utf-8")
AUTHORED = """\
# Øverst
strategy:
  key: "plan"  # aldri endre
  organisation: 'Norsk kulturforum'
  title: "Strategi"
  name: "Strategi"
  start: 2024-01-01
  end: 2028-12-31
  vision: "Kultur for alle"

# Rollene våre
people:
  - {key: "leder", title: "Leder"}
  # Fagfolkene
  - key: "fag"
    title: "Fag"
goals:
- printed: "1"
  key: "1"
  # Hovedmålet
  name: "Kultur"
  text: |-
    Første avsnitt.

    Andre avsnitt.
  subgoals:
  - key: "1.1"
    printed: "1.1"
    text: "Synlige"
    measures:
    # Det viktigste først
    - key: "1.1.1"
      name: "Svare"
      text: "Vi skal svare på alt
        som kommer"   # fra departementet
      due:
      responsible:
      - person: "fag"
        proposal: false   # vedtatt
      indicators:
      - key: "svar"
        name: "Svar"
        unit: "antall"
        direction: up
        controllability: high
        frequency: year
        targets:
        - due: 2027-12-31
          value: 10  # mange
        - value: 5
          due: 2026-12-31

    # Det nest viktigste
    - key: "1.1.2"
      name: "Møte"
      text: "Vi skal møte"

# Slutt"""


def flat(text: str) -> Flat:
    plan, problems = document.read(text.encode())
    assert not [problem for problem in problems if not problem.is_note]
    assert plan
    return document.things(plan)


def rewritten(template: str, change: Any) -> str:
    """The template with `change` made to its things; it must say exactly that."""
    wanted = deepcopy(flat(template))
    (key,) = (key for kind, key in wanted if kind == "strategy")
    change(wanted)
    text = document.write(wanted, key, template)
    assert writer.parts(flat(text), key) == writer.parts(wanted, key)
    return text


def lines_of(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that have come; blank ones are not told."""
    old, new = ([line for line in text.splitlines() if line] for text in (before, after))
    gone, come = list[str](), list[str]()
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone, come = gone + old[i:j], come + new[k:m]
    return gone, come


def give(ident: tuple[str, str], **fields: Any) -> Any:
    """A change of the fields of one thing, or a thing added."""
    return lambda wanted: wanted.update({ident: {**wanted.get(ident, {}), **fields}})


def leave_out(*idents: tuple[str, str]) -> Any:
    return lambda wanted: [wanted.pop(ident) for ident in idents]


MEASURE = ("measure", "1.1.1")
TARGET = {"indicator": "svar", "value": Decimal(7), "example": False}
NEW = {
    "subgoal": "1.1", "text": "Vi skal lære", "name": "Lære", "order": 3, "start": None, "due": None,
    "decided_by": "", "succeeds": None, "merged_from": None,
}  # fmt: skip


@pytest.mark.parametrize(("change", "gone", "come"), [
    (give(MEASURE, due=date(2027, 3, 1)), ["      due:"], ["      due: 2027-03-01"]),
    (give(MEASURE, name="Svare mer"), ['      name: "Svare"'], ['      name: "Svare mer"']),
    (give(MEASURE, text="Vi skal\nsvare"),
     ['      text: "Vi skal svare på alt', '        som kommer"   # fra departementet'],
     ['      text: "Vi skal\\nsvare"   # fra departementet']),
    (give(("goal", "1"), text="Ett avsnitt"),
     ["  text: |-", "    Første avsnitt.", "    Andre avsnitt."], ['  text: "Ett avsnitt"']),
    (give(("strategy", "plan"), organisation="NOKU"),
     ["  organisation: 'Norsk kulturforum'"], ['  organisation: "NOKU"']),
    (give(("measure", "1.1.2"), due=date(2027, 3, 1), decided_by="Sak 1"), [],
     ["      due: 2027-03-01", '      decided_by: "Sak 1"']),
    (give(("responsibility", "1.1.1@fag"), proposal=True),
     ["        proposal: false   # vedtatt"], ["        proposal: true   # vedtatt"]),
    (give(("target", "svar@2027-12-31"), value=Decimal("2.5")),
     ["          value: 10  # mange"], ["          value: 2.5  # mange"]),
    (give(("target", "svar@2028-12-31"), due=date(2028, 12, 31), **TARGET), [],
     ["        - due: 2028-12-31", "          value: 7"]),
    (leave_out(("target", "svar@2026-12-31")), ["        - value: 5", "          due: 2026-12-31"], []),
    (leave_out(("measure", "1.1.2")),
     ["    # Det nest viktigste", '    - key: "1.1.2"', '      name: "Møte"', '      text: "Vi skal møte"'],
     []),
    (leave_out(("responsibility", "1.1.1@fag")),
     ["      responsible:", '      - person: "fag"', "        proposal: false   # vedtatt"], []),
    (give(("person", "ny"), title="Ny", order=3, proposal=False), [],
     ['  - key: "ny"', '    title: "Ny"']),
    (leave_out(("person", "fag"), ("responsibility", "1.1.1@fag")),
     ["  # Fagfolkene", '  - key: "fag"', '    title: "Fag"', "      responsible:", '      - person: "fag"',
      "        proposal: false   # vedtatt"], []),
])  # fmt: skip
def test_just_those_lines_differ(change: Any, gone: list[str], come: list[str]):
    assert lines_of(AUTHORED, rewritten(AUTHORED, change)) == (gone, come)


def test_a_measure_is_added_below_the_last_one_with_a_blank_line_between():
    kind = flat(AUTHORED)["measure", "1.1.2"]["kind"]
    after = rewritten(AUTHORED, give(("measure", "1.1.3"), kind=kind, **NEW))
    gone, come = lines_of(AUTHORED, after)
    assert (gone, come[:3]) == (
        [],
        ['    - key: "1.1.3"', '      name: "Lære"', '      text: "Vi skal lære"'],
    )
    assert '"Vi skal møte"\n\n    - key: "1.1.3"' in after
    assert after.endswith("\n# Slutt")


def test_what_is_written_in_brackets_is_written_anew_with_the_list_it_stands_in():
    after = rewritten(AUTHORED, give(("person", "leder"), title="Styreleder"))
    gone, come = lines_of(AUTHORED, after)
    assert '  - {key: "leder", title: "Leder"}' in gone
    assert '    title: "Styreleder"' in come
    assert "# Hovedmålet" in after
    assert "# Fagfolkene" not in after


def test_things_in_another_order_are_written_anew_in_it():
    def turn(wanted: Flat) -> None:
        wanted["measure", "1.1.1"]["order"], wanted["measure", "1.1.2"]["order"] = 2, 1

    after = rewritten(AUTHORED, turn)
    assert after.index('key: "1.1.2"') < after.index('key: "1.1.1"')
    assert "# Hovedmålet" in after


def test_unchanged_it_is_the_template_to_the_byte_whatever_its_line_breaks():
    for template in (REAL, AUTHORED, AUTHORED.replace("\n", "\r\n"), "\ufeff" + AUTHORED):
        assert rewritten(template, lambda _wanted: None) == template


def test_new_lines_end_as_those_of_the_file():
    template = AUTHORED.replace("\n", "\r\n")
    after = rewritten(template, give(("measure", "1.1.2"), due=date(2027, 3, 1)))
    assert "\r\n      due: 2027-03-01\r\n" in after
    assert after.count("\n") == after.count("\r\n")


def test_what_cannot_be_written_in_is_written_as_the_program_writes_it():
    whole = document.write(a_plan(), PLAN)
    assert document.write(a_plan(), PLAN, "ukjent: 1") == whole
    assert document.write(a_plan(), PLAN, "{") == whole
    assert rewriting.rewritten("- a\n", {}, {}) is None


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=plans(), second=plans())
def test_a_file_written_into_says_what_the_plan_says(first: document.Document, second: document.Document):
    """Two plans of odd texts that share some keys and no more."""
    old, new = (writer.parts(document.things(plan), plan.strategy.key) for plan in (first, second))
    template = document.write(document.things(first), first.strategy.key)
    after = rewriting.rewritten(template, old, new)
    assert after is not None
    assert writer.parts(flat(after), second.strategy.key) == new
