"""The sources of the style sheet, in the order of the cascade.

The kit's components lie in folders named after the layers; a room's own styles (`@layer rooms`) lie in its
`static/<room>/css/`. No Django here: the build reads this before there is anything to start.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
KIT = PACKAGE / "kit" / "static" / "kit" / "css"
LAYERS = ("reset", "tokens", "base", "components", "rooms", "utilities")


def sources() -> list[Path]:
    """Every source: the order of the layers, the kit's, then each room's."""
    kit = [KIT / "layers.css", *(path for layer in LAYERS for path in sorted((KIT / layer).glob("*.css")))]
    return kit + sorted(path for path in PACKAGE.glob("*/static/*/css/*.css") if path.parent != KIT)
