"""A budget: which projects are paid for, out of a sum that is the same for all."""
