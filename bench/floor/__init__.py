"""The floor: the least a page with a text and a list can do in this framework, and the least a save can."""
