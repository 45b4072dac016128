"""Gzip for private pages, where that gives nothing away.

A compressed page that holds both a secret and text of an attacker's choosing tells the secret by
its length (BREACH); our CSRF token is not masked anew for each answer. So only answers to a plain
GET without a query are compressed: nothing of such a request is printed on the page, and what a
person has typed or sent is not either, unless they themselves stored it before, with a token.
"""

import gzip

from flask import Response, request

from outreach.web.kept import takes_gzip

LEVEL = 6
WORTH_IT_BYTES = 1400


def compressed(response: Response) -> Response:
    """The same answer, smaller, where the reader takes it and nothing of the request is in it."""
    response.vary.add("Accept-Encoding")
    if request.method != "GET" or request.query_string or response.status_code != 200:
        return response
    body = response.get_data()
    if len(body) < WORTH_IT_BYTES or not takes_gzip():
        return response
    response.set_data(gzip.compress(body, LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
