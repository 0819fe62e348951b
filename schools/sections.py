"""What the person's own account shows of their school, and of the work that waits for them there."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from core.sections import Section
from schools.models import Membership


def my_school(person: User, request: HttpRequest) -> Section:
    """Memberships and requests with their state; the queue, for those who answer it."""
    mine = Membership.objects.filter(user=person).select_related("school").order_by("-confirmed_at", "-created_at")
    answers = person.has_perm("schools.manage_staff")
    waiting = Membership.objects.waiting().within_reach(person).exclude(user=person).count() if answers else 0
    context = {"memberships": mine, "answers_requests": answers, "requests_waiting": waiting}
    return Section(_("My school"), "schools/parts/my_school.html", context)
