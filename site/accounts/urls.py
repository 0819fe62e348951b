from django.urls import path

from accounts.views import consents, door, settings

app_name = "accounts"
urlpatterns = [
    path("", settings.IndexView.as_view(), name="index"),
    path("profile/", settings.ProfileView.as_view(), name="profile"),
    path("consents/", consents.ConsentsView.as_view(), name="consents"),
    path("admin-door/", door.admin_door, name="admin_door"),
]
