"""Posts as a kind."""

from django.utils.translation import gettext_lazy as _

from palabre.items.kinds import Kind, register

POST = register(
    Kind(
        name="post",
        path="posts",
        label=_("Post"),
        label_plural=_("Posts"),
        icon="newspaper",
        template="posts/show.html",
        dated=True,
        order=12,
    )
)
