"""What an editor composes the home page of, beside the blocks of running text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import CalloutBlock, PictureBlock, ProseBlock
from home import figures


class SearchBlock(blocks.StructBlock):
    """The portal's mission in a line, and its search field."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=400)
    examples = blocks.ListBlock(blocks.CharBlock(max_length=60), label=_("Examples of queries"), max_num=6, default=[])

    class Meta:
        icon = "search"
        label = _("Search")
        template = "home/blocks/search.html"
        preview_value = {"title": "Найдите практику", "text": "По словам и по смыслу.", "examples": ["проценты"]}
        description = _("A large search field with examples")


class FiguresBlock(blocks.StructBlock):
    """A part of the home page whose contents the portal counts itself."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context[self.name] = self.figures(value, context.get("request"))
        return context

    def figures(self, value, request):
        raise NotImplementedError


class NumbersBlock(FiguresBlock):
    """How many practices, authors, schools there are."""

    name = "numbers"

    def figures(self, value, request):
        return figures.numbers(request)

    class Meta:
        icon = "order"
        label = _("Numbers")
        template = "home/blocks/numbers.html"
        preview_value = {"title": "Сегодня на портале"}
        description = _("How many practices, authors and schools there are")


class NewestBlock(FiguresBlock):
    """The newest practices, as cards."""

    count = blocks.IntegerBlock(label=_("How many"), min_value=3, max_value=12, default=6)
    name = "newest"

    def figures(self, value, request):
        return figures.newest(request, value["count"])

    class Meta:
        icon = "date"
        label = _("Newest practices")
        template = "home/blocks/newest.html"
        preview_value = {"title": "Новые практики", "count": 3}
        description = _("Cards of the newest practices")


class KindsBlock(FiguresBlock):
    """The kinds of practices with their counts."""

    name = "kinds"

    def figures(self, value, request):
        return figures.kinds(request)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Kinds of practices")
        template = "home/blocks/kinds.html"
        preview_value = {"title": "Что ищут чаще всего"}
        description = _("Links to the practices of each kind")


class SubjectsBlock(FiguresBlock):
    """The subjects with their counts."""

    name = "subjects"

    def figures(self, value, request):
        return figures.subjects(request)

    class Meta:
        icon = "tag"
        label = _("Subjects")
        template = "home/blocks/subjects.html"
        preview_value = {"title": "По предметам"}
        description = _("Links to the practices of each subject")


class HomeBody(blocks.StreamBlock):
    """The home page's parts in the editor's order."""

    search = SearchBlock()
    numbers = NumbersBlock()
    newest = NewestBlock()
    kinds = KindsBlock()
    subjects = SubjectsBlock()
    prose = ProseBlock()
    picture = PictureBlock()
    callout = CalloutBlock()
