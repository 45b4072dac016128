"""What is known of every village on one date, worked out in SQL from the approved counts.

How a village's figures come about, for one reference date and one dwelling type:

- Each association gives its newest approved count, at most the carry-forward limit old. A count
  whose four figures are all blank is no report, so the one before it stays in force.
- An association whose village has passed to another gives its last count until that other one
  has reported for both: nothing vanishes in a merger or a move, and nothing is counted twice.
  Where a village passed to nobody, the last count holds until somebody who serves the village
  has reported later.
- Counts are summed over the associations. A figure that one of them left blank is unknown for the
  village: unknown never becomes 0.
- Dwellings are not summed: they are the largest that any association states, or the register's
  where the report says so or says nothing; and at least the largest single count. So one
  association's figures are never cut. Overlapping networks are: homes passed is at most the
  dwellings, connected at most the homes passed, active at most the connected.
- The village is *reported* when every association expected to report has a count of the date
  itself; *carried forward* when some figure is older or one association is still to report.
"""

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    case,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.selectable import CTE

from outreach.connections.models import VillageStatus
from outreach.connections.queries.as_of import (
    PERMANENT,
    Slice,
    class_as_of,
    population_as_of,
    register_as_of,
)
from outreach.connections.queries.figures import expected_reports_by_village, figures_in_force
from outreach.connections.rules import DwellingsSource, VillageState
from outreach.places.models import Municipality, Village

COLUMNS = (
    "reference_date",
    "village_id",
    "dwelling_type",
    "county_code",
    "municipality_code",
    "settlement_class",
    "inhabitants",
    "register_dwellings",
    "state",
    "associations",
    "reported_on",
    "dwellings",
    "homes_passed",
    "connected",
    "active",
)


def status_rows(part: Slice) -> Select[tuple[object, ...]]:
    """The rows of `village_status` for one slice, with the columns in the order of COLUMNS.

    Permanent dwellings give a row for every village; the other types only for villages that have
    ever had a count of that type.
    """
    row = _bounded(_with_dwellings(_gathered(part))).c
    worked_out = {
        "reference_date": type_coerce(part.on, Date),
        "dwelling_type": literal(part.dwelling_type, VillageStatus.dwelling_type.type),
        "state": _state(part, row),
    }
    return select(
        *((worked_out[name] if name in worked_out else row[name]).label(name) for name in COLUMNS)
    )


def _gathered(part: Slice) -> CTE:
    """Everything known of each village, side by side."""
    classes = class_as_of(part)
    population = population_as_of(part)
    register = register_as_of(part)
    expected = expected_reports_by_village(part)
    sums = _sums(part, figures_in_force(part))
    is_optional = part.dwelling_type is not PERMANENT
    return (
        select(
            Village.id.label("village_id"),
            Municipality.county_code,
            Village.municipality_code,
            classes.c.settlement_class,
            population.c.inhabitants,
            register.c.dwellings.label("register_dwellings"),
            func.coalesce(sums.c.serving_ever if is_optional else expected.c.associations, 0).label(
                "expected"
            ),
            func.coalesce(sums.c.associations, 0).label("associations"),
            *(column for column in sums.c if column.key not in {"village_id", "associations"}),
        )
        .select_from(Village)
        .join(Municipality, Municipality.code == Village.municipality_code)
        .join(sums, sums.c.village_id == Village.id, isouter=not is_optional)
        .outerjoin(expected, expected.c.village_id == Village.id)
        .outerjoin(classes, classes.c.village_id == Village.id)
        .outerjoin(population, population.c.village_id == Village.id)
        .outerjoin(register, register.c.village_id == Village.id)
        .where(part.covers(Village.id))
        .cte("gathered")
    )


def _sums(part: Slice, figures: CTE) -> CTE:
    """The figures of each village's associations put together, before overlaps are bounded."""
    figure = figures.c
    is_used = and_(
        figure.reference_date >= part.oldest,
        not_(figure.is_replaced),
        or_(
            figure.answerer_id.is_not(None),
            figure.newest_answered.is_(None),
            figure.reference_date >= figure.newest_answered,
        ),
    )
    is_own = and_(
        is_used,
        figure.dwellings_source == DwellingsSource.REPORTER,
        figure.dwellings.is_not(None),
    )
    most = case(
        (figure.connected > func.coalesce(figure.homes_passed, -1), figure.connected),
        else_=figure.homes_passed,
    )
    used = _count_where(is_used)

    def total(column: ColumnElement[int]) -> ColumnElement[int]:
        known = func.count(case((is_used, column)))
        return case((and_(used > 0, known == used), func.sum(case((is_used, column)))))

    return (
        select(
            figure.village_id,
            _associations_where(is_used, figure.association_id).label("associations"),
            used.label("counts_used"),
            func.min(case((is_used, figure.reference_date)), type_=Date).label("reported_on"),
            func.count(figure.answerer_id.distinct()).label("serving_ever"),
            _associations_where(figure.reference_date == part.on, figure.answerer_id).label(
                "serving_now"
            ),
            _count_where(is_own).label("own_dwellings"),
            func.max(case((is_own, figure.dwellings))).label("largest_own"),
            func.max(case((is_used, figure.dwellings))).label("largest_stated"),
            func.max(case((is_used, most))).label("largest_count"),
            total(figure.homes_passed).label("homes_passed"),
            total(figure.connected).label("connected"),
            total(figure.active).label("active"),
        )
        .group_by(figure.village_id)
        .cte("sums")
    )


def _count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _associations_where(
    condition: ColumnElement[bool], association_id: ColumnElement[int]
) -> ColumnElement[int]:
    return func.count(case((condition, association_id)).distinct())


def _with_dwellings(gathered: CTE) -> CTE:
    """The denominator added: the largest that any association states or leaves to the register."""
    row = gathered.c
    own = func.coalesce(row.largest_own, -1)
    stated = case(
        (row.associations == 0, null()),
        (row.register_dwellings.is_(None), row.largest_stated),
        (row.own_dwellings == row.counts_used, row.largest_own),
        (own > row.register_dwellings, row.largest_own),
        else_=row.register_dwellings,
    )
    dwellings = case((row.largest_count > stated, row.largest_count), else_=stated)
    return select(gathered, dwellings.label("dwellings")).cte("with_dwellings")


def _bounded(wide: CTE) -> CTE:
    """Homes passed, connected and active each within the one before, where that is known."""
    with_passed = _limited(wide, "homes_passed", wide.c.dwellings)
    limit = func.coalesce(with_passed.c.homes_passed, with_passed.c.dwellings)
    with_connected = _limited(with_passed, "connected", limit)
    return _limited(with_connected, "active", with_connected.c.connected)


def _limited(rows: CTE, name: str, limit: ColumnElement[int | None]) -> CTE:
    """The same rows with the column `name` cut to at most `limit`."""
    value = rows.c[name]
    others = [column for column in rows.c if column.key != name]
    cut = case((value > limit, limit), else_=value)
    return select(*others, cut.label(name)).cte(f"with_{name}")


def _state(
    part: Slice, row: ReadOnlyColumnCollection[str, ColumnElement[object]]
) -> ColumnElement[VillageState]:
    is_known = row.associations > 0
    is_current = and_(row.reported_on == part.on, row.serving_now >= row.expected)
    state = VillageStatus.state.type
    return case(
        (and_(is_known, is_current), literal(VillageState.REPORTED, state)),
        (is_known, literal(VillageState.CARRIED_FORWARD, state)),
        (row.expected > 0, literal(VillageState.MISSING, state)),
        else_=literal(VillageState.NOT_EXPECTED, state),
    )
