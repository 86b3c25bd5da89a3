"""Names: how texts call items, whatever the case, the accents or the spaces."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)  # each page asks for the names its text mentions
def fold(name: str) -> str:
    """The form under which two spellings of a name are one: no case, accents or double spaces; 250 characters."""
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.casefold().replace("’", "'").split())[:250]
