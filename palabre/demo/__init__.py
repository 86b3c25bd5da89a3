"""The demo world: an invented company with its people, spaces and writings, to look at and to test with.

`build()` makes all of it in an instance that has nobody yet; the cast alone (people, organisations, spaces) is
`cast.build()`. What is said is in `world/`, who says it in `cast.py`.
"""

from typing import Any


def build() -> Any:
    """Builds the whole demo world, or finds it where it stands; returns the cast."""
    from palabre.demo import building

    return building.build()
