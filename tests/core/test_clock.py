from datetime import timedelta

import pytest
from django.utils import timezone

from core.tasks import publish_scheduled
from practices.models import PracticePage
from tests.factories import pages

pytestmark = pytest.mark.django_db


def test_a_page_whose_hour_has_come_is_published_and_found(client):
    page = pages.draft(title="В назначенный час")
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publish_scheduled(timestamp=0)
    assert PracticePage.objects.get().live
    context = client.get(f"{pages.bank_page().url}?q=назначенный").context
    assert [card.title for card in context["cards"]] == ["В назначенный час"]


def test_a_page_whose_time_is_over_is_withdrawn_and_found_no_more(client):
    page = pages.practice(title="До срока")
    PracticePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled(timestamp=0)
    assert not PracticePage.objects.get().live
    assert client.get(pages.bank_page().url).context["cards"] == []
