"""The page of a decision, who may vote on it, and the files from which it can be counted again."""

import json
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.functional import SimpleLazyObject
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from palabre.authoring import showing
from palabre.counting import explained
from palabre.decisions import arguments, circle, hands, outcomes, papers
from palabre.decisions import electorate as voters
from palabre.decisions.doors import DECISIONS, decision_or_404, facet_of
from palabre.decisions.forms.steering import Steering
from palabre.decisions.methods import BASES, METHODS, SHARES, titles
from palabre.decisions.models import Decision, Side, Stage
from palabre.decisions.telling import told
from palabre.kit.policy import may
from palabre.kit.shares import percent

HOURS = ("at", "closes_at")


@require_GET
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12-ouvrir-le-samedi/`."""
    item = DECISIONS.open(request, pk, "decision")
    if request.path != item.get_absolute_url():
        return showing.show(request, item)
    return showing.show(request, item, **page(request, facet_of(item)))


def page(request: HttpRequest, decision: Decision, **more: Any) -> dict[str, Any]:
    """What the page of a decision shows beside its text."""
    item: Any = decision.item
    person = request.user
    mine = item.mine[0] if item.mine else None
    awaits_count = decision.awaits_count
    may_vote = not awaits_count and may(person, "decision.vote", decision)
    turns = [_turn(each) for each in item.happenings]
    argued = arguments.of(decision, person)
    context: dict[str, Any] = {
        "html": arguments.resolve(item, argued, person),
        "decision": decision,
        "stage": decision.stage,
        "awaits_count": awaits_count,
        "reasons": [each for each in argued if each.side in (Side.FOR, Side.AGAINST)],
        "opinions": [each for each in argued if each.side not in (Side.FOR, Side.AGAINST)],
        "may_argue": may(person, "decision.argue", decision),
        "method": METHODS.get(decision.rule.get("name", "")),
        "options": titles(decision.rule.get("name", ""), decision.options).values(),
        "worded_in": papers.language_of(decision),
        "said": _declared(decision),
        "mine": mine,
        "mine_at": datetime.fromisoformat(mine["at"]) if mine else None,
        "changed": decision.version and item.version != decision.version,
        "changed_since_mine": mine and mine["version"] != item.version,
        "eligible": item.eligible,
        **_turnout(decision),
        "is_marked": item.marked_on is not None,
        "unconfirmed": item.unconfirmed,
        "to_confirm": (mine["version"] if mine else item.marked_on or decision.pinned) < decision.pinned,
        "may_pin": item.version > max(decision.version, decision.pinned) and may(person, "decision.steer", decision),
        "turns": turns,
        "left": next((each for each in turns if each["what"] == "left"), None),
        "closed_at": next((each["at"] for each in turns if each["what"] == "closed"), None),
        "sheets": outcomes.sheets(decision.rule) if decision.stage == Stage.CLOSED else (),
        "may_prepare": may(person, "decision.prepare", decision),
        "may_steer": may(person, "decision.steer", decision),
        "may_state": may(person, "decision.state", decision),
        "may_vote": may_vote,
        "review_typed": decision.review_on.isoformat() if decision.review_on and not decision.review_due else "",
        "steering": SimpleLazyObject(Steering),  # drawn for few
    }
    if decision.stage in (Stage.OPEN, Stage.CLOSED):
        has_voted = bool(mine) or context["is_marked"]
        context["circle"] = circle.of(decision, context["voted"], context["lent"], mine=has_voted)
    if may_vote:
        context["mandate"] = item.mandate
        context["lent_to"], context["come"] = hands.of(item)
    if may_vote and not decision.secret:
        paper = papers.filled(decision, mine["said"]) if mine else papers.blank(decision)
        paper.words = (item.own_words or "").strip()
        context["paper"] = paper
    if decision.is_ready:
        context |= _results(decision)
    settled = decision.stage == Stage.CLOSED and (decision.statement or context["result"].chosen)
    context |= {"settled": settled, "stage_label": Stage(decision.stage).in_words(settled=settled)}
    return context | more | _kept(decision, context.get("paper"), more)


def _turnout(decision: Decision) -> dict[str, Any]:
    """How many have voted; once it is counted, how many others were heard beside them, whose voices were lent."""
    item: Any = decision.item
    present = decision.outcome["document"]["present"] if decision.outcome else item.voted
    lent = present - item.voted if decision.delegated else 0
    return {"voted": present - lent, "lent": lent}


def _kept(decision: Decision, paper: Any, refused: Mapping[str, Any]) -> dict[str, Any]:
    """Under which keys the pieces of the page are kept that many ask for while they poll; None: not to be kept, for it
    is in preparation, or somebody has written something there. What was declared does not change once it is open.
    """
    item: Any = decision.item
    if decision.stage == Stage.DRAFT or refused:
        return {"declared_as": None, "blank_as": None, "plain_as": None}
    piece = (decision.pk, decision.stage, decision.opens_at, item.language)
    blank = paper is not None and not item.mine and not paper.is_filled
    return {
        "declared_as": (*piece, paper is not None),
        "blank_as": (*piece, item.mandate) if blank else None,
        "plain_as": piece,
    }


def _results(decision: Decision) -> dict[str, Any]:
    """What came out; while it is open, to whom it is shown, what would."""
    item: Any = decision.item
    if decision.stage == Stage.CLOSED and decision.outcome:
        kept = decision.outcome
    elif item.standing and item.standing[0]["outcome"]:
        kept = item.standing[0]["outcome"]
    else:
        return {}
    called = titles(decision.rule["name"], decision.options)
    others = [told(each, called) for each in kept["beside"]]
    result = told(kept["document"]["result"], called)
    agree = all((each.chosen, each.left) == (result.chosen, result.left) for each in others)
    counted_at = datetime.fromisoformat(item.standing[0]["at"]) if item.standing else None
    return {"result": result, "others": others, "agree": agree, "counted_at": counted_at}


def _declared(decision: Decision) -> dict[str, Any]:
    """What was declared, in words."""
    rule, quorum, ties = decision.rule, decision.quorum or {}, decision.ties
    share = next((each[0] for key, each in SHARES.items() if key == rule.get("share")), "")
    return {
        "share": share,
        "base": BASES.get(rule.get("base", ""), ""),
        "budget": number_format(rule["budget"], force_grouping=True) if "budget" in rule else "",
        "seats": rule.get("seats", 1),
        "quorum": quorum.get("number") or "",
        "quorum_share": percent(float(Fraction(quorum["share"]))) if quorum.get("share") else "",
        "ties": explained.TIES[ties["name"]] if ties else None,
        "sum": (ties or {}).get("sum", ""),
        "seed": (ties or {}).get("seed", ""),
    }


def _turn(brief: dict[str, Any]) -> dict[str, Any]:
    return brief | {name: datetime.fromisoformat(brief[name]) for name in HOURS if brief[name]}


def again(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
    """The page of the decision with what was typed and what is wrong with it."""
    item = DECISIONS.open(request, pk, "decision")
    return showing.again(request, item, **page(request, facet_of(item), **more))


@require_GET
def electorate(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/electorate/`: who may vote, from the moment when it opened; a guest is told of whom they meet."""
    decision = decision_or_404(request, pk)
    if decision.stage == Stage.DRAFT:
        raise Http404
    voices, others = voters.met(decision, request.user)
    context = {"decision": decision, "item": decision.item, "voices": voices, "others": others}
    return render(request, "decisions/electorate.html", context)


TYPES = {"json": "application/json", "blt": "text/plain; charset=utf-8", "abif": "text/plain; charset=utf-8"}


@require_GET
def recount(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """`/decisions/12/recount.json`, `.blt`, `.abif`: what is needed to count again, once closed; it names nobody."""
    decision = decision_or_404(request, pk)
    if decision.stage != Stage.CLOSED or not decision.outcome or form not in TYPES:
        raise Http404
    if form == "json":
        text: str | None = json.dumps(decision.outcome["document"], ensure_ascii=False, indent=2)
    else:
        text = outcomes.sheet(decision.outcome, form)
    if text is None:
        raise Http404
    name = slugify(decision.item.title)[:60] or f"decision-{pk}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(text, content_type=TYPES[form], headers=headers)
