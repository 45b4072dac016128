"""The closed sets of places in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

CLASSES: Mapping[str, LazyString] = {
    "tatort": lazy_gettext("Locality (tätort)"),
    "smaort": lazy_gettext("Small locality (småort)"),
    "outside": lazy_gettext("Outside localities"),
}
NO_CLASS = lazy_gettext("No settlement class")
DWELLING_TYPES: Mapping[str, LazyString] = {
    "permanent": lazy_gettext("Permanent dwellings"),
    "holiday": lazy_gettext("Holiday homes"),
    "workplace": lazy_gettext("Workplaces"),
}
SERVICE_KINDS: Mapping[str, LazyString] = {
    "grocery": lazy_gettext("Groceries"),
    "fuel": lazy_gettext("Fuel"),
    "parcel": lazy_gettext("Parcels"),
    "pharmacy": lazy_gettext("Pharmacy"),
    "cash": lazy_gettext("Cash"),
    "library": lazy_gettext("Library"),
    "school": lazy_gettext("School"),
    "other": lazy_gettext("Other service"),
}
NODE_PROPERTIES: Mapping[str, LazyString] = {
    "basic_service": lazy_gettext("Basic service"),
    "public_service": lazy_gettext("Public service"),
    "culture": lazy_gettext("Culture and visitors"),
    "public_transport": lazy_gettext("Public transport"),
    "jobs": lazy_gettext("Jobs"),
    "broadband": lazy_gettext("Broadband"),
}
ANSWERS: Mapping[bool | None, LazyString] = {
    True: lazy_gettext("yes"),
    False: lazy_gettext("no"),
    None: lazy_gettext("not known"),
}
POSITIONS: Mapping[str, LazyString] = {
    "middle": lazy_gettext("In the middle of %(municipality)s"),
    "north": lazy_gettext("In the north of %(municipality)s"),
    "north_east": lazy_gettext("In the north-east of %(municipality)s"),
    "east": lazy_gettext("In the east of %(municipality)s"),
    "south_east": lazy_gettext("In the south-east of %(municipality)s"),
    "south": lazy_gettext("In the south of %(municipality)s"),
    "south_west": lazy_gettext("In the south-west of %(municipality)s"),
    "west": lazy_gettext("In the west of %(municipality)s"),
    "north_west": lazy_gettext("In the north-west of %(municipality)s"),
}


def position_in_words(position: str, municipality: str) -> str:
    """Where a village lies, as a sentence without its full stop."""
    return str(POSITIONS[position]) % {"municipality": municipality}
