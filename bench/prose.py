"""Invented prose: words drawn as words are (few often, many rarely), so that texts weigh and index like real ones."""

import itertools
import random

CONSONANTS, VOWELS = "bcdfglmnprstv", "aeio"
SYLLABLES = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
WORDS = [
    "".join(each)
    for length in (1, 2, 3)
    for each in itertools.islice(itertools.product(SYLLABLES, repeat=length), 0, None, 17)
]


class Prose:
    """A writer who repeats himself exactly from one run to the next."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing here is secret
        shuffled = WORDS[:4000]
        self._random.shuffle(shuffled)
        self._words, self._weights = (
            shuffled,
            list(itertools.accumulate(1 / (rank + 3) for rank in range(len(shuffled)))),
        )

    def words(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._weights, k=count)

    def title(self) -> str:
        return " ".join(self.words(self._random.randint(3, 7))).capitalize()

    def sentence(self) -> str:
        return " ".join(self.words(self._random.randint(8, 20))).capitalize() + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(4))

    def page(self, links: list[str]) -> str:
        """A Markdown text whose page weighs some 6 KB: headings, paragraphs, a list, a table, links."""
        parts = []
        for title in links:
            parts += [f"## {self.title()}", self.paragraph(), f"{self.sentence()} See [[{title}]].", self.paragraph()]
        parts.append("\n".join(f"- {self.sentence()}" for _ in range(6)))
        parts.append("| a | b |\n|---|---|\n" + "\n".join(f"| {self.title()} | {self.title()} |" for _ in range(5)))
        return "\n\n".join(parts)
