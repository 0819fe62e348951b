from django.urls import path

from certificates.views import desk, public

app_name = "certificates"
urlpatterns = [
    path("", public.CheckView.as_view(), name="check"),
    path("register/", desk.RegisterView.as_view(), name="register"),
    path("<str:code>/", public.CertificateView.as_view(), name="certificate"),
    path("<str:code>/pdf/", public.PaperView.as_view(), name="pdf"),
    path("<str:code>/revoke/", desk.RevokeView.as_view(), name="revoke"),
    path("<str:code>/restore/", desk.RestoreView.as_view(), name="restore"),
]
