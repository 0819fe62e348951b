from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.IndexView.as_view(), name="index"),
    path("count/", views.CountView.as_view(), name="count"),
    path("read/", views.ReadAllView.as_view(), name="read_all"),
    path("settings/", views.SettingsView.as_view(), name="settings"),
    path("<int:pk>/open/", views.OpenView.as_view(), name="open"),
    path("unsubscribe/<str:token>/", views.UnsubscribeView.as_view(), name="unsubscribe"),
    path("letters/", views.LettersView.as_view(), name="letters"),
    path("letters/<int:pk>/again/", views.SendAgainView.as_view(), name="send_again"),
    path("letters/<int:pk>/leave/", views.LeaveView.as_view(), name="leave"),
]
