"""Keep programmes, venues, training sessions and the contacts of organisations."""

import sqlalchemy as sa
from alembic import op

revision = "0400"
down_revision = "0450"
branch_labels = None
depends_on = None

AREAS = ("information", "communication", "content", "safety", "problem_solving")


def _closed_set(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "organisation_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("duty", sa.String(length=80), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["civil_society_organisation.id"],
            name=op.f("fk_organisation_contact_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_contact")),
    )
    op.create_index(
        op.f("ix_organisation_contact_organisation_id"),
        "organisation_contact",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "organisation_municipality",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_organisation_municipality_municipality_code"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["civil_society_organisation.id"],
            name=op.f("fk_organisation_municipality_organisation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "municipality_code", name=op.f("pk_organisation_municipality")
        ),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "kind",
            _closed_set(
                (
                    "lifelong_learning",
                    "intergenerational",
                    "pilot",
                    "digital_help",
                    "other",
                ),
                "kind",
            ),
            nullable=False,
        ),
        sa.Column("county_code", sa.String(length=2), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("aim", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("partners", sa.Text(), nullable=True),
        sa.Column("target_groups", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("measured_before", sa.Text(), nullable=True),
        sa.Column("measured_after", sa.Text(), nullable=True),
        sa.Column(
            "outcome",
            _closed_set(
                (
                    "continue",
                    "change",
                    "stop",
                    "spread",
                ),
                "outcome",
            ),
            nullable=True,
        ),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_programme_days_in_order")
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR reasons IS NOT NULL", name=op.f("ck_programme_outcome_has_reasons")
        ),
        sa.ForeignKeyConstraint(
            ["county_code"], ["county.code"], name=op.f("fk_programme_county_code")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["civil_society_organisation.id"],
            name=op.f("fk_programme_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_index(op.f("ix_programme_county_code"), "programme", ["county_code"], unique=False)
    op.create_table(
        "programme_area",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("area", _closed_set(AREAS, "area"), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_area_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "area", name=op.f("pk_programme_area")),
    )
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("is_accessible", sa.Boolean(), nullable=True),
        sa.Column("has_network", sa.Boolean(), nullable=True),
        sa.Column("loan_computers", sa.Integer(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "loan_computers >= 0", name=op.f("ck_venue_loan_computers_not_negative")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_venue_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
    )
    op.create_index(op.f("ix_venue_village_id"), "venue", ["village_id"], unique=False)
    op.create_table(
        "training_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            _closed_set(
                (
                    "planned",
                    "held",
                    "cancelled",
                ),
                "state",
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column(
            "form",
            _closed_set(
                (
                    "course",
                    "drop_in",
                    "circle",
                    "home_visit",
                    "online",
                ),
                "form",
            ),
            nullable=True,
        ),
        sa.Column("title", sa.String(length=160), nullable=True),
        sa.Column("invitation", sa.String(length=400), nullable=True),
        sa.Column("head_count", sa.Integer(), nullable=True),
        sa.Column("learners", sa.Integer(), nullable=True),
        sa.Column("first_timers", sa.Integer(), nullable=True),
        sa.Column("leaders", sa.Integer(), nullable=True),
        sa.Column("volunteers", sa.Integer(), nullable=True),
        sa.Column("volunteer_minutes", sa.Integer(), nullable=True),
        sa.Column("waiting_list", sa.Integer(), nullable=True),
        sa.Column("before_answered", sa.Integer(), nullable=True),
        sa.Column("after_answered", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("series_key", sa.String(length=36), nullable=True),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("stored_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "learners IS NULL OR state = 'held'", name=op.f("ck_training_session_counted_when_held")
        ),
        sa.CheckConstraint(
            "first_timers >= 0", name=op.f("ck_training_session_first_timers_not_negative")
        ),
        sa.CheckConstraint(
            "head_count >= 0", name=op.f("ck_training_session_head_count_not_negative")
        ),
        sa.CheckConstraint("leaders >= 0", name=op.f("ck_training_session_leaders_not_negative")),
        sa.CheckConstraint(
            "learners >= head_count", name=op.f("ck_training_session_learners_at_least_head_count")
        ),
        sa.CheckConstraint(
            "volunteer_minutes >= 0",
            name=op.f("ck_training_session_volunteer_minutes_not_negative"),
        ),
        sa.CheckConstraint(
            "volunteers >= 0", name=op.f("ck_training_session_volunteers_not_negative")
        ),
        sa.CheckConstraint(
            "waiting_list >= 0", name=op.f("ck_training_session_waiting_list_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_training_session_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["civil_society_organisation.id"],
            name=op.f("fk_training_session_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_training_session_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_training_session_venue_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_training_session_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
        sa.UniqueConstraint(
            "created_by_id", "client_key", name=op.f("uq_training_session_created_by_id_client_key")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_training_session_uid")),
    )
    op.create_index("ix_training_session_day", "training_session", ["day"], unique=False)
    op.create_index(
        "ix_training_session_organisation_id_day",
        "training_session",
        ["organisation_id", "day"],
        unique=False,
    )
    op.create_index(
        "ix_training_session_programme_id", "training_session", ["programme_id"], unique=False
    )
    op.create_index(
        "ix_training_session_village_id_day",
        "training_session",
        ["village_id", "day"],
        unique=False,
    )
    op.create_table(
        "session_chase",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (note IS NULL)", name=op.f("ck_session_chase_ended_with_note")
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["user.id"], name=op.f("fk_session_chase_assignee_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["user.id"], name=op.f("fk_session_chase_ended_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_session_chase_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_chase")),
    )
    op.create_table(
        "session_check",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("area", _closed_set(AREAS, "area"), nullable=False),
        sa.Column("before_managed", sa.Integer(), nullable=True),
        sa.Column("after_managed", sa.Integer(), nullable=True),
        sa.CheckConstraint("after_managed >= 0", name=op.f("ck_session_check_after_not_negative")),
        sa.CheckConstraint(
            "before_managed >= 0", name=op.f("ck_session_check_before_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_session_check_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "area", name=op.f("pk_session_check")),
    )
    op.create_table(
        "session_count",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column(
            "who",
            _closed_set(
                (
                    "learners",
                    "helpers",
                ),
                "who",
            ),
            nullable=False,
        ),
        sa.Column(
            "age_group",
            _closed_set(
                (
                    "to_24",
                    "25_44",
                    "45_64",
                    "65_79",
                    "80_on",
                    "all",
                ),
                "age_group",
            ),
            nullable=False,
        ),
        sa.Column(
            "sex",
            _closed_set(
                (
                    "women",
                    "men",
                    "other",
                    "all",
                ),
                "sex",
            ),
            nullable=False,
        ),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "age_group != 'all' OR sex != 'all'", name=op.f("ck_session_count_of_a_group")
        ),
        sa.CheckConstraint("people >= 0", name=op.f("ck_session_count_people_not_negative")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_session_count_session_id")
        ),
        sa.PrimaryKeyConstraint(
            "session_id", "who", "age_group", "sex", name=op.f("pk_session_count")
        ),
    )
    op.create_table(
        "session_topic",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("area", _closed_set(AREAS, "area"), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_session_topic_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "area", name=op.f("pk_session_topic")),
    )
    op.add_column(
        "civil_society_organisation", sa.Column("website", sa.String(length=255), nullable=True)
    )
    op.add_column(
        "civil_society_organisation",
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("civil_society_organisation", "version")
    op.drop_column("civil_society_organisation", "website")
    op.drop_table("session_topic")
    op.drop_table("session_count")
    op.drop_table("session_check")
    op.drop_table("session_chase")
    op.drop_index("ix_training_session_village_id_day", table_name="training_session")
    op.drop_index("ix_training_session_programme_id", table_name="training_session")
    op.drop_index("ix_training_session_organisation_id_day", table_name="training_session")
    op.drop_index("ix_training_session_day", table_name="training_session")
    op.drop_table("training_session")
    op.drop_index(op.f("ix_venue_village_id"), table_name="venue")
    op.drop_table("venue")
    op.drop_table("programme_area")
    op.drop_index(op.f("ix_programme_county_code"), table_name="programme")
    op.drop_table("programme")
    op.drop_table("organisation_municipality")
    op.drop_index(
        op.f("ix_organisation_contact_organisation_id"), table_name="organisation_contact"
    )
    op.drop_table("organisation_contact")
