"""What an event of Slack says, as the text of a message here: words, files as links, what was quoted."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from palabre.portability.slack import blocks
from palabre.portability.slack.markup import markdown
from palabre.portability.slack.shaped import mapping

SPOKEN = {
    "", "file_share", "file_comment", "bot_message", "me_message", "thread_broadcast", "reply_broadcast",
    "slackbot_response",
}  # fmt: skip
GONE = {"tombstone", "hidden_by_limit"}  # files of which nothing is left but that they were there


Handle = Callable[[str], str | None]


def is_message(event: dict[str, Any]) -> bool:
    """Whether somebody said something, as against what merely happened."""
    return event["type"] in ("", "message") and event["subtype"] in SPOKEN


def body(event: dict[str, Any], handle: Handle, channels: Mapping[str, str]) -> tuple[str, int]:
    """The text, "" when there is none, and how many files it links to."""
    signs = dict(blocks.signs(event["blocks"]))

    def told(text: Any) -> str:
        return markdown(text if isinstance(text, str) else "", handle, channels, signs)

    files = [each for each in (*event["files"], event["file"]) if each and each.get("mode") not in GONE]
    links = [_link(each) for each in files]
    text = event["text"]
    if event["subtype"] == "file_share" and event["file"]:
        comment = mapping(event["file"], "initial_comment").get("comment")
        words = told(comment if comment is not None else text.partition("and commented: ")[2])
    elif event["subtype"] == "file_comment":
        words = told(event["comment"].get("comment") or text.partition(">: ")[2])
    else:
        words = told(text or "\n".join(blocks.words(event["blocks"])))
    pieces = [words, *_attached(event, told, with_links=not words), *links]
    return "\n\n".join(filter(None, pieces)), len(links)


def gone(event: dict[str, Any]) -> int:
    """How many files stood there of which nothing is left."""
    return sum(each.get("mode") in GONE for each in event["files"])


def _link(file: dict[str, Any]) -> str:
    address = file.get("permalink") or file.get("url_private") or file.get("permalink_public") or ""
    title = str(file.get("title") or file.get("name") or "file")
    label = title.translate({ord(sign): " " for sign in "[]<>\\`\n"}).strip() or "file"
    return f"[{label}](<{address}>)" if str(address).startswith("http") else f"*{label}*"


def _attached(event: dict[str, Any], told: Callable[[Any], str], *, with_links: bool) -> Iterator[str]:
    """What an integration or a quotation shows below the words; what merely unfolds a link of theirs is left out."""
    for each in event["attachments"]:
        if each.get("from_url") and not each.get("is_msg_unfurl") and not with_links:
            continue
        title, address = str(each.get("title") or ""), str(each.get("title_link") or "")
        if title and address.startswith("http"):
            head = told(f"<{address}|{title}>")
        else:
            head = told(each.get("pretext") or title)
        words = told(each.get("text") or ("" if head else each.get("fallback")))
        quoted = "\n".join(f"> {line}" for line in words.split("\n")) if words else ""
        if head or quoted:
            yield "\n\n".join(filter(None, (head, quoted)))
