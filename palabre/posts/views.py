"""Posts: one of them, and those of a space, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from palabre.authoring import showing
from palabre.items.models import Item
from palabre.kit.paging import page
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

POSTS = showing.door()


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """`/posts/12-la-maintenance/`."""
    return showing.show(request, POSTS.open(request, pk, "post"))


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/le-fil/posts/`."""
    space = space_or_404(request, slug)
    posts = Item.objects.visible_to(request.user).published().of_kind("post").filter(space=space).for_lists()
    context = frame(request, space) | {"posts": page(posts, request)}
    return render(request, "posts/of_space.html", context)
