from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from core.blocks import INLINE_FEATURES, TextBody
from core.choices import GRADE_CHOICES, Level
from core.fields import BodyField, ChoiceArrayField
from core.models import BasePage, TagsField
from practices.choices import Kind, Licence
from practices.querysets import PracticeManager
from practices.views import PracticeViews
from practices.views.bank import RESERVED_SLUGS


def this_year() -> int:
    return timezone.localdate().year


class PracticePage(PracticeViews, BasePage):
    """A practice: what was hard, what was done, what came of it, and what another class needs to repeat it."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    subjects = ParentalManyToManyField("core.Subject", related_name="practices", verbose_name=_("subjects"))
    grades = ChoiceArrayField(
        models.PositiveSmallIntegerField(choices=GRADE_CHOICES),
        verbose_name=_("grades"),
        default=list,
        blank=True,
        help_text=_("None: not tied to a grade."),
    )
    levels = ChoiceArrayField(
        models.CharField(max_length=20, choices=Level),
        verbose_name=_("levels of education"),
        default=list,
        blank=True,
    )
    tags = TagsField(through="practices.PracticeTag", blank=True, verbose_name=_("tags"))
    year = models.PositiveSmallIntegerField(
        _("year"),
        default=this_year,
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
        help_text=_("When it was tried."),
    )
    school = models.ForeignKey(
        "schools.SchoolPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices",
        verbose_name=_("school"),
    )
    licence = models.CharField(_("licence"), max_length=30, choices=Licence, default=Licence.CC_BY)

    problem = RichTextField(
        _("problem"), features=INLINE_FEATURES, help_text=_("What was hard, for whom, how it showed.")
    )
    body = BodyField(TextBody(), verbose_name=_("what was done"))
    results = RichTextField(_("results"), features=INLINE_FEATURES, help_text=_("What changed and how you know."))
    did_not_work = RichTextField(
        _("what did not work"),
        features=INLINE_FEATURES,
        blank=True,
        help_text=_("Spares a colleague the same mistake."),
    )

    class_size = models.CharField(_("class size"), max_length=250, blank=True)
    duration = models.CharField(_("time"), max_length=250, blank=True)
    equipment = models.TextField(_("equipment"), blank=True, max_length=1000)
    special_needs = models.TextField(_("pupils with special needs"), blank=True, max_length=1000)

    import_id = models.CharField(_("id in imports"), max_length=100, null=True, blank=True, unique=True, editable=False)
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = PracticeManager()

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel(["problem", "body", "results", "did_not_work"], heading=_("The practice")),
        MultiFieldPanel(["class_size", "duration", "equipment", "special_needs"], heading=_("Conditions of transfer")),
        InlinePanel("materials", heading=_("Materials"), label=_("Material")),
    ]
    about_panels = [
        MultiFieldPanel(["kind", "year", "school", "licence"], heading=_("What it is")),
        MultiFieldPanel(
            [
                FieldPanel("subjects", widget=forms.CheckboxSelectMultiple, required_on_save=False),
                "grades",
                "levels",
                "tags",
            ],
            heading=_("Where it is found"),
        ),
        InlinePanel("authors", heading=_("Authors"), label=_("Author")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(about_panels, heading=_("About it")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    parent_page_types = ["practices.BankPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grades__contained_by=[grade for grade, _label in GRADE_CHOICES]),
                name="practice_grades_exist",
            )
        ]

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("The bank uses this address itself: choose another.")})

    @property
    def level_labels(self) -> list[str]:
        labels = dict(Level.choices)
        return [str(labels[level]) for level in Level.values if level in self.levels]

    @property
    def licence_url(self) -> str | None:
        return Licence(self.licence).url
