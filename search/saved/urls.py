from django.urls import path

from search.saved import views

app_name = "saved"
urlpatterns = [
    path("", views.SaveView.as_view(), name="save"),
    path("new/", views.ConfirmView.as_view(), name="confirm"),
    path("<int:pk>/", views.OpenView.as_view(), name="open"),
]
