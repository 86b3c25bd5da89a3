"""What stands under a mail without having been written for it: who sends it, from which telephone, how to reach them.

Pure. Never the whole of a text, for what looks like a signature may be what somebody had to say, unless it is set off
as one, below two hyphens, or a telephone wrote it.
"""

import re
from collections.abc import Sequence

MOST_LINES = 14  # of a signature, empty ones aside
FARTHEST = 40  # lines from the end at which one can begin
MOST_LAYERS = 3  # a telephone signs below who signs below a slogan
LONGEST = 400  # characters that are looked at of a line
WIDEST = 70  # characters of one of its lines

_DELIMITER = re.compile(r"\s*(?:--|—|–)\s*$")
_RULE = re.compile(r"\s*[-_=*~]{4,}\s*$")
_DEVICE = re.compile(
    r"\s*\W{0,3}(?:"
    r"sent (?:from|with|by|via|using)\b.{1,60}|get outlook for\b.{1,60}|via mobile"
    r"|envoyé (?:de|depuis|avec|par|à partir|via)\b.{1,60}|envoyé d['’].{1,60}"
    r"|télécharge[rz] outlook\b.{1,60}|obtenir outlook\b.{1,60}|provenance\s?: (?:courrier|outlook)\b.{1,60}"
    r"|(?:this|ce) (?:e-?mail|message|courriel) (?:has been checked|a été vérifié)\b.{1,80}"
    r")\s*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:(?:many |with )?thanks?(?: you)?(?: again| in advance| a lot| so much)?|cheers|(?:(?:best|kind|warm) )*"
    r"(?:regards|wishes)|best|sincerely(?: yours)?|yours(?: \w+)?|all the best|take care|talk soon"
    r"|merci(?: (?:beaucoup|d['’]avance|bien|encore|par avance))?|(?:bien )?(?:cordialement|amicalement|sincèrement"
    r"|respectueusement)(?: vôtre)?|bien à (?:toi|vous)|(?:meilleures|sincères) salutations"
    r"|salutations(?: distinguées)?|à (?:bientôt|plus|demain|très vite)|amitiés|bises?|bonne (?:journée|soirée)"
    r"|belle (?:journée|soirée)|cdlt|crdlt)\s*[,.!]?\s*$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\S+@\S+\.\w{2,}|https?://|\bwww\.|\b(?:t[eé]l|phone|mob(?:ile)?|portable|fax|skype|fixe)\b"
    r"|(?:\+|\(|\b0)\d[\d .()\-]{6,}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def without_signature(text: str, *names: str) -> str:
    """The text without the signature; `names` are what its sender may sign with: a name, an address."""
    lines = text.rstrip().splitlines()
    wanted = {word for name in names for word in _WORD.findall(name.partition("@")[0].casefold())}
    for _layer in range(MOST_LAYERS):
        end = _cut(lines, wanted)
        if end is None or not (any(line.strip() for line in lines[:end]) or _says_nothing(lines[end:], wanted)):
            break
        lines = [line.rstrip() for line in lines[:end]]
        while lines and not lines[-1].strip():
            lines.pop()
    return "\n".join(lines).strip("\n").rstrip()


def _cut(lines: Sequence[str], names: set[str]) -> int | None:
    """Where a signature begins at the end of `lines`."""
    for index in range(max(len(lines) - FARTHEST, 0), len(lines)):
        line = lines[index][:LONGEST]
        if not (_DELIMITER.match(line) or _RULE.match(line)):
            continue
        below = [each for each in lines[index + 1 :] if each.strip()]
        if len(below) > MOST_LINES or not _is_narrow(below):
            continue
        if _DELIMITER.match(line) or sum(map(_is_contact, below)) >= 2:
            return index
    if lines and _DEVICE.match(lines[-1][:LONGEST]):
        return len(lines) - 1
    begin = _last_paragraph(lines)
    paragraph = lines[begin:]
    if not paragraph or len(paragraph) > MOST_LINES or not _is_narrow(paragraph):
        return None
    return _signed(lines, begin, names)


def _says_nothing(lines: Sequence[str], names: set[str]) -> bool:
    """Whether nobody had that to say, even where it is all there is."""
    if _DELIMITER.match(lines[0][:LONGEST]):
        return any(_names(line, names) or _is_contact(line) for line in lines[1:])
    return len(lines) == 1 and bool(_DEVICE.match(lines[0][:LONGEST]))


def _signed(lines: Sequence[str], begin: int, names: set[str]) -> int | None:
    """Where the last paragraph signs: it begins with the sender's name, perhaps below a closing word."""
    paragraph = lines[begin:]
    for index in range(len(paragraph)):
        if index and not _CLOSING.match(paragraph[index - 1]):
            continue
        if _names(paragraph[index], names) and _goes_on(paragraph[index + 1 :]):
            first = begin + index
            while first and (not lines[first - 1].strip() or _CLOSING.match(lines[first - 1][:WIDEST])):
                first -= 1
            return first
    return None


def _names(line: str, names: set[str]) -> bool:
    """Whether it is the sender's name and little else."""
    words = _WORD.findall(line.casefold())
    return bool(names & set(words)) and len(words) <= 5 and not line.rstrip().endswith(("?", ":", ";", "…"))


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether what stands below the name belongs to it: a function, a firm, ways to reach them; never a sentence."""
    return all(_is_contact(line) or not line.rstrip().endswith((".", "!", "?")) for line in lines)


def _last_paragraph(lines: Sequence[str]) -> int:
    index = len(lines)
    while index and lines[index - 1].strip():
        index -= 1
    return index


def _is_narrow(lines: Sequence[str]) -> bool:
    return all(len(line) <= WIDEST or _is_contact(line) for line in lines)


def _is_contact(line: str) -> bool:
    return len(line) <= LONGEST and bool(_CONTACT.search(line))
