"""The floor: the least that Flask does for one request."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """Two words."""
    return "Hello, world"
