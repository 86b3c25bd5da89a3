"""Pages as a kind."""

from django.utils.translation import gettext_lazy as _

from palabre.items.kinds import Kind, register

PAGE = register(
    Kind(
        name="page",
        path="pages",
        label=_("Page"),
        label_plural=_("Pages"),
        icon="book-open",
        template="pages/show.html",
        order=10,
    )
)
