"""Words as each language means them: what is written and what is asked for meet on the same token.

One field holds the text of every item, analysed by the language of that item, so that document frequencies and lengths
are those of the whole house (a field for each language would halve the mean length and flatten the rarity of words as
soon as a second language is written; measured: 0.02 of nDCG). A second field holds the plain folded word, for the
exact form, for prefixes, for spelling and for languages without an analyser; a third holds character n-grams for these.

Elision goes before stemming (« l'école » is « école »): the tokenizer cuts the elided article off as a token of its own
and a stop list drops it. Accents are folded after stemming in French, whose stems depend on them, and before it in
English, which only borrows them.
"""

import re
import threading
import unicodedata
from functools import lru_cache

from tantivy import Filter, PreTokenizedString, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

ANALYSED = ("fr", "en")
PLAIN = "words"
PIECES = "pieces"
GRAMS = "grams"

_WORD = r"[\p{L}\p{N}\p{M}]+"
_ELIDED = ("c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")
_ELISION = r"(?i:aujourd['’]hui|(?:" + "|".join(_ELIDED) + r")['’])"
_POSSESSIVE = r"['’][sS]\b"
_ELISIONS = [article + mark for article in _ELIDED for mark in "'’"]
_POSSESSIVES = ["'s", "’s"]
_LONGEST = 80
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af"
"""Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese."""
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_LONGEST_RUN = 20
_RUN = re.compile(rf"[{_UNSPACED}]{{{_LONGEST_RUN}}}(?=[{_UNSPACED}])")

# Function words alone: the usual lists also drop « été », « eut », « fut »… of which some are seasons and barrels.
_FRENCH_SMALL = """
    à au aux avec c ce ceci cela celle celles celui ces cet cette ceux chez comme d dans de des donc dont du elle elles
    en est et eux il ils j je l la le les leur leurs lui m ma mais me même mes moi mon n ne ni nos notre nous on ont
    ou où par pas pour qu quand que quel quelle quelles quels qui s sa sans se ses si soi soit son sont sous sur t ta te
    tes toi ton tu un une vos votre vous y
    ai as a avons avez avait avaient avoir ayant aura auront suis es sommes êtes était étaient être étant sera seront
""".split()  # noqa: SIM905


def _french() -> TextAnalyzer:
    return (
        TextAnalyzerBuilder(Tokenizer.regex(f"{_ELISION}|{_WORD}"))
        .filter(Filter.remove_long(_LONGEST))
        .filter(Filter.lowercase())
        .filter(Filter.custom_stopword(_ELISIONS))
        .filter(Filter.custom_stopword(_FRENCH_SMALL))
        .filter(Filter.stemmer("french"))
        .filter(Filter.ascii_fold())
        .build()
    )


def _english() -> TextAnalyzer:
    return (
        TextAnalyzerBuilder(Tokenizer.regex(f"{_POSSESSIVE}|{_WORD}"))
        .filter(Filter.remove_long(_LONGEST))
        .filter(Filter.lowercase())
        .filter(Filter.custom_stopword(_POSSESSIVES))
        .filter(Filter.ascii_fold())
        .filter(Filter.stopword("english"))
        .filter(Filter.stemmer("english"))
        .build()
    )


def _pieces() -> TextAnalyzerBuilder:
    return (
        TextAnalyzerBuilder(Tokenizer.regex(f"{_ELISION}|{_POSSESSIVE}|{_WORD}"))
        .filter(Filter.remove_long(_LONGEST))
        .filter(Filter.lowercase())
        .filter(Filter.custom_stopword(_ELISIONS + _POSSESSIVES))
    )


def _grams() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.ngram(2, 3)).filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


_BUILDERS = {
    "fr": _french,
    "en": _english,
    PIECES: lambda: _pieces().build(),
    PLAIN: lambda: _pieces().filter(Filter.ascii_fold()).build(),
    GRAMS: _grams,
}
_local = threading.local()


def analyser(name: str) -> TextAnalyzer:
    """The analyser of a language (`fr`, `en`), or `words` for any other; one for each thread, since it is mutable."""
    name = name if name in _BUILDERS else PLAIN
    mine = _local.__dict__.setdefault("analysers", {})
    if name not in mine:
        mine[name] = _BUILDERS[name]()
    return mine[name]


def normal(text: str) -> str:
    """Composed characters, without the ones no index should meet (NUL, surrogates)."""
    return unicodedata.normalize("NFC", text).replace("\x00", " ").encode("utf-8", "replace").decode()


def cut(text: str, language: str) -> PreTokenizedString:
    """The text with its tokens, ready to be indexed."""
    return analyser(language).pre_tokenize(text)


def tokens(text: str, language: str) -> list[str]:
    return analyser(language).analyze(text)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> tuple[str, ...]:
    return tuple(tokens(word, language))


def pieces(text: str) -> list[str]:
    """The words of a text in lower case with their accents, elided articles left out."""
    return tokens(_broken(normal(text)), PIECES)


@lru_cache(maxsize=20_000)
def is_small(piece: str) -> bool:
    """A word that French or English leaves out: it may help, and is not required."""
    return any(not stem(piece, language) for language in ANALYSED)


def plain(text: str) -> list[str]:
    return tokens(_broken(text), PLAIN)


def _broken(text: str) -> str:
    """With a space into long runs of a writing that has none: the analysers drop a word beyond `_LONGEST` bytes."""
    return _RUN.sub(r"\g<0> ", text) if len(text) > _LONGEST_RUN else text


def grams(word: str) -> list[str]:
    """Bigrams of writings without spaces, trigrams of the others; nothing for what is shorter than that."""
    size = 2 if unspaced(word) else 3
    folded = "".join(plain(word))
    return [folded[i : i + size] for i in range(len(folded) - size + 1)]


def unspaced(word: str) -> bool:
    """Whether it is of a writing without spaces, or none one may rely on."""
    return _UNSPACED_LETTER.search(word) is not None
