"""The throw-away instance the tests run on, made before Django reads its settings (`-p` in pyproject).

Each process of a run has one of its own; who only deals out the tests to others starts no database.
"""

import atexit
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


def _folder() -> Path:
    """Of a run; of one of its processes, in there."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        made = Path(os.environ["PALABRE_DATA"]) / worker
        made.mkdir()
    else:
        made = Path(tempfile.mkdtemp(prefix="palabre-test-"))
    made.chmod(0o711)  # the unprivileged user of the database must be able to pass
    return made


DATA = _folder()
for name in [name for name in os.environ if name.startswith("PALABRE_")] + ["DATABASE_URL", "PORT"]:
    os.environ.pop(name, None)
os.environ["PALABRE_DATA"] = str(DATA)
gc.set_threshold(50_000, 20, 50)  # as where pages are served; looking for garbage took a fifth of the time


def pytest_configure(config: Any) -> None:
    """Builds what is served, and starts the database of this process until it ends, however it ends."""
    from palabre.project.cluster import Cluster

    cluster = Cluster(DATA, durable=False)

    def discard() -> None:
        cluster.leave()
        shutil.rmtree((DATA / "database").resolve(), ignore_errors=True)
        shutil.rmtree(DATA, ignore_errors=True)

    atexit.register(discard)
    config.add_cleanup(discard)  # a process of a run ends without a last word
    if not hasattr(config, "workerinput"):
        subprocess.run([sys.executable, "-m", "palabre.project.assets"], check=True)
    if config.getoption("dist", "no") == "no" or hasattr(config, "workerinput"):
        cluster.start()


def pytest_collection_finish() -> None:
    """What has been loaded stays, and is looked through no more."""
    gc.collect()
    gc.freeze()


def pytest_sessionstart() -> None:
    """Each client of a test sets up the whole chain of a request; files served are read from the disk for the first."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    read, known = WhiteNoiseMiddleware.update_files_dictionary, {}

    def remember(served: Any, root: str, prefix: str) -> None:
        if (root, prefix) not in known:
            read(served, root, prefix)
            known[root, prefix] = dict(served.files)
        served.files.update(known[root, prefix])

    WhiteNoiseMiddleware.update_files_dictionary = remember
