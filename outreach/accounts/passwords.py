"""What makes a password good enough: length, and nothing that guessers try first."""

import re
import unicodedata

from flask_babel import gettext
from flask_security import PasswordUtil

from outreach.accounts.models import User

MINIMUM = 12
MAXIMUM = 128
DIFFERENT_MINIMUM = 6
RUN_MINIMUM = 5
RUNS = (
    "abcdefghijklmnopqrstuvwxyzåäö",
    "qwertyuiopå",
    "asdfghjklöä",
    "zxcvbnm",
    "01234567890",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol",
    "1q2w3e4r5t6y7u8i9o0p",
)
COMMON = (
    "password", "lösenord", "losenord", "outreach", "sommar", "vinter", "hemligt", "hejsan",
    "välkommen", "valkommen", "welcome", "letmein", "iloveyou", "administrator", "admin",
    "fiber", "bredband", "blekinge", "kronoberg", "sverige", "sweden",
)  # fmt: skip


class PasswordPolicy(PasswordUtil):
    """Flask-Security's check of new passwords, by our rules."""

    def validate(
        self, password: str, *_is_register: bool, **kwargs: object
    ) -> tuple[list[str] | None, str]:
        """What is wrong with a password, in words, and the password as it is hashed.

        One and the same for a first password and a changed one.
        """
        normal = self.normalize(password)
        user = kwargs.get("user")
        own = own_words(user) if isinstance(user, User) else []
        complaint = _complaint(normal, own)
        return ([complaint] if complaint else None), normal


def _complaint(password: str, own: list[str]) -> str | None:
    if len(password) < MINIMUM:
        return str(gettext("The password must have at least %(count)s characters.", count=MINIMUM))
    if len(password) > MAXIMUM:
        return str(gettext("The password can have at most %(count)s characters.", count=MAXIMUM))
    if is_easy(password, own):
        return str(
            gettext(
                "This password is easy to guess. "
                "Take three or four words that don’t belong together."
            )
        )
    return None


def own_words(user: User) -> list[str]:
    """Words that anybody who knows the person would try."""
    return [
        word for word in re.split(r"[\W_]+", f"{user.email} {user.name}".lower()) if len(word) > 3
    ]


def is_easy(password: str, own: list[str]) -> bool:
    """Whether little remains when what guessers try first is taken out."""
    plain = unicodedata.normalize("NFC", password).lower()
    if len(set(plain)) < DIFFERENT_MINIMUM or _is_repeated(plain):
        return True
    rest = plain
    for word in sorted([*COMMON, *own], key=len, reverse=True):
        rest = rest.replace(word, "")
    rest = _without_runs(rest)
    letters = re.sub(r"[\W\d_]+", "", rest)
    return len(rest) < DIFFERENT_MINIMUM or len(letters) < DIFFERENT_MINIMUM - 2


def _is_repeated(text: str) -> bool:
    return any(
        text == (text[:size] * (len(text) // size + 1))[: len(text)]
        for size in range(1, len(text) // 2 + 1)
    )


def _without_runs(text: str) -> str:
    """The text without neighbours on the keyboard, in the alphabet or in counting."""
    for run in (*RUNS, *(run[::-1] for run in RUNS)):
        for start in range(len(run) - RUN_MINIMUM + 1):
            for end in range(len(run), start + RUN_MINIMUM - 1, -1):
                text = text.replace(run[start:end], "")
    return text
