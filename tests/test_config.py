"""Settings from the environment."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy import config
from strategy.errors import BadInput

ROOT = Path(__file__).parent.parent


def test_an_empty_environment_gives_the_database_beside_the_app():
    found = config.settings({})
    assert found.database_url == f"sqlite:///{(ROOT / 'data' / 'strategy.db').as_posix()}"
    assert found.strategy_file == ROOT / "strategy.yaml"


def test_an_empty_value_is_the_same_as_none():
    names = ("STRATEGY_DATABASE_URL", "STRATEGY_DATA_DIR", "STRATEGY_FILE")
    assert config.settings(dict.fromkeys(names, " ")) == config.settings({})


def test_the_data_folder_moves_both_databases(tmp_path: Path):
    found = config.settings({"STRATEGY_DATA_DIR": str(tmp_path)})
    assert found.database_url.endswith(f"{tmp_path.as_posix()}/strategy.db")
    assert found.example_url.endswith(f"{tmp_path.as_posix()}/example.db")


def test_a_path_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    assert config.settings({"STRATEGY_FILE": "plan.yaml"}).strategy_file == tmp_path / "plan.yaml"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STRATEGY_DATABASE_URL", "data/strategy.db"),
        ("STRATEGY_DATABASE_URL", "sqlite://"),
        ("STRATEGY_DATABASE_URL", "sqlite:///:memory:"),
        ("STRATEGY_FILE", "a\0b"),
    ],
)
def test_a_bad_value_is_refused_and_its_variable_named(name: str, value: str):
    with pytest.raises(BadInput, match=name) as refused:
        config.settings({name: value})
    assert refused.value.field == name


def test_a_refused_address_does_not_show_its_password():
    with pytest.raises(BadInput) as refused:
        config.settings({"STRATEGY_DATABASE_URL": "bruker:hemmelig@maskin"})
    assert "hemmelig" not in str(refused.value)


@given(st.text())
def test_any_text_for_an_address_gives_an_address_or_a_refusal(text: str):
    try:
        found = config.settings({"STRATEGY_DATABASE_URL": text})
    except BadInput:
        return
    assert "://" in found.database_url


def test_every_setting_is_documented_and_every_documented_setting_exists():
    named = re.compile(r"STRATEGY_[A-Z_]+")
    read = set(named.findall((ROOT / "strategy" / "config.py").read_text("utf-8")))
    documented = set(named.findall((ROOT / "docs" / "settings.md").read_text("utf-8")))
    assert read == documented
