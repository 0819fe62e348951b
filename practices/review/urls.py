from django.urls import path

from practices.review import views

app_name = "review"
urlpatterns = [
    path("", views.IndexView.as_view(), name="index"),
    path("<int:pk>/", views.ReadView.as_view(), name="read"),
    path("<int:pk>/decline/", views.DeclineView.as_view(), name="decline"),
    path("of/<int:pk>/", views.HistoryView.as_view(), name="history"),
    path("queue/", views.QueueView.as_view(), name="queue"),
    path("queue/<int:pk>/", views.RoundView.as_view(), name="round"),
    path("queue/<int:pk>/assign/", views.AssignView.as_view(), name="assign"),
    path("queue/<int:pk>/decide/", views.DecideView.as_view(), name="decide"),
    path("queue/<int:pk>/<int:review_pk>/release/", views.ReleaseView.as_view(), name="release"),
    path("queue/<int:pk>/<int:review_pk>/move/", views.MoveView.as_view(), name="move"),
]
