"""The floors, read from where the import linter reads them, so that there is one plan of the house."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def floors() -> dict[str, int]:
    """Room → floor; a room may lean on itself and on rooms of smaller number."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    plan = {}
    for floor, layer in enumerate(reversed(layers)):
        for room in layer.replace(":", "|").split("|"):
            plan[room.strip()] = floor
    return plan


FLOORS = floors()


def leans_down(room: str, other: str) -> bool:
    """Whether `room` may lean on `other`; names that are no rooms are always allowed."""
    if other not in FLOORS or room == other:
        return True
    return FLOORS[other] < FLOORS[room]
