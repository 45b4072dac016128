"""Questions from outside: what is asked of a published figure, and the rules of its texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.measures.rates import Measure
from outreach.personal_data import has_contact_details, has_personal_number
from outreach.rules import RuleBroken

CLAIM_MAXIMUM = 300
WHY_MAXIMUM = 2000
ANSWER_MAXIMUM = 2000


class QuestionState(StrEnum):
    """Where a question stands. The first four are open, the last three closed."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    CHANGED_SINCE = "changed_since"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


OPEN_STATES = (
    QuestionState.ASKED,
    QuestionState.ACCEPTED,
    QuestionState.DISPUTED,
    QuestionState.CHANGED_SINCE,
)
ANSWERS = OPEN_STATES[1:]
"""What an association can say: it is so, it is not so, it was not so then."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure that is questioned: of which village, what, and on which reference date."""

    village_id: int
    measure: Measure
    reference_date: date


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """What somebody outside thinks is right, and why.

    `details_are_meant` tells that the person has been asked about what looks like an e-mail
    address or a phone number in the texts. The address to answer to has a field of its own.
    """

    figure: Figure
    claim: str
    why: str
    email: str | None = None
    details_are_meant: bool = False

    def broken_rules(self) -> Iterator[RuleBroken]:
        """Each rule that the texts break."""
        for field, text, most in (
            ("claim", self.claim, CLAIM_MAXIMUM),
            ("why", self.why, WHY_MAXIMUM),
        ):
            yield from _broken(field, text, most=most)
            if not self.details_are_meant and has_contact_details(text):
                yield RuleBroken(field, "contact_details")


def checked_answer(text: str, *, is_needed: bool) -> str | None:
    """The words that go with an answer or a decision; None where none are needed and none given.

    Raises RuleBroken.
    """
    answer = text.strip()
    if not answer and not is_needed:
        return None
    for rule in _broken("answer", answer, most=ANSWER_MAXIMUM):
        raise rule
    return answer


def days_left(due_on: date, *, today: date) -> int:
    """Days until the answer is due; below 0 when it is late. The day itself is in time."""
    return (due_on - today).days


def _broken(field: str, text: str, *, most: int) -> Iterator[RuleBroken]:
    if not text:
        yield RuleBroken(field, "missing")
    if len(text) > most:
        yield RuleBroken(field, "too_long", facts={"most": most})
    if has_personal_number(text):
        yield RuleBroken(field, "personal_number")
