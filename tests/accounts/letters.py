"""What a reader of letters does."""

import re
from urllib.parse import urlsplit


def link_in(letter) -> str:
    """The path of the address that stands in a paragraph of its own."""
    (address,) = re.findall(r"^(https?://\S+)$", letter.body, re.MULTILINE)
    return urlsplit(address).path
