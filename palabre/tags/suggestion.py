"""Which tags a text calls for: words it uses that are tags already, and tags that go with those it has.

Pure: the caller passes a vocabulary that its reader may see, so nothing hidden can be suggested.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from palabre.tags.keys import fold

_WORD = re.compile(r"[^\W_]+")
_LONGEST_PHRASE = 4


def phrases(text: str) -> Counter[str]:
    """Every run of one to four words of `text`, keyed as tags are, with how often it stands there."""
    words = [word for found in _WORD.findall(text) if (word := fold(found))]
    counted: Counter[str] = Counter()
    for length in range(1, _LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            counted["-".join(words[start : start + length])] += 1
    return counted


def _forms(key: str) -> tuple[str, ...]:
    """A tag is recognised in its plural, or its singular, in both languages."""
    return (key, key + "s", key[:-1]) if key.endswith("s") and len(key) > 4 else (key, key + "s", key + "x")


def for_text(
    text: str,
    vocabulary: Mapping[str, int],
    together: Mapping[str, Mapping[str, int]] | None = None,
    present: Iterable[str] = (),
    limit: int = 6,
) -> list[str]:
    """Keys of `vocabulary` (key → uses) that fit `text`, best first, none of those already `present`.

    A tag the text names scores 1 + ln(occurrences), more when it is rare; one that goes with a tag present or
    named (`together`: key → key → items that bear both) scores by the share of that tag's uses.
    """
    taken = set(present)
    said = phrases(text)
    total = sum(vocabulary.values()) or 1
    scores: Counter[str] = Counter()
    for key, uses in vocabulary.items():
        times = max((said[form] for form in _forms(key)), default=0)
        if times:
            rarity = math.log(1 + total / max(uses, 1))
            scores[key] = (1 + math.log(times)) * rarity * (1 + key.count("-"))  # type: ignore[assignment]
    for anchor in taken | {key for key, _ in scores.most_common(3)}:
        for key, both in (together or {}).get(anchor, {}).items():
            if key in vocabulary:
                scores[key] += both / max(vocabulary.get(anchor, both), 1)  # type: ignore[assignment]
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return [key for key, _ in ranked if key not in taken][:limit]
