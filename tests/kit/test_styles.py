"""Styles are of what pages show: none is carried for nothing."""

import re

from palabre.kit import html
from palabre.kit.styles import PACKAGE, sources
from palabre.project.assets import FONTS

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STYLED = re.compile(r"\.([a-z][a-z0-9-]*)\b(?![^{};]*;)")
IN_ATTRIBUTES = re.compile(r"""\bclass(?:Name)? ?= ?["'`]((?:[^"'`{]|\{\{.*?\}\}|\{%.*?%\}|\{.*?\})*)""")
IN_BLOCKS = re.compile(r"\{% block main_class %\}\s*([a-z -]+)\s*\{%")
IN_QUOTES = re.compile(r"""["'`]([a-z][a-z0-9 -]*)["'`]""")
SIGNS = re.compile(r"\{% (?:avatar|icon|byline) .*?%\}")
WORD = re.compile(r"(?<![\w-])[a-z][a-z0-9-]*(?![\w-])")
OF_HTMX = {"htmx-request"}


def named() -> set[str]:
    """The words that templates, code and texts may give as classes; a few more, but never less."""
    found = OF_HTMX.union(*html.CLASSES.values())
    for path in (path for kind in ("html", "py", "js") for path in PACKAGE.rglob(f"*.{kind}")):
        text = path.read_text()
        found |= {
            word
            for written in [*IN_ATTRIBUTES.findall(text), *IN_BLOCKS.findall(text)]
            for word in WORD.findall(written)
        }
        found |= {word + "#" for word in re.findall(r"\b([a-z]+)(?=\{)", text)}  # with a number: `w{{ tag.size }}`
        quoting = "".join(SIGNS.findall(text)) if path.suffix == ".html" else text
        found |= {word for words in IN_QUOTES.findall(quoting) for word in words.split()}
    return found


def test_no_class_is_styled_that_nobody_names():
    styled = {name for path in sources() for name in STYLED.findall(COMMENT.sub("", path.read_text()))}
    known = named()
    assert {name for name in styled - known if re.sub(r"\d+$", "#", name) not in known} == set()


def test_every_font_that_is_built_is_named_and_no_other():
    text = "\n".join(path.read_text() for path in sources())
    built = {f"{family}-{cut}" for family, cuts in FONTS.items() for cut in cuts}
    assert set(re.findall(r"fonts/([\w-]+)\.woff2", text)) == built


def test_no_two_rooms_dress_the_same_class():
    """All rooms share one sheet: a name that two of them take looks in each like both."""
    dressed: dict[str, set[str]] = {}
    for path in sources():
        for name in re.findall(r"^  \.([\w-]+)(?=[ ,:])", path.read_text(), re.MULTILINE):
            dressed.setdefault(name, set()).add(path.relative_to(PACKAGE).parts[0])
    assert {name: rooms for name, rooms in dressed.items() if len(rooms) > 1 and "kit" not in rooms} == {}
