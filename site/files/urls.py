from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("<int:document_id>/preview/", views.preview, name="preview"),
    path("<int:document_id>/<str:filename>", views.document, name="document"),
]
