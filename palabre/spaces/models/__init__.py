"""Spaces, their audience and their members, who keeps one among theirs, and how one is let in."""

from palabre.spaces.models.admission import Placement, Request, RequestQuerySet
from palabre.spaces.models.audience import AMONG, OUTSIDE, RANK, Audience, Role, Writing, standing, who
from palabre.spaces.models.keeper import Keeper
from palabre.spaces.models.peopled import LastSteward, Membership
from palabre.spaces.models.space import FormerSlug, Invited, Space, SpaceQuerySet

__all__ = [
    "AMONG", "OUTSIDE", "RANK", "Audience", "FormerSlug", "Invited", "Keeper", "LastSteward", "Membership", "Placement",
    "Request", "RequestQuerySet", "Role", "Space", "SpaceQuerySet", "Writing", "standing", "who",
]  # fmt: skip
