"""allauth's addresses, none of which a browser or a proxy may keep: they show addresses, codes and who is here."""

from allauth.urls import urlpatterns as allauth_urls
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

urlpatterns = decorate_urlpatterns(allauth_urls, never_cache)
