"""Every route, by every method, for every role: who gets in is what the table says, no more."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter, Rule

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.web.access import audience_of
from outreach.web.addresses import KeyConverter
from tests import factories
from tests.accounts.policy_table import NOBODY, POLICY, PUBLIC, SIGNED_IN
from tests.signing_in import sign_in

ASKS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
SIGN_IN = "/sign-in?next="


@dataclass(frozen=True, slots=True)
class Door:
    """One address of the application, by one method."""

    endpoint: str
    method: str
    path: str
    has_variables: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.endpoint})"


def doors(app: Flask) -> Iterator[Door]:
    """All of them, with something made up for each variable part."""
    for rule in app.url_map.iter_rules():
        adapter = app.url_map.bind("localhost")
        for method in sorted((rule.methods or set()) & ASKS):
            values = _made_up(rule)
            path = adapter.build(rule.endpoint, values, method)
            yield Door(rule.endpoint, method, path, has_variables=bool(values))


def _made_up(rule: Rule) -> dict[str, object]:
    return {
        name: 4711 if isinstance(converter, IntegerConverter) else "sv"
        for name, converter in rule._converters.items()
    }


def test_no_number_in_an_address_is_larger_than_the_database_takes(app: Flask) -> None:
    boundless = [
        rule.rule
        for rule in app.url_map.iter_rules()
        for converter in rule._converters.values()
        if isinstance(converter, IntegerConverter) and not isinstance(converter, KeyConverter)
    ]
    assert boundless == []


def test_the_table_names_every_endpoint_and_no_other(app: Flask) -> None:
    routed = {rule.endpoint for rule in app.url_map.iter_rules()}
    missing = sorted(routed - set(POLICY))
    gone = sorted(set(POLICY) - routed)
    assert (missing, gone) == ([], []), (
        f"Say in tests/accounts/policy_table.py who may open {missing}; remove {gone}."
    )


def test_each_view_declares_what_the_table_says(app: Flask) -> None:
    differing = []
    for endpoint, roles in POLICY.items():
        audience = audience_of(app, endpoint)
        if audience is None:
            declared: object = "nothing declared"
        elif audience.is_public:
            declared = PUBLIC
        else:
            declared = SIGNED_IN if audience.roles is None else audience.roles
        if declared != roles:
            differing.append(f"{endpoint}: table {roles}, view {declared}")
    assert differing == []


def test_an_endpoint_that_declares_nothing_opens_to_nobody(app: Flask) -> None:
    assert audience_of(app, "no.such_endpoint") is None


def test_the_public_gets_in_where_the_table_says(app: Flask, client: FlaskClient) -> None:
    wrong = []
    for door in doors(app):
        answer = client.open(door.path, method=door.method)
        status, location = answer.status_code, answer.location or ""
        if POLICY[door.endpoint] is PUBLIC:
            is_right = _is_let_in(door, status, location)
        elif door.method == "GET":
            is_right = status == 303 and location.startswith(SIGN_IN)
        else:
            is_right = status == 401
        if not is_right:
            wrong.append(f"{door}: {status} {location}")
    assert wrong == []


@pytest.mark.parametrize("role", list(RoleName))
def test_each_role_gets_in_where_the_table_says(
    app: Flask, client: FlaskClient, session: Session, role: RoleName
) -> None:
    sign_in(client, _person(session, role))
    wrong = []
    for door in doors(app):
        answer = client.open(door.path, method=door.method)
        status, location = answer.status_code, answer.location or ""
        roles = POLICY[door.endpoint]
        may_enter = roles is PUBLIC or role in roles
        is_right = _is_let_in(door, status, location) if may_enter else status == 403
        if not is_right:
            wrong.append(f"{door}: {status} {location}")
    assert wrong == []


def _is_let_in(door: Door, status: int, location: str) -> bool:
    """Pages open or miss what was made up; forms are refused for want of their token."""
    if door.method != "GET":
        return status == 400 or (status == 404 and door.has_variables)
    return status not in {401, 403} and status < 500 and not location.startswith(SIGN_IN)


def test_what_is_closed_is_closed_to_administrators_too() -> None:
    assert [endpoint for endpoint, roles in POLICY.items() if roles == NOBODY] == [
        "security.two_factor_rescue"
    ]


def _person(session: Session, role: RoleName) -> User:
    """Somebody with the role and something in its scope."""
    if role is RoleName.REGIONAL_STAFF:
        return factories.user(session, role, counties=("10",))
    if role is RoleName.ASSOCIATION_REPORTER:
        return factories.user(session, role, associations=(factories.association(session).id,))
    if role is RoleName.SESSION_LOGGER:
        return factories.user(session, role, organisations=(factories.organisation(session).id,))
    return factories.user(session, role)
