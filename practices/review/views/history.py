"""What the experts said: for the authors of a practice."""

import rules
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from practices import diff
from practices.models import PracticePage
from practices.review.heard import opinions_in
from practices.stages import stages_of

from .guarded import Guarded


class HistoryView(Guarded, TemplateView):
    """All rounds of a practice, the newest first: what was said, what changed between them."""

    permission = "practices.read_history"
    template_name = "practices/review/history.html"

    def find(self) -> PracticePage:
        return get_object_or_404(PracticePage, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs) -> dict:
        rounds = list(self.object.rounds.select_related("revision").order_by("number"))
        texts = {each.pk: each.revision.as_object() for each in rounds}
        heard = {each.round.pk: each for each in opinions_in(rounds)}
        shown = []
        for before, after in zip([None, *rounds], rounds, strict=False):
            changes = diff.changes(texts[before.pk], texts[after.pk]) if before else None
            shown.append({"round": after, "heard": heard.get(after.pk), "changes": changes})
        practice = self.object
        title = texts[rounds[-1].pk].title if rounds else practice.draft_title or practice.title
        return super().get_context_data(
            practice=practice,
            practice_title=title,
            rounds=shown[::-1],
            may_call_back=rules.has_perm("practices.answer_for_practice", self.request.user, practice),
            stage=stages_of([practice])[practice.pk],
            **kwargs,
        )
