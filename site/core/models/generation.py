from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _


class SiteGeneration(models.Model):
    """A number that grows with every change a visitor could see: part of each cached page's key.

    It lives in PostgreSQL, so that one worker's change empties the caches of all of them.
    """

    number = models.BigIntegerField(default=1)

    class Meta:
        verbose_name = _("site generation")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_site_generation")]

    def __str__(self):
        return str(self.number)

    @staticmethod
    def current() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM core_sitegeneration WHERE id = 1")
            row = cursor.fetchone()
        return row[0] if row else 0

    @staticmethod
    def grow() -> None:
        """Forget every cached page once the running transaction is committed.

        Afterwards, not within: a page rendered between the number's change and the commit would
        hold the old content under the new number for good. Once a transaction is enough.
        """
        if connection.in_atomic_block and any(call[1] is _grow for call in connection.run_on_commit):
            return
        transaction.on_commit(_grow)


def _grow() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_sitegeneration (id, number) VALUES (1, 1)"
            " ON CONFLICT (id) DO UPDATE SET number = core_sitegeneration.number + 1"
        )
