"""Submitting: stored once however often it is sent, and never over somebody else's version."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import create_app
from outreach.accounts.rules import Reach, RoleName
from outreach.connections.commands.drafts import DraftTooLarge, save_draft, take_over_draft
from outreach.connections.commands.submit import (
    BaseOutdated,
    KeyReused,
    Submission,
    hash_of,
    new_receipt,
    submit,
)
from outreach.connections.models import ConnectionCount, ReportDraft, ReportVersion
from outreach.connections.queries.drafts import drafts_of
from outreach.connections.queries.report_head import ReportHead, report_head, round_to_report
from outreach.connections.rules import (
    CountEntry,
    CountFigures,
    ReportEntry,
    ReportState,
    RoundState,
)
from outreach.database import transaction
from outreach.database.audit import AuditEvent
from outreach.extensions import db
from outreach.measures.classes import DwellingType
from tests import factories
from tests.factories import NOW
from tests.settings import settings_for

REFERENCE = date(2026, 10, 1)
EVERYTHING = Reach(roles=frozenset({RoleName.ADMINISTRATOR}))


class Scene:
    """An association with a village, a round, and a person who reports."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.village = factories.village(session, "Åby")
        self.association = factories.association(session, serving=[self.village])
        factories.reporting_round(session, REFERENCE)
        self.user = factories.user(session)

    def head(self) -> ReportHead:
        head = report_head(
            self.session, self.association.id, reference_date=REFERENCE, reach=EVERYTHING, at=NOW
        )
        assert head is not None
        return head

    def entry(self, connected: int = 60, *, doubts: int = 0) -> ReportEntry:
        figures = CountFigures(100, 80, connected, 40)
        count = CountEntry(self.village.id, DwellingType("permanent"), figures)
        return ReportEntry((count,), doubts=doubts)

    def submission(self, key: str = "a", *, base: int = 0, content: str = "60") -> Submission:
        texts = {"v1-permanent-connected": content}
        return Submission(key, hash_of(self.head(), texts), base, self.user.id, NOW)

    def send(self, key: str = "a", *, base: int = 0, connected: int = 60) -> str:
        submission = self.submission(key, base=base, content=str(connected))
        head = self.head()
        return submit(self.session, head, self.entry(connected), submission=submission).receipt

    def states(self) -> list[tuple[int, ReportState]]:
        query = select(ReportVersion.number, ReportVersion.state).order_by(ReportVersion.number)
        return [tuple(row) for row in self.session.execute(query)]


@pytest.fixture
def scene(session: Session) -> Scene:
    return Scene(session)


def test_a_submission_becomes_version_one_with_its_counts(scene: Scene) -> None:
    scene.send(connected=60)
    assert scene.states() == [(1, ReportState.SUBMITTED)]
    row = scene.session.scalars(select(ConnectionCount)).one()
    assert (row.dwellings, row.homes_passed, row.connected, row.active) == (100, 80, 60, 40)


def test_the_same_again_gives_the_same_receipt_and_stores_nothing(scene: Scene) -> None:
    receipts = {scene.send() for _ in range(3)}
    assert (len(receipts), len(scene.states())) == (1, 1)


def test_the_same_key_with_other_content_is_refused_and_the_first_stands(scene: Scene) -> None:
    scene.send(connected=60)
    with pytest.raises(KeyReused):
        scene.send(connected=61)
    assert scene.session.scalars(select(ConnectionCount.connected)).all() == [60]


def test_a_key_is_its_users_own(scene: Scene) -> None:
    first = scene.send("a")
    scene.user = factories.user(scene.session)
    assert scene.send("a", base=1) != first


def test_a_form_opened_before_somebody_elses_submission_is_refused(scene: Scene) -> None:
    scene.send("a")
    with pytest.raises(BaseOutdated):
        scene.send("b", base=0, connected=61)
    assert len(scene.states()) == 1


def test_a_base_that_does_not_exist_yet_is_refused(scene: Scene) -> None:
    with pytest.raises(BaseOutdated):
        scene.send("a", base=5)
    assert scene.states() == []


def test_a_refused_submission_does_not_burn_its_key(scene: Scene) -> None:
    scene.send("a")
    with pytest.raises(BaseOutdated):
        scene.send("b", base=0, connected=61)
    scene.send("b", base=1, connected=61)
    assert [number for number, _ in scene.states()] == [1, 2]


def test_the_same_from_a_page_opened_again_is_no_new_version_while_it_waits(scene: Scene) -> None:
    first = scene.send("a")
    assert scene.send("b", base=1) == first
    assert scene.states() == [(1, ReportState.SUBMITTED)]
    scene.user = factories.user(scene.session)
    assert scene.send("c", base=1) != first


def test_a_new_version_supersedes_the_one_that_waits(scene: Scene) -> None:
    scene.send("a")
    scene.send("b", base=1, connected=61)
    assert scene.states() == [(1, ReportState.SUPERSEDED), (2, ReportState.SUBMITTED)]


