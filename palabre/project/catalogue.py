"""The French of the interface: one catalogue in each room, English being what the code says.

`update` gathers the messages of every room from its Python and its templates, `compile` writes what gettext
reads, `check` lists whatever has no good French yet. Babel does it, so no system package is needed.

    python -m palabre.project.catalogue update [ROOM ...] | compile | check
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGE = "fr"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "did": (1, 1),  # journal.verbs
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Dates and tools in a header make every merge a conflict and tell nobody anything.
IDLE_HEADER = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|'
    rb"Project-Id-Version|Report-Msgid-Bugs-To):.*\n",
    re.MULTILINE,
)
# French puts an unbreakable space before high punctuation and within its own quotation marks.
BREAKABLE = re.compile(r" [;:?!»]|« |[^\s\d/<\u00a0\u202f][?!](?![\w=\"'&#])(?=\s|$)")


def rooms() -> list[Path]:
    """The rooms: every folder of the package that is itself a package."""
    return sorted(folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def catalogue_of(room: Path) -> Path:
    return room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def extracted(room: Path) -> Catalog:
    """Every message of a room, with the files it comes from (no line numbers: they only make differences)."""
    catalog = Catalog(locale=LANGUAGE, charset="utf-8")
    for path in sorted(room.rglob("*")):
        if path.suffix == ".py":
            found = extract_from_file("python", str(path), KEYWORDS, comment_tags=("Translators:",))
        elif path.suffix in {".html", ".txt", ".xml"} and "templates" in path.parts:
            found = _extract_template(path)
        else:
            continue
        place = path.relative_to(room).as_posix()
        for _line, message, comments, context in found:
            catalog.add(message, locations=[(place, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return catalog


def _extract_template(path: Path) -> list[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    from django.utils.translation.template import templatize

    # What is between the tags comes out as X's, whose indentation would upset the Python tokenizer.
    flat = "\n".join(line.strip() for line in templatize(path.read_text("utf-8")).splitlines())
    return list(extract("python", BytesIO(flat.encode()), KEYWORDS, comment_tags=("Translators:",)))


def known(room: Path) -> Catalog:
    path = catalogue_of(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, charset="utf-8")


def update(*names: str) -> None:
    """Brings the catalogues of these rooms (of all) up to date with what they say; keeps what is translated."""
    for room in rooms():
        if names and room.name not in names:
            continue
        path, catalog, messages = catalogue_of(room), known(room), extracted(room)
        if not len(messages):
            path.unlink(missing_ok=True)
            continue
        catalog.update(messages, no_fuzzy_matching=True, update_header_comment=False)
        catalog.header_comment = f"# The French of palabre/{room.name}."
        catalog.fuzzy = False
        catalog.obsolete.clear()
        written = BytesIO()
        write_po(written, catalog, width=110, sort_output=True, include_lineno=False)
        content = IDLE_HEADER.sub(b"", written.getvalue())
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def compile_all() -> None:
    """Writes the .mo beside each .po."""
    for room in rooms():
        path = catalogue_of(room)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, known(room))


def faults(room: Path) -> Iterator[str]:
    """One line for each message of a room without French, left fuzzy, or against French typography."""
    french = known(room)
    for message in extracted(room):
        if not message.id:
            continue
        translation = french.get(_id(message), message.context)
        if translation is None or not all(_strings(translation)):
            yield f"{room.name}: no French for {_id(message)!r}"
        elif translation.fuzzy:
            yield f"{room.name}: fuzzy French for {_id(message)!r}"
        else:
            for string in filter(BREAKABLE.search, _strings(translation)):
                yield f"{room.name}: needs an unbreakable space: {string!r}"


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update", *names]:
            update(*names)
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = [fault for room in rooms() for fault in faults(room)]
            sys.stderr.write("".join(f"{fault}\n" for fault in found))
            return int(bool(found))
        case _:
            sys.stderr.write(__doc__ or "")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
