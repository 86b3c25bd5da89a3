"""The counting room: rules against textbook cases, real elections, and what they promise in general."""
