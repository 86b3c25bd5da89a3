"""How tests are dealt out to the processes of one run (`-p` in pyproject): `bin/test -n 2` has two.

A file stays together, so that what it prepares is prepared once. Real processes come first and all to one of them, for
two instances that are killed and timed at once would disturb each other. Browsers come last: a browser's loop runs in
the thread of its tests until the process ends.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

FIRST, LAST = "tests/processes/", "tests/browser/"
SINGLY = ("tests/architecture/test_addresses.py",)  # so long that its tests are dealt out one by one


class ByFile(LoadScopeScheduling):
    """Deals out files, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(FIRST):
            return FIRST
        return nodeid if nodeid.startswith(SINGLY) else nodeid.partition("::")[0]


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: (item.nodeid.startswith(LAST), not item.nodeid.startswith(FIRST)))
