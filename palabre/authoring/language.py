"""Which language a text is in, so that it is searched, hyphenated and read aloud as such.

A few words prove little: then the language of their space is believed, unless the words say otherwise loudly.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from palabre.kit import mapped

LANGUAGES = (
    "fr", "en", "de", "es", "it", "pt", "nl", "ca", "pl", "ro", "sv", "da", "no", "fi", "cs", "hu", "tr",
    "el", "ru", "uk", "ar", "he", "fa", "hi", "sw", "vi", "id", "zh", "ja", "ko",
)  # fmt: skip
SAMPLE = 1_200
ENOUGH_WORDS = 4
SURE = 0.9


def unpack(folder: Path) -> None:
    """Writes the model where processes can map it: what the package holds takes each a second and 50 MB to load."""
    import numpy as np

    model = _packed()
    folder.mkdir(parents=True, exist_ok=True)
    for name, piece in {
        "chances": np.ascontiguousarray(model.nb_ptc),
        "prior": model.nb_pc,
        "steps": np.asarray(model.tk_nextmove),
        "rows": np.asarray(model._rowbase, np.uint32),
        "features": np.asarray(model.tk_output, np.int32),
        "languages": np.asarray(model.nb_classes),
    }.items():
        fresh = folder / f"{name}.fresh.npy"
        np.save(fresh, piece)
        fresh.replace(folder / f"{name}.npy")  # whoever has mapped the old one keeps it


def _packed() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    identifier._full_model = None  # the languages left out, 28 MB, which it keeps in case one changes one's mind
    return identifier


def _mapped(folder: Path) -> Any:
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    def piece(name: str) -> Any:
        return mapped.array(folder / f"{name}.npy")

    # Letter by letter it looks up single numbers, which a memoryview gives faster than an array of numpy.
    identifier = LanguageIdentifier(
        *(np.asarray(piece("chances")), np.asarray(piece("prior")), piece("languages").tolist()),
        *(memoryview(piece("steps")), memoryview(piece("features"))),
        norm_probs=True,
        tk_row=(),
    )
    identifier._rowbase = memoryview(piece("rows"))
    return identifier


@cache
def _identifier() -> Any:
    """The model; numpy is imported here, since many processes never write."""
    from django.conf import settings

    folder = settings.LANGUAGE_MODEL
    return _mapped(folder) if (folder / "languages.npy").exists() else _packed()


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
