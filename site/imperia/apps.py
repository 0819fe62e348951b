from django.apps import AppConfig


class ImperiaConfig(AppConfig):
    name = "imperia"

    def ready(self) -> None:
        from imperia import checks  # noqa: F401, PLC0415 - registers itself
