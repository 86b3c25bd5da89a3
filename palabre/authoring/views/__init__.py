"""The addresses of authoring: write, edit, history, life, trust, for every kind."""
