"""Which fields of a stale edit are shown side by side."""

from outreach.web.conflicts import FieldDifference, differences

LABELS = {"name": "Name", "website": "Website"}


def test_only_fields_that_differ_are_shown_in_the_order_of_the_labels() -> None:
    mine = {"website": "https://a.se", "name": "Mine"}
    theirs = {"website": "https://b.se", "name": "Theirs"}
    assert differences(mine, theirs, LABELS) == [
        FieldDifference("name", "Name", "Mine", "Theirs"),
        FieldDifference("website", "Website", "https://a.se", "https://b.se"),
    ]


def test_an_absent_field_counts_as_empty() -> None:
    assert differences({"name": ""}, {}, LABELS) == []


def test_a_field_without_a_label_stays_hidden() -> None:
    assert differences({"version": "1"}, {"version": "2"}, LABELS) == []


def test_spaces_around_a_value_are_no_difference() -> None:
    assert differences({"name": " Mine "}, {"name": "Mine"}, LABELS) == []
