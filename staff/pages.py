"""Pages of the office, drawn from their templates."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from staff.here import Here


def page(here: Here, template: str, *, status: int = 200, **details: Any) -> Response:
    """The page `templates/staff/TEMPLATE.html` for whoever stands here."""
    return Response(render_template(f"staff/{template}.html", here=here, **details), status, mimetype="text/html")


def told(message: str) -> None:
    """Say on the next page that something was done."""
    flash(message, "success")


def see_other(endpoint: str, **values: Any) -> AnyResponse:
    """Send the browser to another page by GET."""
    return redirect(url_for(endpoint, **values), 303)
