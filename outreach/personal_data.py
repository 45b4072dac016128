"""What must not slip into free text: personal identity numbers, e-mail and phone numbers."""

import re
import unicodedata

_PERSONAL_NUMBER = re.compile(
    r"(?<!\d)(?:18|19|20)?(?:(\d{6})\s?[-+./]?\s?|(\d\d([-./ ])\d\d\3\d\d)[-+])"
    r"(\d(?:\d{3}|\d\d \d|\d \d\d))(?![-./]?\d)"
)
"""The date in one or in three parts, and the last four digits in one or two; not two dates."""
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\W\d_]{2,}")
_PHONE = re.compile(r"(?<![\d-])(?:(?:\+|00)46|0)(?:[ ()/-]{0,2}\d){6,11}(?!\d)")
_COORDINATION_DAYS = 60
"""Added to the day of birth in a coordination number (samordningsnummer)."""


def has_personal_number(text: str) -> bool:
    """Whether the text holds a personal identity or coordination number, by date and check digit.

    Ten or twelve digits, with or without hyphen, in any script's digits and with any dash.
    """
    return any(
        is_personal_number(re.sub(r"\D", "", (found[1] or found[2]) + found[4]))
        for found in _PERSONAL_NUMBER.finditer(_plain(text))
    )


def is_personal_number(digits: str) -> bool:
    """Whether ten digits (YYMMDDNNNN) are a possible personal identity number."""
    month, day = int(digits[2:4]), int(digits[4:6])
    if day > _COORDINATION_DAYS:
        day -= _COORDINATION_DAYS
    return 1 <= month <= 12 and 1 <= day <= 31 and _checks(digits)


def has_contact_details(text: str) -> bool:
    """Whether the text holds what looks like an e-mail address or a Swedish phone number."""
    plain = _plain(text)
    return bool(_EMAIL.search(plain) or _PHONE.search(plain))


def _checks(digits: str) -> bool:
    # Luhn: every second digit from the first doubled, digits of the products summed.
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _plain(text: str) -> str:
    """The text with ASCII digits, one kind of dash and space, and no invisible signs."""
    return "".join(_plain_sign(sign) for sign in unicodedata.normalize("NFKC", text))


def _plain_sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    category = unicodedata.category(sign)
    if category == "Pd" or sign == "\N{MINUS SIGN}":
        return "-"
    if category == "Cf":
        return ""
    return " " if sign.isspace() else sign
