"""By what practices are narrowed down, in the order of the page."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.choices import Level
from core.models import Subject, Tag
from core.page_cache import remembered
from practices import names
from practices.choices import Kind
from schools.models import SchoolPage
from search.registry import Facet, FacetValue

#: The one value of the facet «mark»: see `models.Distinction`.
BEST = "best"


def labels_of_choices(choices) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices}


def kinds(values: Collection[str]) -> dict[str, str]:
    return labels_of_choices(Kind.choices)


def levels(values: Collection[str]) -> dict[str, str]:
    return labels_of_choices(Level.choices)


def marks(values: Collection[str]) -> dict[str, str]:
    return {BEST: _("Best practice")}


def themselves(values: Collection[str]) -> dict[str, str]:
    return {value: value for value in values}


def subjects(values: Collection[str]) -> dict[str, str]:
    return remembered("labels of subjects", lambda: dict(Subject.objects.values_list("slug", "name")))


def schools(values: Collection[str]) -> dict[str, str]:
    return remembered("labels of schools", lambda: dict(SchoolPage.objects.values_list("slug", "title")))


def tags(values: Collection[str]) -> dict[str, str]:
    return dict(Tag.objects.filter(slug__in=values).values_list("slug", "name"))


def most_frequent_first(value: FacetValue):
    return (-value.count, value.label)


def by_number(value: FacetValue):
    return int(value.value) if value.value.isdecimal() else 0


def newest_first(value: FacetValue):
    return -by_number(value)


def by_level(value: FacetValue):
    return Level.values.index(value.value) if value.value in Level.values else len(Level.values)


FACETS = [
    Facet("kind", _("Kind"), kinds, most_frequent_first, names.named(names.kinds)),
    Facet("subject", _("Subject"), subjects, most_frequent_first, names.named(names.subjects)),
    Facet("grade", pgettext_lazy("of school", "Grade"), themselves, by_number, names.named(names.grades)),
    Facet("level", _("Level of education"), levels, by_level, names.named(names.levels)),
    Facet("school", _("School"), schools, most_frequent_first, names.named(names.schools)),
    Facet("year", _("Year"), themselves, newest_first, names.named(names.years)),
    Facet("tag", _("Tag"), tags, most_frequent_first),
    Facet("mark", _("Mark"), marks, most_frequent_first, names.named(lambda: names.marks(BEST))),
]
