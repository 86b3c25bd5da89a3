"""What many short texts are about: those that share a word stand together, the word that most share first.

No model and no number of themes to choose: the word that most texts share makes a theme, then the one that most of the
others share, until no word is shared by enough. Whoever reads it sees why a text stands where it does. Words are
compared by their beginning, accents aside, so that plurals and most endings fall together; words that say nothing by
themselves are left out, in French and in English.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

BEGINNING, SHORTEST, ENOUGH = 5, 3, 3  # letters of a stem, letters of a word, texts that make a theme

_EMPTY = frozenset(
    """
    afin ai ainsi alors apres assez au aucun aucune aussi autre autres aux avant avec avez avoir avons bien
    beaucoup car ce ceci cela celle celles celui ces cet cette ceux chaque chez chose choses comme comment
    contre dans de des depuis deux dire dit dois doit doivent donc dont du elle elles en encore entre est et
    etait etaient ete etes etre eu eux faire fait faut font ici il ils je jusque la le les leur leurs lors lui
    ma mais me meme memes mes mieux moi moins mon ne ni non nos notre nous on ont ou par parce pas pendant peu
    peut peuvent peux plus plutot pour pourquoi pouvez pouvoir puis quand que quel quelle quelles quels qui quoi
    rien sa sans se sera serait ses si soit son sont sous souvent sur ta tant te tes toi ton toujours tous tout
    toute toutes trop tu un une va vers veut veux voir vont vos votre vous voudrais vraiment about after all
    also always and any are because been before being but can cannot could did does doing done each even ever
    every few for from get gets give got had has have having her here him his how into its just less like make
    makes many may me might more most much must my need needs never not nothing now off often only other our out
    over own please rather really same she should since some such than that the their them then there these they
    thing things this those too under until use very was way were what when where which while who why will with
    without would you your
    """.split()  # noqa: SIM905 (a list of two hundred words is read as a text)
)


@dataclass(frozen=True)
class Theme:
    """Texts that share a word, which is written as most of them write it; those that share none have none."""

    word: str
    texts: tuple[str, ...]


def group(texts: Sequence[str]) -> list[Theme]:
    """The themes of these texts, the largest first, and last whatever shares no word with enough others."""
    left = list(texts)
    themes: list[Theme] = []
    while True:
        spoken: dict[str, list[int]] = defaultdict(list)
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for place, text in enumerate(left):
            for stem, word in _words(text).items():
                spoken[stem].append(place)
                written[stem][word] += 1
        # Of two words that as many share, the longer one says more.
        best = max(spoken, key=lambda stem: (len(spoken[stem]), max(map(len, written[stem])), stem), default="")
        if not best or len(spoken[best]) < ENOUGH:
            break
        inside = set(spoken[best])
        word = max(written[best].items(), key=lambda each: (each[1], each[0]))[0]
        themes.append(Theme(word, tuple(text for place, text in enumerate(left) if place in inside)))
        left = [text for place, text in enumerate(left) if place not in inside]
    return [*themes, *([Theme("", tuple(left))] if left else [])]


def _words(text: str) -> dict[str, str]:
    """The words that say something, by their stems."""
    found: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        plain = "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))
        if len(plain) >= SHORTEST and plain not in _EMPTY:
            found.setdefault(plain[:BEGINNING], word)
    return found
