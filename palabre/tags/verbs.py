"""What the journal can tell of tags. A tag is part of what one searches: readers look again."""

from palabre.journal.verbs import Verb, register

register(
    Verb("tagged", changes_text=True),
    Verb("untagged", changes_text=True),
    Verb("tag_renamed"),
    Verb("tag_synonym_added"),
    Verb("tag_synonym_removed"),
    Verb("tags_merged"),
    Verb("tags_merge_undone"),
)
