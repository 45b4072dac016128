"""Who may be what: the four roles and the scope each of them has."""

from dataclasses import dataclass
from enum import StrEnum

from outreach.rules import RuleBroken


class RoleName(StrEnum):
    """The roles of signed-in people. The public has none."""

    ADMINISTRATOR = "administrator"
    REGIONAL_STAFF = "regional_staff"
    ASSOCIATION_REPORTER = "association_reporter"
    SESSION_LOGGER = "session_logger"


@dataclass(frozen=True, slots=True)
class Reach:
    """What one person may see and change beyond what is public; queries are guarded by it.

    Regional staff reach their counties with all associations in them, reporters their
    associations, session loggers their organisations, administrators everything.
    """

    user_id: int | None = None
    roles: frozenset[RoleName] = frozenset()
    counties: frozenset[str] = frozenset()
    associations: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()

    @property
    def is_administrator(self) -> bool:
        """Whether everything is within reach."""
        return RoleName.ADMINISTRATOR in self.roles

    def staffs_county(self, county_code: str) -> bool:
        """Whether the person handles this county for the region."""
        return self.is_administrator or county_code in self.counties


NOBODY = Reach()
"""The reach of the public."""


NAME_MAXIMUM = 120
LOCALES = ("sv", "en")
SCOPE_FIELDS = {
    RoleName.REGIONAL_STAFF: "counties",
    RoleName.ASSOCIATION_REPORTER: "associations",
    RoleName.SESSION_LOGGER: "organisations",
}
"""The field that says where a role holds. Administrators' holds everywhere."""
GIVEN_BY_STAFF = frozenset({RoleName.ASSOCIATION_REPORTER, RoleName.SESSION_LOGGER})
"""The roles that regional staff may give, within their counties."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a person's roles hold."""

    counties: frozenset[str] = frozenset()
    associations: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()

    def __sub__(self, other: "Scope") -> "Scope":
        return Scope(
            self.counties - other.counties,
            self.associations - other.associations,
            self.organisations - other.organisations,
        )

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(
            self.counties | other.counties,
            self.associations | other.associations,
            self.organisations | other.organisations,
        )

    def __and__(self, other: "Scope") -> "Scope":
        return Scope(
            self.counties & other.counties,
            self.associations & other.associations,
            self.organisations & other.organisations,
        )

    def __bool__(self) -> bool:
        return bool(self.counties or self.associations or self.organisations)

    def of(self, roles: frozenset[RoleName]) -> "Scope":
        """Only what belongs to these roles: a county without the staff role means nothing."""
        return Scope(
            self.counties if RoleName.REGIONAL_STAFF in roles else frozenset(),
            self.associations if RoleName.ASSOCIATION_REPORTER in roles else frozenset(),
            self.organisations if RoleName.SESSION_LOGGER in roles else frozenset(),
        )


@dataclass(frozen=True, slots=True)
class Duties:
    """What a person is to do: roles, and where they hold. Each role holds somewhere."""

    roles: frozenset[RoleName]
    scope: Scope

    def __post_init__(self) -> None:
        if not self.roles:
            raise RuleBroken("roles", "choose_a_role")
        for role, field in SCOPE_FIELDS.items():
            if role in self.roles and not getattr(self.scope, field):
                raise RuleBroken(field, "choose_where")
        object.__setattr__(self, "scope", self.scope.of(self.roles))


@dataclass(frozen=True, slots=True)
class Invitation:
    """A person to be given an account, with the roles and where they are to hold."""

    name: str
    email: str
    locale: str
    roles: frozenset[RoleName]
    scope: Scope

    def __post_init__(self) -> None:
        check_name(self.name)
        check_locale(self.locale)


@dataclass(frozen=True, slots=True)
class UserChange:
    """What a user is to be called and to do from now on; begun on a version of their account."""

    name: str
    locale: str
    roles: frozenset[RoleName]
    scope: Scope
    version: int | None

    def __post_init__(self) -> None:
        check_name(self.name)
        check_locale(self.locale)


def check_name(name: str) -> None:
    """A name is one line, neither empty nor longer than anybody's."""
    if not name or not name.isprintable() or len(name) > NAME_MAXIMUM:
        raise RuleBroken("name", "not_a_name", facts={"longest": NAME_MAXIMUM})


def check_locale(locale: str) -> None:
    """One of the languages that the pages are written in."""
    if locale not in LOCALES:
        raise RuleBroken("locale", "choose")


def merged(
    wanted: tuple[frozenset[RoleName], Scope], *, held: Scope, giver: Reach, givable: Scope
) -> Duties:
    """What a person does once somebody has given them what they want to give.

    What lies outside the giver's own reach is neither given nor taken: a reporter in two counties
    keeps the other county's associations whatever the staff of the first one choose.
    """
    roles, scope = wanted
    if not giver.is_administrator and not roles <= GIVEN_BY_STAFF:
        raise RuleBroken("roles", "not_yours_to_give")
    beyond = held - givable
    for field in SCOPE_FIELDS.values():
        if not getattr(scope, field) <= getattr(givable | held, field):
            raise RuleBroken(field, "not_yours_to_give")
    kept_roles = {role for role, field in SCOPE_FIELDS.items() if getattr(beyond, field)}
    return Duties(roles | kept_roles, beyond | (scope & givable))
