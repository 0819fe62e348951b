from django.urls import path

from accounts.views import consents, door, leaving, people, settings

app_name = "accounts"
urlpatterns = [
    path("", settings.IndexView.as_view(), name="index"),
    path("profile/", settings.ProfileView.as_view(), name="profile"),
    path("consents/", consents.ConsentsView.as_view(), name="consents"),
    path("people/", people.PeopleView.as_view(), name="people"),
    path("people/log/", people.RoleLogView.as_view(), name="role_log"),
    path("delete/", leaving.DeleteView.as_view(), name="delete"),
    path("deleted/", leaving.DeletedView.as_view(), name="deleted"),
    path("admin-door/", door.admin_door, name="admin_door"),
]
