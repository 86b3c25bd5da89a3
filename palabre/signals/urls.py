"""Addresses of the inbox and of what one follows."""

from django.urls import path

from palabre.signals.views import following, inbox, searches

app_name = "signals"

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/done/", inbox.all_done, name="all_done"),
    path("inbox/news/", inbox.news, name="news"),
    path("inbox/item/<int:pk>/reading/", inbox.seen, name="seen"),
    path("inbox/<int:pk>/done/", inbox.done, name="done"),
    path("inbox/<int:pk>/later/", inbox.later, name="later"),
    path("inbox/<int:pk>/reading/", inbox.reading_state, name="reading"),
    path("following/", following.follows, name="follows"),
    path("following/searches/", searches.saving, name="saving"),
    path("following/<slug:thing>/<int:pk>/", following.following, name="following"),
]
