"""What an installation may be set to."""

import pytest

from outreach.settings import Settings, SettingsError

SECRETS = {"OUTREACH_SECRET_KEY": "x" * 40, "OUTREACH_PASSWORD_SALT": "y" * 40}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", "*"),
        ("none", "'none'"),
        ("https://www.kommun.example  https://*.region.example:8443",) * 2,
    ],
)
def test_who_may_embed_the_map_is_every_site_none_or_the_origins_named(
    written: str, read: str
) -> None:
    found = Settings.from_env(SECRETS | {"OUTREACH_EMBED_ANCESTORS": written}).embed_ancestors
    assert found == " ".join(read.split())


@pytest.mark.parametrize("written", ["kommun.example", "https://a.example; script-src *"])
def test_what_is_no_origin_may_not_embed_the_map(written: str) -> None:
    with pytest.raises(SettingsError, match="OUTREACH_EMBED_ANCESTORS"):
        Settings.from_env(SECRETS | {"OUTREACH_EMBED_ANCESTORS": written})
