"""The WSGI application that gunicorn and the flask command load."""

from outreach import create_app

app = create_app()
