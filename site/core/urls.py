from django.urls import path

from core import views

urlpatterns = [path("appearance/", views.appearance, name="appearance")]
