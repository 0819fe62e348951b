from django.urls import path

from practices.authoring import views

app_name = "authoring"
urlpatterns = [
    path("new/", views.StartView.as_view(), name="start"),
    path("write/", views.WriteView.as_view(), name="write"),
    path("tags/", views.TagsView.as_view(), name="tags"),
    path("uploads/pictures/", views.PictureUploadView.as_view(), name="upload_picture"),
    path("uploads/files/", views.DocumentUploadView.as_view(), name="upload_document"),
    path("invitations/<str:code>/", views.InvitationView.as_view(), name="invitation"),
    path("<int:pk>/", views.EditView.as_view(), name="edit"),
    path("<int:pk>/preview/", views.PreviewView.as_view(), name="preview"),
    path("<int:pk>/submit/", views.SubmitView.as_view(), name="submit"),
    path("<int:pk>/submitted/", views.SubmittedView.as_view(), name="submitted"),
    path("<int:pk>/call-back/", views.CallBackView.as_view(), name="call_back"),
    path("<int:pk>/copy/", views.CopyView.as_view(), name="copy"),
    path("<int:pk>/discard/", views.DiscardView.as_view(), name="discard"),
    path("<int:pk>/coauthors/", views.CoauthorsView.as_view(), name="coauthors"),
]
