"""The school dictionary in the admin: groups of synonyms, effective as soon as they are saved."""

from django.core.exceptions import ValidationError
from django.forms import Textarea
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from search.models import SynonymGroup
from search.query.phrases import Phrases, Tokens, tokens_of

#: A query is an «or» of a group's phrases: so many are answered as fast as one.
MAX_PHRASES = 30
MAX_LETTERS = 100
MAX_WORDS = 8


class SynonymGroupForm(WagtailAdminModelForm):
    """Says at the field what is wrong with which phrase."""

    def clean_words(self) -> str:
        phrases = list(dict.fromkeys(SynonymGroup(words=self.cleaned_data["words"]).phrases))
        if len(phrases) < 2:  # noqa: PLR2004 - one word is a synonym of nothing
            raise ValidationError(_("Write at least two words or phrases, one a line."))
        if len(phrases) > MAX_PHRASES:
            message = ngettext(
                "At most %(limit)s phrase in a group.", "At most %(limit)s phrases in a group.", MAX_PHRASES
            )
            raise ValidationError(message % {"limit": MAX_PHRASES})
        errors = [message for phrase in phrases if (message := _wrong(phrase))] or self._taken(phrases)
        if errors:
            raise ValidationError(errors)
        return "\n".join(phrases)

    def _taken(self, phrases: list[str]) -> list[str]:
        """In which other groups the phrases are: a phrase means one thing."""
        others = SynonymGroup.objects.exclude(pk=self.instance.pk)
        book = Phrases((tokens_of(phrase), group) for group in others for phrase in group.phrases)
        return [
            _("“%(phrase)s” is in another group already: %(group)s. Add the words there.")
            % {"phrase": phrase, "group": group}
            for phrase in phrases
            for tokens in [tokens_of(phrase)]
            for group in _whole(book, tokens)
        ]


def _whole(book: Phrases[SynonymGroup], tokens: Tokens) -> list[SynonymGroup]:
    """The group that has the very phrase, in whatever form."""
    return [group for length, group in book.at(tokens, 0) if length == len(tokens)][:1] if tokens else []


def _wrong(phrase: str) -> str:
    if len(phrase) > MAX_LETTERS:
        return _("“%(phrase)s…” is too long: at most %(limit)s letters.") % {
            "phrase": phrase[:30],
            "limit": MAX_LETTERS,
        }
    tokens = tokens_of(phrase)
    if not tokens:
        return _("“%(phrase)s” has no words to search for.") % {"phrase": phrase}
    if len(tokens) > MAX_WORDS:
        return _("“%(phrase)s” has too many words: at most %(limit)s.") % {"phrase": phrase, "limit": MAX_WORDS}
    return ""


class SynonymIndexView(IndexView):
    add_item_label = _("Add a group")


class SynonymCreateView(CreateView):
    """An editor who comes with a query that found nothing finds it written down as the first phrase."""

    def get_initial_form_instance(self) -> SynonymGroup:
        return SynonymGroup(words=self.request.GET.get("words", "").replace("\0", "")[:MAX_LETTERS])


class SynonymViewSet(SnippetViewSet):
    """Groups, found by any of their words."""

    model = SynonymGroup
    index_view_class = SynonymIndexView
    add_view_class = SynonymCreateView
    icon = "openquote"
    menu_label = _("School dictionary")
    menu_order = 130
    add_to_admin_menu = True
    ordering = ["words"]
    list_display = ["__str__", Column("comment", label=_("Comment"))]
    search_fields = ["words", "comment"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "<p>Words and phrases of one group mean the same: who searches for one finds them all, in every "
                    "form of the words. The change works at once, in search and in the bank.</p>"
                    "<p>Write abbreviations in capitals: «ОВЗ» is then compared letter by letter. Join only what "
                    "always means the same: «сочинение» and «эссе» do not.</p>"
                )
            ),
            FieldPanel("words", widget=Textarea(attrs={"rows": 8})),
            FieldPanel("comment"),
        ],
        base_form_class=SynonymGroupForm,
    )
