"""Whoever carries what is to be done later knows all of it: a task that it does not know is lost without a word."""

import os
import re
import subprocess
import sys

from palabre.project.assets import ROOT

KNOWN = """
import django
django.setup()
from procrastinate.contrib.django import app
app.perform_import_paths()
print(*app.tasks, sep="\\n")
"""


def test_a_worker_that_has_just_started_knows_every_task():
    written = {
        name
        for path in ROOT.glob("palabre/**/*.py")
        for name in re.findall(r"@app\.task\(\s*name=\"([^\"]+)\"", path.read_text())
    }
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "palabre.project.settings"}
    known = subprocess.run(
        [sys.executable, "-c", KNOWN], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert {"mail.answers.say", "mail.letter"} <= written
    assert written - set(known) == set()
