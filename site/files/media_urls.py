"""What of MEDIA_ROOT has an address: renditions, and nothing else."""

from django.urls import path

from . import views

urlpatterns = [path("images/<str:name>", views.rendition, name="rendition")]
