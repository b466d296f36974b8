"""The page: results as one HTML file that needs no other file and no network.

`page.html` is its template. The styles are in `page.css`, and `page.js` is what the page does in the browser.
"""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from tfsoftmax_compat import __version__
from tfsoftmax_compat.tools.printable import printable
from tfsoftmax_compat.tools.verify.reports.page.contents import contents


def page(data: Mapping[str, Any]) -> str:
    """Return the page, in ASCII.

    The page shows text from documents as text: it has no control characters (see `printable`), what HTML would read
    as markup is escaped, and the page's policy allows no script but its own and no request.

    Args:
      data: what `as_data` returned.
    """
    style, script = (_templates().get_template(name).render() for name in ("page.css", "page.js"))
    written = (
        _templates()
        .get_template("page.html")
        .render(
            contents(_printable(data)),
            version=__version__,
            style=style,
            script=script,
            policy=f"default-src 'none'; img-src data:; style-src {_source(style)}; script-src {_source(script)}",
        )
    )
    return written.encode("ascii", "xmlcharrefreplace").decode()


@cache
def _templates() -> Environment:
    loader = PackageLoader(__name__, "")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _printable(value: Any) -> Any:
    """The value with every string in it made printable, so that none can be forgotten."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value


def _source(text: str) -> str:
    """How a Content-Security-Policy names an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
