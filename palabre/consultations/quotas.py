"""Quotas: no more than so many answers that chose one thing. What was sent is counted along, under the lock of sending.

`filled` of a consultation is `{"q1": {"2": 57}}`: of the question q1, fifty-seven answers that were sent chose 2.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from palabre.consultations.models import Consultation


def is_full(consultation: Consultation, said: Mapping[str, Any], fresh: Collection[str] | None = None) -> bool:
    """Whether something that was chosen, among the `fresh` answers if they are named, has as many as its quota."""
    return any(
        consultation.filled.get(key, {}).get(option, 0) >= most
        for key, option, most in _chosen(consultation, said)
        if fresh is None or key in fresh
    )


def count(consultation: Consultation, said: Mapping[str, Any]) -> None:
    """One more was sent that said this. The caller holds the consultation, and saves it."""
    for key, option, _most in _chosen(consultation, said):
        counted = consultation.filled.setdefault(key, {})
        counted[option] = counted.get(option, 0) + 1


def _chosen(consultation: Consultation, said: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    for quota in consultation.quotas:
        given = said.get(quota["question"])
        for option in given if isinstance(given, list) else [given] if given is not None else ():
            yield quota["question"], str(option), quota["most"]
