"""The build: what it makes, and that it does nothing when there is nothing to do."""

import doctest
import json
import re
import resource
import subprocess
import sys

from palabre.project import assets


def test_the_lock_file_pins_every_package_and_holds_no_address() -> None:
    lock = json.loads((assets.ROOT / "package-lock.json").read_text())
    packages = [package for name, package in lock["packages"].items() if name]
    assert packages
    assert all(package["integrity"] and "resolved" not in package for package in packages)


def children_time() -> float:
    """Seconds that the processor has spent on commands begun here, whatever else it does."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def test_a_second_build_changes_nothing_and_takes_no_time() -> None:
    subprocess.run([sys.executable, "-m", "palabre.project.assets"], cwd=assets.ROOT, check=True)
    spent = children_time()
    again = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "palabre.project.assets"],
        cwd=assets.ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert children_time() - spent < 0.5
    assert "| django" not in again.stderr


def test_every_listed_icon_is_in_the_sprite_and_no_other() -> None:
    sprite = (assets.STATIC / "kit" / "icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    ours = set(re.findall(r'<symbol id="([^"]+)"', (assets.PACKAGE / "kit" / "drawings.svg").read_text()))
    assert drawn - ours == set(assets.icon_names())


def test_minifying_keeps_strings_and_selectors() -> None:
    assert doctest.testmod(assets).failed == 0
    assert assets.minified("a { b: c; }  .d .e , f { g: '}  ;' }") == "a{b: c}.d .e,f{g: '}  ;'}"


def test_every_font_the_styles_name_is_built() -> None:
    styles = (assets.STATIC / "kit" / "css" / "bundle" / "palabre.css").read_text()
    named = re.findall(r"url\([^)]*?fonts/([^)]+)\)", styles)
    assert named
    assert all((assets.STATIC / "fonts" / name).exists() for name in named)
