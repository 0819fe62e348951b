"""Paper: PDFs set by Typst from plain values.

A document is a Typst template beside the module's other templates and a JSON value handed to it. Texts
of people travel only inside that JSON, never as Typst markup: nothing they write can become code.
"""

from .nodes import nodes_of_html, nodes_of_stream
from .pdf import pdf

__all__ = ["nodes_of_html", "nodes_of_stream", "pdf"]
