"""What an installation may be set to."""

import os
import subprocess
import sys

import pytest

from outreach.settings import ROOT, Settings, SettingsError

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


def test_whoever_starts_it_without_a_setting_is_told_which_and_nothing_else() -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "current"]
    environment = {"PATH": os.environ["PATH"], "OUTREACH_SECRET_KEY": "x" * 40}
    told = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("Outreach: OUTREACH_PASSWORD_SALT needs at least 32 characters.")
    assert len(told.stderr.splitlines()) == 1
