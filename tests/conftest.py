"""What every test can ask for."""

import atexit
import os
import shutil
import tempfile

import pytest
from hypothesis import settings

_KEYS = tempfile.mkdtemp(prefix="keys-")
atexit.register(shutil.rmtree, _KEYS, ignore_errors=True)
os.environ["STRATEGY_KEY_FILE"] = os.path.join(_KEYS, "key")  # else PostgreSQL's would be among our own data

pytest_plugins = ["tests.databases", "tests.servers"]

settings.register_profile("strategy", deadline=None, max_examples=50)  # a slow machine is not a failure
settings.register_profile("long", deadline=None, max_examples=10_000)
settings.load_profile("strategy")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that `-m "not browser"` leaves it out, and begin with it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    driving = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: (item.path.name != "test_browser.py", item.path not in driving))
