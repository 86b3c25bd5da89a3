"""Taking answers: a place that begins, what is kept as one goes, votes, and the moment at which a response is sent."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F
from django.utils.timezone import localdate

from palabre.consultations import looking, quotas
from palabre.consultations.models import Consultation, Response, Seat, Settled, Stage, State, Statement
from palabre.kit.holding import hold

MOST_STATEMENTS = 300
EVENED = 500  # answers after which chance alone fills the cells evenly


@transaction.atomic
def begin(consultation: Consultation, seat: Seat | None, *, person: Any, device: str, side: str, language: str) -> Seat:
    """The place of somebody who begins to answer, with an empty response in a cell drawn at random among the
    emptiest. Raises Settled.
    """
    if seat is None:
        owner = {"person": person} if person else {"device": device}
        seat, _made = Seat.objects.get_or_create(consultation=consultation, **owner)
    _hold(consultation, seat)
    if not seat.done and seat.response_id is None:
        cell = _cell(consultation)
        made = Response.objects.create(consultation=consultation, side=side, language=language, cell=cell)
        seat.response = made
        seat.save(update_fields=["response"])
    return seat


def _cell(consultation: Consultation) -> str:
    if not consultation.variants:
        return ""
    keys = [each["key"] for each in consultation.variants]
    if consultation.sent >= EVENED:
        return str(secrets.choice(keys))
    seen = consultation.responses.exclude(state=State.OVER).order_by().values_list("cell").annotate(n=Count("pk"))
    filled = dict(seen)
    fewest = min(filled.get(key, 0) for key in keys)
    return str(secrets.choice([key for key in keys if filled.get(key, 0) == fewest]))


@transaction.atomic
def keep(response: Response, said: dict[str, Any], instead_of: Collection[str] = ()) -> dict[str, Any]:
    """Adds what was just said, or puts it `instead_of` the answers to these questions; returns all that stands now.

    Two requests of one browser may cross: each adds to what the other kept. Raises Settled once it is sent.
    """
    held = Response.objects.select_for_update(no_key=True).filter(pk=response.pk, state=State.BEGUN).first()
    if held is None:
        raise Settled
    held.said = {key: value for key, value in held.said.items() if key not in instead_of} | said
    held.save(update_fields=["said"])
    return dict(held.said)


@transaction.atomic
def vote(consultation: Consultation, response: Response, statement: Statement, said: int) -> None:
    """1 agrees, -1 disagrees, 0 passes, in place of what was said before. Raises Settled."""
    held = Response.objects.select_for_update(no_key=True).filter(pk=response.pk, state=State.BEGUN).first()
    if held is None or consultation.stage != Stage.OPEN or said not in (1, 0, -1):  # what was empty is gone once closed
        raise Settled
    before = held.said.get(str(statement.pk))
    held.said[str(statement.pk)] = said
    held.save(update_fields=["said"])
    ways = (("agree", 1), ("disagree", -1))
    more = {name: F(name) + int(said == way) - int(before == way) for name, way in ways}
    Statement.objects.filter(pk=statement.pk).update(**more, seen=F("seen") + int(before is None))


@transaction.atomic
def add_statement(consultation: Consultation, text: str, language: str) -> Statement:
    """A sentence of somebody who takes part; one that stands there already stays one. Raises Settled."""
    consultation.hold(Stage.OPEN)
    if consultation.statements.count() >= MOST_STATEMENTS:
        raise Settled
    statement, made = Statement.objects.get_or_create(
        consultation=consultation, text=text, defaults={"language": language, "added": True}
    )
    if made:
        consultation.item.record("statement_added", None)
    return statement


@transaction.atomic
def take(consultation: Consultation, seat: Seat, state: str) -> str:
    """The response is sent, and keeps no trace of whose it was; or is one too many for a quota, which is looked at
    again now that nobody else sends. Returns which of the two. Raises Settled.
    """
    _hold(consultation, seat)
    response = seat.response
    if response is None or seat.done:
        raise Settled
    response.state, response.sent_on = state, localdate()
    if state == State.SENT:
        _count(consultation, response)
    response.save(update_fields=["state", "sent_on", "batch"])
    seat.response, seat.done = None, True
    seat.save(update_fields=["response", "done"])
    return response.state


def take_whole(
    consultation: Consultation, seat: Seat | None, *, person: Any, device: str, side: str, language: str, said: Any
) -> str:
    """All that somebody has to say, in one movement: the place, the response, and that it is sent. As `take`.

    A crowd comes this way, so the consultation is held for as short as can be. Raises Settled.
    """
    response = Response(
        consultation=consultation, state=State.SENT, side=side, language=language, said=said, sent_on=localdate()
    )
    try:
        with transaction.atomic():
            if seat is None:
                owner = {"person": person} if person else {"device": device}
                Seat.objects.create(consultation=consultation, done=True, **owner)
            elif not Seat.objects.filter(pk=seat.pk, done=False, response=None).update(done=True):
                raise Settled
            consultation.hold(Stage.OPEN)
            _count(consultation, response)
            response.save(force_insert=True)
    except IntegrityError as twice:  # the same place has answered a moment ago
        raise Settled from twice
    return response.state


def _hold(consultation: Consultation, seat: Seat) -> None:
    """The place first, as whoever comes with a whole response does: two requests of one person never wait for each
    other. Raises Settled.
    """
    hold(seat, "response", "done")
    consultation.hold(Stage.OPEN)


def _count(consultation: Consultation, response: Response) -> None:
    """One more; its batch says of which few it is one, so that results never grow by fewer (see `results`)."""
    if quotas.is_full(consultation, response.said):
        response.state = State.OVER
        return
    response.batch = consultation.sent // consultation.floor
    consultation.sent += 1
    quotas.count(consultation, response.said)
    consultation.save(update_fields=["sent", "filled"])
    looking.soon(consultation)
