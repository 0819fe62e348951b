from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymGroup(models.Model):
    """Words and phrases of school life that mean one thing: who asks for one finds them all."""

    words = models.TextField(
        _("words and phrases"),
        help_text=_("One a line. A search for any of them finds the others too, in every form of the word."),
    )
    comment = models.CharField(_("comment"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("school dictionary")
        ordering = ["words"]

    def __str__(self):
        return ", ".join(self.phrases)

    @property
    def phrases(self) -> list[str]:
        return [line for line in (" ".join(line.split()) for line in self.words.splitlines()) if line]
