"""More words of an item: what powers know that search should find (comments, texts of files, tags)."""

from collections.abc import Callable, Sequence

Words = Callable[[Sequence[int]], dict[int, str]]

_sources: dict[str, Words] = {}


def more_words(field: str) -> Callable[[Words], Words]:
    """`@more_words("comments")` on a function from item keys to their further words, one query for all."""

    def register(source: Words) -> Words:
        _sources[field] = source
        return source

    return register


def of(items: Sequence[int]) -> dict[str, dict[int, str]]:
    """For each field that a room offers, the words of each of these items that has some."""
    return {field: source(items) for field, source in _sources.items()}
