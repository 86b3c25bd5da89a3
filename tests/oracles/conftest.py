"""Left out where the oracles are not installed, which is everywhere but in `bin/oracles`."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("pref_voting") and find_spec("pabutools") else ["test_*.py"]
