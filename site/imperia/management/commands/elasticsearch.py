"""What `make elasticsearch` and `make elasticsearch-stop` call."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from imperia import elastic


class Command(BaseCommand):
    help = "Starts or stops an Elasticsearch of this machine's own, to try search on one."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["start", "stop"])
        parser.add_argument(
            "--port", type=int, default=elastic.PORT, help=f"on 127.0.0.1 ({elastic.PORT}); 0: any that is free"
        )

    def handle(self, *args, **options) -> None:
        node = elastic.Node(settings.VAR_DIR, port=options["port"] or elastic.free_port())
        if options["action"] == "stop":
            self.stdout.write("Stopped." if node.stop() else "Elasticsearch does not run.")
            return
        try:
            started = node.start()
        except elastic.ElasticError as error:
            raise CommandError(error) from error
        said = "Elasticsearch runs" if started else "Elasticsearch runs already"
        self.stdout.write(f"{said}. Next: ELASTICSEARCH_URL={node.running_url()} make run")
