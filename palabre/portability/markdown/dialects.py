"""What other tools add to Markdown, as we write it: their notes become ours, figures pictures, tags within tags one,
and names that headings were given are taken off them and remembered; a program's braces go. Code is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from palabre.authoring.document import anchor

NOTES = {
    "NOTE": "note info abstract summary tldr seealso quote cite example question help faq todo",
    "TIP": "tip hint success check done",
    "IMPORTANT": "important",
    "WARNING": "warning attention",
    "CAUTION": "caution danger error failure fail missing bug",
}
DEEPEST = 6  # notes within notes
_KINDS = {name: kind for kind, names in NOTES.items() for name in names.split()}

_TOLD = re.compile(
    r"^[ \t]*(?::{3}|[!?]{3}|\{%|(?:>[ \t]*)+\[!)|^#{1,6} .*\}[ \t]*$|\{\{[<%]\s*figure|(?<!\S)#\w[\w-]*/\w|"
    r"\{(?:require|useBaseUrl)\(|\{/\*",
    re.MULTILINE,
)
_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}|~{3,})(.*)")
# A line is matched without the spaces at its end: looked for again and again, a million of them would take all day.
_COLONS = re.compile(r"(\s*)(:{3,})\s*\{?\.?(\w+)\}?(?:\[(.*)\]|[ \t]+(.*))?\Z")
_MARKS = re.compile(r"(\s*)(?:!!!|\?\?\?\+?)[ \t]+(\w+)(?:[ \t]+(?:inline|end))*[ \t]*(?:\"(.*)\")?\Z")
_HINT = re.compile(r"(\s*)\{%-?\s*hint\s+style=[\"'“](\w+)[\"'”].*%\}\Z")
_HINT_END = re.compile(r"\s*\{%-?\s*endhint\s*-?%\}\Z")
_QUOTED = re.compile(r"((?:\s*>)+\s*\[!)(\w+)(\].*)")
_NAMED = re.compile(r"(#{1,6}[ \t].*?)\{:?[ \t]*#([\w.:-]+)[^{}]*\}\Z")
_FIGURE = re.compile(r"\{\{[<%]\s?figure\s([^\n]{1,1000}?)[>%]\}\}")
_SAYS = re.compile(r"(\w+)\s?=\s?(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_TAG_WITHIN = re.compile(r"(?<!\S)#[^\W\d_][\w-]*(?:/[\w-]+)+")
_BOUND = re.compile(r"=\{(?:require|useBaseUrl)\(([\"'])([^\"'\n]+)\1\)(?:\.default)?\}")
_REMARK = re.compile(r"\{/\*((?:(?!\{/\*|\*/).)*)\*/\}")
_MARKUP = re.compile(r"[`*]|!?\[([^\]]*)\](?:\([^)]*\))?")


def ours(source: str) -> tuple[str, dict[str, str]]:
    """The source in our Markdown, and for each heading that was called otherwise than here, its name and ours."""
    if not _TOLD.search(source):
        return source, {}
    names: dict[str, str] = {}
    lines = list(_written(source.split("\n"), names, 0))
    moved = {name: here for name, here in names.items() if name != here}
    if moved:
        pointing = re.compile(rf"\]\(#({'|'.join(map(re.escape, moved))})\)")
        lines = [pointing.sub(lambda found: f"](#{moved[found[1]]})", line) for line in lines]
    return "\n".join(lines), moved


@dataclass(frozen=True)
class _Note:
    """A note of theirs, from its first line to before `after`."""

    indent: str
    kind: str
    title: str
    body: list[str]
    after: int


def _written(lines: Sequence[str], names: dict[str, str], depth: int) -> Iterator[str]:
    ends = _ends(lines) if depth < DEEPEST else None
    at, fence = 0, ""
    while at < len(lines):
        line = lines[at]
        fence, code = _fenced(fence, line)
        note = None if code or ends is None else _note(lines, at, ends)
        at = note.after if note else at + 1
        if note:
            yield f"{note.indent}> [!{note.kind}] {note.title}".rstrip()
            yield from (f"{note.indent}> {inner}".rstrip() for inner in _written(note.body, names, depth + 1))
            if at < len(lines) and lines[at].strip():
                yield ""  # or the next line would go on with the note
        else:
            yield line if code else _line(line, names)


def _fenced(fence: str, line: str) -> tuple[str, bool]:
    """The fence that is open after a line, and whether the line belongs to code."""
    found = _FENCE.match(line)
    if not found:
        return fence, bool(fence)
    if not fence:
        return found[1], True
    closed = found[1].startswith(fence) and not found[2].strip()
    return "" if closed else fence, True


def _ends(lines: Sequence[str]) -> dict[int, int]:
    """Where what is closed by a line of its own is closed, by the number of the line that opened it; in one pass."""
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    fence = ""
    for number, line in enumerate(lines):
        fence, code = _fenced(fence, line)
        told = line.rstrip()
        sign = told.lstrip()
        if code or not sign.startswith((":::", "{%")):
            continue
        if _HINT.match(told):
            opened.setdefault("{%", []).append(number)
        elif found := _COLONS.match(told):
            opened.setdefault(found[2], []).append(number)
        elif waiting := opened.get("{%" if _HINT_END.match(told) else sign):
            ends[waiting.pop()] = number
    return ends


def _note(lines: Sequence[str], at: int, ends: dict[int, int]) -> _Note | None:
    """The note that begins on a line, if one does and it is of a kind we know."""
    told = lines[at].rstrip()
    if found := _MARKS.match(told):
        indent, name, title = found[1], found[2], found[3] or ""
        after = _end_of_indented(lines, at + 1, len(indent) + 4)
        body = [each[len(indent) + 4 :] for each in lines[at + 1 : after]]
    elif at in ends and (found := _COLONS.match(told) or _HINT.match(told)):
        colons = found[2].startswith(":")
        indent, name, title = found[1], found[3 if colons else 2], (found[4] or found[5] or "") if colons else ""
        after = ends[at] + 1
        body = [each.removeprefix(indent) for each in lines[at + 1 : ends[at]]]
    else:
        return None
    kind, body = _KINDS.get(name.lower()), _trimmed(body)
    return _Note(indent, kind, title.strip(), body, after) if kind and (body or title) else None


def _end_of_indented(lines: Sequence[str], at: int, indent: int) -> int:
    end = at
    for number in range(at, len(lines)):
        if lines[number].strip():
            if lines[number][:indent].strip():
                break
            end = number + 1
    return end


def _trimmed(lines: list[str]) -> list[str]:
    told = [number for number, line in enumerate(lines) if line.strip()]
    return lines[told[0] : told[-1] + 1] if told else []


def _line(line: str, names: dict[str, str]) -> str:
    if line.startswith("#") and (found := _NAMED.match(line.rstrip())):
        heading = found[1].rstrip()
        names[found[2]] = anchor(_MARKUP.sub(lambda mark: mark[1] or "", heading).lstrip("# \t"))
        return heading
    if (found := _QUOTED.match(line)) and found[2].upper() not in NOTES and (kind := _KINDS.get(found[2].lower())):
        return f"{found[1]}{kind}{found[3]}"
    if "#" in line and "`" not in line:
        line = _TAG_WITHIN.sub(lambda tag: tag[0].replace("/", "-"), line)
    if "{" in line and "`" not in line:
        line = _BOUND.sub(r'="\2"', line)
        line = _REMARK.sub(lambda remark: f"<!--{remark[1].replace('--', '- -')}-->", line)
    return _FIGURE.sub(_picture, line) if "figure" in line else line


def _picture(figure: re.Match[str]) -> str:
    says = {key: next(filter(None, values), "") for key, *values in _SAYS.findall(figure[1])}
    if not says.get("src"):
        return figure[0]
    words = says.get("alt") or says.get("caption") or says.get("title") or ""
    return f"![{re.sub(r'[][]', '', words)}](<{says['src']}>)"
