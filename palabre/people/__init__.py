"""People: persons (with an account or spoken for), organisations, and how one signs in."""
