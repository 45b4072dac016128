"""A made-up region or country: its reports in the database, published by the real rebuild."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from outreach.connections.commands.publish import rebuild
from outreach.database.transaction import transaction, unhurried

CARRY_FORWARD_MONTHS = 24
FIRST_QUARTER = "2015-12-31"
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Size:
    """How large the made-up area is."""

    name: str
    villages: int
    quarters: int
    municipalities: int
    counties: int


TINY = Size("tiny", villages=20, quarters=2, municipalities=2, counties=1)
REGION = Size("region", villages=400, quarters=40, municipalities=13, counties=1)
COUNTRY = Size("country", villages=8_000, quarters=40, municipalities=290, counties=21)
SIZES = {size.name: size for size in (TINY, REGION, COUNTRY)}


def seed(engine: Engine, size: Size) -> None:
    """Fill an empty migrated database; the same size gives the same rows every time."""
    parameters: Mapping[str, int | str] = {
        "villages": size.villages,
        "quarters": size.quarters,
        "municipalities": size.municipalities,
        "counties": size.counties,
        "first": FIRST_QUARTER,
    }
    with Session(engine) as session, transaction(session):
        unhurried(session)
        for statement in STATEMENTS:
            session.execute(text(statement), parameters)
        rebuild(session, carry_forward_months=CARRY_FORWARD_MONTHS, at=NOW)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))


PLACES = (
    """
    INSERT INTO county (code, name)
    SELECT lpad(c::text, 2, '0'), 'County ' || c FROM generate_series(1, :counties) c
    """,
    """
    INSERT INTO municipality (code, name, county_code, area)
    SELECT lpad((1 + m % :counties)::text, 2, '0') || lpad((m / :counties)::text, 2, '0'),
           'Municipality ' || m, lpad((1 + m % :counties)::text, 2, '0'),
           ST_Multi(ST_MakeEnvelope(300000 + (m % 17) * 20000, 6200000 + (m / 17) * 20000,
                                    320000 + (m % 17) * 20000, 6220000 + (m / 17) * 20000, 3006))
    FROM generate_series(0, :municipalities - 1) m
    """,
    # A polygon of 48 corners, 900 m wide, on a grid of 4 km: a generalised locality. As in the
    # country, two villages of five are outside localities and known as a point only.
    """
    INSERT INTO village (code, name, municipality_code, point, area, source)
    SELECT m.code || '-by-' || v, 'Village ' || v, m.code, point,
           CASE WHEN v % 5 < 3 THEN ST_Multi(ST_Buffer(point, 450, 12)) END, 'bench'
    FROM generate_series(0, :villages - 1) v
    JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM municipality) m
      ON m.n = v % :municipalities
    CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(300000 + (v % 90) * 4000.0,
                                                       6200000 + (v / 90) * 4000.0), 3006)
                        AS point) p
    """,
    """
    INSERT INTO village_class (village_id, delimitation_year, valid_from, settlement_class, source)
    SELECT id, 2015, DATE '2015-12-31',
           (ARRAY['tatort', 'smaort', 'smaort', 'outside', 'outside'])[1 + (id - 1) % 5], 'bench'
    FROM village
    """,
    """
    INSERT INTO village_dwellings (village_id, reference_date, dwelling_type, dwellings, source)
    SELECT v.id, make_date(2014 + y, 12, 31), 'permanent',
           CASE c.settlement_class WHEN 'tatort' THEN 90 + v.id * 37 % 1700
                                   WHEN 'smaort' THEN 20 + v.id * 37 % 80
                                   ELSE 6 + v.id * 37 % 60 END + y, 'bench'
    FROM village v
    JOIN village_class c ON c.village_id = v.id
    CROSS JOIN generate_series(0, :quarters / 4) y
    """,
    """
    INSERT INTO village_population (village_id, reference_date, inhabitants, source)
    SELECT village_id, reference_date, 2 * dwellings, 'bench' FROM village_dwellings
    """,
)
# Associations of up to twenty villages of one county; a village of ten has none. An association
# misses one round of ten, whose figures are then carried forward.
REPORTS = (
    """
    INSERT INTO reporting_round (reference_date, due_date)
    SELECT d, d + 60
    FROM generate_series(0, :quarters - 1) q
    CROSS JOIN LATERAL (SELECT (CAST(:first AS date) + 1 + make_interval(months => 3 * q))::date
                        - 1 AS d) t
    """,
    """
    CREATE TEMPORARY TABLE served ON COMMIT DROP AS
    SELECT id AS village_id, county_code, dense_rank() OVER (ORDER BY county_code, part) AS group_no
    FROM (SELECT v.id, m.county_code, v.area IS NOT NULL AS has_area,
                 (row_number() OVER (PARTITION BY m.county_code ORDER BY v.id) - 1) / 20 AS part
          FROM village v JOIN municipality m ON m.code = v.municipality_code
          WHERE v.id % 10 <> 0) t
    """,
    """
    INSERT INTO association (id, name, legal_form, status, county_code, is_demonstration, version,
                             created_at)
    SELECT DISTINCT group_no, 'Association ' || group_no, 'economic_association', 'operating',
           county_code, false, 1, now()
    FROM served
    """,
    """
    INSERT INTO served_village (association_id, village_id, valid_from)
    SELECT group_no, village_id, DATE '2010-01-01' FROM served
    """,
    """
    INSERT INTO connection_report (association_id, round_id, created_at)
    SELECT a.id, r.id, now() FROM association a CROSS JOIN reporting_round r
    WHERE (a.id + r.id) % 10 <> 0
    """,
    """
    INSERT INTO report_version (report_id, number, receipt, state, submitted_at, submission_key,
                                content_hash, warnings, decided_at)
    SELECT id, 1, 'B' || id, 'approved', now(), 'key-' || id, 'hash', 0, now()
    FROM connection_report
    """,
    """
    INSERT INTO connection_count (version_id, village_id, dwelling_type, dwellings,
        dwellings_source, homes_passed, connected, active, is_unchanged)
    SELECT p.version_id, p.village_id, 'permanent', p.dwellings, 'reporter', p.passed, p.connected,
           p.connected * (60 + p.village_id % 40) / 100, false
    FROM (
        SELECT t.*, t.passed * (40 + t.village_id % 50 + t.round_id / 5) / 100 AS connected
        FROM (
            SELECT n.id AS version_id, s.village_id, r.round_id, d.dwellings,
                   d.dwellings * (10 + s.village_id % 45 + r.round_id) / 100 AS passed
            FROM report_version n
            JOIN connection_report r ON r.id = n.report_id
            JOIN served_village s ON s.association_id = r.association_id
            JOIN village_dwellings d ON d.village_id = s.village_id
                                    AND d.reference_date = DATE '2014-12-31'
        ) t
    ) p
    """,
    # Fresh statistics within the transaction: the rebuild that follows is planned by them.
    "ANALYZE",
)
STATEMENTS = PLACES + REPORTS
