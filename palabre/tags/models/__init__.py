"""Tags, who put them where and when, the other names they answer to, and merges that can be undone."""

from palabre.tags.models.merge import Hindered, Merge
from palabre.tags.models.tag import Alias, Tag, Tagging

__all__ = ["Alias", "Hindered", "Merge", "Tag", "Tagging"]
