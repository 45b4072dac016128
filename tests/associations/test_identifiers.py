"""Organisation numbers, web addresses and phone numbers as people write them."""

import pytest

from outreach.associations.identifiers import organisation_number, phone, website
from outreach.rules import RuleBroken


@pytest.mark.parametrize(
    "text",
    ["7696123459", "769612-3459", "16769612-3459", "167696123459", " 769612–3459 ", "769612 3459"],
)
def test_every_usual_spelling_gives_the_same_ten_digits(text: str) -> None:
    assert organisation_number(text) == "7696123459"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("769612-3458", "wrong_check_digit"),
        ("769612-345", "not_an_organisation_number"),
        ("17769612-3459", "not_an_organisation_number"),
        ("SE769612345901", "not_an_organisation_number"),
        ("٧٦٩٦١٢٣٤٥٩", "not_an_organisation_number"),
        ("", "not_an_organisation_number"),
        ("811218-9876", "personal_number_as_organisation"),
        ("19811218-9876", "personal_number_as_organisation"),
        ("16811218-9876", "personal_number_as_organisation"),
    ],
)
def test_other_numbers_are_refused_with_their_reason(text: str, code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        organisation_number(text)
    assert (broken.value.field, broken.value.code) == ("organisation_number", code)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("byn.se", "https://byn.se"),
        ("http://www.byn.se/fiber", "http://www.byn.se/fiber"),
        ("https://åryd.se", "https://åryd.se"),
    ],
)
def test_a_web_address_gets_its_scheme(text: str, address: str) -> None:
    assert website(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "javascript://byn.se/%0aalert(1)",
        "ftp://byn.se",
        "https://byn",
        "https://user@byn.se",
        "https://byn.se:99999",
        "https://127.0.0.1:8000",
        "https://[::1",
        "byn .se",
        "https://",
    ],
)
def test_what_is_no_public_web_address_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="website: not_a_website"):
        website(text)


@pytest.mark.parametrize("text", ["0455-12 34 56", "+46 (0)70-812 34 56", "0046708123456"])
def test_a_phone_number_is_kept_as_it_was_written(text: str) -> None:
    assert phone(text) == text


@pytest.mark.parametrize("text", ["12 34 56", "070", "0455-12 34 56 ankn 3", "٠٧٠٨١٢٣٤٥٦"])
def test_what_cannot_be_dialled_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="phone: not_a_phone_number"):
        phone(text)
