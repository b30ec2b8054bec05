"""What every test can ask for."""

import pytest
from hypothesis import settings

pytest_plugins = ["tests.databases", "tests.servers"]

settings.register_profile("strategy", deadline=None)  # a slow machine is not a failure
settings.register_profile("long", deadline=None, max_examples=10_000)
settings.load_profile("strategy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
