"""The WSGI application that gunicorn and the flask command load."""

import sys

from outreach import create_app
from outreach.settings import SettingsError

try:
    app = create_app()
except SettingsError as error:
    # Whoever sets it up needs this line, not where in the program it was noticed.
    sys.exit(f"Outreach: {error}")
