"""The pages of push: one's devices, what a browser asks for by itself, and what is shared with us."""
