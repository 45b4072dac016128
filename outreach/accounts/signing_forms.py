"""Flask-Security's forms where ours differ: fewer choices, none of them in a shape about to go."""

from collections.abc import Sequence

from flask_security import TwoFactorRescueForm, TwoFactorSelectForm, TwoFactorSetupForm
from flask_security.webauthn import WebAuthnRegisterForm
from wtforms import RadioField

FIRST_FACTOR = "first"


class PairsField(RadioField):
    """A choice whose options the library sets as pairs, a shape that WTForms is about to drop."""

    def __setattr__(self, name: str, value: object) -> None:
        """Turn pairs into a mapping from value to label."""
        if name == "choices" and isinstance(value, Sequence):
            value = {key: str(label) for key, label in value}
        super().__setattr__(name, value)


class SelectForm(TwoFactorSelectForm):
    """Which second factor to use, for those who have several."""

    which = PairsField()


class SetupForm(TwoFactorSetupForm):
    """Set up codes or do without them; a button says which."""

    setup = RadioField(choices=[], validate_choice=False)


class RescueForm(TwoFactorRescueForm):
    """Never shown: recovery codes have their own page."""

    help_setup = RadioField(choices=[], validate_choice=False)


class RegisterForm(WebAuthnRegisterForm):
    """Registers passkeys that sign in by themselves; a second kind would only confuse."""

    usage = RadioField(choices=[], default=FIRST_FACTOR, validate_choice=False)

    def validate(self, **kwargs: object) -> bool:
        """Check the name; the usage is not the reader's to choose."""
        is_valid = bool(super().validate(**kwargs))
        self.usage.data = FIRST_FACTOR
        return is_valid
