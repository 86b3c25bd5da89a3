"""What the journal can tell of tags. A tag is part of what one searches: readers look again."""

from django.utils.translation import ngettext_lazy

from palabre.journal.verbs import Verb, register

register(
    Verb(
        "tagged",
        changes_text=True,
        concerns=("watchers",),
        says=ngettext_lazy("%(who)s tagged it", "%(who)s tagged it", "n"),
    ),
    Verb("untagged", changes_text=True),
    Verb("tag_renamed"),
    Verb("tag_synonym_added"),
    Verb("tag_synonym_removed"),
    Verb("tags_merged"),
    Verb("tags_merge_undone"),
)
