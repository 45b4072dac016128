"""Create counties, municipalities and villages with their dated class and figures."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_geospatial_table(
        "county",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "area",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=3006,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.CheckConstraint("length(code) = 2", name=op.f("ck_county_code_length")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_county")),
        sa.UniqueConstraint("name", name=op.f("uq_county_name")),
    )
    op.create_geospatial_index("idx_county_area", "county", ["area"], postgresql_using="gist")
    op.create_geospatial_table(
        "municipality",
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("county_code", sa.String(length=2), nullable=False),
        sa.Column(
            "area",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=3006,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.CheckConstraint("length(code) = 4", name=op.f("ck_municipality_code_length")),
        sa.CheckConstraint(
            "substr(code, 1, 2) = county_code", name=op.f("ck_municipality_code_in_county")
        ),
        sa.ForeignKeyConstraint(
            ["county_code"], ["county.code"], name=op.f("fk_municipality_county_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_municipality")),
    )
    op.create_geospatial_index(
        "idx_municipality_area", "municipality", ["area"], postgresql_using="gist"
    )
    op.create_index(op.f("ix_municipality_county_code"), "municipality", ["county_code"])
    op.create_geospatial_table(
        "village",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=False),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=3006,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column(
            "area",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=3006,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f("fk_village_municipality_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village")),
        sa.UniqueConstraint("code", name=op.f("uq_village_code")),
    )
    op.create_geospatial_index("idx_village_area", "village", ["area"], postgresql_using="gist")
    op.create_geospatial_index("idx_village_point", "village", ["point"], postgresql_using="gist")
    op.create_index("ix_village_municipality_code_name", "village", ["municipality_code", "name"])
    op.create_index(op.f("ix_village_name"), "village", ["name"])
    op.create_table(
        "village_class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("delimitation_year", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "settlement_class",
            sa.Enum(
                "tatort",
                "smaort",
                "outside",
                name="settlement_class",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_village_class_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_class")),
        sa.UniqueConstraint(
            "village_id",
            "delimitation_year",
            name=op.f("uq_village_class_village_id_delimitation_year"),
        ),
    )
    op.create_table(
        "village_dwellings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column(
            "dwelling_type",
            sa.Enum(
                "permanent",
                "holiday",
                "workplace",
                name="dwelling_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dwellings", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "dwellings >= 0", name=op.f("ck_village_dwellings_dwellings_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_village_dwellings_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_dwellings")),
        sa.UniqueConstraint(
            "village_id",
            "reference_date",
            "dwelling_type",
            name=op.f("uq_village_dwellings_village_id_reference_date_dwelling_type"),
        ),
    )
    op.create_table(
        "village_population",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("inhabitants", sa.Integer(), nullable=False),
        sa.Column("area_hectares", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "inhabitants >= 0", name=op.f("ck_village_population_inhabitants_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["village.id"], name=op.f("fk_village_population_village_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_population")),
        sa.UniqueConstraint(
            "village_id",
            "reference_date",
            name=op.f("uq_village_population_village_id_reference_date"),
        ),
    )


def downgrade() -> None:
    op.drop_table("village_population")
    op.drop_table("village_dwellings")
    op.drop_table("village_class")
    op.drop_index(op.f("ix_village_name"), table_name="village")
    op.drop_index("ix_village_municipality_code_name", table_name="village")
    op.drop_geospatial_index(
        "idx_village_point", table_name="village", postgresql_using="gist", column_name="point"
    )
    op.drop_geospatial_index(
        "idx_village_area", table_name="village", postgresql_using="gist", column_name="area"
    )
    op.drop_geospatial_table("village")
    op.drop_index(op.f("ix_municipality_county_code"), table_name="municipality")
    op.drop_geospatial_index(
        "idx_municipality_area",
        table_name="municipality",
        postgresql_using="gist",
        column_name="area",
    )
    op.drop_geospatial_table("municipality")
    op.drop_geospatial_index(
        "idx_county_area", table_name="county", postgresql_using="gist", column_name="area"
    )
    op.drop_geospatial_table("county")
