"""Measure everything and print one table: `python -m bench`, or `--quick` for about two minutes."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import machine, report, stage, table
from bench.parts import PARTS
from bench.table import Section


def main() -> None:
    """Exit code 1 when an error was met while measuring; a missed target is only said."""
    given = _arguments()
    before = machine.load_average()
    with _folder(given.folder) as folder:
        found = _measured(folder, given)
    head = machine.described(given.seed, before, quick=given.quick)
    print("\n".join(head), table.plain(found), table.summary(found), sep="\n\n")
    if given.write:
        report.write(head, found)
    sys.exit(0 if table.without_errors(found) else 1)


def _measured(folder: Path, given: argparse.Namespace) -> list[Section]:
    found: list[Section] = []
    extent = stage.QUICK if given.quick else stage.SHARED if given.shared else stage.FULL
    print("making the example and its enlargements …", file=sys.stderr)
    with stage.staged(folder, given.port, extent, given.seed) as standing:
        for name in given.only or PARTS:
            print(f"{name} …", file=sys.stderr)
            sections = PARTS[name](standing)
            found += [sections] if isinstance(sections, Section) else sections
    return found


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """A temporary folder, or one that keeps its databases for the next run."""
    if kept is None:
        with tempfile.TemporaryDirectory(prefix="bench-") as made:
            yield Path(made)
    else:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="about two minutes: fewer runs, 10 × the plan at most"
    )
    parser.add_argument(
        "--shared", action="store_true", help="under load all pages share one: half an hour, not two"
    )
    parser.add_argument("--write", action="store_true", help="also put the table into docs/performance.md")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), help="only these parts")
    parser.add_argument("--seed", type=int, default=2026, help="the order of the measurements")
    parser.add_argument("--port", type=int, default=8730, help="the first of seven free ports")
    parser.add_argument("--folder", type=Path, help="keep the databases here and use them again")
    return parser.parse_args()


if __name__ == "__main__":
    main()
