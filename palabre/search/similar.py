"""What there is already that says what somebody is about to write: by its words and their stems, closed or not.

Of the text at hand the title counts whole, the rest by the words it says most. As many of them as a share of the title
must be found, so that two texts which only have a word in common are not called alike. The items of the kind that is
written come first.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from palabre.items import kinds
from palabre.items.models import State
from palabre.kit.clock import now
from palabre.search import analysis, house, retrieval
from palabre.search.asking import Result, look
from palabre.search.passages import Marker
from palabre.search.plan import Asked
from palabre.search.query import And, Word

TITLE, TEXT = 12, 12  # words that are looked for, at most
SHARE = 0.4  # of the words of a title that what is alike holds
LONGEST = 20_000  # characters of a text that are read
SHOWN, LOOKED_AT = 5, 40

_WORD = re.compile(r"[^\W\d_]{2,}")


def similar(person: Any, kind: str, title: str, text: str = "", without: int | None = None) -> list[Result]:
    """Items that `person` may read and that say the like, those of the kind first; none without a title."""
    titled = _weighty(title, TITLE)
    snapshot = house.shelf().snapshot()
    if not titled or snapshot is None:
        return []
    words = list(dict.fromkeys([*titled, *_most(text)]))
    searcher, position = snapshot
    tree = And(tuple(Word(word) for word in words))
    least = min(len(words), max(2, math.ceil(len(titled) * SHARE)))
    asked = Asked(tree, now=now())
    looked = look(person, position, lambda reach: retrieval.alike(searcher, asked, least, reach), LOOKED_AT)
    others = [
        each for each in looked.results(Marker.of(tree)) if each.item.pk != without and not each.item.kind_of.apart
    ]
    return sorted(others, key=lambda result: result.item.kind != kind)[:SHOWN]


def with_words(results: Sequence[Result]) -> list[tuple[Result, str]]:
    """Each with what its kind says of it, or that it is over: one query for each kind that says something."""
    said = {each.item.pk: str(each.item.get_state_display()) for each in results if each.item.state != State.PUBLISHED}
    said |= kinds.in_few_words(each.item for each in results)
    return [(each, said.get(each.item.pk, "")) for each in results]


def _weighty(text: str, most: int) -> list[str]:
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text))
    return [word for word in words if not all(analysis.is_small(piece) for piece in analysis.pieces(word))][:most]


def _most(text: str) -> list[str]:
    """The words that a text says most, the first of equals."""
    said = Counter(word.lower() for word in _WORD.findall(text[:LONGEST]))
    words = [word for word, _number in said.most_common(TEXT * 4)]
    return _weighty(" ".join(words), TEXT)
