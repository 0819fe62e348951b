from django.urls import path

from schools.views import joining, staff

app_name = "schools"
urlpatterns = [
    path("join/", joining.JoinView.as_view(), name="join"),
    path("invitation/<slug:code>/", joining.InvitationView.as_view(), name="invitation"),
    path("queue/", staff.QueueView.as_view(), name="queue"),
    path("schools/", staff.SchoolsView.as_view(), name="schools"),
    path("schools/<int:pk>/", staff.StaffView.as_view(), name="staff"),
]
