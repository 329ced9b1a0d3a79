"""What holds for every test: where browser tests have to run, one that is skipped has failed."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # how long a test takes says nothing about what it shows
settings.load_profile("any machine")

BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What lies in ``tests/browser`` needs a browser."""
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ``AUDIT_CI`` set, as ``.ci/run`` sets it, a skipped test marked ``browser`` is a failure."""
    report = yield
    if os.environ.get("AUDIT_CI") and report.skipped and item.get_closest_marker("browser"):
        why = str(call.excinfo.value) if call.excinfo else "a mark on the test"
        report.outcome = "failed"
        report.longrepr = f"a browser test may not be skipped where AUDIT_CI is set; it was, because of: {why}"
    return report
