"""What an export carries, in words: what people would ask for first, and how much there is besides."""

from collections.abc import Mapping

_ASKED_FOR = (
    ("items", "item"),
    ("revisions", "version"),
    ("comments", "comment"),
    ("files", "file"),
    ("people", "person"),
    ("spaces", "space"),
    ("tags", "tag"),
)
_SEVERAL = {"person": "people"}


def counted(counts: Mapping[str, int]) -> str:
    """`231 items, 270 versions, 29 people and 1,204 rows of 44 other tables`; what there is none of is not told."""
    named = dict(_ASKED_FOR)
    told = [_said(counts[name], word) for name, word in _ASKED_FOR if counts.get(name)]
    rest = [count for name, count in counts.items() if count and name not in named]
    if rest:
        told.append(f"{_said(sum(rest), 'row')} of {_said(len(rest), 'other table')}")
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:]))) or "nothing"


def _said(count: int, word: str) -> str:
    return f"{count:,} {word if count == 1 else _SEVERAL.get(word, f'{word}s')}"
