from django.db import models

from core.text import normalise


class PeopleQuerySet(models.QuerySet):
    """People by what they do here and how they are called."""

    def with_role(self, *codes: str) -> "PeopleQuerySet":
        """Those who hold any of these roles; a superuser holds only the roles given by name."""
        return self.filter(groups__name__in=codes).distinct()

    def named(self, text: str) -> "PeopleQuerySet":
        """Those whose name or address holds every word of the text, whatever its case and ё."""
        found = self
        for word in normalise(text).split():
            found = found.filter(models.Q(sort_key__contains=word) | models.Q(email__contains=word))
        return found

    def unconfirmed(self) -> "PeopleQuerySet":
        """Those who signed up and never opened the letter: nothing on the portal is theirs."""
        confirmed = models.Q(emailaddress__verified=True)
        return self.filter(last_login=None, is_superuser=False).exclude(pk__in=self.model.objects.filter(confirmed))
