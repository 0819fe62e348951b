from django.urls import path

from cabinet.views import drafts, rooms

app_name = "cabinet"
urlpatterns = [
    path("", rooms.IndexView.as_view(), name="index"),
    path("practices/", rooms.PracticesView.as_view(), name="practices"),
    path("certificates/", rooms.CertificatesView.as_view(), name="certificates"),
    path("lessons/", rooms.LessonsView.as_view(), name="lessons"),
    path("drafts/", drafts.DraftsView.as_view(), name="drafts"),
    path("drafts/<int:practice_id>/", drafts.HandOverView.as_view(), name="hand_over"),
]
