"""With CI=true a skip is a failure: everything must run there, and a skip hides that something did not."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no failure: timings belong in the benchmark.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

SKIPS_FAIL = os.environ.get("CI") == "true"

# Commands and pages that tests start, also in processes of their own, keep nothing in the project.
os.environ["MIC_DATA_DIR"] = tempfile.mkdtemp(prefix="mic-test-data-")
atexit.register(shutil.rmtree, os.environ["MIC_DATA_DIR"], ignore_errors=True)


def as_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turns a skip into a failure that gives the skip's reason. An expected failure stays one."""
    if not (SKIPS_FAIL and report.skipped) or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid}: skipped, which CI=true does not allow: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    as_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    as_failure(report)
    return report
