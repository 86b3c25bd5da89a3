"""What was laid out in blocks, told in the markup of texts: some events have no other words."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from palabre.portability.slack.shaped import first, mapping, values

STYLES = {"code": "`", "strike": "~", "italic": "_", "bold": "*"}  # from the innermost outwards
INDENTED = "•◦▪"


def words(blocks: Iterable[Any]) -> Iterator[str]:
    """Each `text` in its order; of what somebody wrote, a piece for each paragraph, list, quotation or code."""
    for each in blocks:
        if not isinstance(each, dict):
            continue
        if each.get("type") == "rich_text":
            yield from filter(None, (_rich(part).strip("\n") for part in values(each, "elements")))
            continue
        match each.get("text"):
            case str() as text if text.strip():
                yield text
            case dict() as inner:
                yield from words([inner])
        for name in ("fields", "elements"):
            yield from words(values(each, name))


def signs(blocks: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The emoji that are named there, each with the sign that it is; one of the house's own has none."""
    for each in blocks:
        if not isinstance(each, dict):
            continue
        if each.get("type") == "emoji" and (sign := _sign(first(each.get("unicode")))):
            yield first(each.get("name")).partition("::")[0], sign
        yield from signs(values(each, "elements"))


def _sign(points: str) -> str:
    """The sign whose code points are written in hexadecimal with hyphens between; "" of what is no such thing."""
    try:
        return b"".join(int(each, 16).to_bytes(4, "big") for each in points.split("-")).decode("utf-32-be")
    except (ValueError, OverflowError):
        return ""


def _rich(part: Any) -> str:
    """A part of what somebody wrote, and all that stands within it."""
    if not isinstance(part, dict):
        return ""
    inner = [told for each in values(part, "elements") if (told := _rich(each))]
    match part.get("type"):
        case "rich_text_list" if part.get("style") == "ordered":
            return "\n".join(f"{number}. {each}" for number, each in enumerate(inner, 1))
        case "rich_text_list":
            level = part.get("indent")
            bullet = INDENTED[min(level, len(INDENTED) - 1) if isinstance(level, int) and level > 0 else 0]
            return "\n".join(f"{bullet} {each}" for each in inner)
        case "rich_text_quote":
            return "\n".join(f"&gt; {line}" for line in "".join(inner).split("\n"))
        case "rich_text_preformatted":
            return f"```{''.join(inner)}```"
        case _:
            return "".join(inner) or _styled(_leaf(part), mapping(part, "style"))


def _leaf(part: dict[str, Any]) -> str:
    said = {name: first(part.get(name)) for name in ("url", "user_id", "channel_id", "usergroup_id", "range", "name")}
    text = part.get("text") if isinstance(part.get("text"), str) else ""
    label = escape(str(text), quote=False)
    match part.get("type"):
        case "link" if said["url"]:
            return f"<{escape(said['url'], quote=False)}{f'|{label}' if label else ''}>"
        case "user":
            return f"<@{said['user_id']}>"
        case "channel":
            return f"<#{said['channel_id']}>"
        case "usergroup":
            return f"<!subteam^{said['usergroup_id']}>"
        case "broadcast":
            return f"<!{said['range']}>"
        case "emoji":
            return f":{said['name']}:"
    return label


def _styled(text: str, style: Mapping[str, Any]) -> str:
    """With the marks of its style, which hold only close to what is marked."""
    bare = text.strip()
    if not bare or "\n" in bare:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    marks = [mark for name, mark in STYLES.items() if style.get(name)]
    return before + "".join(reversed(marks)) + bare + "".join(marks) + after
