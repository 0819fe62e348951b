from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's management of users, with our people in the place of its users."""

    user_viewset = "accounts.admin.people.PeopleViewSet"
