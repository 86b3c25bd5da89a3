"""What ideas know: themselves and their stages, their voices, reviews and teams, and the campaigns they answer."""

from palabre.ideas.models.campaigns import Campaign, Concluded, Leaving, Outcome, Standing, Unbegun, Weighed
from palabre.ideas.models.idea import LONGEST, Answer, Idea, Placing, Step
from palabre.ideas.models.reviews import Review
from palabre.ideas.models.splitting import Half, Unsplittable
from palabre.ideas.models.teams import Teammate, TeamSpace
from palabre.ideas.models.voices import Source, Support
from palabre.ideas.stages import Stage

__all__ = [
    "LONGEST", "Answer", "Campaign", "Concluded", "Half", "Idea", "Leaving", "Outcome", "Placing", "Review", "Source",
    "Stage", "Standing", "Step", "Support", "TeamSpace", "Teammate", "Unbegun", "Unsplittable", "Weighed",
]  # fmt: skip
