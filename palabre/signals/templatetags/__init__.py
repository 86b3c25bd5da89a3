"""Tags of templates of the signals room."""
