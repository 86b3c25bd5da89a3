"""The throw-away instance the tests run on, made before Django reads its settings (`-p` in pyproject)."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="palabre-test-"))
DATA.chmod(0o711)  # the unprivileged user of the database must be able to pass
for name in [name for name in os.environ if name.startswith("PALABRE_")] + ["DATABASE_URL", "PORT"]:
    os.environ.pop(name, None)
os.environ["PALABRE_DATA"] = str(DATA)


def pytest_configure() -> None:
    """Builds what is served, and starts the database of this run until it ends, however it ends."""
    from palabre.project.database import Cluster

    subprocess.run([sys.executable, "-m", "palabre.project.assets"], check=True)
    cluster = Cluster(DATA, durable=False)
    cluster.start()

    def discard() -> None:
        cluster.leave()
        shutil.rmtree((DATA / "database").resolve(), ignore_errors=True)
        shutil.rmtree(DATA, ignore_errors=True)

    atexit.register(discard)
