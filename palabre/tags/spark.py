"""The line of a spark: a few numbers drawn as a tendency, in the box of the design system (74 by 22)."""

from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 74.0, 22.0, 2.0


def points(numbers: Sequence[int]) -> list[tuple[float, float]]:
    """Where the line passes, left to right, the largest number at the top."""
    if not numbers:
        return []
    highest = max(numbers) or 1
    step = (WIDTH - 3.0) / max(len(numbers) - 1, 1)
    room = HEIGHT - 2 * MARGIN
    return [
        (round(1 + index * step, 1), round(HEIGHT - MARGIN - room * number / highest, 1))
        for index, number in enumerate(numbers)
    ]
