"""Who sits at the command line."""


class Operator:
    """Who sits at the command line of the machine, and therefore sees all; never a signed-in person."""

    pk = None
    name = "operator"
    is_authenticated = False
    is_inside = True
    is_admin = True


OPERATOR = Operator()
