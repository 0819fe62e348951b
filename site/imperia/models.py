from django.db import models


class Milestone(models.Model):
    """Something done once in the life of this database, such as loading the demo content.

    It stands in the database, so that it goes with it into a backup and out of it.
    """

    DEMO = "demo"

    name = models.CharField(max_length=40, primary_key=True)
    reached_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
