"""How much a file may hold, so that no file can exhaust the machine that reads it."""

MEGABYTE = 1024 * 1024

CSV_BYTES = 20 * MEGABYTE
GEOJSON_BYTES = 32 * MEGABYTE
ZIP_BYTES = 48 * MEGABYTE
GEOPACKAGE_BYTES = 512 * MEGABYTE

ROWS = 100_000
FEATURES = 25_000
COLUMNS = 200
CELLS = 2_000_000
CELL_CHARACTERS = 10_000
POINTS = 6_000_000
"""Of all geometries of a file together."""

JSON_VALUE_CHARACTERS = 8 * MEGABYTE
JSON_VALUE_BRACKETS = 500_000
"""Of one feature, as the parsed form of many small lists is far larger than their text."""

ZIP_MEMBERS = 100
ZIP_DIRECTORY_BYTES = 64 * 1024
UNPACKED_BYTES = 96 * MEGABYTE
WORK_SECONDS = 4.0
"""Processor time for reading a file."""
REPAIR_SECONDS = 2.0
"""Processor time for repairing its polygons."""
RINGS = 50_000
"""Of all geometries of a shapefile together."""
REFUSALS = 20_000
"""Refused rows from which a file isn't worth reading on: it is of another kind."""
RING_PAIRS = 2_000_000
"""Outer rings times holes of one feature, as each hole is looked for in each ring."""
REPAIRED_POINTS = 100_000
TANGLED_NEIGHBOURS = 12
"""Other sides whose boxes a side of a polygon meets, on average, from which it isn't repaired."""
LONGEST_VALUE_BYTES = 64 * MEGABYTE
"""Of one cell or geometry in a GeoPackage."""
SHEETS = 20
SHEET_ROWS = 50_000
SHEET_BYTES = 48 * MEGABYTE
"""Of a spreadsheet's cells, unpacked."""
SHEET_TEXTS = 150_000
"""Different texts of a spreadsheet, which are kept apart from its cells."""
SHEET_PART_BYTES = 2 * MEGABYTE
"""Of its formats, names and the like, unpacked."""
SHEET_WORK_SECONDS = 20.0
"""Processor time in the worker, where nobody waits for the answer."""