@pytest.mark.parametrize("state", [ReportState.APPROVED, ReportState.RETURNED])
def test_what_is_decided_stays_as_decided_when_a_new_version_comes(
    scene: Scene, state: ReportState
) -> None:
    scene.send("a")
    scene.session.scalars(select(ReportVersion)).one().state = state
    scene.session.flush()
    scene.send("b", base=1)
    assert scene.states() == [(1, state), (2, ReportState.SUBMITTED)]


def test_submitting_is_on_record(scene: Scene) -> None:
    scene.send()
    event = scene.session.scalars(select(AuditEvent)).one()
    assert (event.action, event.object_type, event.user_id) == (
        "submitted",
        "report_version",
        scene.user.id,
    )


def test_the_draft_goes_when_the_report_is_submitted(scene: Scene) -> None:
    save_draft(scene.session, scene.head(), texts={}, base_number=0, user_id=scene.user.id, at=NOW)
    scene.send()
    assert scene.session.scalars(select(ReportDraft)).all() == []


def test_a_person_has_one_draft_a_report_and_the_latest_stands(scene: Scene) -> None:
    for text in ("6", "60"):
        save_draft(
            scene.session,
            scene.head(),
            texts={"v1-permanent-connected": text},
            base_number=0,
            user_id=scene.user.id,
            at=NOW,
        )
    [draft] = drafts_of(scene.session, scene.head())
    assert draft.texts == {"v1-permanent-connected": "60"}


def test_a_colleagues_draft_is_copied_and_left_as_it_is(scene: Scene) -> None:
    texts = {"v1-permanent-connected": "12,5"}
    save_draft(
        scene.session, scene.head(), texts=texts, base_number=0, user_id=scene.user.id, at=NOW
    )
    colleague = factories.user(scene.session)
    taken = take_over_draft(
        scene.session, scene.head(), of_user_id=scene.user.id, user_id=colleague.id, at=NOW
    )
    owners = {draft.user_id: draft.texts for draft in drafts_of(scene.session, scene.head())}
    assert (taken, owners) == (True, {scene.user.id: texts, colleague.id: texts})
    event = scene.session.scalars(select(AuditEvent)).one()
    assert event.action == "draft_taken_over"


def test_no_draft_of_a_colleague_is_no_draft(scene: Scene) -> None:
    assert not take_over_draft(
        scene.session, scene.head(), of_user_id=scene.user.id, user_id=scene.user.id, at=NOW
    )


def test_a_draft_of_half_a_million_signs_is_refused(scene: Scene) -> None:
    with pytest.raises(DraftTooLarge):
        save_draft(
            scene.session,
            scene.head(),
            texts={"comment": "x" * 500_001},
            base_number=0,
            user_id=scene.user.id,
            at=NOW,
        )


def test_the_round_to_report_is_the_latest_open_one_that_has_begun(session: Session) -> None:
    closed = factories.reporting_round(session, date(2026, 10, 1))
    closed.state, closed.closed_at = RoundState.CLOSED, NOW
    factories.reporting_round(session, date(2026, 4, 1))
    factories.reporting_round(session, date(2027, 4, 1))
    session.flush()
    assert round_to_report(session, today=date(2026, 11, 22)) == date(2026, 4, 1)
    assert round_to_report(session, today=date(2026, 3, 1)) == date(2026, 4, 1)


def test_without_a_round_there_is_nothing_to_report(session: Session) -> None:
    assert round_to_report(session, today=date(2026, 11, 22)) is None


def test_a_receipt_has_nothing_to_mistake_when_read_aloud() -> None:
    receipts = {new_receipt() for _ in range(200)}
    assert len(receipts) == 200
    assert not set("".join(receipts)) & set("0O1ILUV")


@pytest.mark.parametrize("keys", [["a"] * 12, [f"key-{number}" for number in range(12)]])
def test_of_twelve_at_once_one_is_stored(
    own_database: str, tmp_path: Path, keys: list[str]
) -> None:
    app = create_app(settings_for(own_database, folder=tmp_path))
    with app.app_context(), transaction(db.session):
        scene = Scene(db.session())
        head, entry = scene.head(), scene.entry()
        template = scene.submission()

    def send(key: str) -> str | None:
        with app.app_context():
            try:
                with transaction(db.session):
                    sent = replace(template, key=key)
                    return submit(db.session(), head, entry, submission=sent).receipt
            except BaseOutdated:
                return None

    with ThreadPoolExecutor(12) as pool:
        receipts = list(pool.map(send, keys))
    with app.app_context():
        stored = db.session.scalar(select(func.count()).select_from(ReportVersion))
        events = db.session.scalar(select(func.count()).select_from(AuditEvent))
        db.session.remove()
        db.engine.dispose()
    assert (stored, events, len(set(receipts) - {None})) == (1, 1, 1)
    assert (None in receipts) == (len(set(keys)) > 1)
