from django.urls import path

from moderation.views import complain, desk

app_name = "moderation"
urlpatterns = [
    path("", desk.QueueView.as_view(), name="queue"),
    path("new/<str:label>/<int:pk>/", complain.ComplainView.as_view(), name="complain"),
    path("<int:pk>/", desk.ComplaintView.as_view(), name="complaint"),
    path("<int:pk>/decide/", desk.DecideView.as_view(), name="decide"),
    path("<int:pk>/hide/", desk.HideView.as_view(), name="hide"),
    path("<int:pk>/restore/", desk.RestoreView.as_view(), name="restore"),
]
