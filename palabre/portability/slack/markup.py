"""Slack's markup, told again in ours.

People, channels and links stand between angle brackets, the rest is written almost as Markdown is: one star for what is
bold, a bullet sign for a list, and every line break meant. Code is left as it is.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from html import unescape

_FENCED = re.compile(r"```(.*?)```", re.DOTALL)
_POINTED = re.compile(r"<([^<>\n]+)>")
_KEPT = re.compile(rf"`[^`\n]+`|{_POINTED.pattern}")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_STRUCK = re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")
_EMOJI = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-\d:)?")
_BULLET = re.compile(r"^[ \t]*([•◦▪])\s*", re.MULTILINE)
_INDENTED = {"•": "- ", "◦": "  - ", "▪": "    - "}
_HEADING = re.compile(r"^(#{1,6} |[-=]+ *$)", re.MULTILINE)
# A quotation, or a list, ends with its line; Markdown would count the words below among it.
_LAST = re.compile(r"^( *(>|- ).*)\n(?! *\2|\n)", re.MULTILINE)
_BROADCAST = ("channel", "here", "everyone", "group")

EMOJI = {
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "smile": "😄", "smiley": "😃", "grinning": "😀",
    "grin": "😁", "laughing": "😆", "joy": "😂", "wink": "😉", "blush": "😊", "slightly_smiling_face": "🙂",
    "simple_smile": "🙂", "stuck_out_tongue": "😛", "sunglasses": "😎", "thinking_face": "🤔", "cry": "😢", "sob": "😭",
    "disappointed": "😞", "worried": "😟", "confused": "😕", "open_mouth": "😮", "scream": "😱", "heart": "❤️",
    "broken_heart": "💔", "heart_eyes": "😍", "tada": "🎉", "clap": "👏", "pray": "🙏", "raised_hands": "🙌",
    "wave": "👋", "ok_hand": "👌", "muscle": "💪", "point_right": "👉", "point_up": "☝️", "eyes": "👀", "fire": "🔥",
    "100": "💯", "star": "⭐", "star2": "🌟", "sparkles": "✨", "rocket": "🚀", "white_check_mark": "✅",
    "heavy_check_mark": "✔️", "x": "❌", "warning": "⚠️", "question": "❓", "bulb": "💡", "computer": "💻",
    "chart_with_upwards_trend": "📈", "bar_chart": "📊", "memo": "📝", "book": "📖", "calendar": "📅", "coffee": "☕",
    "beer": "🍺", "beers": "🍻", "pizza": "🍕", "cake": "🍰", "sunny": "☀️", "snowflake": "❄️", "earth_americas": "🌎",
    "ghost": "👻", "robot_face": "🤖", "metal": "🤘", "see_no_evil": "🙈", "relaxed": "☺️", "sweat_smile": "😅",
    "zap": "⚡", "boom": "💥", "smiley_cat": "😺", "poop": "💩", "hankey": "💩", "facepunch": "👊", "punch": "👊",
    "point_left": "👈", "point_down": "👇", "point_up_2": "👆", "v": "✌️", "fist": "✊", "raised_hand": "✋",
    "exclamation": "❗", "heavy_exclamation_mark": "❗", "rotating_light": "🚨", "moneybag": "💰", "email": "📧",
    "phone": "☎️", "iphone": "📱", "mag": "🔍", "bug": "🐛", "car": "🚗", "taco": "🌮", "wine_glass": "🍷", "zzz": "💤",
    "rage": "😡", "angry": "😠", "flushed": "😳", "sleeping": "😴", "yum": "😋", "hugging_face": "🤗", "shrug": "🤷",
    "facepalm": "🤦", "upside_down_face": "🙃", "innocent": "😇", "smirk": "😏", "stuck_out_tongue_winking_eye": "😜",
}  # fmt: skip


def sign_of(name: str, signs: Mapping[str, str]) -> str:
    """The sign that a short name stands for: one of `signs` or of those everybody uses, or what Unicode calls so; "" of
    none, as those are that a house drew for itself.
    """
    if known := signs.get(name) or EMOJI.get(name):
        return known
    called = name.replace("_", " ").replace("-", " ")
    for each in (called, f"{called} face"):
        try:
            sign = unicodedata.lookup(each)
        except KeyError:
            continue
        if len(sign) == 1 and unicodedata.category(sign) == "So":  # no letter of an alphabet
            return sign
    return ""


def markdown(
    text: str,
    person: Callable[[str], str | None],
    channels: Mapping[str, str],
    signs: Mapping[str, str] | None = None,
) -> str:
    """A message in our Markdown. `person` gives the handle of a user's id, None for nobody known; `channels` names, and
    `signs` the signs of emoji that the message itself names.
    """
    pieces = []
    for number, piece in enumerate(_FENCED.split(text)):
        if number % 2:
            code = _plain(piece, person, channels).strip("\n")
            pieces.append(f"\n\n```\n{code}\n```\n\n")
        else:
            pieces.append(_words(piece, person, channels, signs or {}))
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip()


def _words(
    text: str, person: Callable[[str], str | None], channels: Mapping[str, str], signs: Mapping[str, str]
) -> str:
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        told = _target if found[1] else _plain
        kept.append(told(found[1] or found[0], person, channels))
        return f"\x00{len(kept) - 1}\x00"

    text = _KEPT.sub(keep, text)
    text = unescape(text)
    text = _HEADING.sub(r"\\\1", text)
    text = _BOLD.sub(r"**\1**", text)
    text = _STRUCK.sub(r"~~\1~~", text)
    text = _EMOJI.sub(lambda found: sign_of(found[1], signs) or found[0], text)
    text = _BULLET.sub(lambda found: _INDENTED[found[1]], text)
    text = _LAST.sub(r"\1\n\n", _quoted(text))
    text = re.sub(r"(?<=[^\n])\n(?=[^\n])", "  \n", text)
    return re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], text)


def _quoted(text: str) -> str:
    """`>>>` quotes all that follows."""
    before, mark, after = text.partition(">>>")
    if not mark or (before and not before.endswith("\n")):
        return text
    return before + "\n".join(f"> {line}" for line in after.strip().split("\n"))


def _target(said: str, person: Callable[[str], str | None], channels: Mapping[str, str]) -> str:
    """What stands between angle brackets, as Markdown."""
    target, _, label = said.partition("|")
    label = unescape(label)
    if target.startswith("@"):
        handle = person(target[1:])
        return f"@{handle}" if handle else f"\\@{label or target[1:]}"
    if target.startswith("#"):
        return f"\\#{channels.get(target[1:]) or label or target[1:]}"
    if target.startswith("!"):
        name = target[1:].partition("^")[0]
        return f"**\\@{name}**" if name in _BROADCAST else label or f"\\@{name}"
    address = unescape(target).replace(" ", "%20").replace(">", "%3E")
    if not re.match(r"(https?|mailto|ftp|tel):", address, re.IGNORECASE):
        return f"\\<{unescape(said)}\\>"
    shown = re.sub(r"([\[\]\\*_`<])", r"\\\1", label) if label else ""
    return f"[{shown}](<{address}>)" if shown and shown != address else f"<{address}>"


def _plain(code: str, person: Callable[[str], str | None], channels: Mapping[str, str]) -> str:
    """Code, in which addresses stand as they are read."""

    def shown(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target.startswith("@"):
            return f"@{person(target[1:]) or label or target[1:]}"
        if target.startswith("#"):
            return f"#{channels.get(target[1:]) or label}"
        return label or target

    return unescape(_POINTED.sub(shown, code))
