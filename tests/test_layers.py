"""Who may import whom: `docs/architecture.md` in the form of a list."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ORDER = (
    "errors", "i18n", "config", "dates", "terms", "values", "texts", "links", "chrome", "assets",
    "things", "access", "tables", "document",
    "database", "changes", "migrations", "backup",
    "snapshot",
    "history", "record", "sync", "workbook",
    "progress", "people", "indicators", "checks", "meetings", "desk", "wheel", "wording", "since",
    "example", "startup", "current", "reminders",
    "palette", "charts", "exports",
    "mail", "ui", "update_page", "hosts", "web", "cli", "__main__",
    "pages", "app",
)  # fmt: skip
"""A module imports only from modules before its own; a package counts as one module."""

DATABASE = {"database", "changes", "migrations", "backup", "snapshot", "history", "record", "sync", "example"}
FOREIGN = {
    "yaml": {"document"},
    "pydantic": {"document"},
    "pydantic_core": {"document"},
    "sqlalchemy": DATABASE | {"tables"},
    "sqlmodel": DATABASE | {"tables", "startup", "workbook", "current", "mail", "exports", "ui", "cli"},
    "alembic": {"database", "migrations"},
    "babel": {"i18n", "dates"},
    "plotly": {"charts"},
    "docx": {"exports"},
    "lxml": {"exports"},
    "vl_convert": {"exports"},
    "typst": {"exports"},
    "xlsxwriter": {"exports"},
    "openpyxl": {"workbook"},
    "streamlit": {"ui", "pages", "app"},
    "icalendar": {"exports"},
    "starlette": {"web", "update_page", "hosts"},
    "jinja2": {"update_page"},
    "itsdangerous": {"links"},
    "typer": {"cli"},
}
"""Which modules know each library; one that is not here is known by none."""

SESSION_ONLY = {"startup", "workbook", "current", "mail", "exports", "ui", "cli"}
"""They hand a session on; what is in it is none of their business."""

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
    assert module in ORDER, "give the new module its place in ORDER"
    before = set(ORDER[: ORDER.index(module)])
    assert own_imports(file) <= before


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_foreign_library_is_known_only_where_it_belongs(file: Path):
    module = module_of(file)
    for library, name in foreign_imports(file):
        assert module in FOREIGN.get(library, set()), f"{module} imports {library}"
        if library == "sqlmodel" and module in SESSION_ONLY:
            assert name == "Session"


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
def test_no_html_or_script_of_ours_reaches_the_browser(file: Path):
    text = file.read_text("utf-8")
    assert [
        word for word in ("unsafe_allow_", "st.html", "components.v1", "eval(", "pickle") if word in text
    ] == []
