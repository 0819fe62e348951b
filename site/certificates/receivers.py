"""A person who leaves: the papers stay, and say whose they were only if that person wished so."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import person_leaving
from certificates.models import Certificate


@receiver(person_leaving, dispatch_uid="certificates.keep_name")
def keep_name(sender, user: User, keep_name: bool, **kwargs) -> None:
    """Papers of one whose works go on naming them are let go of before the account is erased."""
    if keep_name:
        Certificate.objects.of(user).update(holder=None)


@receiver(pre_delete, sender=User, dispatch_uid="certificates.forget_name")
def forget_name(sender, instance: User, **kwargs) -> None:
    """Whichever door the account is deleted by: the transaction of the deletion holds this too."""
    Certificate.objects.of(instance).update(holder=None, holder_name="", position="", school="")
