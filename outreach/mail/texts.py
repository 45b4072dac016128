"""The texts of e-mails: one template each, its first line the subject, in the reader's language."""

from dataclasses import dataclass

from flask import render_template
from flask_babel import force_locale


@dataclass(frozen=True, slots=True)
class MailText:
    """Subject and body of an e-mail."""

    subject: str
    body: str


def mail_text(kind: str, /, *, locale: str, **values: object) -> MailText:
    """The subject and body of `templates/mail/<kind>.txt` in a language.

    The template's first line is the subject; the body begins after the blank line that follows.
    """
    return split(rendered_mail(f"mail/{kind}.txt", locale=locale, **values))


def rendered_mail(template: str, *, locale: str, **values: object) -> str:
    """A mail's template filled in, whatever language the request is in."""
    with force_locale(locale):
        return render_template(template, **values)


def split(rendered: str) -> MailText:
    """Subject and body of a rendered template."""
    subject, _, body = rendered.strip().partition("\n")
    return MailText(" ".join(subject.split()), body.strip() + "\n")
