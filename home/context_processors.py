from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from home import frame as frame_parts
from practices.models import BankPage


def frame(request: HttpRequest) -> dict:
    """`navigation`, `footer` and `bank_url` for the portal's pages; the admin, which draws its own, asks for none."""
    if request.path.startswith(f"/{settings.ADMIN_PATH}") or not Site.find_for_request(request):
        return {}
    return {
        "navigation": SimpleLazyObject(lambda: frame_parts.navigation(request)),
        "footer": SimpleLazyObject(lambda: frame_parts.footer(request)),
        "bank_url": SimpleLazyObject(lambda: BankPage.address(request)),
    }
