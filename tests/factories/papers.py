"""Papers and what they attest, without the modules that give them."""

from itertools import count

from certificates import services
from certificates.models import Certificate
from core.models import Subject
from tests.factories.accounts import UserFactory

numbers = count(1)


def certificate(holder=None, **values) -> Certificate:
    """A paper of kind «publication» (tests/certificates/conftest.py registers one) for a deed of its own."""
    number = next(numbers)
    values = {
        "kind": "publication",
        "title": f"Практика {number}",
        "obj": Subject.objects.create(name=f"Предмет {number}"),
        "url": f"/bank/practice-{number}/",
        "school": "Школа № 25",
        "position": "учитель географии",
        **values,
    }
    return services.issue(holder=holder or UserFactory(), **values)
