"""A bookmark without words of its own is introduced, and analysed, by those of its page."""

from palabre.authoring.derivation import Batch, derives_from_text
from palabre.authoring.language import guess
from palabre.bookmarks.models import Bookmark
from palabre.items.models import Item
from palabre.kit.html import on_one_line


@derives_from_text
def introduce(batch: Batch) -> None:
    """After every change of the text, which knows nothing of the page."""
    wordless = {item.pk: item for item, document in batch if item.kind == "bookmark" and not document.text}
    if wordless:
        for bookmark in Bookmark.objects.filter(pk__in=wordless).exclude(description="", text=""):
            introduced(wordless[bookmark.pk], bookmark)


def introduced(item: Item, bookmark: Bookmark) -> None:
    """Gives the item the excerpt and the language of its page."""
    item.excerpt = (bookmark.description or on_one_line(bookmark.text[:600].splitlines()))[:280]
    item.language = guess(bookmark.text or bookmark.description, item.language)
    item.save(update_fields=["excerpt", "language"])
