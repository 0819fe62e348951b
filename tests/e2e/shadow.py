"""What the journey of a practice is about: a lesson on the Sun as its author wrote it, and the people around."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from accounts.models import User
from schools.models import SchoolPage
from tests.factories import pages, schools
from tests.factories.accounts import UserFactory
from tests.factories.files import written
from tests.factories.word import Paper

SUBJECT, SCHOOL = "Астрономия", "Школа № 71"
AUTHOR, EMAIL = "Морозова Ольга Викторовна", "morozova@school.example"
FROM_WORD = "Тень вместо телескопа"
TITLE = "Тень вместо телескопа: измеряем высоту Солнца"
SUMMARY = "Два урока во дворе: девятиклассники по тени шеста находят высоту Солнца. Нужны шест и рулетка."
PROBLEM = "В сентябре 17 из 24 девятиклассников думали, что зимой холодно, потому что Солнце дальше."
RESULT = "После двух уроков причину зимы объяснили 20 из 24."
MEASURED = "Вопрос задали дважды: до урока и через месяц, письменно."


@dataclass
class People:
    """Who is on the portal before the author comes; of the two experts the second has no role yet."""

    school: SchoolPage
    coordinator: User
    experts: list[User]
    colleague: User


def settle() -> People:
    astronomy = pages.subject(SUBJECT)
    school = pages.school_page(SCHOOL, district="Первомайский район")
    first = UserFactory(
        roles=["expert"], subjects=[astronomy], last_name="Лапина", first_name="Вера", patronymic="Ивановна"
    )
    second = UserFactory(subjects=[astronomy], last_name="Громов", first_name="Сергей", patronymic="Андреевич")
    colleague = UserFactory(roles=["teacher"], last_name="Ким", first_name="Марина", patronymic="Юрьевна")
    schools.member(user=colleague, school=pages.school_page("Лицей № 73"), position="учитель физики")
    coordinator = UserFactory(roles=["coordinator"], last_name="Орлова", first_name="Нина", patronymic="Петровна")
    return People(school, coordinator, [first, second], colleague)


def paper() -> bytes:
    """What a teacher has on the school computer."""
    return (
        Paper()
        .title(FROM_WORD)
        .heading("Актуальность")
        .text(PROBLEM)
        .heading("Ход урока")
        .text("Ставим во дворе шест и каждый час отмечаем мелом конец тени.")
        .bullets("Шест ставим по отвесу.", "Меряем тень рулеткой.")
        .heading("Что намерили", 2)
        .table(["Час", "Тень, см"], ["10", "184"], ["12", "131"], ["14", "172"])
        .picture(yard(), alt="Шест на школьном дворе и его тень")
        .text("Шест дадим на время: телефон 8 (902) 555-44-33.")
        .heading("Результаты")
        .text(RESULT)
        .heading("Что не получилось")
        .text("В пасмурный день тени нет: держите запасной день.")
        .heading("Оборудование")
        .text("Шест высотой один метр, рулетка, мел.")
        .bytes()
    )


def yard() -> bytes:
    """A pole in the sun."""
    drawn = Image.new("RGB", (640, 360), "#bfe0f2")
    draw = ImageDraw.Draw(drawn)
    draw.rectangle((0, 240, 640, 360), fill="#d8c9a3")
    draw.ellipse((500, 30, 570, 100), fill="#f6c445")
    draw.line((260, 120, 260, 260), fill="#5b4636", width=8)
    draw.polygon([(256, 258), (264, 262), (70, 316), (66, 308)], fill="#8d8265")
    return written(lambda stream: drawn.save(stream, "JPEG", quality=90))
