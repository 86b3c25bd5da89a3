"""What is typed of a vote: declaring how it is decided, steering it, lending a voice."""
