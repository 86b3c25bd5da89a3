"""Who may do what in the demo world, written down by hand: the oracle of the permission matrix.

It is deliberately a plain table and shares no code with `visible_to` or `policy`: when the two disagree, one is wrong.
"""

CAST = (
    "tom", "nadia", "marc", "coumba", "awa", "idrissa", "grace", "lea", "ousmane", "binta",
    "tidiane", "koffi", "diego", "ramata", "ines", "bineta", None,
)  # fmt: skip
INSIDE = frozenset(CAST[:10])
STRANGERS = frozenset({None, "bineta"})  # nobody, and who has left: neither can sign in
SIGNED_IN = frozenset(CAST) - STRANGERS
EVERYBODY = frozenset(CAST)

READERS = {
    "reseau": {"marc", "idrissa", "coumba", "awa"},
    "service-client": {"ousmane", "grace", "lea"},
    "direction": {"nadia", "marc", "lea"},
    "maison": INSIDE,
    "produit": INSIDE,
    "installateurs": INSIDE | {"tidiane", "koffi"},
    "entraide": INSIDE | {"ramata", "ines"},
    "le-fil": EVERYBODY,
}
WRITERS = {
    "reseau": {"marc", "idrissa", "coumba"},
    "service-client": {"ousmane", "grace", "lea"},
    "direction": {"nadia", "marc", "lea"},
    "maison": INSIDE,
    "produit": {"lea", "binta", "coumba", "nadia"},
    "installateurs": INSIDE | {"tidiane", "koffi"},
    "entraide": INSIDE | {"ramata", "ines"},
    "le-fil": {"marc", "lea", "grace", "nadia"},
}
STEWARDS = {
    "reseau": {"marc", "idrissa"},
    "service-client": {"ousmane"},
    "direction": {"nadia"},
    "maison": {"marc", "nadia"},
    "produit": {"lea"},
    "installateurs": {"coumba", "marc"},
    "entraide": {"marc", "ousmane"},
    "le-fil": {"marc"},
}
MEMBERS = {
    "reseau": {"marc", "idrissa", "coumba", "awa"},
    "service-client": {"ousmane", "grace", "lea"},
    "direction": {"nadia", "marc", "lea"},
    "maison": {"marc", "nadia", "awa", "coumba", "grace", "tom"},
    "produit": {"lea", "binta", "coumba", "nadia"},
    "installateurs": {"coumba", "marc", "tidiane", "koffi", "awa", "idrissa"},
    "entraide": {"marc", "ousmane", "ramata", "ines", "awa"},
    "le-fil": {"marc", "lea", "grace", "nadia"},
}
MEETS = {
    **dict.fromkeys(INSIDE, EVERYBODY | {"moussa", "relais"}),
    "tidiane": {"tidiane", "koffi", "coumba", "marc", "awa", "idrissa"},
    "koffi": {"tidiane", "koffi", "coumba", "marc", "awa", "idrissa"},
    "diego": {"diego"},
    "ramata": {"ramata", "ines", "marc", "ousmane", "awa"},
    "ines": {"ramata", "ines", "marc", "ousmane", "awa"},
    "bineta": set(),
    None: set(),
}
ADMINISTRATORS = frozenset({"tom"})


def shapers(space: str, author: str) -> set[str]:
    """Who may move, archive or trash something that `author` wrote in `space`."""
    return STEWARDS[space] | ({author} & WRITERS[space])


def commenters(space: str) -> set[str]:
    """Anyone who may read may answer, once signed in."""
    return set(READERS[space]) & SIGNED_IN
