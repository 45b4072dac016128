"""How Flask-Security's pages and mails are rendered: ours, and with the right status."""

from flask import Response, current_app, make_response, render_template, request, url_for
from flask_wtf import FlaskForm

from outreach.accounts.models import User
from outreach.mail.texts import rendered_mail
from outreach.settings import settings_of

UNPROCESSABLE = 422


def render(template: str, **context: object) -> str | Response:
    """Render a page, or a mail in its reader's language."""
    if template.startswith("mail/"):
        return _mail(template, context)
    forms = [value for value in context.values() if isinstance(value, FlaskForm)]
    for form in forms:
        form.form_errors = list(dict.fromkeys(form.form_errors))
    if request.method != "POST" or not any(form.errors for form in forms):
        return render_template(template, **context)
    page = render_template(template, page_has_errors=True, **context)
    return make_response(page, UNPROCESSABLE)


def _mail(template: str, context: dict[str, object]) -> str:
    user = context["user"]
    if not isinstance(user, User):
        raise TypeError(template)
    token = context.get("reset_token")
    link = outside(
        url_for("security.reset_password", token=token) if token else url_for("security.login")
    )
    return rendered_mail(template, locale=user.locale, link=link, **context)


def outside(path: str) -> str:
    """A page's address for a mail: by the settings, never by what a request calls this host."""
    return f"{settings_of(current_app).base_url}{path}"
