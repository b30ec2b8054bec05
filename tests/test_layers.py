"""Who may import whom, as the tables of `docs/architecture.md` say."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def _rows(heading: str) -> list[tuple[list[str], list[str]]]:
    """The table in `docs/architecture.md` with that heading: what is between backticks in each cell."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    _before, _heading, after = text.partition(f"{heading}\n|---|---|\n")
    lines = takewhile(lambda line: line.startswith("|"), after.splitlines())
    cells = ([re.findall(r"`([^`]+)`", cell) for cell in line.split("|")[1:3]] for line in lines)
    return [(first, second) for first, second in cells]


ORDER = [module for _layer, modules in _rows("| | modules |") for module in modules]
"""A module imports only from modules before its own; a package counts as one module."""

FOREIGN: dict[str, set[str]] = {}
"""Which modules know each library, or one name of it; one that is not here is known by none."""
for libraries, knowing in _rows("| library | known by |"):
    FOREIGN |= {library: {*knowing} for library in libraries}

FILES = [*sorted((ROOT / "strategy").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]


def module_of(file: Path) -> str:
    first, *rest = file.relative_to(ROOT).with_suffix("").parts
    return rest[0] if first == "strategy" else first


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def imports(file: Path) -> Iterator[tuple[str, str]]:
    """Each import as (module, name), name empty for a plain `import`."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            yield from ((node.module or "", alias.name) for alias in node.names)


def own_imports(file: Path) -> set[str]:
    found = set()
    for module, name in imports(file):
        if module == "strategy" and name != "__version__":
            found.add(name)
        elif module.startswith("strategy."):
            found.add(module.split(".")[1])
    return found - {module_of(file)}


def foreign_imports(file: Path) -> set[tuple[str, str]]:
    found = {(module.split(".")[0], name) for module, name in imports(file)}
    return {pair for pair in found if pair[0] not in sys.stdlib_module_names | {"strategy"}}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_imports_only_from_those_before_it(file: Path):
    module = module_of(file)
    if module == "__init__":
        assert not own_imports(file)
        return
    assert module in ORDER, "give the new module its place in docs/architecture.md"
    before = set(ORDER[: ORDER.index(module)])
    assert own_imports(file) <= before


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_foreign_library_is_known_only_where_it_belongs(file: Path):
    module = module_of(file)
    for library, name in foreign_imports(file):
        knowing = FOREIGN.get(library, set()) | FOREIGN.get(f"{library}.{name}", set())
        assert module in knowing, f"{module} imports {name} of {library}"


def test_the_tables_name_every_module_once_and_none_that_is_not_there():
    assert len(ORDER) == len(set(ORDER))
    assert {module_of(file) for file in FILES} - {"__init__"} == set(ORDER)
    used = {(library, module_of(file)) for file in FILES for library, _name in foreign_imports(file)}
    named = {
        (library.partition(".")[0], module) for library, knowing in FOREIGN.items() for module in knowing
    }
    assert named == used


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_public_function_says_what_it_is_for(file: Path):
    public = [
        node
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not node.decorator_list  # a command or a reader has its sentence there
    ]
    silent = [node.name for node in public if not ast.get_docstring(node)]
    assert silent == [] or module_of(file) == "migrations"
    assert ast.get_docstring(tree(file)) or not tree(file).body


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_function_takes_more_than_seven_things(file: Path):
    """What goes together is one value, as `record.By`; a command's parameters are its options."""
    functions = (n for n in ast.walk(tree(file)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    many = [
        f.name for f in functions if _taken(f) > 7 and not (module_of(file) == "cli" and f.decorator_list)
    ]
    assert many == []


def _taken(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    args = function.args
    return len([*args.posonlyargs, *args.args, *args.kwonlyargs])


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_html_or_script_of_ours_reaches_the_browser(file: Path):
    text = file.read_text("utf-8")
    assert [
        word for word in ("unsafe_allow_", "st.html", "components.v1", "eval(", "pickle") if word in text
    ] == []
