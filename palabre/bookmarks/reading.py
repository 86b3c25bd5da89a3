"""What a page says, taken out of its HTML by a confined process: title, description, main text, its own name.

Nothing here may import Django: `said_by` runs where nothing can be opened any more.
"""

import io
import json
import re
from typing import IO, Any

import trafilatura
from lxml import etree, html
from trafilatura.settings import use_config

LONGEST = 200_000
SAMPLE = (
    b"<html><head><title>Sample</title></head><body><article><p>"
    + b"Some words of a page. " * 40
    + b"</p></article></html>"
)


def prepare() -> None:
    """Loads all that reading needs, by reading."""
    use_config()
    said_by(io.BytesIO(SAMPLE), "utf-8")


def said_by(file: IO[bytes], charset: str = "") -> str:
    """JSON of a page: title, description, site, canonical, text; each may be empty. Runs confined."""
    data = file.read()
    tree = _tree(data, charset)
    if tree is None:
        raise ValueError("unreadable")
    head = {
        "title": _first(tree, "//meta[@property='og:title']/@content", "//title/text()", "//h1//text()"),
        "description": _first(
            tree, "//meta[@property='og:description']/@content", "//meta[@name='description']/@content"
        ),
        "site": _first(tree, "//meta[@property='og:site_name']/@content"),
        "canonical": _first(tree, "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"),
        "language": _first(tree, "/html/@lang")[:5],
    }
    text = trafilatura.extract(tree, fast=True, include_comments=False, include_tables=True) or ""
    return json.dumps(head | {"text": _kept(text)[:LONGEST]})


def _tree(data: bytes, charset: str) -> Any:
    declared = charset if re.fullmatch(r"[A-Za-z0-9_-]{2,30}", charset) else None
    for encoding in (declared, None):
        try:
            parser = html.HTMLParser(encoding=encoding, huge_tree=False, no_network=True, remove_comments=True)
            return html.document_fromstring(data, parser=parser)
        except (LookupError, etree.LxmlError, ValueError):
            continue
    return None


def _first(tree: Any, *paths: str) -> str:
    for path in paths:
        for found in tree.xpath(path):
            if said := " ".join(_kept(str(found)).split()):
                return said[:2000]
    return ""


def _kept(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", " ", text)
