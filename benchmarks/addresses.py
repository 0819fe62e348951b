"""The pages that are measured, as addresses of the content that is there."""

from urllib.parse import urlencode

from django.db.models import Count
from django.test import RequestFactory


def addresses() -> dict[str, str]:
    """`{name: path}`; of practices, tags and schools the fullest, for an average one would flatter."""
    from core.models import Tag  # noqa: PLC0415 - after django.setup()
    from practices.models import BankPage, PracticePage, PracticeTag  # noqa: PLC0415
    from schools.models import SchoolPage  # noqa: PLC0415

    request = RequestFactory().get("/")
    bank = BankPage.objects.get()
    practice = PracticePage.objects.live().annotate(files=Count("materials")).order_by("-files", "pk").first()
    tag_id = PracticeTag.objects.values_list("tag").annotate(uses=Count("pk")).order_by("-uses", "tag").first()[0]
    school = SchoolPage.objects.live().annotate(size=Count("practices")).order_by("-size", "pk").first()
    asked = urlencode({"q": "читательская грамотность", "kind": "lesson"})
    return {
        "home": "/",
        "bank": bank.get_url(request),
        "search": f"{bank.get_url(request)}?{asked}",
        "practice": practice.get_url(request),
        "tag": f"{bank.get_url(request)}tags/{Tag.objects.get(pk=tag_id).slug}/",
        "school": school.get_url(request),
    }
