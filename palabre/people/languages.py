"""Names of languages: people write `français, wolof`; codes are kept, and shown as their speakers call them."""

from functools import cache

from babel import Locale, UnknownLocaleError


def own_name(code: str) -> str:
    """The language's name in itself: `English`, `français`; a word we know no code for, as it was written."""
    try:
        return Locale.parse(code).get_language_name() or code
    except (UnknownLocaleError, ValueError):
        return code


def parse(text: str) -> list[str]:
    """Codes of the languages named in `text`, parted by commas; unknown names stay as they are."""
    words = [word.strip() for word in text.replace(";", ",").split(",")]
    return list(dict.fromkeys(codes().get(word.casefold(), word)[:40] for word in words if word))[:12]


@cache
def codes() -> dict[str, str]:
    """Codes by name, in French and in English, and in the language itself for those most spoken around us."""
    named = {
        name.casefold(): code
        for language in ("en", "fr")
        for code, name in Locale(language).languages.items()
        if len(code) <= 3
    }
    return named | {own_name(code).casefold(): code for code in ("ar", "de", "es", "it", "nl", "pt", "ff", "wo", "bm")}
