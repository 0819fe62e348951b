"""People for tests: `UserFactory()` is a signed-up person, `UserFactory(roles=["editor"])` one with roles."""

import factory
from django.contrib.auth.models import Group

from accounts.models import User

#: Of everybody whom the factory makes.
PASSWORD = "ночь улица фонарь"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a name, a confirmed address and `PASSWORD`; `roles` are codes, `subjects` objects."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@school.example")
    password = PASSWORD
    last_name = factory.Sequence(lambda number: ["Берёзкина", "Ёлкин", "Сосновская", "Дубов"][number % 4])
    first_name = factory.Sequence(lambda number: ["Ирина", "Пётр", "Анна", "Олег"][number % 4])
    patronymic = factory.Sequence(lambda number: ["Алексеевна", "Ильич", "Львовна", "Маратович"][number % 4])

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)

    @factory.post_generation
    def roles(self, create, codes, **kwargs):
        for code in codes or []:
            self.groups.add(Group.objects.get(name=code))

    @factory.post_generation
    def subjects(self, create, subjects, **kwargs):
        self.subjects.set(subjects or [])


class SuperuserFactory(UserFactory):
    is_staff = True
    is_superuser = True
