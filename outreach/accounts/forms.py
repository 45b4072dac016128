"""Forms about users: what was typed and chosen becomes an entry, or says what is wrong with it."""

from collections.abc import Callable, Iterable, Iterator

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext
from wtforms import EmailField, Form, RadioField, SelectMultipleField, StringField

from outreach.accounts.rules import (
    Duties,
    Invitation,
    Reach,
    RoleName,
    Scope,
    UserChange,
    check_locale,
    check_name,
)
from outreach.accounts.scopes import Choice, Choices
from outreach.accounts.wording import ROLES, sentence
from outreach.rules import RuleBroken
from outreach.web.i18n import LANGUAGES

GIVEN_BY_STAFF_ORDER = (RoleName.ASSOCIATION_REPORTER, RoleName.SESSION_LOGGER)
KEY_DIGITS = 9


class OwnAccountForm(Form):
    """One's own name and language."""

    name = StringField(lazy_gettext("Name"))
    locale = RadioField(
        lazy_gettext("Language of pages and e-mails"),
        choices=LANGUAGES,
        validate_choice=False,
    )

    def refuse(self, rule: RuleBroken) -> None:
        """Say beside its field what is wrong."""
        field = self[rule.field if rule.field in self else "name"]
        field.errors = [*field.errors, sentence(rule)]

    @property
    def typed_name(self) -> str:
        """The name in one line."""
        return " ".join((self.name.data or "").split())


class DutiesForm(OwnAccountForm):
    """Name, language, roles and where they hold, as far as one person may give them."""

    roles = SelectMultipleField(lazy_gettext("Roles"), validate_choice=False)
    counties = SelectMultipleField(lazy_gettext("Counties"), validate_choice=False)
    associations = SelectMultipleField(lazy_gettext("Associations"), validate_choice=False)
    organisations = SelectMultipleField(lazy_gettext("Organisations"), validate_choice=False)

    def offer(self, choices: Choices, reach: Reach) -> None:
        """Set what may be chosen."""
        roles = tuple(RoleName) if reach.is_administrator else GIVEN_BY_STAFF_ORDER
        self.roles.choices = {role.value: str(ROLES[role]) for role in roles}
        self.counties.choices = _options(choices.counties)
        self.associations.choices = _options(choices.associations)
        self.organisations.choices = _options(choices.organisations)

    def problems(self) -> list[RuleBroken]:
        """All that is wrong with what was typed and chosen, before anything is tried."""
        checks: list[Callable[[], object]] = [
            lambda: check_name(self.typed_name),
            lambda: check_locale(self.locale.data or ""),
            lambda: Duties(self.chosen_roles(), self.chosen_scope()),
        ]
        return list(_broken(checks))

    def refuse_all(self, found: RuleBroken) -> None:
        """Say what is wrong everywhere, or what only the command could find."""
        for rule in self.problems() or [found]:
            self.refuse(rule)

    def chosen_roles(self) -> frozenset[RoleName]:
        """The roles chosen; what is no role is refused."""
        known = {role.value for role in RoleName}
        if not set(self.roles.data or ()) <= known:
            raise RuleBroken("roles", "not_yours_to_give")
        return frozenset(RoleName(name) for name in self.roles.data or ())

    def chosen_scope(self) -> Scope:
        """What was chosen for the roles; whether it may be given is the command's to say."""
        return Scope(
            frozenset(self.counties.data or ()),
            _keys("associations", self.associations.data),
            _keys("organisations", self.organisations.data),
        )

    def shown(self) -> dict[str, str]:
        """Each field as the reader sees it, to be set beside another's."""
        languages = dict(LANGUAGES)
        texts = {"name": self.typed_name, "locale": languages.get(self.locale.data or "", "")}
        for field in (self.roles, self.counties, self.associations, self.organisations):
            chosen = [str(label) for _, label, is_chosen, _ in field.iter_choices() if is_chosen]
            texts[field.name] = ", ".join(chosen)
        return texts

    def labels(self) -> dict[str, str]:
        """Each field's name and label."""
        return {field.name: str(field.label.text) for field in self}

    def to_change(self, *, version: int | None) -> UserChange:
        """The entry of an edit."""
        return UserChange(
            name=self.typed_name,
            locale=self.locale.data or "",
            roles=self.chosen_roles(),
            scope=self.chosen_scope(),
            version=version,
        )


class InvitationForm(DutiesForm):
    """A person to invite."""

    email = EmailField(lazy_gettext("E-mail address"))

    def problems(self) -> list[RuleBroken]:
        """All that is wrong, the address too."""
        return [*_broken([self.clean_email]), *super().problems()]

    def clean_email(self) -> str:
        """The address as it is written to; whether it exists is not asked."""
        try:
            found = validate_email(
                (self.email.data or "").strip(), check_deliverability=False, allow_smtputf8=False
            )
        except EmailNotValidError as error:
            raise RuleBroken("email", "not_an_email") from error
        return found.normalized

    def to_invitation(self) -> Invitation:
        """The entry; raises RuleBroken."""
        return Invitation(
            name=self.typed_name,
            email=self.clean_email(),
            locale=self.locale.data or "",
            roles=self.chosen_roles(),
            scope=self.chosen_scope(),
        )


def _broken(checks: Iterable[Callable[[], object]]) -> Iterator[RuleBroken]:
    for check in checks:
        try:
            check()
        except RuleBroken as rule:
            yield rule


def _options(choices: list[Choice]) -> dict[str, str]:
    return {choice.key: choice.name for choice in choices}


def _keys(field: str, texts: list[str] | None) -> frozenset[int]:
    texts = texts or []
    if not all(text.isascii() and text.isdigit() and len(text) <= KEY_DIGITS for text in texts):
        raise RuleBroken(field, "not_yours_to_give")
    return frozenset(int(text) for text in texts)
