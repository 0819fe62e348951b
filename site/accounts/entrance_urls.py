"""allauth's addresses, none of which a browser or a proxy may keep: they show addresses, codes and who is here."""

from allauth.urls import urlpatterns as allauth_urls
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from accounts.views.signup import SignupView

own_urls = [path("signup/", SignupView.as_view(), name="account_signup")]
urlpatterns = decorate_urlpatterns(own_urls + allauth_urls, never_cache)
