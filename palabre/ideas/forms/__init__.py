"""The forms of ideas and of campaigns."""
