"""What the journal can tell of tags. A tag is part of what one searches: readers look again."""

from palabre.journal.verbs import Verb, did, register

register(
    Verb("tagged", changes_text=True, concerns=("watchers",), says=did("%(who)s tagged it")),
    Verb("untagged", changes_text=True),
    Verb("tag_renamed"),
    Verb("tag_synonym_added"),
    Verb("tag_synonym_removed"),
    Verb("tags_merged"),
    Verb("tags_merge_undone"),
)
