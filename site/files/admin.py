"""The admin's list of files, which also says what each is, how large, and whether its text could be read."""

from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import IndexView

#: After the mark for bulk actions, the title and the link to the file.
PLACE = 3


class DocumentIndexView(IndexView):
    """Wagtail's list with three more columns."""

    @cached_property
    def columns(self) -> list[Column]:
        columns = list(super().columns)
        columns[PLACE:PLACE] = [
            Column("kind_label", label=_("Kind")),
            Column("file_size", label=_("Size"), accessor=lambda document: filesizeformat(document.size)),
            Column("text_state", label=_("Text"), accessor=lambda document: document.get_text_state_display()),
        ]
        return columns
