"""Imports of reports and of survey answers: the file, its rows as examined, what came of them."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, UtcDateTime, text_enum
from outreach.exchange.rules import RowOutcome, RunState
from outreach.measures.classes import DwellingType


class ImportRun(Base):
    """One uploaded file and how far it has come; only the person who sent it sees it.

    It is of a reporting round or of a survey's. `association_id` is the association that all
    rows belong to, None where a column says whose they are. `layout` is where the figures
    stand in it. `claimed_at` is when a worker last said that it is at it: what is long ago
    was killed, and is begun anew. `emptied_at` is when the file and its rows were removed, as
    they are some time after the upload.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        Index("ix_import_run_state", "state"),
        Index("ix_import_run_user_id", "user_id"),
        CheckConstraint("(round_id IS NULL) = (survey_round_id IS NOT NULL)", name="of_one_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("reporting_round.id"))
    survey_round_id: Mapped[int | None] = mapped_column(ForeignKey("survey_round.id"))
    association_id: Mapped[int | None] = mapped_column(ForeignKey("association.id"))
    locale: Mapped[str] = mapped_column(String(2))
    file_name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[RunState] = mapped_column(text_enum(RunState, name="state"))
    layout: Mapped[str | None] = mapped_column(Text)
    message: Mapped[str | None] = mapped_column(Text)
    rows_all: Mapped[int | None] = mapped_column()
    rows_done: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    emptied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ImportRow(Base):
    """One row of the sheet as it stands there, what it means, and what becomes of it.

    `cells` is the row as read, `texts` what it says by the names of the form's fields, `faults`
    why it is refused; all three as JSON. `base_number` is the version of the report that it was
    held against.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("run_id", "number"),
        Index("ix_import_row_run_id_outcome", "run_id", "outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    number: Mapped[int] = mapped_column()
    outcome: Mapped[RowOutcome] = mapped_column(text_enum(RowOutcome, name="outcome"))
    association_id: Mapped[int | None] = mapped_column(ForeignKey("association.id"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    dwelling_type: Mapped[DwellingType | None] = mapped_column(
        text_enum(DwellingType, name="dwelling_type")
    )
    base_number: Mapped[int | None] = mapped_column()
    cells: Mapped[str] = mapped_column(Text)
    texts: Mapped[str] = mapped_column(Text)
    faults: Mapped[str] = mapped_column(Text)


class ImportVersion(Base):
    """A report version that an import made, and the one that waited before it."""

    __tablename__ = "import_version"
    __table_args__ = (UniqueConstraint("run_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"), index=True)
    replaced_id: Mapped[int | None] = mapped_column(ForeignKey("report_version.id"))


class ColumnMemory(Base):
    """What a person has told that a column of this name holds; None is "nothing of ours".

    A `Column` of a report, or what a column of survey answers can hold.
    """

    __tablename__ = "column_memory"
    __table_args__ = (UniqueConstraint("user_id", "is_survey", "header"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    header: Mapped[str] = mapped_column(String(120))
    holds: Mapped[str | None] = mapped_column(String(40))
    is_survey: Mapped[bool] = mapped_column(default=False, server_default=false())
