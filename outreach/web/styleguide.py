"""Every macro on one page with made-up values, for us and for the accessibility tests."""

from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request, url_for
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from outreach.web.access import PUBLIC, open_to
from outreach.web.paging import Paging
from outreach.web.tables import Column, Sorting, heads, sorting_from

blueprint = Blueprint("styleguide", __name__)


@dataclass(frozen=True, slots=True)
class SampleVillage:
    """A row of the sample table."""

    name: str
    municipality: str
    dwellings: int
    connected: int | None
    coverage: float | None
    connection_rate: float | None


class SampleForm(Form):
    """One field of each kind."""

    village = StringField("Village", [InputRequired("Write the village's name.")])
    dwellings = IntegerField("Dwellings", [InputRequired("Write how many dwellings there are.")])
    email = StringField("E-mail address")
    password = PasswordField("Password")
    reference_date = DateField("Reference date")
    municipality = SelectField(
        "Municipality", choices={"1080": "Karlskrona", "1081": "Ronneby", "1082": "Karlshamn"}
    )
    kind = RadioField(
        "Settlement class",
        [InputRequired("Choose a settlement class.")],
        choices={"tatort": "Locality", "smaort": "Small locality", "outside": "Outside both"},
    )
    topics = SelectMultipleField("Topics", choices={"1": "Information", "4": "Safety"})
    reason = TextAreaField("Why are the counts lower than before?")
    unchanged = BooleanField("Unchanged since last time")


COLUMNS = (
    Column("name", "Ort"),
    Column("municipality", "Kommun"),
    Column("dwellings", "Hushåll", is_number=True),
    Column("connected", "Anslutna", is_number=True),
    Column("coverage", "Utbyggnadsgrad", is_number=True),
    Column("rate", "Anslutningsandel", is_number=True),
)
VILLAGES = (
    SampleVillage("Aspö", "Karlskrona", 412, 268, 0.8107, 0.6505),
    SampleVillage("Hällevik", "Sölvesborg", 590, 431, 0.9102, 0.7305),
    SampleVillage("Åryd", "Karlshamn", 301, 0, 0.0, 0.0),
    SampleVillage("Ölsäng", "Karlskrona", 96, None, None, None),
)
DRAWING = Markup(
    '<svg viewBox="0 0 640 220" role="img" aria-label="Two lines rising">'
    '<g fill="none" stroke="#d8d3c6"><path d="M40 30H620M40 90H620M40 150H620"/></g>'
    '<path d="M40 190H620" stroke="#7d7768" fill="none"/>'
    '<path d="M40 120 185 96 330 70 475 56 620 46" fill="none" stroke="#0f5260" stroke-width="3"/>'
    '<path d="M40 176 185 158 330 132 475 102 620 84" fill="none" stroke="#b4531a"'
    ' stroke-width="3"/>'
    '<g fill="#575247" font-size="14"><text x="40" y="212">2016</text>'
    '<text x="585" y="212">2025</text></g>'
    '<text x="540" y="34" fill="#0f5260" font-size="15">Stad</text>'
    '<text x="530" y="114" fill="#b4531a" font-size="15">Landsbygd</text></svg>'
)


@blueprint.route("/styleguide", methods=["GET", "POST"])
@open_to(PUBLIC)
def show() -> tuple[str, int] | str:
    """Show the page; sent empty, the form answers with its errors, as every form does."""
    form = SampleForm(request.form)
    if request.method == "POST" and not form.validate():
        return _page(form), 422
    flash("Sparat 14:03", "success")
    return _page(form)


def _page(form: SampleForm) -> str:
    return render_template(
        "styleguide.html",
        form=form,
        columns=heads(
            COLUMNS,
            sorting_from(request.args.get("sort"), COLUMNS, default=Sorting("name")),
            address=lambda sort: url_for("styleguide.show", sort=sort),
        ),
        villages=VILLAGES,
        drawing=DRAWING,
        paging=Paging(2, 812, 100),
        demonstration=True,
        page_href=lambda number: url_for("styleguide.show", page=number),
    )
