"""Personal identity numbers and contact details, found in free text."""

import pytest

from outreach.personal_data import has_contact_details, has_personal_number

# 811218-9876 is the Tax Agency's own example number; its coordination twin has day 18 + 60 = 78.


@pytest.mark.parametrize(
    "text",
    [
        "811218-9876",
        "8112189876",
        "19811218-9876",
        "198112189876",
        "811218+9876",
        "811218 9876",
        "811218–9876",
        "811278-9873",
        "Ring Eva (811218-9876) om nyckeln.",
        "٨١١٢١٨-٩٨٧٦",
        "81121\N{ZERO WIDTH SPACE}8-9876",
        "811218.9876",
        "811218/9876",
        "811218-98 76",
        "811218-987 6",
        "81-12-18-9876",
        "1981-12-18-9876",
        "81 12 18-9876",
    ],
)
def test_a_personal_number_is_found_however_it_is_written(text: str) -> None:
    assert has_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "811218-9877",
        "811318-9874",
        "811200-9876",
        "769612-3459",
        "2016-2020",
        "1234",
        "48112189876",
        "1981-12-18-9876-01",
        "2018-12-11-2018-12-12",
        "811218-9876.5",
    ],
)
def test_other_numbers_are_not_taken_for_one(text: str) -> None:
    assert not has_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "skriv till eva@example.se",
        "0455-12 34 56",
        "070-812 34 56",
        "+46 70 812 34 56",
        "0046708123456",
    ],
)
def test_contact_details_are_found(text: str) -> None:
    assert has_contact_details(text)


@pytest.mark.parametrize(
    "text", ["klart 2026-10-01", "120 hushåll", "@byn", "20 000 kr", "2016–2020"]
)
def test_dates_and_counts_are_not_contact_details(text: str) -> None:
    assert not has_contact_details(text)
