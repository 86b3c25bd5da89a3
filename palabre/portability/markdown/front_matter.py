"""Front matter: what a page says about itself before it begins, in YAML (`---`), TOML (`+++`) or JSON (`{`).

Keys differ from one tool to the next and values are whatever people typed; here they become what an item needs.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import yaml

from palabre.portability.markdown.moments import LONGEST as LONGEST_DATE
from palabre.portability.markdown.moments import moment

LONGEST = 64 * 1024
_FENCED = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SAYS_OF_A_PAGE = {"title", "date", "tags", "draft", "slug", "description", "author", "lastmod"}
_ALIASES = re.compile(r"(?:^|[\s\[{,:])[*&<][\w<]", re.MULTILINE)
_REFERRING = ("*", "&", "!")  # as YAML names another value, or a type of its own: no words of anybody
_KEYED = re.compile(r"^(?=[A-Za-z_][\w-]*[ \t]*:)", re.MULTILINE)
_CREATED = ("date", "created", "created_at", "published", "publishdate", "publish_date")
_UPDATED = ("updated", "lastmod", "last_modified_at", "last_modified", "modified", "updated_at")
_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")


class _WithoutAliases(yaml.SafeLoader):
    """YAML in which nothing repeats by reference: that is how ten lines become ten gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references (*name) are not read")
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an importer understands of a front matter; everything else is left aside."""

    title: str = ""
    author: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    language: str = ""
    weight: float | None = None
    draft: bool = False
    trouble: str = ""


def split(text: str) -> tuple[FrontMatter, str]:
    """The front matter of a page and the rest of it; what cannot be read is said in `trouble`."""
    found = _FENCED.match(text)
    if not found:
        return _split_json(text) if text.startswith("{") else (FrontMatter(), text)
    rest = text[found.end() :]
    if len(found[2]) > LONGEST:
        return FrontMatter(trouble="front matter too long"), rest
    try:
        said = tomllib.loads(found[2]) if found[1] == "+++" else _yaml(found[2])
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        problem = getattr(error, "problem", None) or str(error).split("\n")[0] or type(error).__name__
        trouble = f"front matter not understood: {problem}"
        return replace(_understood(_line_by_line(found[2]) if found[1] == "---" else {}), trouble=trouble), rest
    if said is None:
        return FrontMatter(), rest
    if not isinstance(said, dict):
        # A page may begin with a line between two rules; that is text, not data.
        return FrontMatter(), text
    return _understood(said), rest


def _split_json(text: str) -> tuple[FrontMatter, str]:
    """As `split`, for an object before the text; one that says nothing of a page is text itself."""
    try:
        said, end = json.JSONDecoder().raw_decode(text[:LONGEST])
    except (ValueError, RecursionError):
        return FrontMatter(), text
    line, _, rest = text[end:].partition("\n")
    if line.strip() or not _SAYS_OF_A_PAGE & {key.lower() for key in said}:
        return FrontMatter(), text
    return _understood(said), rest


def _line_by_line(source: str) -> dict[str, Any]:
    """What is no YAML as a whole: each key with its own value, or with the words that stand behind it, if any do."""
    said: dict[str, Any] = {}
    for block in _KEYED.split(source):
        key, colon, words = block.partition(":")
        try:
            value = _yaml(block)
        except (yaml.YAMLError, ValueError, RecursionError):
            line = words.split("\n")[0].strip().strip("\"'")
            value = {} if line.startswith(_REFERRING) else {key: line}
        if colon and isinstance(value, dict):
            said |= value
    return said


def _yaml(source: str) -> Any:
    loader = _WithoutAliases if _ALIASES.search(source) else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(source, Loader=loader)  # noqa: S506 (both loaders are safe ones)


def _understood(keyed: dict[str, Any]) -> FrontMatter:
    within = keyed.get("taxonomies")  # where Zola has the tags
    keyed = {**within, **keyed} if isinstance(within, dict) else keyed
    said = {str(key).strip().lower(): value for key, value in keyed.items()}
    (created, unread), (updated, unread_too) = _dated(said, *_CREATED), _dated(said, *_UPDATED)
    names = tuple(dict.fromkeys((*_words(said, "aliases", "alias"), *_words(said, "slug", "permalink", "url", "id"))))
    return FrontMatter(
        title=_one(said, "title", "name"),
        author=_one(said, "author", "authors", "by", "creator"),
        created=created,
        updated=updated,
        tags=tuple(dict.fromkeys(_tag(word) for word in _words(said, "tags", "tag") if _tag(word))),
        aliases=tuple(name for name in _words(said, "aliases", "alias") if "/" not in name),
        addresses=tuple(name for name in names if "/" in name or name not in _words(said, "aliases", "alias")),
        language=_language(_one(said, "lang", "language", "locale")),
        weight=_number(said, "weight", "sidebar_position", "nav_order", "order", "position"),
        draft=said.get("draft") is True or said.get("published") is False,
        trouble=f"date not understood: {(unread or unread_too)[:LONGEST_DATE]}" if unread or unread_too else "",
    )


def _scalars(value: Any) -> Iterator[str]:
    """The plain words of a value, of a list of them, or of `{name: …}` as some tools write authors."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            each = each.get("name") or each.get("email")
        if isinstance(each, str | int | float | date) and not isinstance(each, bool):
            yield " ".join(_UNSPEAKABLE.sub(" ", str(each)).split())


def _one(said: dict[str, Any], *keys: str) -> str:
    return next((word for key in keys for word in _scalars(said.get(key)) if word), "")


def _words(said: dict[str, Any], *keys: str) -> tuple[str, ...]:
    """A list, or the words of a line separated by commas."""
    found: list[str] = []
    for key in keys:
        value = said.get(key)
        parts = next(_scalars(value)).split(",") if isinstance(value, str) else list(_scalars(value))
        found += [part.strip() for part in parts if part.strip()]
    return tuple(dict.fromkeys(found))


def _tag(word: str) -> str:
    return word.lstrip("#").strip().replace("/", "-")[:60]


def _language(word: str) -> str:
    code = re.split(r"[-_]", word.lower())[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def _number(said: dict[str, Any], *keys: str) -> float | None:
    return next((float(word) for key in keys for word in _scalars(said.get(key)) if _NUMBER.match(word)), None)


def _dated(said: dict[str, Any], *keys: str) -> tuple[datetime | None, str]:
    """The first moment that one of the keys tells, and what was written where there is one that tells none."""
    unread = ""
    for value in map(said.get, keys):
        if told := moment(value):
            return told, ""
        unread = unread or next(_scalars(value), "")
    return None, unread
