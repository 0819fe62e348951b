"""Subjects in the order of a school's timetable, with the hues of their covers."""

from core.models import Subject

#: Name and hue (degrees of OKLCH): neighbours in the list, which meet in facets and in lists, differ clearly.
SUBJECTS = [
    ("Дошкольное образование", 80),
    ("Начальная школа", 150),
    ("Русский язык", 25),
    ("Литература", 350),
    ("Английский язык", 295),
    ("Математика", 245),
    ("Информатика", 205),
    ("Физика", 268),
    ("Химия", 110),
    ("Биология", 138),
    ("География", 178),
    ("История", 55),
    ("Обществознание", 322),
    ("Изобразительное искусство", 5),
    ("Музыка", 308),
    ("Труд (технология)", 68),
    ("Физическая культура", 125),
    ("Основы безопасности и защиты Родины", 38),
    ("Воспитательная работа", 192),
    ("Логопедия и дефектология", 335),
    ("Управление школой", 228),
]


def make() -> dict[str, Subject]:
    """The subjects by name; those that are there keep what an editor has changed."""
    made = {}
    for order, (name, hue) in enumerate(SUBJECTS, 1):
        made[name], _created = Subject.objects.get_or_create(name=name, defaults={"order": order * 10, "hue": hue})
    return made
