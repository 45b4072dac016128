"""A site whose answers wait for each other, for seeing which worker takes how many."""

import os
import time
import uuid
from pathlib import Path

from flask import Flask

READERS = 8
app = Flask(__name__)


@app.get("/")
def here() -> str:
    """Answer at once."""
    return ""


@app.get("/gather")
def gather() -> str:
    """Come in, wait until all the others have, and tell which process this is."""
    folder = Path(os.environ["GATHERING"])
    (folder / uuid.uuid4().hex).touch()
    while len(list(folder.iterdir())) < READERS:
        time.sleep(0.01)
    return str(os.getpid())
