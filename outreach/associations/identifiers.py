"""Organisation numbers, web addresses and phone numbers as people write them, made uniform."""

import re
from urllib.parse import urlsplit

from stdnum.exceptions import ValidationError
from stdnum.se import orgnr

from outreach.rules import RuleBroken

LENGTH = 10
_CENTURIES = ("18", "19", "20")
_ORGANISATION = "16"
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+", re.ASCII)
_PHONE = re.compile(r"(\+|00|0)[0-9]{6,13}")


def organisation_number(text: str) -> str:
    """The ten digits of an organisation number written with or without hyphen, spaces or a 16.

    Raises RuleBroken with code `personal_number_as_organisation` for a sole trader's: that is a
    person's identity number, which the register doesn't keep.
    """
    digits = re.sub(r"[\s\N{NO-BREAK SPACE}\N{EN DASH}\N{MINUS SIGN}+-]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        raise RuleBroken("organisation_number", "not_an_organisation_number")
    if len(digits) == LENGTH + 2:
        if digits.startswith(_CENTURIES):
            raise RuleBroken("organisation_number", "personal_number_as_organisation")
        digits = digits.removeprefix(_ORGANISATION)
    if len(digits) != LENGTH:
        raise RuleBroken("organisation_number", "not_an_organisation_number")
    # The third digit is 2 or more in every organisation number, so that no date can look like one.
    if digits[2] < "2":
        raise RuleBroken("organisation_number", "personal_number_as_organisation")
    try:
        return str(orgnr.validate(digits))
    except ValidationError as error:
        raise RuleBroken("organisation_number", "wrong_check_digit") from error


def website(text: str) -> str:
    """A web address with its scheme; https where none is written. Only http and https are taken."""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        has_port = parts.port is not None
    except ValueError as error:
        raise RuleBroken("website", "not_a_website") from error
    is_plain = parts.username is None and not has_port and _HOST.fullmatch(_ascii(host))
    if parts.scheme not in {"http", "https"} or not is_plain or re.search(r"\s", address):
        raise RuleBroken("website", "not_a_website")
    return address


def phone(text: str) -> str:
    """A phone number as it was written; its digits begin with 0 or +, as they are dialled."""
    if not _PHONE.fullmatch(re.sub(r"[\s\N{NO-BREAK SPACE}()/\N{EN DASH}-]", "", text)):
        raise RuleBroken("phone", "not_a_phone_number")
    return text


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
