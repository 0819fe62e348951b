"""A certificate as a PDF: one page, the same bytes' worth for everybody who may have it."""

from pathlib import Path

import qrcode
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from certificates.models import Certificate
from core.typesetting import pdf

TEMPLATE = Path(settings.ROOT) / "templates" / "certificates" / "certificate.typ"


def paper_of(certificate: Certificate) -> bytes:
    """The PDF, in Russian whatever language its reader has chosen."""
    with override("ru"):
        data = content(certificate)
    return pdf(TEMPLATE, data, root=TEMPLATE.parent)


def content(certificate: Certificate) -> dict:
    """All that stands on it, as JSON values."""
    day = certificate.issued_on
    return {
        "kind": str(certificate.kind_of_paper.title),
        "statement": str(certificate.kind_of_paper.statement),
        "name": certificate.holder_name,
        "post": ", ".join(filter(None, [certificate.position, certificate.school])),
        "title": certificate.title,
        "url": certificate.url,
        "date": date_format(day, "j E Y г."),
        "day": [day.year, day.month, day.day],
        "code": certificate.code,
        "address": certificate.address,
        "qr": modules(certificate.address),
    }


def modules(text: str) -> list[str]:
    """The QR code's rows from above, «1» for a dark square, without the quiet zone around.

    Level M mends 15 % of what folds and stamps spoil.
    """
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    return ["".join("01"[dark] for dark in row) for row in code.get_matrix()]
