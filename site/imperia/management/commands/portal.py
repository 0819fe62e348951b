"""What `make run`, `make stop`, `make backup` and their like call."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from imperia import backups, embedded, steps, supervisor


class Command(BaseCommand):
    help = "Runs, stops, backs up, restores and resets the whole portal on this machine."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("run", help="prepare everything and run in the foreground until Ctrl-C")
        actions.add_parser("stop", help="stop the portal that runs on this machine")
        actions.add_parser("status", help="say what runs")
        actions.add_parser("backup", help="write database and files into one archive under VAR_DIR/backups")
        restore = actions.add_parser("restore", help="put an archive in the place of everything that is here")
        restore.add_argument("file", type=Path)
        reset = actions.add_parser("reset", help="forget everything but the backups")
        for destructive in (restore, reset):
            destructive.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args, **options) -> None:
        try:
            getattr(self, options["action"])(options)
        except (steps.StepError, embedded.EmbeddedError, backups.BackupError) as error:
            raise CommandError(error) from error
        except OperationalError as error:
            raise CommandError(f"The database: {' '.join(str(error).split())}") from error
        except KeyboardInterrupt as error:
            raise CommandError("Interrupted.") from error

    def run(self, options: dict) -> None:
        supervisor.run()

    def stop(self, options: dict) -> None:
        self.stdout.write("Stopped." if supervisor.stop() else "The portal does not run.")

    def status(self, options: dict) -> None:
        for name, pid in supervisor.status().items():
            self.stdout.write(f"{name:<10} {f'runs, pid {pid}' if pid else 'does not run'}")

    def backup(self, options: dict) -> None:
        with backups.running_database():
            archive = backups.back_up()
        self.stdout.write(f"{archive}  {archive.stat().st_size / 1e6:.1f} MB")

    def restore(self, options: dict) -> None:
        archive = options["file"].absolute()
        if not archive.is_file():
            raise CommandError(f"There is no file {archive}")
        if supervisor.status()["portal"]:
            raise CommandError("The portal is running: stop it first, as with «make stop».")
        with backups.running_database():
            if not backups.is_empty():
                self.confirm(options, f"Everything in {connection_name()} and {settings.MEDIA_ROOT} will be replaced.")
            backups.restore(archive)
        self.stdout.write(f"Restored from {archive}. Next: make run")

    def reset(self, options: dict) -> None:
        self.confirm(
            options, f"Everything in {connection_name()} and {settings.VAR_DIR} but the backups will be deleted."
        )
        supervisor.stop()
        if settings.VAR_DIR.exists():
            backups.reset()
        self.stdout.write("All is forgotten. Next: make run")

    def confirm(self, options: dict, warning: str) -> None:
        """Ask at the terminal. Raises CommandError unless the answer is yes."""
        if options["yes"]:
            return
        try:
            answer = input(f"{warning}\nType yes to go on: ")
        except EOFError:
            answer = ""
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was changed. In a script: YES=1")


def connection_name() -> str:
    """The database in words, without its password."""
    database = settings.DATABASES["default"]
    return "the embedded database" if settings.EMBEDDED_DATABASE else f"{database['NAME']} on {database['HOST']}"
