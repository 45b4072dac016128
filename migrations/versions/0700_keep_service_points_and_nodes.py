"""Keep service points, and strategic nodes as they were assessed."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0700"
down_revision = "0601"
branch_labels = None
depends_on = None

KINDS = ("grocery", "fuel", "parcel", "pharmacy", "cash", "library", "school", "other")
PROPERTIES = (
    "basic_service",
    "public_service",
    "culture",
    "public_transport",
    "jobs",
    "broadband",
)


def upgrade() -> None:
    op.create_geospatial_table(
        "service_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS,
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        _point(),
        sa.Column("opened", sa.Date(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("source", sa.String(120), nullable=False),
        sa.CheckConstraint("opened <= closed", name=op.f("ck_service_point_opened_before_closed")),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_service_point_municipality_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_point")),
        sa.UniqueConstraint("code", name=op.f("uq_service_point_code")),
    )
    op.create_geospatial_table(
        "strategic_node",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(60), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("municipality_code", sa.String(4), nullable=False),
        _point(),
        *(sa.Column(one, sa.Boolean(), nullable=True) for one in PROPERTIES),
        sa.Column("source", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_strategic_node_municipality_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategic_node")),
        sa.UniqueConstraint("node", "assessed_on", name=op.f("uq_strategic_node_node_assessed_on")),
    )
    for table in ("service_point", "strategic_node"):
        op.create_geospatial_index(f"idx_{table}_point", table, ["point"], postgresql_using="gist")
        op.create_index(op.f(f"ix_{table}_municipality_code"), table, ["municipality_code"])


def downgrade() -> None:
    for table in ("strategic_node", "service_point"):
        op.drop_index(op.f(f"ix_{table}_municipality_code"), table_name=table)
        op.drop_geospatial_index(
            f"idx_{table}_point", table_name=table, postgresql_using="gist", column_name="point"
        )
        op.drop_geospatial_table(table)


def _point() -> sa.Column[object]:
    return sa.Column(
        "point",
        Geometry(
            geometry_type="POINT",
            srid=3006,
            dimension=2,
            spatial_index=False,
            from_text="ST_GeomFromEWKT",
            name="geometry",
        ),
        nullable=False,
    )
