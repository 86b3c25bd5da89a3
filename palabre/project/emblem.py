"""The emblem as pictures of fixed sizes, which systems ask of an application; drawn from the one logo at build time."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageDraw

SVG = "{http://www.w3.org/2000/svg}"
BOX = 32  # the side of the logo's own square
FINE = 4  # drawn so many times larger, then made smaller, which smooths the edges
STEPS = 24  # of each curve
GREEN, PAPER, CLEAR = (39, 90, 58, 255), (253, 249, 243, 255), (0, 0, 0, 0)

Point = tuple[float, float]


def draw(logo: Path, folder: Path) -> None:
    """Writes the icons of the application into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in (192, 512):
        _emblem(logo, size, 0.74, PAPER, GREEN, corner=0.22).save(folder / f"icon-{size}.png", optimize=True)
    # Systems cut what they call maskable to a circle of four fifths: the emblem stays well inside.
    _emblem(logo, 512, 0.56, PAPER, GREEN).save(folder / "maskable-512.png", optimize=True)
    _emblem(logo, 180, 0.7, PAPER, GREEN).convert("RGB").save(folder / "apple-180.png", optimize=True)
    _emblem(logo, 96, 0.92, (255, 255, 255, 255), CLEAR).save(folder / "badge-96.png", optimize=True)


def _emblem(
    logo: Path, size: int, share: float, ink: tuple[int, ...], ground: tuple[int, ...], corner: float = 0
) -> Image.Image:
    """The logo in one colour on another, filling a share of the square; its eyes show the ground."""
    side = size * FINE
    image = Image.new("RGBA", (side, side), CLEAR)
    pen = ImageDraw.Draw(image)
    if ground != CLEAR:
        pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=corner * side, fill=ground)
    scale = side * share / BOX
    shift = (side - BOX * scale) / 2
    root = ElementTree.parse(logo).getroot()  # noqa: S314
    for path in root.iter(f"{SVG}path"):
        pen.polygon([(x * scale + shift, y * scale + shift) for x, y in outline(path.get("d", ""))], fill=ink)
    for eye in root.iter(f"{SVG}circle"):
        x, y, r = (float(eye.get(name, 0)) * scale for name in ("cx", "cy", "r"))
        pen.ellipse((x - r + shift, y - r + shift, x + r + shift, y + r + shift), fill=ground)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def outline(path: str) -> list[Point]:
    """The points of an SVG path of one piece, its cubic curves (C, c, s) cut into short lines; knows M, H, h and Z too.

    >>> outline("M1 2h3H6Z")
    [(1.0, 2.0), (4.0, 2.0), (6.0, 2.0)]
    """
    points: list[Point] = []
    here, mirror = (0.0, 0.0), (0.0, 0.0)
    for command, said in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", said)]
        if command == "M":
            here = mirror = numbers[0], numbers[1]
            points.append(here)
        elif command in "Hh":
            here = mirror = (numbers[0] + (here[0] if command == "h" else 0), here[1])
            points.append(here)
        elif command in "Ccs":
            width = 4 if command == "s" else 6
            for start in range(0, len(numbers), width):
                base = here if command.islower() else (0.0, 0.0)
                some = [(numbers[i] + base[0], numbers[i + 1] + base[1]) for i in range(start, start + width, 2)]
                first = (2 * here[0] - mirror[0], 2 * here[1] - mirror[1]) if command == "s" else some.pop(0)
                second, end = some
                points += _curve(here, first, second, end)
                here, mirror = end, second
        elif command not in "Zz":
            raise ValueError(f"The logo uses {command}, which is not drawn here")
    return points


def _curve(a: Point, b: Point, c: Point, d: Point) -> Iterator[Point]:
    for step in range(1, STEPS + 1):
        t = step / STEPS
        parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        yield tuple(sum(k * p[axis] for k, p in zip(parts, (a, b, c, d), strict=True)) for axis in (0, 1))  # type: ignore[misc]
