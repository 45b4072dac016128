"""Every value and every broken rule of the register has words, in Swedish too."""

import re
from enum import StrEnum
from pathlib import Path

import polib
import pytest

from outreach.associations import wording
from outreach.associations.rules import (
    AssociationStatus,
    CommitmentKind,
    CommitmentStatus,
    LegalForm,
)

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "outreach" / "associations"
PART = ROOT / "outreach" / "translations" / "parts" / "associations.po"


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (LegalForm, wording.LEGAL_FORMS),
        (AssociationStatus, wording.STATUSES),
        (CommitmentKind, wording.COMMITMENT_KINDS),
        (CommitmentStatus, wording.COMMITMENT_STATUSES),
    ],
)
def test_every_member_has_words(members: type[StrEnum], words: dict[str, object]) -> None:
    assert set(words) == {member.value for member in members}


def test_every_rule_raised_in_the_room_has_a_sentence() -> None:
    raised = {
        code
        for path in ROOM.rglob("*.py")
        for code in re.findall(r'RuleBroken\([^,()]+,\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert {"personal_number", "number_taken"} <= raised
    assert raised - set(wording.SENTENCES) == set()


def test_every_sentence_of_the_part_is_translated() -> None:
    part = polib.pofile(str(PART))
    assert [entry.msgid for entry in part if not entry.translated()] == []
