"""Orders: a look at the words of an item sets aside no search that it answers, and most of those that it does not."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palabre.search import analysis, query
from palabre.search.orders import Look, Order, possible
from palabre.search.schema import Entry
from palabre.search.standing import Batch

WORDS = """
    tarif tarifs Tarifée l'école L’ÉCOLE écoles aujourd'hui AUJOURD’HUI jusqu'à d'abord presqu'île qu'il rock's Dogs
    dogs dying lying skies généralement generally nationaux national yeux cœur coeur œuvres été eut the les un to be
    2026 x it's½ foo_bar co-opérer e-mail ΣΊΣΥΦΟΣ İstanbul STRASSE straße ﬁbre l'eau s'il ıı naïve
    cafe\u0301 हिन्दी 通信網 ทดสอบ
    a.b.c ½ ² Ⅷ ǅ 𝔘 it’s c'est Quoiqu'on quoi donc fibre fibres Fibrée
""".split()  # noqa: SIM905
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
texts = st.one_of(words, st.text(max_size=30), st.tuples(words, st.text(max_size=10)).map(" ".join))
entries = st.builds(
    Entry,
    id=st.just(0),
    kind=st.sampled_from(["page", "post"]),
    space=st.integers(1, 2),
    author=st.just(1),
    title=texts,
    text=texts,
    names=st.lists(texts, max_size=1),
    more=st.lists(texts, max_size=1),
    language=st.sampled_from(["fr", "en", "wo", ""]),
    tags=st.lists(st.integers(1, 2), max_size=2),
)
asked = st.one_of(
    st.sampled_from(WORDS),
    words,
    st.text(max_size=8),
    words.map(lambda text: f'"{text}"'),
    st.tuples(words, st.sampled_from(["in:title", "-fibre", "kind:page", "tari*", "(fibre OR dogs)"])).map(" ".join),
)
choices = st.sampled_from([{}, {}, {"kind": ["page"]}, {"space": [2]}, {"tag": [1]}, {"author": [3]}])


def numbered(orders):
    return [Order(pk, 1, query.parse(text), choice) for pk, (text, choice) in enumerate(orders, 1)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stood=st.lists(entries, min_size=1, max_size=4), orders=st.lists(st.tuples(asked, choices), max_size=12))
def test_no_search_that_is_answered_is_set_aside_nor_the_item_that_answers(stood, orders):
    stood = [
        Entry(**{name: getattr(each, name) for name in Entry.__slots__} | {"id": pk})
        for pk, each in enumerate(stood, 1)
    ]
    orders = numbered(orders)
    batch = Batch(stood, orders)
    without = {(order.pk, pk) for order in orders for pk in batch.answers(order)}
    able, some = possible(stood, orders)
    assert {pk for _order, pk in without} <= set(able)
    assert {order for order, _pk in without} <= {order.pk for order in some}
    if able:
        less = Batch([entry for entry in stood if entry.id in able], some)
        assert {(order.pk, pk) for order in some for pk in less.answers(order)} == without


@settings(max_examples=200, deadline=None)
@given(stood=st.lists(entries, min_size=1, max_size=3))
def test_the_tokens_of_items_are_those_of_the_analysers(stood):
    wanted = {}
    for entry in stood:
        whole = analysis.normal("\n".join([entry.title, *entry.names, entry.text, *entry.more]))
        wanted[id(entry)] = {*analysis.tokens(whole, entry.language), *analysis.tokens(whole, analysis.PLAIN)}
    look = Look(set().union(*wanted.values()))
    for entry in stood:
        held = look.held(entry)
        assert held is None or wanted[id(entry)] <= held


def test_what_holds_none_of_its_words_is_set_aside():
    page = Entry(1, "page", 1, 1, "Nos prix", "Aujourd’hui, l’école ouvre à Thiès pour tous les élèves.", "fr")
    orders = numbered([("tarifs", {}), ("élève écoles", {}), ("élève tarifs", {}), ('"thiès pour"', {}),
                       ('"thiès contre"', {}), ("kind:post", {}), ("prix", {"space": [2]})])  # fmt: skip
    able, some = possible([page], orders)
    assert (able, [order.pk for order in some]) == ([1], [2, 4])
    assert possible([page], orders[:1]) == ([], [])
