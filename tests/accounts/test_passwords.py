"""New passwords are long and nothing that guessers try first."""

import pytest
from flask import Flask

from outreach import create_app
from outreach.accounts.models import User
from outreach.accounts.passwords import PasswordPolicy, is_easy
from tests.settings import BASE

ANNA = User(email="anna.ask@byanät.example", name="Anna Ask-Lundström")


@pytest.mark.parametrize(
    "password",
    [
        "grankotte segel tallbarr",
        "måne filt radio",
        "xK9#vTq2!mLp",
        "correct horse battery staple",
        "korsord1973bagarn",
    ],
)
def test_a_good_password_is_taken(app: Flask, password: str) -> None:
    assert PasswordPolicy(app).validate(password, user=ANNA)[0] is None


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaa",
        "abababababababab",
        "1234567890123456",
        "qwertyuiopasdfgh",
        "1q2w3e4r5t6y7u8i",
        "lösenord12345678",
        "Password2026!!",
        "sommar2026sommar",
        "outreach12345678",
        "abcdefghijklmnop",
        "anna.ask2026!!",
        "lundström1234567",
        "197308121234",
    ],
)
def test_an_easy_password_is_refused(app: Flask, password: str) -> None:
    assert PasswordPolicy(app).validate(password, user=ANNA)[0] is not None


def test_eleven_characters_are_too_few(app: Flask) -> None:
    complaints, _ = PasswordPolicy(app).validate("kotte segel", user=ANNA)
    assert complaints == ["Lösenordet måste ha minst 12 tecken."]


def test_more_than_128_characters_are_too_many(app: Flask) -> None:
    complaints, _ = PasswordPolicy(app).validate("grankotte segel " * 9, user=ANNA)
    assert complaints == ["Lösenordet får ha högst 128 tecken."]


def test_composed_and_decomposed_letters_are_the_same_password(app: Flask) -> None:
    policy = PasswordPolicy(app)
    assert policy.normalize("månsken över ön") == policy.normalize("månsken över ön")


def test_another_persons_name_is_no_weakness() -> None:
    assert not is_easy("lundström på sjön", own=[])


def test_passwords_are_hashed_with_argon2id_and_32_mebibytes() -> None:
    hashing = create_app(BASE).extensions["security"].pwd_context
    assert hashing.hash("grankotte segel tallbarr").startswith("$argon2id$v=19$m=32768,t=3,p=1$")
