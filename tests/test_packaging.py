"""The program as a wheel: built without network, unpacked in a folder of its own, used from an empty one."""

import os
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

from strategy import __version__
from strategy.cli.kinds import KINDS
from tests.servers import ROOT, Tab, _wait, free_port

BESIDE = (".streamlit/config.toml", "app.py", "strategy.yaml", *(
    file.relative_to(ROOT).as_posix()
    for folder in ("pages", "data/example") for file in (ROOT / folder).iterdir() if file.is_file()
))  # fmt: skip
EXAMPLE = "--database data/example.db"
PAPER = "rgb(253, 252, 249)"
OPTIONS = {
    "annual-report": "--year 2025", "board-paper": "--meeting mote-2026-2",
    "minutes": "--meeting mote-2026-2", "since": "--from mote-2026-2 --to now",
}  # fmt: skip
EACH = "import sys; from strategy import cli; sys.exit(max(cli.run(line.split()) for line in sys.stdin))"


@dataclass(frozen=True)
class Installed:
    """The wheel, and the folder it is unpacked in."""

    wheel: Path
    folder: Path

    def start(self, *args: str, at: Path) -> "subprocess.Popen[str]":
        """Start Python with the program as it is installed, standing in `at`."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("STRATEGY_")}
        return subprocess.Popen(
            [sys.executable, "-P", *args], cwd=at, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**kept, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip

    def say(self, *args: str, at: Path, lines: str = "") -> tuple[int, str]:
        """Run to the end, and give the exit code and what was printed."""
        process = self.start(*args, at=at)
        said, _nothing = process.communicate(lines, timeout=120)
        return process.returncode, said

    @property
    def files(self) -> set[str]:
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}

    @property
    def distribution(self) -> Distribution:
        (found,) = distributions(path=[str(self.folder)])
        return found


def built(source: Path, kind: str, folder: Path) -> Path:
    """What the builder makes of the sources in `source`: an `sdist` or a `wheel`."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    wheel = built(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return Installed(wheel, folder)


@pytest.fixture
def served(installed: Installed, tmp_path: Path) -> Iterator[str]:
    """The address of `strategy run` in an empty folder."""
    port = str(free_port())
    process = installed.start("-m", "strategy", "run", "--port", port, at=tmp_path)
    try:
        _wait(f"http://localhost:{port}/helse")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.communicate()


def test_the_wheel_holds_every_file_of_the_package_and_what_lies_beside_it(installed: Installed):
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "strategy").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted = package | {f"strategy/carried/{name}" for name in BESIDE}
    assert {name for name in installed.files if name.startswith("strategy/")} == wanted
    assert {name.partition("/")[0] for name in installed.files} == {
        "strategy",
        f"strategy-{__version__}.dist-info",
    }


def test_the_source_archive_gives_the_same_wheel(installed: Installed, tmp_path: Path):
    (tmp_path / "sdist").mkdir()
    with tarfile.open(built(ROOT, "sdist", tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    (tmp_path / "wheel").mkdir()
    again = built(tmp_path / f"strategy-{__version__}", "wheel", tmp_path / "wheel")
    assert again.read_bytes() == installed.wheel.read_bytes()


def test_the_package_gives_a_command_and_asks_for_nothing_that_only_tests_use(installed: Installed):
    (command,) = installed.distribution.entry_points
    assert (command.name, command.value) == ("strategy", "strategy.cli:main")
    names = " ".join(installed.distribution.requires or ())
    assert "streamlit" in names
    assert "pytest" not in names
    assert "pytest==" in (ROOT / "requirements.txt").read_text("utf-8")


def test_from_an_empty_folder_every_file_can_be_written_and_all_data_stay_there(
    installed: Installed, tmp_path: Path
):
    before = installed.files
    exports = [
        f"export {name} {OPTIONS.get(name, '')} --format {form} --out {name}.{form} {EXAMPLE}"
        for name, kind in KINDS.items()
        for form in kind.formats
    ]
    code, said = installed.say("-c", EACH, at=tmp_path, lines="\n".join(["example", "upgrade", *exports]))
    assert code == 0, said
    written = {f"{name}.{form}" for name, kind in KINDS.items() for form in kind.formats}
    assert {path.name for path in tmp_path.iterdir()} == {"data", *written}
    there = [path for path in (tmp_path / "data").iterdir() if path.stat().st_size]
    assert {path.suffix for path in there if path.name != ".tillit-nokkel"} == {".db"}
    assert {"example.db", "strategy.db"} <= {path.name for path in (tmp_path / "data").iterdir()}
    assert (tmp_path / "status-report.pdf").read_bytes().startswith(b"%PDF")
    assert installed.files == before


def test_a_plan_of_ones_own_goes_before_the_one_that_comes_with_the_program(
    installed: Installed, tmp_path: Path
):
    program = "from strategy import config; print(config.settings().strategy_file)"
    shipped = installed.folder / "strategy" / "carried" / "strategy.yaml"
    assert installed.say("-c", program, at=tmp_path) == (0, f"{shipped}\n")
    (tmp_path / "strategy.yaml").touch()
    assert installed.say("-c", program, at=tmp_path) == (0, f"{tmp_path / 'strategy.yaml'}\n")


def test_without_a_database_the_reason_names_a_command_that_makes_one(installed: Installed, tmp_path: Path):
    code, said = installed.say("-m", "strategy", "export", "status-report", at=tmp_path)
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert "Lag den med «strategy upgrade»" in said


def test_run_serves_the_pages_behind_our_own_headers(served: str, tmp_path: Path):
    with urllib.request.urlopen(served) as page:
        assert "script-src 'self' 'sha256-" in page.headers["content-security-policy"]
        assert b"<title>Strategi</title>" in page.read()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_run_refuses_a_port_that_is_no_number(installed: Installed, tmp_path: Path):
    code, said = installed.say("-m", "strategy", "run", "--port", "åtte", at=tmp_path)
    assert code == 2
    assert "--port: «åtte» er ikke et helt tall." in said


def test_the_installed_pages_look_as_in_a_checkout(served: str, tab: Callable[..., Tab]):
    shown = tab()
    shown.open(served)
    assert "Ingen tiltak er rapportert ennå" in shown.text
    assert shown.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == PAPER
    assert shown.errors == []
