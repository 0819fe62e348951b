from django.urls import path

from practices.afterlife.views import care, reports

app_name = "afterlife"
urlpatterns = [
    path("<int:practice_id>/used/", reports.ReportReuseView.as_view(), name="adopt"),
    path("used/<int:report_id>/", reports.ReportView.as_view(), name="report"),
    path("used/<int:report_id>/change/", reports.ChangeReportView.as_view(), name="change_report"),
    path("used/<int:report_id>/remove/", reports.RemoveReportView.as_view(), name="remove_report"),
    path("<int:practice_id>/after/", care.LookAfterView.as_view(), name="look_after"),
    path("<int:practice_id>/withdraw/", care.WithdrawView.as_view(), name="withdraw"),
    path("<int:practice_id>/restore/", care.BringBackView.as_view(), name="bring_back"),
]
