"""What is wrong with a form of a service point or a node, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

SENTENCES: Mapping[str, LazyString] = {
    "point_exists": lazy_gettext(
        "There is already one of this name in the municipality. Change that one, or write a name "
        "that tells them apart."
    ),
    "assessed_already": lazy_gettext(
        "The node has another assessment of this day. Write the day of this one."
    ),
    "closed_before_opened": lazy_gettext("It can't close before it opened."),
    "day_ahead": lazy_gettext("The day is still to come."),
    "not_a_position": lazy_gettext(
        "Write two numbers, for example 56.1612, 15.5869 or 6224176, 536451."
    ),
    "outside_sweden": lazy_gettext("This place lies outside Sweden."),
    "not_a_name": lazy_gettext("Write a name with letters in it."),
    "letters_broken": lazy_gettext("Some letters of the name are broken: write them again."),
    "municipality_unknown": lazy_gettext("Choose a municipality."),
}
