"""The portal's addresses: its own first, Wagtail's pages last."""

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from imperia import metrics
from imperia.robots import robots
from imperia.sitemaps import SITEMAPS

urlpatterns = [
    path("healthz", metrics.health),
    path("metrics", metrics.metrics),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("accounts.entrance_urls")),
    path("membership/", include("schools.urls")),
    path("notifications/", include("notifications.urls")),
    path("certificates/", include("certificates.urls")),
    path("complaints/", include("moderation.urls")),
    path("practices/", include("practices.authoring.urls")),
    path("practices/", include("practices.afterlife.urls")),
    path("reviews/", include("practices.review.urls")),
    path("cabinet/", include("cabinet.urls")),
    path("search/saved/", include("search.saved.urls")),
    path("search/", include("search.urls")),
    path("files/", include("files.urls")),
    path("media/", include("files.media_urls")),
    path("", include("core.urls")),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<section>.xml",
        sitemap_views.sitemap,
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
