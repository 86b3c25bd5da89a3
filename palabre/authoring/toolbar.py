"""What the toolbar of the editor offers, in groups: each does what `text-commands` calls by its name."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Tool(NamedTuple):
    """One gesture; without the toolbar it is done by `keys` pressed together, or by the `sign` that one types."""

    does: str
    label: Any
    icon: str
    keys: str = ""
    sign: str = ""


TOOLBAR = (
    (
        Tool("heading", _("Heading"), "heading-2", "Ctrl Alt 2"),
        Tool("bold", _("Bold"), "bold", "Ctrl B"),
        Tool("italic", _("Italic"), "italic", "Ctrl I"),
        Tool("link", _("Link"), "link", "Ctrl K"),
    ),
    (
        Tool("list", _("List"), "list", "Ctrl Shift 8"),
        Tool("tasks", _("Tasks"), "list-checks", "Ctrl Shift 9"),
        Tool("quote", _("Quotation"), "quote", "Ctrl Shift Q"),
        Tool("note", _("Note"), "info"),
        Tool("code", _("Code"), "code", "Ctrl E"),
        Tool("table", _("Table"), "table"),
        Tool("file", _("Image or file"), "paperclip"),
    ),
    (
        Tool("mention", _("Mention somebody"), "at-sign", sign="@"),
        Tool("page", _("Link to a page"), "file-symlink", sign="[["),
        Tool("tag", _("Tag"), "hash", sign="#"),
    ),
)
