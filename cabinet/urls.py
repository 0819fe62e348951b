from django.urls import path

from cabinet.views import drafts, rooms, searches

app_name = "cabinet"
urlpatterns = [
    path("", rooms.IndexView.as_view(), name="index"),
    path("practices/", rooms.PracticesView.as_view(), name="practices"),
    path("certificates/", rooms.CertificatesView.as_view(), name="certificates"),
    path("lessons/", rooms.LessonsView.as_view(), name="lessons"),
    path("searches/", searches.SearchesView.as_view(), name="searches"),
    path("searches/<int:pk>/alert/", searches.AlertView.as_view(), name="search_alert"),
    path("searches/<int:pk>/forget/", searches.ForgetView.as_view(), name="search_forget"),
    path("drafts/", drafts.DraftsView.as_view(), name="drafts"),
    path("drafts/<int:practice_id>/", drafts.HandOverView.as_view(), name="hand_over"),
]
