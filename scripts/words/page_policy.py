"""What our pages allow a browser to do: fetch nothing, send nothing, and run only the script inside the page, if any."""

import base64
import hashlib

from markupsafe import Markup


def page_policy(script: str = "") -> Markup:
    """The tag with the content security policy of a page with its styles inside; `script`, where it has one, to the byte."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"script-src 'sha256-{digest}'; " if script else ""
    policy = f"default-src 'none'; style-src 'unsafe-inline'; {allowed}base-uri 'none'; form-action 'none'"
    return Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">')
