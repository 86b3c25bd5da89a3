"""Which language a text is in, so that it is searched, hyphenated and read aloud as such.

A few words prove little: then the language of their space is believed, unless the words say otherwise loudly.
"""

from functools import cache, lru_cache
from typing import Any

LANGUAGES = (
    "fr", "en", "de", "es", "it", "pt", "nl", "ca", "pl", "ro", "sv", "da", "no", "fi", "cs", "hu", "tr",
    "el", "ru", "uk", "ar", "he", "fa", "hi", "sw", "vi", "id", "zh", "ja", "ko",
)  # fmt: skip
SAMPLE = 1_200
ENOUGH_WORDS = 4
SURE = 0.9


@cache
def _identifier() -> Any:
    """The model; imported here, since it weighs 50 MB, and many processes never write."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    identifier._full_model = None  # the languages left out, 28 MB, which it keeps in case one changes one's mind
    return identifier


def guess(text: str, prior: str = "") -> str:
    """The language code of a text, or the prior one (perhaps empty) where the text is too short to tell."""
    return _guessed(text[:SAMPLE], prior)


@lru_cache(128)  # previewed, then saved; saved again: a text often begins as it did a moment ago
def _guessed(sample: str, prior: str) -> str:
    if len(sample.split()) < ENOUGH_WORDS and prior:
        return prior
    if not any(letter.isalpha() for letter in sample):
        return prior
    language, confidence = _identifier().classify(sample)
    return language if confidence >= SURE or not prior else prior
