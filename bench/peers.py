"""The plain SQL that ours is measured against: the least a database is asked for the same."""

from sqlalchemy import text

# Every published count summed by date, county and class: the rows a gap and its series are of.
AGGREGATE = text(
    """
    SELECT reference_date, county_code, settlement_class, count(*), sum(dwellings),
           sum(homes_passed), sum(connected), sum(active)
    FROM village_status
    WHERE dwelling_type = 'permanent'
    GROUP BY reference_date, county_code, settlement_class
    ORDER BY reference_date, county_code, settlement_class
    """
)
# The counts of every village on every date: what disclosure control judges.
CELLS = text(
    """
    SELECT village_id, reference_date, municipality_code, settlement_class, inhabitants,
           dwellings, homes_passed, connected, active
    FROM village_status
    WHERE dwelling_type = 'permanent'
    """
)
# The newest date's villages as one GeoJSON text, with fewer properties than ours.
GEOJSON = text(
    """
    SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(feature))::text
    FROM (
        SELECT json_build_object(
            'type', 'Feature', 'id', v.code,
            'geometry', ST_AsGeoJSON(ST_Transform(coalesce(
                ST_SimplifyPreserveTopology(v.area, 15), v.point), 4326), 6)::json,
            'properties', json_build_object(
                'name', v.name, 'municipality', m.name, 'class', s.settlement_class,
                'dwellings', s.dwellings, 'homes_passed', s.homes_passed,
                'connected', s.connected, 'active', s.active,
                'coverage', s.homes_passed::float / nullif(s.dwellings, 0),
                'take_up', s.connected::float / nullif(s.homes_passed, 0))) AS feature
        FROM village_status s
        JOIN village v ON v.id = s.village_id
        JOIN municipality m ON m.code = s.municipality_code
        WHERE s.dwelling_type = 'permanent'
          AND s.reference_date = (SELECT max(reference_date) FROM village_status)
        ORDER BY v.code
    ) features
    """
)
