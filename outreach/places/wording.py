"""What is wrong with a file or one of its rows, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from outreach.files.faults import Fault, printable
from outreach.rules import RuleBroken

FILES: Mapping[str, LazyString] = {
    "column_missing": lazy_gettext(
        "The file has no column for %(column)s. It goes by one of the names %(known)s; "
        "the file has %(found)s."
    ),
    "column_twice": lazy_gettext("The column %(column)s stands in the file twice."),
    "crs_missing": lazy_gettext(
        "The file doesn't say which coordinate system it is in, and its coordinates don't tell. "
        "State it with --crs, for example --crs 3006."
    ),
    "crs_unknown": lazy_gettext(
        "The file's coordinate system is not one that is read here: %(name)s. "
        "Save the file in SWEREF 99 TM (EPSG:3006)."
    ),
    "csv_broken": lazy_gettext(
        "From row %(row)s on the file can't be read as CSV: a quotation mark is missing."
    ),
    "dbf_broken": lazy_gettext("The shapefile's table (.dbf) is damaged."),
    "delimitation_year_missing": lazy_gettext(
        "The year of the delimitation is missing: state it in the file or with --delimitation-year."
    ),
    "empty_file": lazy_gettext("The file is empty."),
    "encoding_unknown": lazy_gettext(
        "The file's letters can't be read as %(encoding)s. State another with --encoding."
    ),
    "file_unreadable": lazy_gettext("The file can't be opened: %(why)s."),
    "geopackage_broken": lazy_gettext("The file is not an intact GeoPackage."),
    "geopackage_layers": lazy_gettext(
        "The GeoPackage must have exactly one layer of features; it has %(count)s. %(names)s"
    ),
    "geopackage_view": lazy_gettext(
        "The GeoPackage holds a view or a trigger, %(name)s. Such files are not opened."
    ),
    "json_broken": lazy_gettext("The file is not intact JSON."),
    "json_number": lazy_gettext("The file holds %(value)s, which is not a number in JSON."),
    "json_too_deep": lazy_gettext("The file is nested too deeply."),
    "json_value_too_large": lazy_gettext("One of the file's features is too large."),
    "not_a_feature_collection": lazy_gettext("The file is JSON, but not a collection of features."),
    "nul_byte": lazy_gettext("The file holds signs that no text has. It may be another kind."),
    "shapefile_uneven": lazy_gettext(
        "The shapefile's parts don't belong together: %(shapes)s shapes, %(table_rows)s rows."
    ),
    "shapefile_without_table": lazy_gettext("The shapefile's table (.dbf) is not in the archive."),
    "shp_broken": lazy_gettext("The shapefile's shapes (.shp) are damaged."),
    "too_large_file": lazy_gettext(
        "The file is larger than %(megabytes)s MB. Divide it, for example by county."
    ),
    "too_many_cells_in_file": lazy_gettext("From row %(row)s on the file holds too much."),
    "too_many_columns": lazy_gettext("The file has more than %(largest)s columns."),
    "too_many_points": lazy_gettext("The file's borders have more than %(largest)s points."),
    "too_many_refused": lazy_gettext(
        "More than %(largest)s rows can't be taken. The file seems to be of another kind."
    ),
    "too_many_rows": lazy_gettext("The file has more than %(largest)s rows."),
    "too_slow": lazy_gettext("The file takes too much work to read. Divide or simplify it."),
    "village_columns_missing": lazy_gettext(
        "The file needs a column with the villages' codes, or columns with municipality and name."
    ),
    "workbook": lazy_gettext("Workbooks of Excel are not read here. Save the sheet as CSV UTF-8."),
    "zip_broken": lazy_gettext("The archive is damaged."),
    "zip_contents": lazy_gettext(
        "The archive must hold exactly one shapefile, or one GeoPackage, GeoJSON or CSV file; "
        "it holds %(shapefiles)s shapefiles."
    ),
    "zip_encrypted": lazy_gettext("The archive is locked with a password."),
    "zip_method": lazy_gettext("The archive is packed in a way that is not read here."),
    "zip_path": lazy_gettext("The archive holds a path that leads out of it: %(name)s."),
    "zip_too_large": lazy_gettext("Unpacked, the archive is larger than %(megabytes)s MB."),
    "zip_too_many_members": lazy_gettext("The archive holds more than %(largest)s files."),
}
ROWS: Mapping[str, LazyString] = {
    "ambiguous_thousands": lazy_gettext(
        "This can be read as a thousand or as a decimal. Write 1000 or 1 000."
    ),
    "axes_swapped": lazy_gettext(
        "The coordinates lie outside Sweden as %(crs)s. They would lie in Sweden with east and "
        "north swapped: try --swap-axes."
    ),
    "axes_swapped_needlessly": lazy_gettext(
        "The coordinates lie outside Sweden as %(crs)s. They would lie in Sweden as they stand in "
        "the file: leave out --swap-axes."
    ),
    "cell_unreadable": lazy_gettext("A cell of the row is too long or unreadable."),
    "class_missing": lazy_gettext(
        "%(code)s is new, so its settlement class and the year of the delimitation are needed."
    ),
    "class_unknown": lazy_gettext("This is no settlement class. Known are %(known)s."),
    "closed_before_opened": lazy_gettext("It can't have closed before it opened."),
    "code_needed": lazy_gettext(
        "A code made of this name would be longer than %(longest)s signs. State one."
    ),
    "code_twice": lazy_gettext("The code %(code)s stands in row %(first)s already."),
    "county_unknown": lazy_gettext("Sweden has no county with the code %(county)s."),
    "day_ahead": lazy_gettext("The day has not come yet."),
    "delimitation_year_differs": lazy_gettext(
        "The row is of another delimitation than the one stated, %(stated)s."
    ),
    "delimitation_year_unlikely": lazy_gettext(
        "The year of the delimitation must lie from %(first)s to %(last)s."
    ),
    "geometry_broken": lazy_gettext("The geometry is damaged."),
    "geometry_kind": lazy_gettext("Only points and polygons are read, not %(kind)s."),
    "geometry_missing": lazy_gettext("The geometry is empty."),
    "kind_unknown": lazy_gettext("This is no kind of service point. Known are %(known)s."),
    "letters_broken": lazy_gettext("The name has signs that are no letters. Check the encoding."),
    "missing": lazy_gettext("This must be filled in."),
    "municipality_unknown": lazy_gettext(
        "The municipality %(municipality)s is not stored. Import the municipalities first."
    ),
    "municipality_unnamed": lazy_gettext("The municipality %(code)s is new and has no name."),
    "negative": lazy_gettext("The number is negative."),
    "not_a_code": lazy_gettext("This is not a code of the expected form."),
    "not_a_day": lazy_gettext("This is not a day written year-month-day."),
    "not_a_feature": lazy_gettext("This is not a feature."),
    "not_a_name": lazy_gettext("This is not a name."),
    "not_a_number": lazy_gettext("This is not a number written in digits."),
    "not_a_year": lazy_gettext("This is not a year of four digits."),
    "not_an_area": lazy_gettext("The geometry is not an area."),
    "not_whole": lazy_gettext("This must be a whole number."),
    "not_yes_or_no": lazy_gettext("This must be yes, no or blank. Known are %(known)s."),
    "outside_sweden": lazy_gettext("The coordinates lie outside Sweden as %(crs)s."),
    "position_needed": lazy_gettext("%(code)s is new, so the file must say where it lies."),
    "reference_date_missing": lazy_gettext(
        "The figures need their day: state it in the file or with --reference-date."
    ),
    "ring_too_short": lazy_gettext("A border of the area has fewer than three corners."),
    "too_large": lazy_gettext("The number is larger than %(largest)s."),
    "too_long": lazy_gettext("This is longer than %(longest)s signs."),
    "too_many_cells": lazy_gettext("The row has more cells than the header's %(columns)s."),
    "too_many_rings": lazy_gettext("The area has too many holes."),
    "too_tangled": lazy_gettext("The area's border crosses itself too often to be repaired."),
    "village_unknown": lazy_gettext("%(code)s is not stored, and the row doesn't name it."),
}
WARNINGS: Mapping[str, LazyString] = {
    "area_repaired": lazy_gettext("The area's border crossed itself and was repaired."),
    "code_repaired": lazy_gettext("The leading zero was missing: read as %(repaired)s."),
    "county_differs": lazy_gettext("The row says another county; the code counts: %(kept)s."),
    "crs_guessed": lazy_gettext(
        "The file doesn't say its coordinate system, or one in which nothing of it lies in Sweden. "
        "Judged by where it lies: %(crs)s (EPSG:%(code)s)."
    ),
    "hectares_differ": lazy_gettext(
        "The area is %(measured)s hectares, the file says %(declared)s."
    ),
    "lies_elsewhere": lazy_gettext(
        "%(code)s lies in %(other)s, %(metres)s metres from the border of %(own)s. "
        "The code counts: it stays in %(own)s."
    ),
    "lies_far_away": lazy_gettext(
        "%(code)s lies %(metres)s metres from the border of %(own)s. The code counts."
    ),
    "municipality_differs": lazy_gettext(
        "The row says another municipality; the code counts: %(kept)s."
    ),
    "name_differs": lazy_gettext("The code counts, and the name with it: %(kept)s."),
    "name_garbled": lazy_gettext("The name looks garbled. Check the encoding."),
    "name_may_be_genitive": lazy_gettext(
        "The final letter of %(name)s may be a genitive. A file of short names settles it."
    ),
    "position_missing": lazy_gettext("%(code)s has no position and will not show on maps."),
}
SENTENCES: Mapping[str, LazyString] = {**FILES, **ROWS, **WARNINGS}


def sentence(broken: Fault | RuleBroken) -> str:
    """What to tell whoever imports the file."""
    text = str(SENTENCES[broken.code])
    if not broken.facts:
        return text
    return text % {name: _shown(value) for name, value in broken.facts.items()}


def _shown(value: str | float) -> str:
    if isinstance(value, str):
        return printable(value)
    return str(int(value)) if value == int(value) else f"{value:.1f}"
