"""What a mail repeats of the one it answers: found by the marks that mail programs put before it, and left out.

Pure: lines in, lines out. A sign at the start of a line (`>`), a line that says who wrote (`Le … a écrit :`), a head
copied into the text (`De : … Envoyé : …`), a rule above one. Rules know languages only where words decide; most
look at shape, so that programs in other languages are understood as well.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

LONGEST = 400_000  # characters that are read of a mail
LONGEST_ATTRIBUTION = 4  # lines
WIDEST = 400  # characters of a line that can be a mark; longer ones are paragraphs, and would take long to match
HEAD_LINES = 8
BROADEST = 20  # characters from which on a line drawn is one across the page

_QUOTED = re.compile(r"\s{0,3}(?:>|\|>)")
_RULE = re.compile(r"\s*(?:[-_=*]\s?){5,}\s*$")
_ANNOUNCED = re.compile(
    r"\s*[-_*\s]{2,}\s*(?:original message|forwarded message|begin forwarded message|original appointment"
    r"|message (?:d'origine|original|initial|transféré|réexpédié)|message transmis"
    r"|courriel (?:d'origine|original)|rendez-vous d'origine)\s*[-_*\s]{2,}:?\s*$",
    re.IGNORECASE,
)
# "On Mon, Apr 2 at 6:26 PM, Megan <m@…> wrote:", "Le 2 avr. 2026 à 18:26, Awa a écrit :", "Am … schrieb …:"
_WROTE = re.compile(
    r"[\s\-*]*(?:on|le|el|am|op|il|em|in article)\b.{3,400}?"
    r"\b(?:wrote|writes|said|a écrit|a ecrit|écrivait|écrit|escribió|schrieb|schreef|ha scritto|escreveu)\b"
    r".{0,80}?:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_WRITES = re.compile(r"\s*\S+@\S+.{0,80}\b(?:wrote|writes|a écrit|écrit)\s*:\s*$", re.IGNORECASE | re.DOTALL)
_MOMENT = re.compile(r"\d{1,2}\s?[:hH.]\s?\d{2}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_LABEL = re.compile(r"\s*(?:>\s?)*\*{0,2}([^\W\d][\w \-]{0,18}?)\s?\*{0,2}\s?[:：]\*{0,2}(?:\s|$)")
_HEADS = {
    "from", "sent", "to", "cc", "bcc", "date", "subject", "reply-to", "importance", "attachments",
    "de", "envoyé", "envoye", "à", "a", "cci", "objet", "répondre à", "expéditeur", "destinataire", "date d'envoi",
    "envoyé le", "pièces jointes",
    "von", "gesendet", "an", "betreff", "enviado", "para", "asunto", "assunto", "da", "inviato", "oggetto",
}  # fmt: skip
_FIRST_HEADS = {"from", "date", "subject", "sent", "de", "envoyé", "objet", "expéditeur", "von", "da", "à", "to"}


def without_quotation(text: str) -> str:
    """What its writer wrote themselves, their signature with it. Quotations that are answered point by point stay."""
    lines = [line.replace("\u00a0", " ").replace("\u202f", " ").rstrip() for line in text[:LONGEST].splitlines()]
    lines = lines[: _end(lines)]
    return "\n".join(_answered(lines)).strip("\n").rstrip()


def _end(lines: Sequence[str]) -> int:
    """The line with which an older message begins that is not marked line by line."""
    for index, line in enumerate(lines):
        if len(line) > WIDEST or not line.strip() or _QUOTED.match(line):
            continue
        if _ANNOUNCED.match(line) or _is_head(lines, index):
            return _without_rule(lines, index)
        if len(line) >= BROADEST and _RULE.match(line) and _labels(lines, _next(lines, index + 1)) >= 2:
            return index
        height = _attribution(lines, index)
        after = _next(lines, index + height)
        if height and (after == len(lines) or not _QUOTED.match(lines[after])):
            return index
    return len(lines)


def _is_head(lines: Sequence[str], index: int) -> bool:
    """Whether the head of a message is copied here: three fields, the first of which a head begins with."""
    first = _LABEL.match(lines[index])
    if not first or first[1].strip().lower() not in _FIRST_HEADS:
        return False
    names = [found[1].strip().lower() for line in lines[index : index + HEAD_LINES] if (found := _LABEL.match(line))]
    return len(set(names) & _HEADS) >= 3


def _labels(lines: Sequence[str], begin: int) -> int:
    """How many lines in a row are a name, a colon and something."""
    count = 0
    for line in lines[begin : begin + HEAD_LINES]:
        if not _LABEL.match(line):
            break
        count += 1
    return count


def _without_rule(lines: Sequence[str], index: int) -> int:
    """Where it begins when the rule drawn above it is part of it."""
    above = index
    while above and not lines[above - 1].strip():
        above -= 1
    return above - 1 if above and _RULE.match(lines[above - 1]) else index


def _next(lines: Sequence[str], index: int) -> int:
    """The next line with something on it, or the end."""
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _attribution(lines: Sequence[str], index: int) -> int:
    """How many lines from here say who wrote what follows; none, mostly."""
    said = ""
    for height, line in enumerate(lines[index : index + LONGEST_ATTRIBUTION], 1):
        if not line.strip() or len(said) + len(line) > WIDEST or _QUOTED.match(line):
            return 0
        said = f"{said} {line.strip()}".strip()
        if said.endswith(":"):
            return height if _says_who_wrote(lines, index, index + height, said) else 0
    return 0


def _says_who_wrote(lines: Sequence[str], begin: int, after: int, said: str) -> bool:
    """Where lines marked as quoted follow, shape is enough; before others, an address has to be named too."""
    follows = _next(lines, after)
    quoted = follows < len(lines) and bool(_QUOTED.match(lines[follows]))
    if _WROTE.match(said) or _WRITES.match(said):
        return quoted or bool(_ADDRESS.search(said)) or (follows == len(lines) and bool(_MOMENT.search(said)))
    # In whatever language: a moment and an address, and then what was written then.
    return quoted and bool(_MOMENT.search(lines[begin])) and bool(_ADDRESS.search(said))


def _answered(lines: list[str]) -> list[str]:
    """Without the lines that are quoted, unless one answers between them: then what is answered stays, once."""
    kinds = ["quoted" if _QUOTED.match(line) else "own" if line.strip() else "" for line in lines]
    for index, line in enumerate(lines):
        if kinds[index] == "own" and line.strip() and (height := _attribution(lines, index)):
            kinds[index : index + height] = ["said"] * height
    told = [kind for kind in kinds if kind in ("quoted", "own")]
    changes = sum(one != other for one, other in pairwise(told))
    if changes <= 1 or (changes == 2 and told[0] == "own"):
        # Above, below, or with a last word of greeting: the quotation is not answered in its middle.
        kept = [line for line, kind in zip(lines, kinds, strict=True) if kind in ("own", "")]
        return _gathered(kept)
    last = max(index for index, kind in enumerate(kinds) if kind == "own")
    kept = []
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        deep = kind == "quoted" and re.match(r"\s*>\s*>", line)
        if kind != "said" and not deep and not (kind == "quoted" and index > last):
            kept.append(line)
    return _gathered(_apart(kept))


def _apart(lines: list[str]) -> list[str]:
    """An answer right below what it answers would be read as part of the quotation."""
    apart: list[str] = []
    for line in lines:
        if apart and line.strip() and _QUOTED.match(apart[-1]) and not _QUOTED.match(line):
            apart.append("")
        apart.append(line)
    return apart


def _gathered(lines: list[str]) -> list[str]:
    """Without the gaps that what was left out leaves."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()) or (len(kept) > 1 and kept[-2].strip()):
            kept.append(line)
    return kept
