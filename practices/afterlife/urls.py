from django.urls import path

app_name = "afterlife"
urlpatterns = []
