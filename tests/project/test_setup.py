"""`bin/setup` begins anew where it was interrupted, and says what the machine lacks."""

import os
import shutil
import subprocess
import sys

from django.conf import settings


def test_a_venv_without_pip_is_made_anew_and_what_it_lacks_is_named(tmp_path):
    (tmp_path / "bin").mkdir()
    shutil.copy(settings.BASE / "bin" / "setup", tmp_path / "bin")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\n[ "$1" = -m ] || exec "{sys.executable}" "$@"\necho "asked: $*"\nexit 1\n')
    python.chmod(0o755)
    environment = os.environ | {"PYTHON": str(python)}
    done = subprocess.run([tmp_path / "bin/setup"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "asked: -m venv --clear .venv\n")
    assert "install python3.11-venv" in done.stderr
    assert len(done.stderr.splitlines()) == 1
