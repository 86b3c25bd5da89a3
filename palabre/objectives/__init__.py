"""Objectives: what is to be reached, how it is measured, by when; what is done for it, and what came of it."""
