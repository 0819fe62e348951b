from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import permissions, roles  # noqa: F401, PLC0415 - rules of rights need the models

        post_migrate.connect(roles.after_migrate, sender=self, dispatch_uid="accounts.roles")
